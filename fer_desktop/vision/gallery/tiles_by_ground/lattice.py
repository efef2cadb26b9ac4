"""Rows and columns of equal rectangles, fitted to those whose edges were found."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

_SIZE_TOLERANCE: Final = 0.06  # of the side; a speaker's frame makes a tile larger
_LEAST_TOLERANCE_PX: Final = 3.0
_WIDEST_GAP: Final = 0.6  # of the side


@dataclass(frozen=True, slots=True)
class Lattice:
    """Where tiles of one size can be: rows with a common pitch, each with its own left edge."""

    width: float  # px, like everything below
    height: float
    pitch_x: float
    pitch_y: float
    rows: tuple[tuple[float, float], ...]  # (top, left edge of any tile in it)
    left: float  # of the leftmost tile
    right: float  # right edge of the rightmost one

    @property
    def gap(self) -> float:
        """Px between tiles, the smaller of horizontal and vertical."""
        return max(1.0, min(self.pitch_x - self.width, self.pitch_y - self.height))

    def places(self) -> FloatArray:
        """(N, 4) all places in reading order, from the leftmost tile to the rightmost."""
        found = []
        for top, left in self.rows:
            first = int(np.ceil((self.left - left) / self.pitch_x - 0.25))
            last = int(np.floor((self.right - self.width - left) / self.pitch_x + 0.25))
            found += [
                (x, top, x + self.width, top + self.height)
                for x in (left + k * self.pitch_x for k in range(first, last + 1))
            ]
        return np.array(found, np.float32).reshape(-1, 4)

    def wider(self) -> "Lattice":
        """With one more column on both sides."""
        return replace(self, left=self.left - self.pitch_x, right=self.right + self.pitch_x)

    def beside(self, down: int, shift: float) -> "Lattice":
        """Only the next row above (`down` -1) or below (1), shifted by `shift` of a pitch."""
        top, left = self.rows[0] if down < 0 else self.rows[-1]
        return replace(self.wider(), rows=((top + down * self.pitch_y, left + shift * self.pitch_x),))


def similar_sizes(boxes: FloatArray) -> npt.NDArray[np.bool_]:
    """(N, N) which boxes (N, 4) have the same size, apart from what a frame or a soft edge adds."""
    sizes = boxes[:, 2:] - boxes[:, :2]
    tolerance = np.maximum(_LEAST_TOLERANCE_PX, _SIZE_TOLERANCE * sizes)
    return np.asarray((np.abs(sizes[:, None] - sizes[None, :]) <= tolerance[:, None]).all(axis=2), np.bool_)


def fit(boxes: FloatArray) -> tuple[Lattice, FloatArray]:
    """The lattice of boxes (N, 4) of one size, N at least 1, and those of them (M, 4) that lie on it."""
    width, height = (float(v) for v in np.median(boxes[:, 2:] - boxes[:, :2], axis=0))
    lefts, tops = boxes[:, 0], boxes[:, 1]
    row_of = _groups(tops, height / 2)
    pitch_y = _pitch(np.array([np.median(tops[row_of == k]) for k in range(row_of.max() + 1)]), height)
    steps = [np.diff(np.sort(lefts[row_of == k])) for k in range(row_of.max() + 1)]
    pitch_x = _pitch_of_steps(np.concatenate(steps), width)
    gap = min((p - s for p, s in ((pitch_x, width), (pitch_y, height)) if p is not None), default=0.02 * width)
    across, down = pitch_x or width + gap, pitch_y or height + gap
    on = _on_pitch(tops, down, height) & _on_rows(lefts, row_of, across, width)
    kept = boxes[on]
    if not len(kept):
        kept, on = boxes[:1], np.arange(len(boxes)) == 0
    rows = _rows(kept, down, across)
    return Lattice(width, height, across, down, rows, float(kept[:, 0].min()), float(kept[:, 2].max())), kept


def _groups(values: FloatArray, apart: float) -> npt.NDArray[np.int64]:
    """(N,) group numbers from 0 of values (N,); neighbours within a group are at most `apart` apart."""
    order = np.argsort(values)
    new = np.diff(values[order]) > apart
    groups = np.empty(len(values), np.int64)
    groups[order] = np.concatenate([[0], np.cumsum(new)])
    return groups


def _pitch(starts: FloatArray, side: float) -> float | None:
    return _pitch_of_steps(np.diff(np.sort(starts)), side)


def _pitch_of_steps(steps: FloatArray, side: float) -> float | None:
    """The pitch of which the steps (N,) are multiples; None where no two tiles are next to each other."""
    whole = np.maximum(1, np.floor(steps / (0.985 * side)))  # 1 where no tile is missing in between
    each = (steps / whole)[steps >= 0.97 * side]
    each = each[each <= (1 + _WIDEST_GAP) * side]
    return float(max(np.median(each), side)) if len(each) else None


def _off(values: FloatArray, origin: float, pitch: float) -> FloatArray:
    """(N,) signed px from the nearest multiple of the pitch, counted from the origin."""
    return np.asarray((values - origin + pitch / 2) % pitch - pitch / 2, np.float32)


def _on_pitch(values: FloatArray, pitch: float, side: float) -> npt.NDArray[np.bool_]:
    allowed = max(_LEAST_TOLERANCE_PX, 0.06 * side)
    near = np.abs(np.stack([_off(values, float(origin), pitch) for origin in values])) <= allowed
    return np.asarray(near[near.sum(axis=1).argmax()], np.bool_)


def _on_rows(lefts: FloatArray, row_of: npt.NDArray[np.int64], pitch: float, width: float) -> npt.NDArray[np.bool_]:
    on = np.zeros(len(lefts), np.bool_)
    for row in range(row_of.max() + 1):
        members = np.flatnonzero(row_of == row)
        on[members] = _on_pitch(lefts[members], pitch, width)
    return on


def _rows(boxes: FloatArray, down: float, across: float) -> tuple[tuple[float, float], ...]:
    """(top, left) of every row from the first to the last; a row without boxes continues the row above."""
    first = float(boxes[:, 1].min())
    number = np.rint((boxes[:, 1] - first) / down).astype(int)
    origin = float(np.median(boxes[:, 1] - number * down))
    rows: list[tuple[float, float]] = []
    for k in range(number.max() + 1):
        lefts = boxes[number == k, 0]
        if len(lefts):
            left = float(lefts[0] + np.median(_off(lefts, float(lefts[0]), across)))
            rows.append((float(np.median(boxes[number == k, 1])), left))
        else:
            rows.append((origin + k * down, rows[-1][1]))
    return tuple(rows)
