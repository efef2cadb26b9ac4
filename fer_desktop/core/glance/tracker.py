"""The glance at one lesson, from the readings of its faces."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.glance.breaks import Breaks
from fer_desktop.core.glance.class_statistics import ClassStatistics, Compared, counts_of
from fer_desktop.core.glance.face_means import STEP_S, WINDOW_STEPS
from fer_desktop.core.glance.groups import N_SHARES, counts_from, group_shares
from fer_desktop.core.glance.told_change import ToldChange
from fer_desktop.core.glance.types import Basis, Glance, GroupCounts
from fer_desktop.core.glance.usual import LEARNING_S, MEMORY_S, Numbers
from fer_desktop.core.readings.withholding import MIN_READABLE
from fer_desktop.core.types import FloatArray, State, Summary

# Of fewer faces in a live class only what most of them show is told.
FEWEST_FOR_CHANGES: Final = 10
_FIRST_PLACES: Final = 32
_FIRST_READING_S: Final = 1.0  # how long a reading stands for that none came shortly before
_NO_STEP: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What alerts are decided by: the last step of 5 s against what is usual."""

    step: int  # its number since the session's start; alerts are decided once a step
    at_s: float  # session time of its end
    comparable: bool  # what is usual is known, and the class is large enough
    faces: int  # read then and now
    now: Numbers  # (5,) of these by GROUPS
    usual: Numbers  # (5,)
    together: Numbers  # (4,) by changes.KINDS, see simultaneity.py


