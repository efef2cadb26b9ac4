"""Tiles of one size around faces, and those beside them whose cameras are off."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_lines.comb import Candidates, comb_of, of_size
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence

_OFF_PX: Final = 2.5
_MIDDLE: Final = 0.38  # of the tile's side, by which a face's middle may be off the tile's
_CLEAR_LEAD: Final = 0.12  # of a side's share, by which another position has to be better than the usual one
_INNER: Final = 0.33  # of a face's side from its edge on, where no other place may reach
_WHOLE: Final = 0.98  # of that part, which is all of it
_BEYOND_PX: Final = 4.0  # that a place may reach out of the picture
_LEAST_SHOWN: Final = 0.35  # of a place that the picture's edge cuts
_LEAST_WHOLE: Final = 3  # places in the picture, where others may be cut: an edge of the picture looks like a tile's
_NEAR: Final = np.array([0.0, -1.0, 1.0], np.float32)  # px beside a position that are tried too
_HANDICAP: Final = 0.01 * np.abs(_NEAR)
_LEAST_INSIDE: Final = 0.5  # of a face's area in its tile; detectors go on beyond what is cut off


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Rows of places of one size, px; a row's places repeat in both directions."""

    width: float
    height: float
    pitch_x: float
    pitch_y: float
    tops: FloatArray  # (R,) ascending, one pitch apart
    lefts: FloatArray  # (R,) of any place of the row

    def place(self, row: int, column: int) -> FloatArray:
        """(4,) px of a place."""
        x, y = float(self.lefts[row]) + column * self.pitch_x, float(self.tops[row])
        return np.array([x, y, x + self.width, y + self.height], np.float32)

    def column_of(self, row: int, x: float) -> int:
        """The column of a row that x px is in."""
        return int(np.floor((x - float(self.lefts[row]) + (self.pitch_x - self.width) / 2) / self.pitch_x))


@dataclass(frozen=True, slots=True, eq=False)
class FaceTiles:
    """Tiles of one size that contain a face each."""

    grid: Grid
    cells: tuple[tuple[int, int], ...]  # row and column of each
    faces: npt.NDArray[np.int64]  # which face each contains
    sides: FloatArray  # (N, 4) 0-1 of their sides that shows

    @property
    def boxes(self) -> FloatArray:
        """(N, 4) px."""
        return np.stack([self.grid.place(*cell) for cell in self.cells])


def fit_faces(lines: LineEvidence, found: Candidates, faces: FloatArray, size: tuple[float, float]) -> FaceTiles | None:
    """The tiles of one size around those of the faces (F, 4) that have one, one face each."""
    members = of_size(found, *size)
    if not len(members.boxes):
        return None
    width, height = size
    boxes, owners, scores = members.boxes, members.faces, members.scores
    one = np.zeros(len(boxes), np.int64)
    down = comb_of(boxes[:, 1], one, owners, scores, height)
    number = np.rint((boxes[:, 1] - down.origin) / down.pitch).astype(np.int64)
    on = np.abs(boxes[:, 1] - down.origin - number * down.pitch) <= _OFF_PX
    if not on.any():
        return None
    boxes, owners, scores, number = boxes[on], owners[on], scores[on], number[on]
    across = comb_of(boxes[:, 0], number, owners, scores, width)
    pitch_x, pitch_y = across.pitch, down.pitch
    # Without two tiles side by side or one above the other, the other gap is as wide as the one that is known.
    if len(np.unique(number)) == 1:
        pitch_y = height + pitch_x - width
    origin = _middle(boxes[:, 1] - number * pitch_y)
    first, last = _rows(lines, origin, pitch_y, height, int(number.min()), int(number.max()))
    tops = np.array([origin + k * pitch_y for k in range(first, last + 1)], np.float32)
    usual = comb_of(boxes[:, 0], np.zeros_like(number), owners, scores, width)
    grid = Grid(width, height, pitch_x, pitch_y, tops, np.full(len(tops), usual.origin, np.float32))
    lefts = grid.lefts.copy()
    for row in range(len(tops)):
        own = number == row + first
        lefts[row] = _left_of_row(lines, grid, row, boxes[own], faces, usual.origin)
    grid = replace(grid, lefts=lefts)
    return _occupied(lines, grid, faces)


