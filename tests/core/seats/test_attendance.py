import pytest

from fer_desktop.core.seats.attendance import AWAY_S, MOST_SEATS, AttendanceTracker
from fer_desktop.core.types import Attendance, Stay

CLASS = tuple(range(1, 10))
STEP_S = 0.5


class Call:
    """A gallery that is looked at twice a second."""

    def __init__(self) -> None:
        self.presence = AttendanceTracker()
        self.now_s = 0.0
        self.attendance = Attendance()

    def shows(self, *seats: int, for_s: float = 1.0, excluded: frozenset[int] = frozenset()) -> tuple[int, int]:
        end_s = self.now_s + for_s
        while self.now_s < end_s:
            self.attendance = self.presence.update(seats, self.now_s, excluded)
            self.now_s += STEP_S
        return self.attendance.left, self.attendance.came_back


def without(*gone: int) -> tuple[int, ...]:
    return tuple(seat for seat in CLASS if seat not in gone)


@pytest.fixture
def call() -> Call:
    call = Call()
    assert call.shows(*CLASS) == (0, 0)
    return call


def test_somebody_whose_place_is_empty_for_long_has_left_and_comes_back(call: Call) -> None:
    assert call.shows(*without(4), for_s=AWAY_S - STEP_S) == (0, 0)
    assert call.shows(*without(4)) == (1, 0)
    assert call.shows(*without(4), for_s=120.0) == (1, 0)
    assert call.shows(*CLASS) == (1, 1)
    assert call.shows(*without(4), for_s=AWAY_S + 1) == (2, 1)


def test_a_short_absence_is_none(call: Call) -> None:
    assert call.shows(*without(4), for_s=AWAY_S - 2) == (0, 0)
    assert call.shows(*CLASS) == (0, 0)
    assert call.shows(*without(4), for_s=AWAY_S - 2) == (0, 0)


def test_one_after_the_other_is_counted(call: Call) -> None:
    call.shows(*without(4), for_s=4.0)
    call.shows(*without(4, 7), for_s=4.0)
    assert call.shows(*without(4, 7, 1), for_s=AWAY_S + 1) == (3, 0)
    assert call.shows(*without(4)) == (3, 2)


def test_who_comes_in_late_neither_left_nor_came_back(call: Call) -> None:
    assert call.shows(*CLASS, 10, for_s=60.0) == (0, 0)


def test_somebody_new_does_not_hide_that_another_left(call: Call) -> None:
    call.shows(*without(4), for_s=5.0)
    assert call.shows(*without(4), 10, for_s=AWAY_S) == (1, 0)


def test_a_page_turn_makes_nobody_leave(call: Call) -> None:
    for _ in range(3):
        assert call.shows(11, 12, 13, 14, for_s=90.0) == (0, 0)
        assert call.shows(*CLASS, for_s=90.0) == (0, 0)


def test_who_left_while_another_page_was_seen_is_missed_when_it_is_turned_back(call: Call) -> None:
    call.shows(11, 12, 13, 14, for_s=90.0)
    assert call.shows(*without(4), for_s=AWAY_S - STEP_S) == (0, 0)
    assert call.shows(*without(4)) == (1, 0)


def test_a_full_page_to_which_somebody_moves_up_tells_nothing(call: Call) -> None:
    call.shows(11, 12)
    call.shows(*CLASS)
    assert call.shows(*without(4), 11, for_s=90.0) == (0, 0)
    assert call.shows(12, 4) == (0, 0)


def test_a_strip_beside_a_slide_and_the_speakers_view_make_nobody_leave(call: Call) -> None:
    assert call.shows(1, 2, 3, 4, 5, for_s=300.0) == (0, 0)
    assert call.shows(6, for_s=300.0) == (0, 0)
    assert call.shows(1, 2, 3, 4, 5, 6, 7, for_s=300.0) == (0, 0)
    assert call.shows(*CLASS) == (0, 0)


def test_a_seat_that_is_taken_for_another_has_not_left(call: Call) -> None:
    assert call.shows(*without(4), 10, for_s=60.0) == (0, 0)
    call.shows(*without(4, 5), 10, for_s=1.0)  # without a tile for a moment, then another seat
    assert call.shows(*without(4, 5), 10, 11, for_s=60.0) == (0, 0)


def test_a_class_that_ends_is_not_counted_one_by_one(call: Call) -> None:
    assert call.shows(1, 2, for_s=120.0) == (0, 0)


def test_a_picture_without_a_gallery_and_a_pause_make_nobody_leave(call: Call) -> None:
    call.shows(*without(4))
    assert call.shows(for_s=300.0) == (0, 0)
    call.now_s += 600.0
    assert call.shows(*without(4)) == (0, 0)


def test_who_is_left_out_is_not_counted(call: Call) -> None:
    leaves_out = frozenset({4})
    assert call.shows(*CLASS, excluded=leaves_out) == (0, 0)
    assert call.shows(*without(4), for_s=60.0, excluded=leaves_out) == (0, 0)
    assert call.shows(*CLASS, for_s=60.0, excluded=leaves_out) == (0, 0)


def test_a_stay_tells_since_when_and_how_often_one_was_away(call: Call) -> None:
    assert call.attendance.stays[4] == Stay(0.0, 0)
    call.shows(11, 12, for_s=30.0)
    call.shows(*CLASS)
    assert call.attendance.stays[4] == Stay(0.0, 0)
    call.shows(*without(4), for_s=30.0)
    assert 4 not in call.attendance.stays
    back_s = call.now_s
    call.shows(*CLASS)
    assert call.attendance.stays[4] == Stay(back_s, 1)
    assert set(call.attendance.stays) == set(CLASS)


def test_memory_is_bounded() -> None:
    presence = AttendanceTracker()
    for k in range(3 * MOST_SEATS):
        presence.update(range(2 * k, 2 * k + 9), float(k))
    assert len(presence._seats) <= MOST_SEATS


def test_more_tiles_than_are_remembered_are_all_in_sight() -> None:
    presence = AttendanceTracker()
    many = range(1, MOST_SEATS + 110)
    for at_s in (0.0, 0.5, 1.0):
        assert presence.update(many, at_s).stays.keys() == set(many)