class GlanceTracker:
    """Follows the faces of one session, whose times do not run backwards. Not thread-safe.

    `live_class`: whether small classes are withheld as of a live call, and told less of. `learning_s`: how long what is
    usual is learnt; 90 at least, since no face has a usual look before.
    """

    def __init__(self, live_class: bool = True, learning_s: float = LEARNING_S) -> None:
        self._live, self._statistics = live_class, ClassStatistics(1, _FIRST_PLACES, learning_s)
        self._places: dict[int, int] = {}  # by seat
        self._seen_s: dict[int, float] = {}  # by seat: when it was read last, in time without breaks
        self._free = list(range(_FIRST_PLACES))
        self._sums = np.zeros((1, _FIRST_PLACES, N_SHARES), np.float32)
        self._seconds = np.zeros((1, _FIRST_PLACES), np.float32)
        self._step, self._observed_s, self._marker = _NO_STEP, -np.inf, ""
        self._usual_told, self._marker_told = ToldChange(), ToldChange()
        self._breaks, self._break_since_s = Breaks(), math.nan
        self._away_s = 0.0  # in breaks so far: nobody is forgotten for what lies in them
        self._noted_s = -math.inf  # the last second of a break
        self.evidence: Evidence | None = None  # of the last step

    @property
    def on_break(self) -> bool:
        """Whether the second of the last glance belongs to a break."""
        return not math.isnan(self._break_since_s)

    def observe(self, at_s: float, faces: Mapping[int, FloatArray]) -> None:
        """Takes the probabilities (7,) of the readable faces by seat at this session time; of none as well."""
        self._advance(at_s)
        since_s = at_s - self._observed_s
        seconds = since_s if 0 < since_s <= STEP_S else _FIRST_READING_S
        self._observed_s = at_s
        read = {seat: row for seat, row in faces.items() if not np.isnan(row[0])}
        if not read:
            return
        places = [self._place(seat, at_s) for seat in read]
        self._sums[0, places] += group_shares(np.stack(list(read.values()))) * seconds
        self._seconds[0, places] += seconds

    def merge(self, seat: int, into: int) -> None:
        """The face of `seat` was that of `into` all along, which keeps what both showed."""
        if seat not in self._places or seat == into:
            return
        place, seen_s = self._places.pop(seat), self._seen_s.pop(seat)
        if into not in self._places:
            self._places[into], self._seen_s[into] = place, seen_s
            return
        kept = self._places[into]
        self._seen_s[into] = max(seen_s, self._seen_s[into])
        for figures in (self._sums, self._seconds):
            figures[0, kept] += figures[0, place]
            figures[0, place] = 0
        self._statistics.merge(0, place, kept)
        self._free.append(place)

    def forget(self, seat: int) -> None:
        """Whoever has that seat is left out: they count no longer, at once."""
        self._seen_s.pop(seat, None)
        if (place := self._places.pop(seat, None)) is not None:
            self._empty(place)

    def _empty(self, place: int) -> None:
        self._statistics.clear(0, place)
        self._sums[0, place] = self._seconds[0, place] = 0
        self._free.append(place)

    def mark(self, at_s: float, text: str) -> bool:
        """From now on the class is compared with what was usual until `at_s`, the moment called `text`.

        False, and nothing changes, where less than a minute before was seen.
        """
        self._advance(at_s)
        if not self._statistics.mark():
            return False
        self._marker, self._marker_told = text, ToldChange()
        return True

    def unmark(self) -> None:
        """From now on it is compared with what is usual again."""
        self._statistics.unmark()
        self._marker = ""

    def glance(self, summary: Summary) -> Glance:
        """The glance in this second. Where it was not seen, the counts are those of the last that was."""
        if summary.state.seen:
            self._follow_break(summary)
            self._advance(summary.elapsed_s)
        read = self._statistics.read
        faces = int(read.sum())
        # Until the first have been read for long enough what is read at this moment counts as not sure.
        first = summary.readable if summary.state is State.LIVE and not faces else 0
        no_face = max(0, summary.cameras_on - (faces or first))
        camera_off = max(0, summary.seats - summary.cameras_on)
        if self._is_withheld(summary, faces):
            return Glance(summary.elapsed_s, State.WITHHELD, no_face=no_face, camera_off=camera_off)
        now = counts_from(counts_of(self._statistics.shares, read)[0])
        basis, compared, told = self._reference(faces)
        if first:
            basis, now = Basis.FIRST, GroupCounts(unsure=first)
        tells = summary.state.seen and not (self._live and faces < FEWEST_FOR_CHANGES)
        return Glance(
            summary.elapsed_s,
            summary.state,
            basis,
            now,
            no_face,
            camera_off,
            _usual(compared),
            told.change if tells and compared is not None else None,
            told.past(summary.elapsed_s) if tells else None,
            self._marker if basis is Basis.MARKER else "",
            self._break_since_s if self.on_break and summary.state.seen else None,
            unsettled=tells and compared is not None and bool(compared.unsettled[0]),
            learning_left_s=float(self._statistics.learning_left_s[0]) if basis is Basis.LEARNING else 0.0,
        )

    def _follow_break(self, summary: Summary) -> None:
        since_s = self._breaks.update(summary)
        if since_s is not None:
            self._away_s += summary.elapsed_s - max(since_s, self._noted_s)
            self._noted_s = summary.elapsed_s
        self._break_since_s = math.nan if since_s is None else since_s

    def _is_withheld(self, summary: Summary, faces: int) -> bool:
        few = 0 < faces < MIN_READABLE
        return self._live and (summary.state is State.WITHHELD or (summary.state is State.LIVE and few))

    def _reference(self, faces: int) -> tuple[Basis, Compared | None, ToldChange]:
        statistics = self._statistics
        if not faces:
            return Basis.NOTHING, None, self._usual_told
        if statistics.against_marker is not None and statistics.against_marker.comparable[0]:
            return Basis.MARKER, statistics.against_marker, self._marker_told
        if statistics.against_usual is None or not statistics.learnt[0]:
            return Basis.LEARNING, None, self._usual_told
        return Basis.USUAL, statistics.against_usual, self._usual_told

    def _advance(self, at_s: float) -> None:
        """Ends the steps before this time; of a long gap only those that empty the window."""
        step = int(at_s // STEP_S)
        if self._step == _NO_STEP:
            self._step = step
        while self._step < step:
            self._end_step()
            left = step - self._step
            self._step = step if left > 2 * WINDOW_STEPS and not self._statistics.read.any() else self._step + 1

    def _end_step(self) -> None:
        self._statistics.step(self._sums, self._seconds)
        self._sums[:] = 0
        self._seconds[:] = 0
        at_s = (self._step + 1) * STEP_S
        compared = self._statistics.against_usual
        if compared is not None:
            self._usual_told.follow(compared, at_s)
            self.evidence = self._evidence(compared, at_s)
        if self._statistics.against_marker is not None:
            self._marker_told.follow(self._statistics.against_marker, at_s)
        self._forget_before(at_s - self._away_s - MEMORY_S)

    def _evidence(self, compared: Compared, at_s: float) -> Evidence:
        faces = int(compared.faces[0])
        enough = not self._live or int(self._statistics.read.sum()) >= FEWEST_FOR_CHANGES
        return Evidence(
            self._step,
            at_s,
            bool(compared.comparable[0]) and enough,
            faces,
            compared.now[0],
            compared.usual[0],
            self._statistics.together[0],
        )

    def _place(self, seat: int, at_s: float) -> int:
        self._seen_s[seat] = at_s - self._away_s
        if seat not in self._places:
            if not self._free:
                self._grow()
            self._places[seat] = self._free.pop()
        return self._places[seat]

    def _grow(self) -> None:
        before = self._seconds.shape[1]
        self._statistics.grow(2 * before)
        self._sums = np.pad(self._sums, ((0, 0), (0, before), (0, 0)))
        self._seconds = np.pad(self._seconds, ((0, 0), (0, before)))
        self._free += range(before, 2 * before)

    def _forget_before(self, time_s: float) -> None:
        """Faces not read for ten minutes, breaks aside, give their place to others; of time without breaks."""
        for seat in [seat for seat, seen_s in self._seen_s.items() if seen_s < time_s]:
            self.forget(seat)


def _usual(compared: Compared | None) -> GroupCounts | None:
    if compared is None or not compared.comparable[0]:
        return None
    return counts_from(compared.usual[0])
