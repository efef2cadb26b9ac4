"""What speaks for a tile of a call's gallery being a seat's, in votes: the name plate, the room, the avatar.

A vote is about a factor of two to three in the odds; the votes of all evidence are added.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

Truths = npt.NDArray[np.bool_]

LINE_PX: Final = (80, 18)  # width, height of the fingerprint of a line of letters
CUTS: Final = 2  # of a line: the letters alone, and with the sign before or after them
SAME_SIZE: Final = 0.02  # difference of tiles whose plates are written as large
# Correlation of two lines, and the votes for it; letters of two sizes are drawn with other pixels.
_ONE_SIZE: Final = ((0.6, 0.9), (-1.5, 4.0))
_TWO_SIZES: Final = ((0.35, 0.5, 0.7, 0.8), (-1.5, 0.0, 2.0, 4.0))
# Mean difference of two avatars, and the votes for it.
_AVATARS: Final = ((0.02, 0.035, 0.05), (2.5, 0.0, -1.5))
_LOOK_VOTES: Final = 4.0  # for the very same room, where no other tile has one like it
LOOK_RANGE: Final = 0.06  # colours that differ by so much on average are of another room
_OTHERS: Final = 0.04  # avatars that differ by less are alike

_PIECES: Final = 3  # that a line is compared in: who shares a name with another differs in one of them
_OFF_PX: Final = 6  # by which a piece may be off, since nobody knows where exactly a line begins and ends
_STEP_PX: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class TileFeatures:
    """The tiles of one frame, and what tells them from one another."""

    xyxy: FloatArray  # (N, 4) px, in reading order
    plates: FloatArray  # (N, C, P) lines of the name plates, each cut of length 1; zeros where nothing is written
    border_colours: FloatArray  # (N, L) colours along the edges, 0-1
    avatars: FloatArray  # (N, A) colours of the middle where the edges are of one colour, 0-1; zeros where they are not
    thumbs: FloatArray  # (N, T) small grey pictures, 0-255

    def __len__(self) -> int:
        return len(self.xyxy)

    @property
    def heights(self) -> FloatArray:
        """(N,) px."""
        return self.xyxy[:, 3] - self.xyxy[:, 1]

    def only(self, indices: list[int]) -> "TileFeatures":
        """Some of the tiles."""
        return TileFeatures(
            self.xyxy[indices],
            self.plates[indices],
            self.border_colours[indices],
            self.avatars[indices],
            self.thumbs[indices],
        )


def lines_alike(known: FloatArray, seen: FloatArray, off_px: int = _OFF_PX) -> FloatArray:
    """(K, N) correlation of lines (K, C, P) and (N, C, P): of the piece that is least alike, of the best cut."""
    # What is no sign to one may be one to the other, but two signs would be alike.
    return np.maximum(_whole_alike(known[:, 0], seen, off_px), _whole_alike(seen[:, 0], known[:, 1:], off_px).T)


def lines_agree(known: FloatArray, seen: FloatArray) -> FloatArray:
    """(M,) the same of lines (M, P) and (M, P), row by row, where none is off."""
    width, height = LINE_PX
    least = np.ones(len(known), np.float32)
    a, b = (lines.reshape(len(lines), height, width) for lines in (known, seen))
    for start, end in pairwise(_piece_edges()):
        ours, others = (unit(lines[:, :, start:end].reshape(len(lines), -1)) for lines in (a, b))
        np.minimum(least, (ours * others).sum(axis=1), out=least)
    return least


def _piece_edges() -> list[int]:
    return [LINE_PX[0] * piece // _PIECES for piece in range(_PIECES + 1)]


def _whole_alike(whole: FloatArray, cuts: FloatArray, off_px: int) -> FloatArray:
    """(K, N) the same of whole lines (K, P) and all cuts (N, C, P) of others."""
    width, height = LINE_PX
    fixed = whole.reshape(len(whole), height, width)
    there = np.flatnonzero(cuts.any(axis=2).ravel())
    if not len(there):
        return np.zeros((len(whole), len(cuts)), np.float32)
    loose = np.pad(cuts.reshape(-1, height, width)[there], ((0, 0), (0, 0), (off_px, off_px)))
    least = np.ones((len(whole), len(there)), np.float32)
    for start, end in pairwise(_piece_edges()):
        piece = unit(fixed[:, :, start:end].reshape(len(fixed), -1))
        best = np.full(least.shape, -1.0, np.float32)
        for off in range(0, 2 * off_px + 1, _STEP_PX):
            other = unit(loose[:, :, start + off : end + off].reshape(len(loose), -1))
            np.maximum(best, piece @ other.T, out=best)
        np.minimum(least, best, out=least)
    alike = np.zeros((len(whole), cuts.shape[0] * cuts.shape[1]), np.float32)
    alike[:, there] = least
    return np.asarray(alike.reshape(len(whole), *cuts.shape[:2]).max(axis=2, initial=0), np.float32)


def plate_log_odds(
    known: FloatArray, known_heights: FloatArray, owners: npt.NDArray[np.int64], seats: int, features: TileFeatures
) -> FloatArray:
    """(S, N) votes of the plates (K, C, P) that the seats `owners` have had in tiles so high; 0 where none is seen."""
    log_odds = np.full((2, seats, len(features)), -np.inf, np.float32)
    written = np.flatnonzero(features.plates.any(axis=(1, 2)))
    if not len(known) or not len(written):
        return np.zeros((seats, len(features)), np.float32)
    alike = lines_alike(known, features.plates[written])
    one_size = np.abs(known_heights[:, None] / features.heights[written] - 1) <= SAME_SIZE
    for kind, (of_kind, curve) in enumerate(((one_size, _ONE_SIZE), (~one_size, _TWO_SIZES))):
        best = np.full((seats, len(written)), -np.inf, np.float32)
        np.maximum.at(best, owners, np.where(of_kind, np.interp(alike, *curve), -np.inf).astype(np.float32))
        log_odds[kind][:, written] = best
    # Where a plate of this size is known, those of others say nothing.
    chosen = np.where(np.isfinite(log_odds[0]), log_odds[0], log_odds[1])
    return np.where(np.isfinite(chosen), chosen, 0).astype(np.float32)


def border_log_odds(
    known: FloatArray, owners: npt.NDArray[np.int64], seats: int, border_colours: FloatArray, distinct: FloatArray
) -> FloatArray:
    """(S, N) votes of the rooms (K, L) that the seats `owners` have had; `distinct` (N,) as `distinct_by` says."""
    nearest = _nearest(known, owners, seats, border_colours)
    return np.asarray(_LOOK_VOTES * np.clip(1 - nearest / LOOK_RANGE, 0, 1) * distinct, np.float32)


def avatar_log_odds(
    known: FloatArray, owners: npt.NDArray[np.int64], seats: int, avatars: FloatArray, distinct: FloatArray
) -> FloatArray:
    """(S, N) votes of the avatars (K, A) that the seats `owners` have had; 0 where a tile or a seat has none."""
    log_odds = np.zeros((seats, len(avatars)), np.float32)
    there = np.flatnonzero(avatars.any(axis=1))
    if not len(known) or not len(there):
        return log_odds
    nearest = _nearest(known, owners, seats, avatars[there])
    told = np.interp(nearest, *_AVATARS)
    told = np.where(told > 0, told * distinct[there], told)
    log_odds[:, there] = np.where(np.isfinite(nearest), told, 0)
    return log_odds


def distinct_by(rows: FloatArray, range_: float) -> FloatArray:
    """(N,) 0-1: how much each row differs from all others of the frame."""
    if len(rows) < 2:
        return np.ones(len(rows), np.float32)
    differ = mean_abs_difference(rows, rows)
    np.fill_diagonal(differ, np.inf)
    return np.asarray(np.clip(differ.min(axis=1) / range_, 0, 1), np.float32)


def distinct_avatars(avatars: FloatArray) -> FloatArray:
    """(N,) 0-1: how much each avatar differs from all others of the frame."""
    distinct = np.ones(len(avatars), np.float32)
    there = avatars.any(axis=1)
    distinct[there] = distinct_by(avatars[there], _OTHERS)
    return distinct


def _nearest(known: FloatArray, owners: npt.NDArray[np.int64], seats: int, seen: FloatArray) -> FloatArray:
    nearest = np.full((seats, len(seen)), np.inf, np.float32)
    np.minimum.at(nearest, owners, mean_abs_difference(known, seen))
    return nearest


def mean_abs_difference(a: FloatArray, b: FloatArray) -> FloatArray:
    """(N, M) mean difference of rows (N, L) and (M, L)."""
    return np.asarray(np.abs(a[:, None] - b[None]).mean(axis=2), np.float32)


def unit(rows: FloatArray) -> FloatArray:
    """The rows (N, L), each of length 1."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)
