from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.places import RESOURCES

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.line import GROUP, CameraLine
from fer_desktop.simulation.cast.webcam import make_profile
from fer_desktop.simulation.recording import Codec, recoded, write_recording
from fer_desktop.simulation.simulator import CallSimulator

WORST = {Codec.H264: 40, Codec.VP8: 60, Codec.VP9: 60}
BEST = {Codec.H264: 18, Codec.VP8: 14, Codec.VP9: 20}


@pytest.fixture(scope="module")
def pictures() -> list[Image]:
    """Ten pictures of a call, of odd sides, whose people move."""
    call = CallSimulator(RESOURCES, "all_on", 4, picture_px=(641, 361), seed=5, realtime=False)
    return [call.image_at(1 + number / 5) for number in range(10)]


def like(one: Image, other: Image) -> float:
    """The PSNR in dB."""
    return float(cv2.PSNR(one, other))


@pytest.mark.parametrize("codec", Codec)
def test_every_picture_comes_out_in_its_place_and_size_and_a_lower_quality_shows(
    codec: Codec, pictures: list[Image]
) -> None:
    good, bad = (list(recoded(iter(pictures), codec, each[codec], 5)) for each in (BEST, WORST))
    assert [image.shape for image in good] == [image.shape for image in pictures]
    for number, (before, well, badly) in enumerate(zip(pictures, good, bad, strict=True)):
        assert 30 < like(before, well) < 60
        assert like(before, badly) < like(before, well) - 1
        assert number == max(range(10), key=lambda k: like(pictures[k], well))


def test_the_last_column_and_row_of_odd_sides_are_no_edge_of_another_colour(pictures: list[Image]) -> None:
    out = next(recoded(pictures[:2], Codec.H264, 18, 5))
    assert np.abs(out[-1].astype(int) - pictures[0][-1]).mean() < 8
    assert np.abs(out[:, -1].astype(int) - pictures[0][:, -1]).mean() < 8


@pytest.mark.parametrize(
    ("codec", "name"), [(Codec.H264, "call.mp4"), (Codec.VP8, "call.webm"), (Codec.VP9, "call.mkv")]
)
def test_a_recording_is_a_file_that_opens_elsewhere(
    codec: Codec, name: str, pictures: list[Image], tmp_path: Path
) -> None:
    film = cv2.VideoCapture(str(write_recording(tmp_path / name, pictures, codec, BEST[codec], 5)))
    assert film.get(cv2.CAP_PROP_FPS) == 5
    read = []
    while (shown := film.read())[0]:
        read.append(np.asarray(shown[1], np.uint8)[:361, :641])
    film.release()
    assert len(read) == len(pictures)
    assert min(map(like, read, pictures)) > 30


def camera(number: int) -> Image:
    """A square that wanders over noise."""
    picture = np.random.default_rng(1).integers(60, 120, (90, 160, 3), dtype=np.uint8)
    picture[30:60, 20 + 4 * number % 100 : 50 + 4 * number % 100] = (40, 90, 220)
    return picture


def line(codec: Codec = Codec.VP8) -> CameraLine:
    return CameraLine(codec, make_profile(np.random.default_rng(3)), 0)


@pytest.mark.parametrize("codec", Codec)
def test_what_a_line_shows_depends_on_the_number_alone(codec: Codec) -> None:
    forwards = line(codec)
    in_order = [forwards.picture(number, camera) for number in range(2 * GROUP)]
    for number in (GROUP + 5, 3, 3, GROUP + 7, GROUP - 1, 0):
        assert np.array_equal(line(codec).picture(number, camera), in_order[number])
        assert np.array_equal(forwards.picture(number, camera), in_order[number])


def test_a_line_takes_each_picture_once_while_time_runs_forwards() -> None:
    asked: list[int] = []

    def taken(number: int) -> Image:
        asked.append(number)
        return camera(number)

    one = line()
    for number in (-3, 2, 2, 5, GROUP + 1):
        one.picture(number, taken)
    assert asked == [*range(-GROUP, -2), *range(6), GROUP, GROUP + 1]


def test_a_picture_is_made_of_those_before_it() -> None:
    """A recording differs from pictures that are packed one by one: what was there before shines through."""

    def cut(at: int) -> Callable[[int], Image]:
        return lambda number: camera(20 if number < at else 0)

    assert not np.array_equal(line().picture(6, cut(0)), line().picture(6, cut(5)))


def test_a_call_over_lines_shows_the_same_people_less_well_and_the_same_at_any_time() -> None:
    plain, coded = (
        CallSimulator(RESOURCES, "all_on", 4, picture_px=(640, 360), seed=5, realtime=False, line=codec)
        for codec in (None, Codec.VP8)
    )
    later = coded.image_at(3.0)
    coded.image_at(1.0)
    assert np.array_equal(coded.image_at(3.0), later)
    assert 18 < like(plain.image_at(3.0), later) < 45
    assert plain.truth_at(3.0) == coded.truth_at(3.0)
