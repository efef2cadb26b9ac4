"""A session's shares over time, kept small and handed out in as few points as can be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS
from fer_desktop.core.glance.shown import shown_shares
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import FloatArray, State, Summary, no_figures
from fer_desktop.pipeline.events import Marker

MAX_POINTS: Final = 600  # of a curve; what Qt strokes within a frame
_FIRST_ROWS: Final = 1024
_GAP_S: Final = 2.5  # rows come each second: more than this between two is a gap
# A longer gap has one row for all of its seconds. It gets so many that it is one in a curve of few points too, each of
# which stands for as many rows as half of these, in a session of ten hours.
_LONG_GAP_S: Final = 60.0
_GAP_ROWS: Final = 128


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What is drawn of a session."""

    elapsed_s: npt.NDArray[np.float64]  # (M,) rising
    shares: FloatArray  # (M, 7) 0-1; NaN where nothing was readable, or of an expression that is not to be drawn
    first: int  # number of the first point since the session's start, in points of this density


class History:
    """Columns that grow by doubling: 36 bytes a row, half a megabyte in four hours."""

    def __init__(self) -> None:
        self.markers: list[tuple[float, str]] = []  # time and name, rising; one list for life
        self.withholds_few = False  # of a live class: what few faces show; see shown_shares
        self.clear()

    def __len__(self) -> int:
        return self._rows

    @property
    def last_s(self) -> float:
        """Time of the newest row; 0 where there is none."""
        return float(self._elapsed_s[self._rows - 1]) if self._rows else 0.0

    @property
    def has_figures(self) -> bool:
        """Whether anything was readable so far."""
        return bool(np.isfinite(self._shares[: self._rows, HAPPY]).any())

    def clear(self) -> None:
        """Forgets all rows and markers."""
        self._rows = 0
        self._elapsed_s = np.zeros(_FIRST_ROWS, dtype=np.float64)
        self._shares = np.zeros((_FIRST_ROWS, N_EXPRESSIONS), dtype=np.float32)
        self._glance: Glance | None = None
        self.markers.clear()
        self._numbered: dict[int, Marker] = {}

    def append(self, summary: Summary) -> None:
        """Takes a row; rows come in the order of their time."""
        missing_s = summary.elapsed_s - self.last_s
        if self._rows and missing_s > _GAP_S:
            rows = 1 if missing_s <= _LONG_GAP_S else _GAP_ROWS
            for elapsed_s in np.linspace(self.last_s + 1.0, summary.elapsed_s - 1.0, rows):
                self._put(float(elapsed_s), no_figures())
        # What was not seen is a gap, whatever figures came with it.
        known = summary.mean if summary.state is State.LIVE else no_figures()
        self._put(summary.elapsed_s, shown_shares(known, self._glance) if self.withholds_few else known)

    def show_glance(self, glance: Glance) -> None:
        """Takes how many faces are read and look low, for the rows to come."""
        self._glance = glance

    def mark(self, marker: Marker) -> None:
        """Takes a moment that was named; one of the same number takes its place, one without a name takes it away."""
        self._numbered.pop(marker.number, None)
        if marker.text:
            self._numbered[marker.number] = marker
        self.markers[:] = sorted((each.elapsed_s, each.text) for each in self._numbered.values())

    def show_markers(self, markers: Iterable[Marker]) -> None:
        """Takes the named moments as they are now, instead of those before."""
        self._numbered.clear()
        self.markers.clear()
        for marker in markers:
            self.mark(marker)

    def _put(self, elapsed_s: float, shares: FloatArray) -> None:
        if self._rows == len(self._elapsed_s):
            self._elapsed_s = np.concatenate([self._elapsed_s, np.zeros_like(self._elapsed_s)])
            self._shares = np.concatenate([self._shares, np.zeros_like(self._shares)])
        self._elapsed_s[self._rows], self._shares[self._rows] = elapsed_s, shares
        self._rows += 1

    def points(self, start_s: float, end_s: float, at_most: int = MAX_POINTS) -> Points:
        """The rows from one before `start_s` to one after `end_s`; where they are too many, means of equal runs.

        The runs are counted from the session's start, so that a curve does not shimmer while it moves. A run is a gap
        where fewer than half of its rows have figures.
        """
        times = self._elapsed_s[: self._rows]
        begin = max(0, int(np.searchsorted(times, start_s)) - 1)
        end = min(self._rows, int(np.searchsorted(times, end_s, side="right")) + 1)
        if end <= begin:
            return Points(np.zeros(0), np.zeros((0, N_EXPRESSIONS), dtype=np.float32), 0)
        run = max(1, -(-(end - begin) // at_most))
        while (end - 1) // run - begin // run + 1 > at_most:
            run += 1
        begin = begin // run * run
        return Points(*self._means(begin, end, run), begin // run)

    def _means(self, begin: int, end: int, run: int) -> tuple[npt.NDArray[np.float64], FloatArray]:
        starts = np.arange(0, end - begin, run)
        shares = self._shares[begin:end]
        known = np.isfinite(shares)
        rows = np.diff(np.append(starts, end - begin))
        counts = np.add.reduceat(known.astype(np.int64), starts, axis=0)
        sums = np.add.reduceat(np.where(known, shares, 0), starts, axis=0)
        means = np.where(2 * counts >= rows[:, None], sums / np.maximum(counts, 1), np.nan)
        elapsed_s = np.add.reduceat(self._elapsed_s[begin:end], starts) / rows
        return elapsed_s, means.astype(np.float32)


def runs_of_figures(points: Points) -> list[slice]:
    """The stretches between the gaps."""
    known = np.concatenate([[False], np.isfinite(points.shares[:, HAPPY]), [False]])
    edges = np.flatnonzero(known[1:] != known[:-1])
    return [slice(int(begin), int(end)) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
