"""The seats of a recording's parts are one numbering, and who left is counted once."""

import numpy as np
import pytest

from fer_desktop.core.types import Analysis, Attendance, Face, Frame, Quality, Reading, Reason, Tile, no_figures
from fer_desktop.pipeline.joining import JoinedParts

_GOOD = Quality(True, Reason.NONE, 50.0)


def box(place: int) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.array([100 * place, 0, 100 * place + 90, 90], np.float32)


def seen(at_s: float, seats: dict[int, int], tiles: bool = False, attendance: Attendance | None = None) -> Analysis:
    """A frame with somebody in those seats, each at its place."""
    frame = Frame(0, at_s, np.zeros((0, 0, 3), np.uint8))
    faces = [Face(box(place) + 0.2, 0.9, np.zeros((5, 2), np.float32)) for place in seats.values()]
    readings = tuple(Reading(seat, face, _GOOD, no_figures()) for seat, face in zip(seats, faces, strict=True))
    shown = tuple(Tile(box(place), seat, True) for seat, place in seats.items()) if tiles else ()
    return Analysis(frame, readings, 0.0, len(seats), len(seats), shown, (), attendance or Attendance())


@pytest.fixture
def joined() -> JoinedParts:
    return JoinedParts()


@pytest.mark.parametrize("tiles", [True, False])
def test_a_seat_keeps_its_number_from_part_to_part_whatever_the_next_calls_it(joined: JoinedParts, tiles: bool) -> None:
    joined.begin(None)
    first = seen(9.5, {1: 0, 2: 1, 5: 2}, tiles)
    assert joined.joined(first) is first
    joined.begin(seen(9.5, {1: 2, 2: 0, 3: 1}, tiles))
    found = joined.joined(seen(10.0, {1: 2, 2: 0, 3: 1, 4: 3}, tiles))
    assert [one.seat for one in found.readings] == [5, 1, 2, 6]  # and whoever came since gets a new one
    assert [one.seat for one in found.tiles] == ([5, 1, 2, 6] if tiles else [])
    joined.begin(seen(10.0, {1: 3, 2: 2}, tiles))
    assert [one.seat for one in joined.joined(seen(10.5, {1: 3, 2: 2}, tiles)).readings] == [6, 5]


def test_a_number_that_merged_away_is_given_to_nobody_else(joined: JoinedParts) -> None:
    joined.begin(None)
    joined.joined(seen(9.0, {1: 0, 7: 1}))
    joined.joined(seen(9.5, {1: 0}))
    joined.begin(seen(9.5, {1: 0}))
    assert [one.seat for one in joined.joined(seen(10.0, {1: 0, 2: 1})).readings] == [1, 8]


def test_who_left_while_a_part_warmed_up_is_counted_by_the_part_before(joined: JoinedParts) -> None:
    joined.begin(None)
    joined.joined(seen(9.5, {1: 0}, attendance=Attendance(left=3, came_back=1)))
    joined.begin(seen(9.5, {1: 0}, attendance=Attendance(left=1)))
    left = joined.joined(seen(10.0, {1: 0}, attendance=Attendance(left=2, just_left=(4,)))).attendance
    assert (left.left, left.came_back) == (4, 1)
    assert left.just_left == (2,)


def test_where_nothing_was_seen_before_all_are_new(joined: JoinedParts) -> None:
    joined.begin(None)
    joined.joined(seen(9.5, {1: 0}))
    joined.begin(None)
    assert [one.seat for one in joined.joined(seen(30.0, {1: 0})).readings] == [2]
