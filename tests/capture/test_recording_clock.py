"""A recording's time: stills in which nothing was written, and time stamps that are wrong."""

import itertools
from pathlib import Path

import pytest
from support.inputs.clips import write_timed
from support.places import SHARED

from fer_desktop.capture.files.media_clock import LONGEST_STILL_S, MediaClock
from fer_desktop.capture.files.recording import RecordingSource

MOVES_S = [number / 5 for number in range(25)]
LATER_S = [45 + at_s for at_s in MOVES_S]
CASES = SHARED / "cases"


def times_of(path: Path, every_s: float = 0.0) -> tuple[list[float], float]:
    """When its frames are delivered, and how long it is."""
    source = RecordingSource(path, paced=False, every_s=every_s)
    source.open()
    times = [frame.captured_s for frame in iter(source.read, None)]
    source.close()
    assert source.length_s is not None
    return times, source.length_s


@pytest.mark.parametrize(("name", "codec"), [("clip.webm", "libvpx"), ("clip.mkv", "libx264")])
def test_a_recording_that_does_not_tell_its_length_keeps_the_time_of_a_long_still(
    tmp_path: Path, name: str, codec: str
) -> None:
    path = write_timed(tmp_path / name, MOVES_S + LATER_S, codec, {"live": "1"})
    times, length_s = times_of(path)
    assert times[-1] == pytest.approx(49.8, abs=0.01)
    assert length_s == pytest.approx(50.0, abs=0.15)
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) <= 1.01


def test_the_picture_before_a_still_is_what_is_shown_in_it(tmp_path: Path) -> None:
    path = write_timed(tmp_path / "clip.webm", [0, 0.2, 0.4, 20.1, 20.3], "libvpx", {"live": "1"})
    source = RecordingSource(path, paced=False)
    source.open()
    shown = [(frame.index, round(float(frame.image.mean()))) for frame in iter(source.read, None)]
    source.close()
    assert [index for index, _ in shown] == [0, 1, *[2] * 20, 3, 4]
    greys = [grey for _, grey in shown]
    assert greys[1] < greys[2] < greys[22] < greys[23]
    assert len(set(greys[2:22])) == 1


@pytest.mark.needs_data("cases")
@pytest.mark.parametrize("name", ["gap_no_duration.webm", "gap_killed_recording.mkv"])
def test_cases_with_a_still_of_forty_seconds_keep_their_time(name: str) -> None:
    times, length_s = times_of(CASES / name, every_s=0.5)
    assert times[-1] == pytest.approx(49.6, abs=0.3)
    assert length_s == pytest.approx(50.0, abs=0.3)


def clocked(stamps_s: list[float], length_s: float = 0.0) -> list[float]:
    """What the clock makes of stamps, asked as a video file asks it."""
    clock = MediaClock(0.1, length_s)
    after: list[float | None] = [*stamps_s[1:], None]
    return [
        clock.time(stamp_s, later) if clock.is_jump(stamp_s) else clock.time(stamp_s)
        for stamp_s, later in zip(stamps_s, after, strict=True)
    ]


@pytest.mark.parametrize("length_s", [0.0, 1.0, 5000.0])
@pytest.mark.parametrize("far_s", [11.0, 1500.0, 95_443.7, 1e12, float("inf"), float("nan")])
def test_one_far_stamp_is_a_broken_stamp_and_the_time_goes_on_after_it(far_s: float, length_s: float) -> None:
    times = clocked([0.0, 0.1, far_s, 0.3, 0.4], length_s)
    assert times == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize("far_s", [1500.0, 95_443.7, 1e12, float("inf"), float("nan")])
def test_a_last_stamp_that_is_far_off_makes_no_rows(far_s: float) -> None:
    assert clocked([0.0, 0.1, far_s]) == pytest.approx([0.0, 0.1, 0.2])


def test_a_still_longer_than_any_is_a_broken_stamp() -> None:
    far_s = 2 * LONGEST_STILL_S
    assert clocked([0.0, 0.1, far_s, far_s + 0.1]) == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_slides_that_change_seldom_keep_their_time() -> None:
    assert clocked([0.0, 15.0, 40.0, 300.0, 312.0, 320.0]) == pytest.approx([0.0, 15.0, 40.0, 300.0, 312.0, 320.0])


def test_a_first_stamp_that_is_no_number_counts_as_none() -> None:
    assert clocked([float("nan"), 0.1, 0.2]) == pytest.approx([0.0, 0.1, 0.2])