def _rows(lines: LineEvidence, origin: float, pitch: float, height: float, first: int, last: int) -> tuple[int, int]:
    """The first and the last row, with those beside them that the picture's edge cuts: they have no rectangles."""
    above, below = origin + (first - 1) * pitch, origin + (last + 1) * pitch
    cut_above = above < -_BEYOND_PX and above + height >= _LEAST_SHOWN * height
    over = below + height - lines.height
    cut_below = over > _BEYOND_PX and over <= (1 - _LEAST_SHOWN) * height
    return first - cut_above, last + cut_below


def _middle(values: FloatArray) -> float:
    return float(np.median(values))


def _left_of_row(
    lines: LineEvidence, grid: Grid, row: int, boxes: FloatArray, faces: FloatArray, usual: float
) -> float:
    """Where the places of a row start: as those of the other rows, half a place off, or as its own rectangles say."""
    y0, y1 = float(grid.tops[row]), float(grid.tops[row]) + grid.height
    centre = (faces[:, :2] + faces[:, 2:]) / 2
    inside = faces[(centre[:, 1] > y0) & (centre[:, 1] < y1)]
    half = usual + grid.pitch_x / 2
    own = np.unique(boxes[:, 0])
    lefts = np.concatenate([usual + _NEAR, half + _NEAR, own])
    handicaps = np.concatenate([_HANDICAP, _CLEAR_LEAD / 2 + _HANDICAP, np.full(len(own), _CLEAR_LEAD)])
    if not len(inside):
        return usual
    centres = (inside[:, 0] + inside[:, 2]) / 2
    column = np.floor((centres - lefts[:, None] + (grid.pitch_x - grid.width) / 2) / grid.pitch_x)
    x0 = lefts[:, None] + column * grid.pitch_x
    places = np.stack([x0, np.full_like(x0, y0), x0 + grid.width, np.full_like(x0, y1)], axis=-1)
    shares = lines.sides(places)[..., [0, 2]].mean(axis=-1)
    off = np.abs(centres - x0 - grid.width / 2) / grid.width
    score = np.where(off <= _MIDDLE, shares, 0).mean(axis=1) - handicaps
    return float(lefts[score.argmax()])


def _occupied(lines: LineEvidence, grid: Grid, faces: FloatArray) -> FaceTiles | None:
    """The places that contain a face each; those that the picture's edge cuts where several others are whole."""
    single: dict[tuple[int, int], int] = {}
    cut: dict[tuple[int, int], int] = {}
    for k, (x0, y0, x1, y1) in enumerate(faces.tolist()):
        row = int(np.argmin(np.abs(grid.tops + grid.height / 2 - (y0 + y1) / 2)))
        cell = row, grid.column_of(row, (x0 + x1) / 2)
        place = grid.place(*cell)
        inside = max(0.0, min(x1, place[2]) - max(x0, place[0])) * max(0.0, min(y1, place[3]) - max(y0, place[1]))
        alone = not cuts_a_face(place, np.delete(faces, k, axis=0), most=0)
        if inside >= _LEAST_INSIDE * (x1 - x0) * (y1 - y0) and alone and lines.shown(place) >= _LEAST_SHOWN:
            (single if lines.contains(place, _BEYOND_PX) else cut)[cell] = k
    if not single:
        return None
    if len(single) >= _LEAST_WHOLE:
        single |= cut
    cells = tuple(sorted(single))
    tiles = FaceTiles(grid, cells, np.array([single[cell] for cell in cells]), np.zeros((0, 4), np.float32))
    return replace(tiles, sides=lines.sides(tiles.boxes))


def cuts_a_face(place: FloatArray, faces: FloatArray, most: int = 1) -> bool:
    """Whether a place (4,) reaches into the inner part of a face (F, 4) without all of it, or has more than `most`."""
    sides = np.tile(faces[:, 2:] - faces[:, :2], 2)
    inner = faces + sides * np.array([_INNER, _INNER, -_INNER, -_INNER], np.float32)
    common, whole = common_area(place, inner), (inner[:, 2:] - inner[:, :2]).prod(axis=1)
    return bool(((common > 0) & (common < _WHOLE * whole)).any() or (common > 0).sum() > most)


def common_area(box: FloatArray, boxes: FloatArray) -> FloatArray:
    """(N,) px² that boxes (N, 4) have in common with a box (4,)."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    return np.asarray(np.clip(high - low, 0, None).prod(axis=1), np.float32)
