"""The lesson so far as counts of faces over the last 30 s: kept small, handed out in as few points as can be seen.

Each row is a mean over the 30 s before it, or over what was seen since the last gap where that is less. Shares are of
the faces read, not of the cameras on: who turns away is a change of coverage and none of expression. Where a glance
came within the last seconds, its counts are taken as they are, so that the chart says what the sentence says; else
faces are counted by their most probable expression.
"""

import math
from collections import deque
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, SAD, SURPRISE
from fer_desktop.core.glance.types import Basis, Glance, Group, GroupCounts
from fer_desktop.core.types import FloatArray, Reason, State, Summary
from fer_desktop.pipeline.events import Alert, Marker
from fer_desktop.ui.trend.lesson.data import Column, LessonPoints, Missing, Moment, Stretch, Times

WINDOW_S: Final = 30.0
LOW_EXPRESSIONS: Final = (SAD, FEAR, ANGRY, DISGUST)
FACTS_FROM: Final = 5  # cameras; turned away, no face and presence are not told of fewer
_FIRST_ROWS: Final = 1024
_GAP_S: Final = 2.5  # rows come each second: more than this between two is a gap
_NO_FACE_S: Final = 5.0  # nothing read for so long: nothing is known, though the mean still would have figures
_GLANCE_HOLDS_S: Final = 10.0

_COUNTED: Final = (Column.SMILING, Column.SURPRISED, Column.LOW)
_FACTS: Final = slice(Column.READ, len(Column))


_SEEN: Final = (Missing.WITHHELD, Missing.NO_FACE, Missing.BREAK)  # cameras are counted then, expressions are not


