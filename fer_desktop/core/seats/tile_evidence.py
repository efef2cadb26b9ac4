"""Evidence that a tile of a call's gallery belongs to a seat: name plate, room, avatar.

Evidence is measured in log odds (natural logarithm) and added up.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

LINE_PX: Final = (80, 18)  # width, height of the fingerprint of a line of text
CUTS: Final = 2  # of a line: the letters alone, and with the icon before or after them
SAME_SIZE: Final = 0.02  # relative difference of tiles whose plates have text of the same size
# Correlation of two lines, and the log odds for it; letters of another size consist of other pixels.
_ONE_SIZE: Final = ((0.6, 0.9), (-1.5, 4.0))
_TWO_SIZES: Final = ((0.35, 0.5, 0.7, 0.8), (-1.5, 0.0, 2.0, 4.0))
# Mean difference of two avatars, and the log odds for it.
_AVATARS: Final = ((0.02, 0.035, 0.05), (2.5, 0.0, -1.5))
_ROOM_LOG_ODDS: Final = 4.0  # for exactly the same room, where no other tile has a similar one
ROOM_RANGE: Final = 0.06  # colours that differ by this much on average belong to another room
_OTHERS: Final = 0.04  # avatars that differ by less look alike

_PIECES: Final = 3  # in which a line is compared: people who share a name differ in one of them
_OFF_PX: Final = 6  # by which a piece may be shifted, since where a line begins and ends is not exact
_STEP_PX: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class TileFeatures:
    """The tiles of one frame, and the features that tell them apart."""

    xyxy: FloatArray  # (N, 4) px, in reading order
    plates: FloatArray  # (N, C, P) lines of the name plates, each cut of norm 1; zeros where nothing is written
    border_colours: FloatArray  # (N, L) colours along the edges, 0-1
    avatars: FloatArray  # (N, A) colours of the centre, 0-1; zeros where the edges have more than one colour
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


def line_similarity(known: FloatArray, seen: FloatArray, off_px: int = _OFF_PX) -> FloatArray:
    """(K, N) correlation of lines (K, C, P) and (N, C, P): of their least similar piece, in their best cut."""
    # One side is cut as a whole, since the icons of two different names would match.
    return np.maximum(
        _first_cut_similarity(known[:, 0], seen, off_px), _first_cut_similarity(seen[:, 0], known[:, 1:], off_px).T
    )


def aligned_line_similarity(known: FloatArray, seen: FloatArray) -> FloatArray:
    """(M,) the same of lines (M, P) and (M, P), row by row and without shifts."""
    width, height = LINE_PX
    least = np.ones(len(known), np.float32)
    a, b = (lines.reshape(len(lines), height, width) for lines in (known, seen))
    for start, end in pairwise(_piece_edges()):
        ours, others = (unit(lines[:, :, start:end].reshape(len(lines), height * (end - start))) for lines in (a, b))
        np.minimum(least, (ours * others).sum(axis=1), out=least)
    return least


def _piece_edges() -> list[int]:
    return [LINE_PX[0] * piece // _PIECES for piece in range(_PIECES + 1)]


def _first_cut_similarity(whole: FloatArray, cuts: FloatArray, off_px: int) -> FloatArray:
    """(K, N) the same of first cuts (K, P) with all cuts (N, C, P) of others."""
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
    """(S, N) log odds from plates (K, C, P) that the seats `owners` had in tiles of these heights; 0 without plate."""
    log_odds = np.full((2, seats, len(features)), -np.inf, np.float32)
    written = np.flatnonzero(features.plates.any(axis=(1, 2)))
    if not len(known) or not len(written):
        return np.zeros((seats, len(features)), np.float32)
    alike = line_similarity(known, features.plates[written])
    one_size = np.abs(known_heights[:, None] / features.heights[written] - 1) <= SAME_SIZE
    for kind, (of_kind, curve) in enumerate(((one_size, _ONE_SIZE), (~one_size, _TWO_SIZES))):
        best = np.full((seats, len(written)), -np.inf, np.float32)
        np.maximum.at(best, owners, np.where(of_kind, np.interp(alike, *curve), -np.inf).astype(np.float32))
        log_odds[kind][:, written] = best
    # Where a plate of this size is known, those of other sizes add nothing.
    chosen = np.where(np.isfinite(log_odds[0]), log_odds[0], log_odds[1])
    return np.where(np.isfinite(chosen), chosen, 0).astype(np.float32)


def border_log_odds(
    known: FloatArray, owners: npt.NDArray[np.int64], seats: int, border_colours: FloatArray, distinct: FloatArray
) -> FloatArray:
    """(S, N) log odds from rooms (K, L) that the seats `owners` have had; `distinct` (N,) from `distinct_by`."""
    nearest = _nearest(known, owners, seats, border_colours)
    return np.asarray(_ROOM_LOG_ODDS * np.clip(1 - nearest / ROOM_RANGE, 0, 1) * distinct, np.float32)


def avatar_log_odds(
    known: FloatArray, owners: npt.NDArray[np.int64], seats: int, avatars: FloatArray, distinct: FloatArray
) -> FloatArray:
    """(S, N) log odds from avatars (K, A) that the seats `owners` have had; 0 where tile or seat has none."""
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
    """The rows (N, L), each scaled to norm 1."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)
