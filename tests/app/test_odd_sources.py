"""What a teacher may point the program at by mistake, or in bad luck, read by the app's own analyzer."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from support.places import RESOURCES
from support.screen.virtual_screen import virtual_screen

from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.seats.tile_seats import MOST_SEATS
from fer_desktop.core.settings import Settings
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Analysis, Frame, Image, PeopleSplit
from fer_desktop.simulation.cast.generated_people import load_people
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.simulator import CallSimulator

DESK = np.tile(np.linspace(60, 120, 1280)[None, :, None], (720, 1, 3)).astype(np.uint8)

Reader = Callable[[Sequence[Image]], list[Analysis]]


@pytest.fixture(scope="module")
def models() -> LoadedModels:
    return load_models(Settings())


@pytest.fixture
def read(models: LoadedModels) -> Reader:
    """Reads pictures as frames that are half a second apart, as one session."""

    def reader(images: Sequence[Image]) -> list[Analysis]:
        analyzer = models.analyzer()
        return [analyzer.analyze(Frame(index, index / 2, image)) for index, image in enumerate(images)]

    return reader


def busts_of(count: int) -> list[Image]:
    """Busts (H, W, 3) BGR before a grey wall."""
    busts = [
        person.busts[NEUTRAL]
        for person in load_people(RESOURCES, PeopleSplit.TUNING, [(k, {NEUTRAL}) for k in range(count)])
    ]
    return [np.clip(bust[..., :3] + (1 - bust[..., 3:] / 255) * 150, 0, 255).astype(np.uint8) for bust in busts]


def test_a_desktop_without_a_face_has_no_figures(read: Reader) -> None:
    analysis = read([DESK])[0]
    assert (analysis.readings, analysis.tiles, analysis.cameras_on) == ((), (), 0)
    summary = summarize(analysis.readings, analysis.seats, 1.0, cameras_on=analysis.cameras_on)
    assert summary.readable == 0
    assert np.isnan(summary.mean).all()


def test_one_pixel_of_the_screen_is_a_source_like_any_other(read: Reader) -> None:
    with virtual_screen(window_manager=False) as display:
        source = ScreenSource(Region(300, 200, 1, 1), display=display)
        source.open()
        frame = source.read()
        source.close()
    assert frame is not None
    assert frame.image.shape == (1, 1, 3)
    assert read([frame.image])[0].readings == ()


def test_a_slide_show_leaves_nobody_behind(read: Reader) -> None:
    slides = []
    for number, bust in enumerate(busts_of(12)):
        slide = DESK.copy()
        left = 100 + 70 * number
        height, width = min(bust.shape[0], 500), min(bust.shape[1], 400)
        slide[150 : 150 + height, left : left + width] = bust[:height, :width]
        slides.append(slide)
    analyses = read(slides)
    assert max(len(analysis.readings) for analysis in analyses) <= 1
    assert sum(len(analysis.readings) for analysis in analyses) >= 10
    assert max(analysis.seats for analysis in analyses) <= 2


def test_a_film_of_noise_is_neither_a_gallery_nor_a_class(read: Reader) -> None:
    rng = np.random.default_rng(3)
    small = rng.integers(0, 256, (6, 36, 64, 3)).astype(np.uint8)
    film = [np.kron(scene, np.ones((20, 20, 1), np.uint8)) for scene in small]
    for analysis in read(film):
        assert (analysis.tiles, analysis.readings) == ((), ())


def test_a_gallery_that_changes_its_layout_every_second_is_still_counted_right(models: LoadedModels) -> None:
    call = CallSimulator(RESOURCES, "restless", 16, Style.ZOOM_DARK, (1280, 720), seed=3)
    analyzer = models.analyzer()
    numbers: set[int] = set()
    right = 0
    times = np.arange(0.5, 20.0, 0.5)
    for at_s in times:
        analysis, truth = analyzer.analyze(call.frame_at(float(at_s))), call.truth_at(float(at_s))
        numbers |= {tile.seat for tile in analysis.tiles}
        shown = sum(tile.camera_on for tile in truth.tiles)
        right += abs(analysis.cameras_on - shown) <= 1
        assert len(analysis.readings) <= analysis.cameras_on <= analysis.seats == len(analysis.tiles)
    assert right >= 0.9 * len(times)
    assert len(numbers) <= MOST_SEATS


def test_three_hundred_faces_are_read_in_one_frame(read: Reader) -> None:
    faces = []
    for person in load_people(RESOURCES, PeopleSplit.TUNING, [(k, {NEUTRAL}) for k in range(60)]):
        x0, y0, x1, y1 = (int(edge) for edge in person.faces[NEUTRAL])
        bust = person.busts[NEUTRAL]
        margin = (x1 - x0) // 3
        cut = bust[max(0, y0 - margin) : y1 + margin, max(0, x0 - margin) : x1 + margin]
        faces.append(np.clip(cut[..., :3] + (1 - cut[..., 3:] / 255) * 150, 0, 255).astype(np.uint8))
    crowd = np.full((1080, 1920, 3), 150, np.uint8)
    rng = np.random.default_rng(1)
    for number in range(300):
        row, column = divmod(number, 20)
        face = _fitted(faces[number % 60], 62)
        top, left = 4 + 71 * row + int(rng.integers(0, 6)), 6 + 95 * column + int(rng.integers(0, 24))
        crowd[top : top + face.shape[0], left : left + face.shape[1]] = face
    first, second = read([crowd, crowd])
    assert 200 <= len(first.readings) <= 310
    assert sum(reading.quality.readable for reading in first.readings) > 150
    assert second.seats == first.seats
    assert {reading.seat for reading in first.readings} == {reading.seat for reading in second.readings}


def _fitted(face: Image, height: int) -> Image:
    width = round(face.shape[1] * height / face.shape[0])
    return np.asarray(cv2.resize(face, (min(width, 66), height), interpolation=cv2.INTER_AREA), np.uint8)
