"""Tiles of one size on rows and columns of one pitch, as rectangles around faces agree on them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

_SIZE_TOLERANCE: Final = 0.02  # of the side
_LEAST_TOLERANCE_PX: Final = 2.0
_OFF_COSTS: Final = 0.2  # of a vote, at the tolerance
_MOST_CLASSES: Final = 5
_WIDEST_GAP: Final = 0.2  # of the side
_LEAST_WIDEST_PX: Final = 8.0
_NARROWER_PX: Final = 5.0  # by which a pitch may seem less than the side: of a gap either edge may be taken
_PITCH_STEP_PX: Final = 0.5
_OFF_PX: Final = 2.0  # from the comb, that an edge of it may be
_MOST_EACH: Final = 4  # rectangles of one size round one face

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Rectangles that may be tiles, each around a face."""

    boxes: FloatArray  # (N, 4) px
    faces: Indices  # (N,) which face; ascending
    scores: FloatArray  # (N,) 0-1

    def only(self, kept: npt.NDArray[np.bool_] | Indices) -> "Candidates":
        """Those of a mask (N,), or of indices."""
        return Candidates(self.boxes[kept], self.faces[kept], self.scores[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Comb:
    """Teeth at one pitch."""

    pitch: float  # px
    origin: float  # of tooth 0
    support: float  # sum of the scores of the faces whose edge is on a tooth


def size_classes(found: Candidates) -> list[tuple[float, float]]:
    """Width and height px of what most faces have a rectangle of, the best first."""
    if not len(found.boxes):
        return []
    sizes = found.boxes[:, 2:] - found.boxes[:, :2]
    tolerance = np.maximum(_LEAST_TOLERANCE_PX, _SIZE_TOLERANCE * sizes)
    starts = np.flatnonzero(np.diff(found.faces, prepend=-1))
    away = (np.abs(sizes[:, None] - sizes[None]) / tolerance[:, None]).max(axis=2)
    near = np.where(away <= 1, 1 - _OFF_COSTS * away, 0)
    votes = np.maximum.reduceat(near * found.scores[None], starts, axis=1).sum(axis=1)
    classes: list[tuple[float, float]] = []
    for index in np.argsort(-votes, kind="stable"):
        width, height = (float(v) for v in sizes[index])
        if all(abs(width - w) > 0.03 * w + 2 or abs(height - h) > 0.03 * h + 2 for w, h in classes):
            classes.append((width, height))
            if len(classes) == _MOST_CLASSES:
                break
    return classes


def of_size(found: Candidates, width: float, height: float) -> Candidates:
    """The candidates of this size, the best few of each face."""
    sizes = found.boxes[:, 2:] - found.boxes[:, :2]
    target = np.array([width, height], np.float32)
    near = (np.abs(sizes - target) <= np.maximum(_LEAST_TOLERANCE_PX + 0.5, 1.5 * _SIZE_TOLERANCE * target)).all(axis=1)
    kept: list[int] = []
    for face in np.unique(found.faces[near]):
        own = np.flatnonzero(near & (found.faces == face))
        kept += own[np.argsort(-found.scores[own])[:_MOST_EACH]].tolist()
    return found.only(np.array(kept, np.int64))


def comb_of(values: FloatArray, groups: Indices, faces: Indices, scores: FloatArray, side: float) -> Comb:
    """The comb whose pitch is a little more than `side`, on which most edges (N,) lie, each group with its own origin.

    `origin` is that of the last group; each face (N,) counts once.
    """
    widest = side + max(_LEAST_WIDEST_PX, _WIDEST_GAP * side)
    narrower = min(_NARROWER_PX, side / 2)
    pitches = np.arange(side - narrower, widest, _PITCH_STEP_PX, dtype=np.float32)
    total = np.zeros(len(pitches), np.float32)
    origin = np.zeros(len(pitches), np.float32)
    for group in np.unique(groups):
        own = np.flatnonzero(groups == group)
        support, at = _supports(values[own], faces[own], scores[own], pitches)
        total += support
        origin = at
    # Where all pitches explain as much, as with one tile, there is none.
    best = np.flatnonzero(total >= total.max() - 1e-3)
    index = int(best[len(best) // 2]) if len(best) < len(pitches) else int(narrower / _PITCH_STEP_PX)
    return Comb(float(pitches[index]), float(origin[index]), float(total[index]))


def _supports(
    values: FloatArray, faces: Indices, scores: FloatArray, pitches: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """By pitch (P,): the most that faces with an edge on the comb score, and the origin of that comb."""
    origins = np.unique(np.rint(values)).astype(np.float32)
    away = values[None, None] - origins[None, :, None]
    away = np.abs(away - np.rint(away / pitches[:, None, None]) * pitches[:, None, None])
    hit = np.where(away <= _OFF_PX, scores * (1 - 0.1 * away / _OFF_PX), 0)
    order = np.argsort(faces, kind="stable")
    starts = np.flatnonzero(np.diff(faces[order], prepend=-1))
    each = np.maximum.reduceat(hit[..., order], starts, axis=2).sum(axis=2)
    best = each.argmax(axis=1)
    return each.max(axis=1), origins[best]
