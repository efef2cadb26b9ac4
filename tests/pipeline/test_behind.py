"""What lies behind other windows: a gallery of 25 keeps its tiles and seats while a window lies over some of them."""

from collections import Counter

import numpy as np
import numpy.typing as npt
import pytest
from support.screen.call_driver import call

from fer_desktop.app.compose import load_models
from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Analysis, Frame, Image, Reason
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.behind import Behind, are_same_tiles, hidden_shares

WIDTH, HEIGHT = 1000, 600
STEP_S = 0.5
Place = tuple[int, int, int, int]
CORNER: Place = (WIDTH - 224, HEIGHT - 124, WIDTH, HEIGHT)
DIALOG: Place = (240, 205, 760, 395)
EDGE: Place = (0, 150, 180, 450)
HALF: Place = (0, 300, WIDTH, HEIGHT)
ALL = (CORNER, DIALOG, HALF)


class Watched:
    """A call of 25 as it is read, now and then with a window over it."""

    def __init__(self) -> None:
        self._call, self._now_s = call(9999.0, WIDTH, HEIGHT), 0.0
        self._analyzer: FrameAnalyzer = load_models(Settings()).analyzer()

    def watch(self, seconds: float, window: Place | None = None, lower_px: int = 0) -> Analysis:
        """The last analysis of so many seconds; the tiles are shown so much lower."""
        for _ in range(round(seconds / STEP_S)):
            image = np.roll(self._call.image_at(10 + self._now_s), lower_px, axis=0)
            hidden = over(image, window) if window else None
            seen = self._analyzer.analyze(Frame(0, self._now_s, image, hidden=hidden))
            self._now_s += STEP_S
        return seen


def over(image: Image, place: Place) -> npt.NDArray[np.bool_]:
    """Blackens a place of an image; the mask of it."""
    x0, y0, x1, y1 = place
    hidden = np.zeros(image.shape[:2], np.bool_)
    hidden[y0:y1, x0:x1] = True
    image[hidden] = 0
    return hidden


def reasons(analysis: Analysis) -> Counter[Reason]:
    return Counter(reading.quality.reason for reading in analysis.readings)


def places(analysis: Analysis) -> dict[int, list[int]]:
    return {tile.seat: tile.xyxy.round().astype(int).tolist() for tile in analysis.tiles}


@pytest.mark.parametrize("window", ALL)
def test_who_is_under_a_window_keeps_seat_and_camera_and_is_not_read(window: Place) -> None:
    watched = Watched()
    before = watched.watch(5)
    under = watched.watch(12, window)
    assert places(under) == places(before)
    assert [tile.camera_on for tile in under.tiles] == [tile.camera_on for tile in before.tiles]
    faces = np.stack([reading.face.xyxy for reading in before.readings])
    hidden = over(np.zeros((HEIGHT, WIDTH, 3), np.uint8), window)
    clear = int((hidden_shares(hidden, faces) == 0).sum())
    assert 0 < reasons(under)[Reason.COVERED] <= len(faces) - clear + 2  # with those in whose square it reaches
    assert reasons(under)[Reason.NONE] >= clear - 2
    assert all(
        reading.quality.reason is Reason.COVERED
        for reading in under.readings
        if hidden_shares(hidden, reading.face.xyxy[None])[0] > 0
    )
    assert (under.seats, under.cameras_on) == (before.seats, before.cameras_on)
    after = watched.watch(4)
    assert places(after) == places(before)
    assert reasons(after)[Reason.COVERED] == 0
    assert reasons(after)[Reason.NONE] >= reasons(before)[Reason.NONE] - 1
    assert (after.attendance.left, after.attendance.came_back) == (0, 0)


@pytest.mark.parametrize("window", [CORNER, EDGE])
def test_a_session_may_begin_under_a_window(window: Place) -> None:
    watched = Watched()
    first = watched.watch(8, window)
    hidden = over(np.zeros((HEIGHT, WIDTH, 3), np.uint8), window)
    clear = {seat: place for seat, place in places(first).items() if not _hits(hidden, place)}
    assert len(clear) >= 19
    assert reasons(first)[Reason.NONE] >= len(clear) - 1
    after = watched.watch(4)
    assert len(after.tiles) == 25
    assert {seat: place for seat, place in places(after).items() if seat in clear} == clear
    assert (after.attendance.left, after.attendance.came_back) == (0, 0)


def test_tiles_that_move_while_a_window_lies_over_some_are_found_in_their_new_places() -> None:
    watched = Watched()
    before = watched.watch(5)
    moved = watched.watch(6, CORNER, lower_px=36)
    lower = {seat: [x0, y0 + 36, x1, y1 + 36] for seat, (x0, y0, x1, y1) in places(before).items()}
    clear = {seat: box for seat, box in lower.items() if box[3] < HEIGHT - 124 or box[2] < WIDTH - 224}
    assert _are_near({seat: box for seat, box in places(moved).items() if seat in clear}, clear)
    after = watched.watch(4, lower_px=36)
    assert _are_near(places(after), lower)
    assert (after.attendance.left, after.attendance.came_back) == (0, 0)


def _are_near(found: dict[int, list[int]], expected: dict[int, list[int]]) -> bool:
    return found.keys() == expected.keys() and all(
        found[seat] == pytest.approx(expected[seat], abs=3) for seat in found
    )


def _hits(hidden: npt.NDArray[np.bool_], place: list[int]) -> bool:
    return bool(hidden_shares(hidden, np.array([place], np.float32))[0] > 0)


def test_what_was_last_seen_stands_where_a_window_lies_and_the_ground_where_nothing_was() -> None:
    behind, grey = Behind(), np.full((40, 60, 3), 33, np.uint8)
    first = grey.copy()
    first[10:20, 10:20] = 200
    hidden = over(blind := first.copy(), (5, 5, 25, 25))
    assert (behind.completed(Frame(0, 0.0, blind, hidden=hidden)).image == 33).all()
    assert behind.is_unsure
    behind.completed(Frame(1, 0.1, first))
    assert not behind.is_unsure
    completed = behind.completed(Frame(2, 0.2, blind, hidden=hidden))
    assert np.array_equal(completed.image, first)
    assert (blind[hidden] == 0).all()  # what is shown stays black
    assert behind.remembers(hidden)
    behind.forget()
    assert (behind.completed(Frame(3, 0.3, blind, hidden=hidden)).image == 33).all()
    assert not behind.remembers(hidden)


def test_nothing_of_another_size_is_remembered() -> None:
    behind = Behind()
    behind.completed(Frame(0, 0.0, np.full((40, 60, 3), 99, np.uint8)))
    hidden = over(other := np.full((50, 60, 3), 33, np.uint8), (0, 0, 10, 10))
    assert (behind.completed(Frame(1, 0.1, other, hidden=hidden)).image == 33).all()


def test_tiles_are_the_same_up_to_some_pixels() -> None:
    tiles = np.array([[0, 0, 100, 60], [110, 0, 210, 60]], np.float32)
    assert are_same_tiles(tiles, tiles + 2)
    assert not are_same_tiles(tiles, tiles + 30)
    assert not are_same_tiles(tiles, tiles[:1])
    assert iou_matrix(tiles, tiles + 2).diagonal().min() > 0.8
