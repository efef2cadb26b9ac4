"""How many participants left a call's gallery, and how many came back.

A missing tile alone says little: the page was turned, a slide shared, the speaker view chosen, or the seat mistaken for
another. So a participant counts as gone only when their place was seen to become empty and stayed empty for `AWAY_S`,
counted while most of those who had been beside it were visible. Anything less clear is not counted: the counts err on
the low side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.types import Attendance, Stay

# Longer than a dropped connection takes to come back; counted while its page is visible.
AWAY_S: Final = 15.0
# Of those that were beside it. Fewer are visible on another page, in a strip beside a slide, or as a class ends.
BESIDE: Final = 2 / 3
# A seat that is mistaken for another may be without a tile for this long.
_LOST_S: Final = 2.0
# A gap between two frames, such as a pause, counts for no more than this.
_MAX_STEP_S: Final = 5.0
MOST_SEATS: Final = 200  # remembered: four pages


@dataclass(slots=True)
class _Seat:
    stay: Stay
    beside: frozenset[int]  # visible when it was last seen
    tiles: int  # visible when it was last seen
    empty_s: float | None = None  # how long its place has been seen empty; None: not at all
    elsewhere: bool = False  # its place is taken: it is on another page, or was given another seat


class AttendanceTracker:
    """Counts who leaves and returns in one session. Not thread-safe."""

    def __init__(self) -> None:
        self._seats: dict[int, _Seat] = {}
        self._gone: dict[int, Stay] = {}
        self._left = self._came_back = 0
        self._just_left: list[int] = []
        self._just_back: list[int] = []
        self._seen_s: float | None = None

    def update(
        self,
        seats: Sequence[int],
        now_s: float,
        excluded: frozenset[int] = frozenset(),
        is_unsure: bool = False,
    ) -> Attendance:
        """The counts after a frame in which those seats had tiles. Excluded seats are never counted.

        `is_unsure`: tiles may lie behind another window, so that nothing is concluded of who has none.
        """
        self._just_left, self._just_back = [], []
        step_s = 0.0 if self._seen_s is None else min(max(0.0, now_s - self._seen_s), _MAX_STEP_S)
        self._seen_s = now_s
        visible = frozenset(seats)
        taken = sum(self._see(seat, visible, now_s, excluded) for seat in seats)
        missed = [] if is_unsure else sorted(self._missed(visible), key=self._empty_s)
        # Someone new who appears as another goes missing is taken for the same person.
        for number in [number for number in missed if self._empty_s(number) < _LOST_S][:taken]:
            self._seats[number].elsewhere = True
        self._mark_empty_places(missed, len(visible))
        for number in missed:
            self._wait(number, step_s, excluded)
        self._forget(visible)
        stays = {seat: self._seats[seat].stay for seat in seats}
        return Attendance(self._left, self._came_back, stays, tuple(self._just_left), tuple(self._just_back))

    def _see(self, number: int, visible: frozenset[int], now_s: float, excluded: frozenset[int]) -> bool:
        """Records that the seat is visible; whether it takes a place that was not its own."""
        # Removed and inserted again, so that the seats stay in the order in which they were last seen.
        before, returns = self._seats.pop(number, None), self._gone.pop(number, None)
        stay = before.stay if before is not None else Stay(now_s)
        if returns is not None:
            if number not in excluded:
                self._came_back += 1
                self._just_back.append(number)
            stay = Stay(now_s, returns.absences + 1)
        self._seats[number] = _Seat(stay, visible, len(visible))
        return returns is None and (before is None or before.elsewhere)

    def _empty_s(self, number: int) -> float:
        return self._seats[number].empty_s or 0.0

    def _missed(self, visible: frozenset[int]) -> list[int]:
        """The seats that are not visible although most of those beside them are."""
        known = {number for number, seat in self._seats.items() if not seat.elsewhere}
        missed = []
        for number in known - visible:
            beside = self._seats[number].beside & known - {number}
            if beside and len(beside & visible) >= BESIDE * len(beside):
                missed.append(number)
        return missed

    def _mark_empty_places(self, missed: Sequence[int], tiles: int) -> None:
        """Someone missing left an empty place if there is one tile fewer, and none if there are as many as before.

        Where there are several fewer, nothing is decided yet: that is more often another view than several people.
        """
        empty = False
        for seat in (self._seats[number] for number in missed):
            if seat.empty_s is None and not seat.elsewhere:
                if empty or tiles >= seat.tiles:
                    seat.elsewhere = True
                elif tiles == seat.tiles - 1:
                    seat.empty_s, empty = 0.0, True

    def _wait(self, number: int, step_s: float, excluded: frozenset[int]) -> None:
        """Counts the seat as gone once its place has been empty for long enough."""
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

    def _forget(self, visible: frozenset[int]) -> None:
        """Keeps memory bounded in a gallery that never shows anybody twice; visible seats are never forgotten."""
        for seats in (self._seats, self._gone):
            for number in list(seats)[:-MOST_SEATS]:
                if number not in visible:
                    del seats[number]