class LessonHistory:
    """Columns that grow by doubling: 56 bytes a row, less than a megabyte in four hours."""

    def __init__(self) -> None:
        self.withholds_few = True  # facts of few cameras
        self.class_size = 0  # as she says; 0: she does not
        self.named = 0  # how often the markers and alerts have changed
        self.clear()

    def clear(self) -> None:
        """Forgets the lesson."""
        self._rows = 0
        self._elapsed_s: Times = np.zeros(_FIRST_ROWS, dtype=np.float64)
        self._values: FloatArray = np.zeros((_FIRST_ROWS, len(Column)), dtype=np.float32)
        # What was handed out last, by runs: the first row of each, its time, its values.
        self._means = np.zeros(0, np.int64), np.zeros(0), np.zeros((0, len(Column)))
        self._breaks: list[int] = []  # rows with which something else begins
        self.missing: list[Stretch] = []
        self.named += 1
        self.markers: dict[int, Marker] = {}
        self.alerts: list[Alert] = []
        self.glance: Glance | None = None
        self._last_s = 0.0
        self._why: Missing | None = None  # of the newest second
        self._forget_window()

    def __len__(self) -> int:
        return self._rows

    @property
    def start_s(self) -> float:
        """Time of the first row; 0 where there is none."""
        return float(self._elapsed_s[0]) if self._rows else 0.0

    @property
    def last_s(self) -> float:
        """How far the lesson is known, be it as a gap; 0 where nothing is."""
        return self._last_s

    @property
    def has_figures(self) -> bool:
        """Whether anything could be told so far."""
        return bool(np.isfinite(self._values[: self._rows, Column.SMILING]).any())

    def append(self, summary: Summary) -> None:
        """Takes a second; they come in the order of their time. What comes before the first that was seen is left."""
        elapsed_s = summary.elapsed_s
        if not self._rows and not summary.state.seen:
            return
        late = self._rows > 0 and elapsed_s - self._last_s > _GAP_S
        if not summary.state.seen or late:
            self._forget_window()
        why = self._why_unknown(summary)
        self._note_missing(elapsed_s, why, late)
        if summary.state.seen:
            if self._rows and (late or why is not self._why):
                self._breaks.append(self._rows)
            self._put(elapsed_s, self._row(summary, known=why is None))
        self._last_s, self._why = elapsed_s, why

    def show_glance(self, glance: Glance) -> None:
        """Takes what is usual, and the counts of the last 30 s, for the newest row and those to come.

        Of a break it says only after a minute that it is one, and since when.
        """
        self.glance = glance
        if glance.break_since_s is not None:
            self._note_break(glance.break_since_s)
        newest = self._rows - 1
        known = newest >= 0 and bool(np.isfinite(self._values[newest, Column.SMILING]))
        if known and self._elapsed_s[newest] >= glance.elapsed_s - 1.0:
            self._take_glance(self._values[newest], float(self._elapsed_s[newest]))

    def mark(self, marker: Marker) -> None:
        """Takes a moment that was named; one of the same number takes its place, one without a name takes it away."""
        self.named += 1
        if marker.text:
            self.markers[marker.number] = marker
        else:
            self.markers.pop(marker.number, None)

    def show_markers(self, markers: Iterable[Marker]) -> None:
        """Takes the named moments as they are now, instead of those before."""
        self.named += 1
        self.markers = {marker.number: marker for marker in markers}

    def alert(self, alert: Alert) -> None:
        """Takes a change that was told."""
        self.named += 1
        self.alerts.append(alert)

    def _forget_window(self) -> None:
        self._window: deque[tuple[float, FloatArray]] = deque()
        self._sums = np.zeros(len(Column), dtype=np.float64)
        self._read_s = -math.inf  # when a face was read last

    def _note_break(self, since_s: float) -> None:
        """The stretch without a face that still goes on is that break, as far as it lies within."""
        if self._why is not Missing.NO_FACE:
            return
        known = self.missing.pop()
        start_s = known.start_s
        if since_s > start_s + _NO_FACE_S:  # faces were in sight before that could not be read
            self.missing.append(Stretch(start_s, since_s, known.why))
            start_s = since_s
        self.missing.append(Stretch(start_s, known.end_s, Missing.BREAK))
        self._why = Missing.BREAK

    def _why_unknown(self, summary: Summary) -> Missing | None:
        if not summary.state.seen:
            return Missing(summary.state.value)
        if summary.readable:
            self._read_s = summary.elapsed_s
        glance = self._glance_for(summary.elapsed_s)
        if State.WITHHELD in (summary.state, glance.state if glance else None):
            return Missing.WITHHELD
        if summary.elapsed_s - self._read_s <= _NO_FACE_S:
            return None
        on_break = glance is not None and glance.break_since_s is not None and not summary.faces
        return Missing.BREAK if on_break else Missing.NO_FACE

    def _row(self, summary: Summary, known: bool) -> FloatArray:
        counts = _counts_of(summary)
        counts[Column.CLASS] = max(summary.cameras_on, self.class_size if summary.seats else 0)
        self._window.append((summary.elapsed_s, counts))
        self._sums += counts
        while self._window[0][0] <= summary.elapsed_s - WINDOW_S:
            self._sums -= self._window.popleft()[1]
        row = (self._sums / len(self._window)).astype(np.float32)
        if self.withholds_few and row[Column.CAMERAS] < FACTS_FROM:
            row[[Column.TURNED, Column.NO_FACE, Column.SEATS]] = math.nan
        if known:
            self._take_glance(row, summary.elapsed_s)
        else:
            row[: _FACTS.start] = math.nan
        return row

    def _glance_for(self, elapsed_s: float) -> Glance | None:
        glance = self.glance
        return glance if glance and elapsed_s - glance.elapsed_s <= _GLANCE_HOLDS_S else None

    def _take_glance(self, row: FloatArray, elapsed_s: float) -> None:
        glance = self._glance_for(elapsed_s)
        if glance and glance.basis is Basis.FIRST:  # how the faces look is not known before all were read for a while
            row[: _FACTS.start] = math.nan
            return
        if glance and glance.now.read > 0:
            row[list(_COUNTED)] = glance.now.smiling, glance.now.surprised, glance.now.low
            row[Column.FACES] = glance.now.read
        usual = self.glance.usual if self.glance else None
        row[Column.USUAL_SMILING], row[Column.USUAL_LOW] = (
            _usual_share(usual, Group.SMILING),
            _usual_share(usual, Group.LOW),
        )

    def _note_missing(self, elapsed_s: float, why: Missing | None, late: bool) -> None:
        """A stretch lasts from the last second that is known to the next one."""
        if self._why is not None and (why is self._why or not late):
            self.missing[-1] = Stretch(self.missing[-1].start_s, elapsed_s, self._why)
        elif late and why is None:
            self.missing.append(Stretch(self._last_s, elapsed_s, Missing.UNSEEN))
        if why is not None and why is not self._why:
            self.missing.append(Stretch(self._last_s if self._rows else elapsed_s - 1.0, elapsed_s, why))

    def _put(self, elapsed_s: float, row: FloatArray) -> None:
        if self._rows == len(self._elapsed_s):
            self._elapsed_s = np.concatenate([self._elapsed_s, np.zeros_like(self._elapsed_s)])
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        self._elapsed_s[self._rows], self._values[self._rows] = elapsed_s, row
        self._rows += 1

    def points(self, start_s: float, end_s: float, at_most: int) -> LessonPoints:
        """The rows from one before `start_s` to one after `end_s`; where they are too many, means of equal runs.

        The runs are counted from the lesson's start, so that the chart does not shimmer while it moves.
        """
        times = self._elapsed_s[: self._rows]
        begin = max(0, int(np.searchsorted(times, start_s)) - 1)
        end = min(self._rows, int(np.searchsorted(times, end_s, side="right")) + 1)
        if end <= begin:
            return LessonPoints(np.zeros(0), np.zeros((0, len(Column))), ())
        every = max(1, -(-(end - begin) // max(1, at_most)))
        begin = begin // every * every
        breaks = self._wide_breaks(begin, end, every)
        starts = np.union1d(np.arange(begin, end, every), breaks)
        edges = np.searchsorted(starts, np.concatenate([[begin], breaks, [end]]))
        edges[-1] = len(starts)
        runs = tuple(slice(int(a), int(b)) for a, b in pairwise(edges) if b > a)
        if every == 1:
            return LessonPoints(times[begin:end].copy(), self._values[begin:end].astype(np.float64), runs)
        return LessonPoints(*self._means_from(starts, end), runs)

    def _wide_breaks(self, begin: int, end: int, every: int) -> npt.NDArray[np.int64]:
        """The breaks within; of those that come faster than the runs only as many as there are runs."""
        breaks = np.array(self._breaks, dtype=np.int64)
        breaks = breaks[(breaks > begin) & (breaks < end)]
        if every > 1 and len(breaks) > 1:
            breaks = breaks[np.concatenate([[True], np.diff(breaks // every) > 0])]
        return breaks

    def _means_from(self, starts: npt.NDArray[np.int64], end: int) -> tuple[Times, npt.NDArray[np.float64]]:
        """The means of the runs that begin with `starts`; all but the last of the time before are known already."""
        kept_starts, kept_s, kept = self._means
        known = max(0, len(kept_starts) - 1)
        if known > len(starts) or not np.array_equal(kept_starts[:known], starts[:known]):
            known = 0
        times, values = self._means_of(starts[known:], end)
        self._means = starts, np.concatenate([kept_s[:known], times]), np.concatenate([kept[:known], values])
        return self._means[1:]

    def _means_of(self, starts: npt.NDArray[np.int64], end: int) -> tuple[Times, npt.NDArray[np.float64]]:
        """Unknown where fewer than half of a run's rows are known."""
        begin = int(starts[0])
        values, at, rows = self._values[begin:end], starts - begin, np.diff(np.append(starts, end))
        known = np.isfinite(values)
        counts = np.add.reduceat(known.astype(np.int64), at, axis=0)
        sums = np.add.reduceat(np.where(known, values, 0).astype(np.float64), at, axis=0)
        means = np.where(2 * counts >= rows[:, None], sums / np.maximum(counts, 1), np.nan)
        return np.add.reduceat(self._elapsed_s[begin:end], at) / rows, means

    def moment(self, elapsed_s: float, near_s: float = 0.0) -> Moment | None:
        """What is known of that time, and what was named within `near_s` of it; None where there is no lesson yet."""
        if not self._rows:
            return None
        elapsed_s = min(max(elapsed_s, self.start_s), self.last_s)
        near = self._named_near(elapsed_s, near_s)
        row = int(np.searchsorted(self._elapsed_s[: self._rows], elapsed_s, side="right")) - 1
        stretch = self._stretch_at(elapsed_s)
        if elapsed_s - self._elapsed_s[row] > _GAP_S or (stretch and stretch.why not in _SEEN):
            nothing = np.full(len(Column), math.nan, dtype=np.float32)
            return Moment(elapsed_s, nothing, stretch.why if stretch else Missing.UNSEEN, near)
        return Moment(elapsed_s, self._values[row].copy(), stretch.why if stretch else None, near)

    def _stretch_at(self, elapsed_s: float) -> Stretch | None:
        """The one that holds this time; the second with which it ends is known again, unless it is the newest."""
        open_end_s = self._last_s if self._why is not None else math.inf
        found = (each for each in reversed(self.missing) if each.start_s < elapsed_s)
        return next((each for each in found if elapsed_s < each.end_s or each.end_s >= open_end_s), None)

    def marker_near(self, elapsed_s: float, near_s: float) -> Marker | None:
        """The nearest one within `near_s` of that time."""
        close = [one for one in self.markers.values() if abs(one.elapsed_s - elapsed_s) <= near_s]
        return min(close, key=lambda marker: abs(marker.elapsed_s - elapsed_s), default=None)

    def _named_near(self, elapsed_s: float, near_s: float) -> str:
        marker = self.marker_near(elapsed_s, near_s)
        return marker.text if marker is not None else ""


def _counts_of(summary: Summary) -> FloatArray:
    row = np.zeros(len(Column), dtype=np.float32)
    if summary.readable:
        row[Column.SMILING] = summary.counts[HAPPY]
        row[Column.SURPRISED] = summary.counts[SURPRISE]
        row[Column.LOW] = summary.counts[list(LOW_EXPRESSIONS)].sum()
    row[Column.FACES] = row[Column.READ] = summary.readable
    row[Column.CAMERAS], row[Column.SEATS] = summary.cameras_on, summary.seats
    row[Column.TURNED] = sum(count for reason, count in summary.not_read if reason is Reason.TURNED_AWAY)
    row[Column.NO_FACE] = max(0, summary.cameras_on - summary.faces)
    return row


def _usual_share(usual: GroupCounts | None, group: Group) -> float:
    return usual.of(group) / usual.read if usual and usual.read > 0 else math.nan
