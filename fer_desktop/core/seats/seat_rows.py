"""What the seat view tells of each participant: a row that says where somebody is seen, and nothing of how they look.

Rows are of this moment. They are made while the seat view is chosen, lie in memory, and go with the session.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from fer_desktop.core.readings.withholding import MIN_READABLE
from fer_desktop.core.seats.attendance import MOST_SEATS
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Reason

# What is seen must last for so long before a row says it: a face that is lost for a blink is still in view.
SETTLE_S: Final = 3.0
# A seat that goes by a face alone is another one when the face comes back later than this.
FACE_GONE_S: Final = 15.0
_FROM_THE_START_S: Final = 5.0  # whoever is there in a session's first seconds has been since its start

T = TypeVar("T")


class Presence(StrEnum):
    """Where a participant is seen."""

    NO_FACE = "no face"  # the camera is on, and no face is in view
    CAMERA_OFF = "camera off"
    HAS_LEFT = "has left"
    NOT_SHOWN = "not shown"  # the call shows others: another page, a view without them
    IN_VIEW = "in view"
    LEFT_OUT = "left out"  # by the teacher: nothing is told


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One participant now."""

    seat: int
    presence: Presence
    since_s: float | None = None  # session time at which that began; None: not known, or not told
    reason: Reason | None = None  # why a face in view is not read; NONE where it is, None without a face
    you: bool = False  # the teacher


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """How many are seen where; of those left out nothing."""

    here: int  # shown by the call now
    cameras_on: int
    not_in_view: int  # cameras on without a face
    turned_away: int
    left: int


def class_counts(rows: Sequence[SeatRow]) -> ClassCounts | None:
    """The counts of the class; None where so few faces are in view that they would tell of persons."""
    in_view = [row for row in rows if row.presence is Presence.IN_VIEW]
    if len(in_view) < MIN_READABLE:
        return None
    no_face, off, left = (
        sum(row.presence is presence for row in rows)
        for presence in (Presence.NO_FACE, Presence.CAMERA_OFF, Presence.HAS_LEFT)
    )
    on = len(in_view) + no_face
    turned_away = sum(row.reason is Reason.TURNED_AWAY for row in in_view)
    return ClassCounts(on + off, on, no_face, turned_away, left)


class _Settled(Generic[T]):
    """A value that another one replaces when it has lasted."""

    __slots__ = ("_next", "_next_s", "since_s", "value")

    def __init__(self, value: T, since_s: float | None) -> None:
        self.value, self.since_s = value, since_s
        self._next, self._next_s = value, -math.inf

    def follow(self, value: T, now_s: float, at_once: bool = False) -> None:
        """Takes what is seen now."""
        if value != self._next:
            self._next, self._next_s = value, now_s
        if self._next != self.value and (at_once or now_s - self._next_s >= SETTLE_S):
            self.value, self.since_s = self._next, self._next_s


class _Seat:
    __slots__ = ("has_tile", "presence", "reason", "seen_s")

    def __init__(self, presence: Presence, reason: Reason | None, since_s: float | None, now_s: float) -> None:
        self.presence, self.reason = _Settled(presence, since_s), _Settled(reason, None)
        self.seen_s, self.has_tile = now_s, False

    def follow(self, presence: Presence, reason: Reason | None, now_s: float) -> None:
        out = Presence.LEFT_OUT in (presence, self.presence.value)
        self.presence.follow(presence, now_s, at_once=out)
        if reason is not None:  # a face that is lost for a moment is as readable as it was
            self.reason.follow(reason, now_s, at_once=self.reason.value is None)


