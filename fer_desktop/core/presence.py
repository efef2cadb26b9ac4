"""Who left a call's gallery and who came back, in counts.

That a tile is gone says little: a page was turned, a slide shared, the speaker's view chosen, or a seat is taken for
another. So a seat's absence counts only while most of those are in sight that were beside it, and it has left when the
gallery has a place less than it had then. Where that cannot be told nobody is said to have left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.types import Attendance, Stay

# Longer than a dropped connection takes to come back, in time in which its page was in sight.
AWAY_S: Final = 15.0
# Of those that were beside it. Fewer are in sight on another page, in a strip beside a slide, or as a class ends.
BESIDE: Final = 2 / 3
# A gap between two frames, as in a pause, counts for no more than this.
_MAX_STEP_S: Final = 5.0


@dataclass(slots=True)
class _Seat:
    stay: Stay
    beside: frozenset[int]  # in sight when it was last seen
    tiles: int  # how many there were then, without those that left since
    missing_s: float = 0.0  # while most of `beside` was in sight
    elsewhere: bool = False  # its place was taken: it is on another page, or has become another seat


class Presence:
    """The coming and going of one session. Not shared between threads."""

    def __init__(self) -> None:
        self._seats: dict[int, _Seat] = {}
        self._gone: dict[int, Stay] = {}
        self._left = self._came_back = 0
        self._seen_s: float | None = None

    def see(self, seats: Sequence[int], now_s: float, left_out: frozenset[int] = frozenset()) -> Attendance:
        """The counts after a frame in which those seats had tiles. Of seats that are left out none is counted."""
        step_s = 0.0 if self._seen_s is None else min(max(0.0, now_s - self._seen_s), _MAX_STEP_S)
        self._seen_s = now_s
        in_sight = frozenset(seats)
        for seat in seats:
            self._meet(seat, in_sight, now_s, seat not in left_out)
        known = in_sight | {number for number, seat in self._seats.items() if not seat.elsewhere}
        for number in known - in_sight:
            if self._is_missed(self._seats[number], in_sight, known - {number}, step_s):
                self._judge(number, len(in_sight), number not in left_out)
        return Attendance(self._left, self._came_back, {seat: self._seats[seat].stay for seat in seats})

    def _meet(self, number: int, in_sight: frozenset[int], now_s: float, counts: bool) -> None:
        before = self._gone.pop(number, None)
        if before is not None:
            self._came_back += counts
            stay = Stay(now_s, before.absences + 1)
        else:
            stay = self._seats[number].stay if number in self._seats else Stay(now_s)
        self._seats[number] = _Seat(stay, in_sight, len(in_sight))

    @staticmethod
    def _is_missed(seat: _Seat, in_sight: frozenset[int], known: frozenset[int], step_s: float) -> bool:
        """Whether it was away long enough for a verdict, in time that counts."""
        beside = seat.beside & known
        if beside and len(beside & in_sight) >= BESIDE * len(beside):
            seat.missing_s += step_s
        return seat.missing_s >= AWAY_S

    def _judge(self, number: int, tiles: int, counts: bool) -> None:
        seat = self._seats[number]
        if tiles >= seat.tiles:
            seat.elsewhere = True
            return
        del self._seats[number]
        if counts:
            self._left += 1
            self._gone[number] = seat.stay
        # The empty place is this one's: it speaks for no other.
        for other in self._seats.values():
            if number in other.beside:
                other.tiles -= 1
