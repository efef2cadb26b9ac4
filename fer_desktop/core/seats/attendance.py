"""Who left a call's gallery and who came back, in counts.

That a tile is gone says little: a page was turned, a slide shared, the speaker's view chosen, or its seat is taken for
another. So somebody has left whose place was seen to become empty, and stayed so for `AWAY_S` in which most of those
were in sight that had been beside it. What cannot be told so is not counted: the counts are too low rather than too
high.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.types import Attendance, Stay

# Longer than a dropped connection takes to come back, in time in which its page was in sight.
AWAY_S: Final = 15.0
# Of those that were beside it. Fewer are in sight on another page, in a strip beside a slide, or as a class ends.
BESIDE: Final = 2 / 3
# A seat that is taken for another may be without a tile for so long.
_LOST_S: Final = 2.0
# A gap between two frames, as in a pause, counts for no more than this.
_MAX_STEP_S: Final = 5.0
MOST_SEATS: Final = 200  # that are remembered: four pages


@dataclass(slots=True)
class _Seat:
    stay: Stay
    beside: frozenset[int]  # in sight when it was last seen
    tiles: int  # how many there were then
    empty_s: float | None = None  # for how long its place has been seen empty; None: it has not
    elsewhere: bool = False  # its place is taken: it is on another page, or has become another seat


class AttendanceTracker:
    """The coming and going of one session. Not shared between threads."""

    def __init__(self) -> None:
        self._seats: dict[int, _Seat] = {}
        self._gone: dict[int, Stay] = {}
        self._left = self._came_back = 0
        self._just_left: list[int] = []
        self._just_back: list[int] = []
        self._seen_s: float | None = None

    def update(self, seats: Sequence[int], now_s: float, excluded: frozenset[int] = frozenset()) -> Attendance:
        """The counts after a frame in which those seats had tiles. Of seats that are left out none is counted."""
        self._just_left, self._just_back = [], []
        step_s = 0.0 if self._seen_s is None else min(max(0.0, now_s - self._seen_s), _MAX_STEP_S)
        self._seen_s = now_s
        in_sight = frozenset(seats)
        taken = sum(self._meet(seat, in_sight, now_s, excluded) for seat in seats)
        missed = sorted(self._missed(in_sight), key=self._empty_s)
        # Whoever is new as somebody is missed only since now is taken for the same.
        for number in [number for number in missed if self._empty_s(number) < _LOST_S][:taken]:
            self._seats[number].elsewhere = True
        self._look_for_empty_places(missed, len(in_sight))
        for number in missed:
            self._wait(number, step_s, excluded)
        self._forget(in_sight)
        stays = {seat: self._seats[seat].stay for seat in seats}
        return Attendance(self._left, self._came_back, stays, tuple(self._just_left), tuple(self._just_back))

    def _meet(self, number: int, in_sight: frozenset[int], now_s: float, excluded: frozenset[int]) -> bool:
        """Keeps that the seat is in sight; whether it takes a place that was not its own."""
        # Taken out and put in again: in the order in which they were seen last.
        before, returns = self._seats.pop(number, None), self._gone.pop(number, None)
        stay = before.stay if before is not None else Stay(now_s)
        if returns is not None:
            if number not in excluded:
                self._came_back += 1
                self._just_back.append(number)
            stay = Stay(now_s, returns.absences + 1)
        self._seats[number] = _Seat(stay, in_sight, len(in_sight))
        return returns is None and (before is None or before.elsewhere)

    def _empty_s(self, number: int) -> float:
        return self._seats[number].empty_s or 0.0

    def _missed(self, in_sight: frozenset[int]) -> list[int]:
        """The seats that are not in sight though most of those are that were beside them."""
        known = {number for number, seat in self._seats.items() if not seat.elsewhere}
        missed = []
        for number in known - in_sight:
            beside = self._seats[number].beside & known - {number}
            if beside and len(beside & in_sight) >= BESIDE * len(beside):
                missed.append(number)
        return missed

    def _look_for_empty_places(self, missed: Sequence[int], tiles: int) -> None:
        """Somebody gone with whom the tiles are one less left an empty place, somebody gone without whom, did not.

        Where they are several less it waits: that is more often another view than several people.
        """
        empty = False
        for seat in (self._seats[number] for number in missed):
            if seat.empty_s is None and not seat.elsewhere:
                if empty or tiles >= seat.tiles:
                    seat.elsewhere = True
                elif tiles == seat.tiles - 1:
                    seat.empty_s, empty = 0.0, True

    def _wait(self, number: int, step_s: float, excluded: frozenset[int]) -> None:
        """Counts that the seat has left once its place was empty for long enough."""
        seat = self._seats[number]
        if seat.empty_s is None or seat.elsewhere:
            return
        seat.empty_s += step_s
        if seat.empty_s >= AWAY_S:
            del self._seats[number]
            if number not in excluded:
                self._left += 1
                self._just_left.append(number)
                self._gone[number] = seat.stay

    def _forget(self, in_sight: frozenset[int]) -> None:
        """Keeps memory bounded in a gallery that never shows anybody twice; who is in sight is never forgotten."""
        for seats in (self._seats, self._gone):
            for number in list(seats)[:-MOST_SEATS]:
                if number not in in_sight:
                    del seats[number]
