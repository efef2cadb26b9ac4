"""Tiles in line with those that have a face: cameras that are off, or that see nobody."""

from typing import Final

import numpy as np

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence
from fer_desktop.vision.gallery.tiles_by_lines.touching_lattice import FaceTiles, common_area, cuts_a_face

_BEYOND_PX: Final = 2.0  # that a place may reach out of the picture
_SHOWN: Final = 0.5  # share of a side that is there
_FRAMED: Final = 0.7  # mean share of the four sides of a tile that need not be plain
_LEAST_FRAMED: Final = 0.45  # of each
_FRAMED_BEYOND: Final = (0.85, 0.6)  # the same of a place in a new column or row, where a desktop's windows may be
_LEAST_WITHIN: Final = 0.65  # the same, of a place in line with others in both directions
_LEAST_WITH_FACE: Final = 0.5  # and of one with a face
_LEAST_CELLS: Final = 4  # from so many tiles on, a face at the next place has one too
_OFF_MIDDLE: Final = np.array([0.15, 0.22])  # of a place's sides, by which its face may be off its middle
_FACE: Final = (0.2, 0.8)  # of a place's height that it covers
_CONTENT: Final = 0.02  # of the middle that is not plain: initials, a name, an avatar
_PLAIN: Final = 0.06  # of the bands along the sides that may not be plain in an avatar's tile
_MIDDLE: Final = (0.25, 0.25, 0.75, 0.75)  # of a place
# A name may be at the lower left, or at the upper left.
_BANDS: Final = np.array(
    [(0.05, 0.2, 0.12, 0.72), (0.88, 0.3, 0.95, 0.9), (0.45, 0.05, 0.75, 0.12), (0.65, 0.9, 0.95, 0.95)], np.float32
)
_CROSSED: Final = 0.9  # share of a line from side to side through a place: it is not one tile
_GROWN: Final = np.arange(-2, 3, dtype=np.float32)[:, None] * np.array([-1, -1, 1, 1], np.float32)  # px that are tried
_MOST_ROUNDS: Final = 8

Cell = tuple[int, int]