class SeatBook:
    """The rows of one session. Not thread-safe.

    Times are the session's own and do not run backwards.
    """

    def __init__(self) -> None:
        self._seats: dict[int, _Seat] = {}
        self._scene: int | None = None

    @property
    def scene(self) -> int | None:
        """The scene that its seats are of; None before anything was observed."""
        return self._scene

    def observe(self, analysis: Analysis, now_s: float) -> None:
        """Takes what a frame shows. One of another scene begins anew."""
        first = self._scene != analysis.frame.scene
        if first:
            self._seats.clear()
            self._scene = analysis.frame.scene
        # Whoever was there before the seat view was opened has been for longer than is known.
        since_s = now_s if not first or now_s <= _FROM_THE_START_S else None
        tiles = {tile.seat for tile in analysis.tiles}
        visible = set()
        for seat, presence, reason in _seen_in(analysis):
            visible.add(seat)
            known = self._seats.get(seat)
            if known is None:
                known = self._seats[seat] = _Seat(presence, reason, since_s, now_s)
            known.follow(presence, reason, now_s)
            known.seen_s, known.has_tile = now_s, known.has_tile or seat in tiles
        for seat in self._seats.keys() - visible:
            self._miss(seat, now_s)
        self._forget(visible)

    def has_left(self, seat: int, at_s: float) -> None:
        """The seat's place has been empty for long enough; it went when it was last seen."""
        known = self._seats.get(seat)
        if known is not None and known.presence.value is not Presence.LEFT_OUT:
            before = known.presence
            went_s = before.since_s if before.value is Presence.NOT_SHOWN else min(known.seen_s, at_s)
            known.presence = _Settled(Presence.HAS_LEFT, went_s)

    def merge(self, seat: int, into: int) -> None:
        """Whoever had `seat` is whoever had `into`, which is no longer known otherwise."""
        if seat != into and seat in self._seats:
            self._seats[into] = self._seats.pop(seat)

    def clear(self) -> None:
        """Forgets everything."""
        self._seats.clear()
        self._scene = None

    def rows(self, exclusion: Exclusion) -> tuple[SeatRow, ...]:
        """One a seat, in the order of their numbers; who is left out is so at once."""
        out = exclusion.of(self._scene) if self._scene is not None else Exclusion()
        return tuple(self._row(seat, out) for seat in sorted(self._seats))

    def _row(self, seat: int, out: Exclusion) -> SeatRow:
        known, presence = self._seats[seat], self._seats[seat].presence
        if seat in out.seats or presence.value is Presence.LEFT_OUT:
            return SeatRow(seat, Presence.LEFT_OUT, you=seat == out.you)
        reason = known.reason.value if presence.value is Presence.IN_VIEW else None
        return SeatRow(seat, presence.value, presence.since_s, reason)

    def _miss(self, seat: int, now_s: float) -> None:
        known = self._seats[seat]
        if not known.has_tile and now_s - known.seen_s > FACE_GONE_S:
            del self._seats[seat]
        elif not known.has_tile:
            known.follow(Presence.NO_FACE, None, now_s)
        elif known.presence.value is not Presence.HAS_LEFT:
            known.presence.follow(Presence.NOT_SHOWN, now_s)

    def _forget(self, visible: set[int]) -> None:
        """Keeps memory bounded where nobody is shown twice."""
        hidden = sorted(self._seats.keys() - visible, key=lambda seat: self._seats[seat].seen_s)
        for seat in hidden[: max(0, len(self._seats) - max(MOST_SEATS, len(visible)))]:
            del self._seats[seat]


def _seen_in(analysis: Analysis) -> Iterator[tuple[int, Presence, Reason | None]]:
    """By seat, where it is seen and why its face is not read."""
    readings = {reading.seat: reading for reading in analysis.readings}
    for tile in analysis.tiles:
        reading = readings.pop(tile.seat, None)
        if tile.excluded:
            yield tile.seat, Presence.LEFT_OUT, None
        elif not tile.camera_on:
            yield tile.seat, Presence.CAMERA_OFF, None
        elif reading is None:
            yield tile.seat, Presence.NO_FACE, None
        else:
            yield tile.seat, Presence.IN_VIEW, reading.quality.reason
    for seat, reading in readings.items():
        yield seat, Presence.IN_VIEW, reading.quality.reason
    for face in analysis.excluded:
        yield face.seat, Presence.LEFT_OUT, None