class FacelessTiles:
    """Adds to tiles with faces the places beside them that look like tiles."""

    def __init__(self, lines: LineEvidence, tiles: FaceTiles, faces: FloatArray, taken: FloatArray) -> None:
        """`faces` (F, 4) px are all of the picture, `taken` (T, 4) px tiles of other sizes."""
        self._lines, self._grid, self._faces, self._taken = lines, tiles.grid, faces, taken
        rows = range(len(tiles.grid.tops))
        self._tops = {row: float(tiles.grid.tops[row]) for row in rows}
        self._lefts = {row: float(tiles.grid.lefts[row]) for row in rows}
        self._cells: set[Cell] = set(tiles.cells)
        values, counts = np.unique(np.rint(tiles.grid.lefts), return_counts=True)
        self._usual = float(values[counts.argmax()])

    def all(self) -> FloatArray:
        """(N, 4) px of the tiles with faces and those beside them, in reading order."""
        for _ in range(_MOST_ROUNDS):
            if not self._grow():
                break
        return np.stack([self._box(cell) for cell in sorted(self._cells, key=self._order)])

    def _order(self, cell: Cell) -> tuple[float, float]:
        box = self._box(cell)
        return float(box[1]), float(box[0])

    def _box(self, cell: Cell) -> FloatArray:
        grid = self._grid
        x, y = self._lefts[cell[0]] + cell[1] * grid.pitch_x, self._tops[cell[0]]
        return np.array([x, y, x + grid.width, y + grid.height], np.float32)

    def _grow(self) -> bool:
        rows = sorted(self._tops)
        boxes = np.stack([self._box(cell) for cell in self._cells])
        left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
        new: set[Cell] = set()
        for row in rows:
            if any(cell[0] == row for cell in self._cells):
                new |= self._in_row(row, left, right)
            else:
                new |= self._best_phase(row, left, right)
        for row, step in ((rows[0] - 1, -1), (rows[-1] + 1, 1)):
            self._tops[row] = self._tops[row - step] + step * self._grid.pitch_y
            beyond = self._best_phase(row, left, right)
            if not beyond:
                del self._tops[row]
                self._lefts.pop(row, None)
            new |= beyond
        self._cells |= new
        return bool(new)

    def _best_phase(self, row: int, left: float, right: float) -> set[Cell]:
        """The new cells of a row without a face, whose places start as those of other rows or half a place off."""
        best: set[Cell] = set()
        chosen = self._usual
        for shift in (0.0, 0.5):
            self._lefts[row] = self._usual + shift * self._grid.pitch_x
            found = self._in_row(row, left, right)
            if len(found) > len(best):
                best, chosen = found, self._lefts[row]
        self._lefts[row] = chosen
        return best

    def _in_row(self, row: int, left: float, right: float) -> set[Cell]:
        pitch, start = self._grid.pitch_x, self._lefts[row]
        first = int(np.ceil((left - start) / pitch - 0.3))
        last = int(np.floor((right - self._grid.width - start) / pitch + 0.3))
        own = [cell[1] for cell in self._cells if cell[0] == row]
        found: set[Cell] = set()
        for column in range(first - 1, last + 2):
            if column in own:
                continue
            between = bool(own) and min(own) < column < max(own)
            within = bool(own) and first <= column <= last
            box = self._box((row, column))
            if self._is_tile(box, between, within) or (own and self._is_around_a_face(box)):
                found.add((row, column))
        return found

    def _is_tile(self, place: FloatArray, between: bool, within: bool) -> bool:
        """Whether a place is a tile; `between` two of its row, or `within` the columns of a row that has some."""
        lines = self._lines
        if not lines.contains(place, _BEYOND_PX) or (len(self._taken) and _overlaps(place, self._taken)):
            return False
        size = np.array([self._grid.width, self._grid.height] * 2, np.float32)
        corner = np.concatenate([place[:2], place[:2]])
        if lines.busy(corner + np.array(_MIDDLE, np.float32) * size) < _CONTENT:
            return False
        sides = lines.sides(place + _GROWN).max(axis=0)
        mean, least = float(sides.mean()), float(sides.min())
        if cuts_a_face(place, self._faces, most=2 if within and mean >= _FRAMED else 1):
            return False
        framed = (_FRAMED, _LEAST_FRAMED) if within else _FRAMED_BEYOND
        if mean >= framed[0] and least >= framed[1]:
            return True
        if within and mean >= (_LEAST_WITH_FACE if self._has_a_face(place) else _LEAST_WITHIN):
            return True
        plain = bool((lines.busy(corner + _BANDS * size) <= _PLAIN).all())
        crossed = any((shares >= _CROSSED).any() for shares in lines.inner_lines(place[None]))
        shown = int((sides >= _SHOWN).sum())
        return plain and not crossed and shown >= (0 if between else 1 if within else 2)

    def _is_around_a_face(self, place: FloatArray) -> bool:
        """Whether a place at the end of a row of several rows is around a face, as an upright phone's may look."""
        if len(self._cells) < _LEAST_CELLS or len({row for row, _ in self._cells}) < 2:
            return False
        taken = len(self._taken) and _overlaps(place, self._taken)
        if taken or not self._lines.contains(place, _BEYOND_PX) or cuts_a_face(place, self._faces):
            return False
        off = (self._faces[:, :2] + self._faces[:, 2:] - place[:2] - place[2:]) / 2 / (place[2:] - place[:2])
        height = (self._faces[:, 3] - self._faces[:, 1]) / self._grid.height
        fits = (np.abs(off) <= _OFF_MIDDLE).all(axis=1) & (height >= _FACE[0]) & (height <= _FACE[1])
        return bool(fits.any())

    def _has_a_face(self, place: FloatArray) -> bool:
        centres = (self._faces[:, :2] + self._faces[:, 2:]) / 2
        return bool(((centres > place[:2]) & (centres < place[2:])).all(axis=1).any())


def _overlaps(place: FloatArray, taken: FloatArray) -> bool:
    return bool((common_area(place, taken) > 0.05 * (place[2:] - place[:2]).prod()).any())
