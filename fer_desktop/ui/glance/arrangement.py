"""Where the squares of a class and the words below them lie; nothing here draws.

Squares stand in columns, each group beside the next with its words centred below it. All fit, whatever their number:
first the words give way (to two lines, then to the figure alone), then the squares.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from fer_desktop.ui.look.group_colours import Mark

LARGE_PX, MEDIUM_PX, LEAST_PX = 36, 28, 3
_LARGE_UP_TO: Final = 12  # faces
_ONE_ROW_UP_TO: Final = 24  # faces
_WORDS_APART_PX: Final = 10.0

Forms = Sequence[float]  # widths of a group's words in px: the longest form first


class Place(NamedTuple):
    """One square."""

    mark: Mark
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a group."""

    mark: Mark
    form: int  # index of the form that fits
    centre: float  # x


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Squares in order, and the words below; px from the upper left corner."""

    squares: tuple[Place, ...] = ()
    labels: tuple[Label, ...] = ()
    bottom: float = 0.0  # of the squares


@dataclass(frozen=True, slots=True)
class _Grid:
    side: float
    rows: int

    @property
    def gap(self) -> float:
        """Between squares."""
        return max(1.0, round(self.side * 0.16))

    @property
    def between(self) -> float:
        """Between groups, beyond the gap."""
        return max(4.0, round(self.side * 0.36))

    def columns(self, count: int) -> int:
        """Of a group of so many."""
        return -(-count // self.rows)

    def width(self, count: int) -> float:
        """Of a group of so many."""
        columns = self.columns(count)
        return columns * self.side + (columns - 1) * self.gap

    def height(self) -> float:
        """Of all rows."""
        return self.rows * self.side + (self.rows - 1) * self.gap


def squares_height() -> float:
    """Room for the squares of any class: two rows of medium ones."""
    return _Grid(MEDIUM_PX, 2).height()


def arranged(counts: Mapping[Mark, int], words: Mapping[Mark, Forms], width: float) -> Arrangement:
    """All squares within `width` px and `squares_height()`; `words` has the widths of each group's words."""
    shown = {mark: counts.get(mark, 0) for mark in Mark if counts.get(mark, 0) > 0}
    if not shown or width <= 0:
        return Arrangement()
    grid = _grid(shown, width)
    forms = dict.fromkeys(shown, 0)
    blocks = _beside(shown, words, forms, grid, apart=True)
    while blocks[-1].right > width:  # words may then reach below the squares of their neighbours
        blocks = _beside(shown, words, forms, grid, apart=False)
        if blocks[-1].right <= width:
            break
        shorter = [mark for mark in shown if forms[mark] + 1 < len(words[mark])]
        if not shorter:
            break
        forms[max(shorter, key=lambda mark: words[mark][forms[mark]] - grid.width(shown[mark]))] += 1
    return _laid_out(shown, blocks, forms, grid)


def _grid(shown: Mapping[Mark, int], width: float) -> _Grid:
    faces = sum(count for mark, count in shown.items() if mark is not Mark.CAMERA_OFF)
    wanted = [_Grid(MEDIUM_PX, 2)]
    if faces <= _ONE_ROW_UP_TO:
        wanted.insert(0, _Grid(MEDIUM_PX, 1))
    if faces <= _LARGE_UP_TO:
        wanted.insert(0, _Grid(LARGE_PX, 1))
    smaller = (_rows_for(side) for side in range(MEDIUM_PX - 1, LEAST_PX - 1, -1))
    for grid in (*wanted, *smaller):
        widths = [grid.width(count) for count in shown.values()]
        if sum(widths) + (len(widths) - 1) * (grid.gap + grid.between) <= width:
            return grid
    return _rows_for(LEAST_PX)


def _rows_for(side: float) -> _Grid:
    gap = _Grid(side, 1).gap
    return _Grid(side, max(1, int((squares_height() + gap) // (side + gap))))


class _Block(NamedTuple):
    """The squares of a group and how far it reaches with its words."""

    left: float
    right: float
    squares: float  # x of the first


def _beside(
    shown: Mapping[Mark, int], words: Mapping[Mark, Forms], forms: Mapping[Mark, int], grid: _Grid, *, apart: bool
) -> list[_Block]:
    """The groups from left to right; `apart`: no words reach below the squares of another group."""
    blocks = list[_Block]()
    taken = words_end = 0.0  # by the squares, and by the words of the groups before
    for mark, count in shown.items():
        own, said = grid.width(count), words[mark][forms[mark]]
        over = max(0.0, (said - own) / 2)
        start = max(taken, words_end + (said - own) / 2)
        if apart:
            start = max(start, taken + over)
        start = math.ceil(start)  # on whole pixels, as all lengths of squares are: sharp edges
        blocks.append(_Block(start - over, start + own + over, start))
        words_end = start + (own + said) / 2 + _WORDS_APART_PX
        taken = start + own + (over if apart else 0.0) + grid.gap + grid.between
    right = max(block.right for block in blocks)
    return [*blocks[:-1], blocks[-1]._replace(right=right)]


def _laid_out(
    shown: Mapping[Mark, int], blocks: Sequence[_Block], forms: Mapping[Mark, int], grid: _Grid
) -> Arrangement:
    squares, labels = list[Place](), list[Label]()
    top = (squares_height() - grid.height()) // 2
    step = grid.side + grid.gap
    for (mark, count), block in zip(shown.items(), blocks, strict=True):
        for index in range(count):
            column, row = divmod(index, grid.rows)
            squares.append(Place(mark, block.squares + column * step, top + row * step, grid.side))
        labels.append(Label(mark, forms[mark], block.squares + grid.width(count) / 2))
    return Arrangement(tuple(squares), tuple(labels), top + grid.height())


def partners(before: Sequence[Place], after: Sequence[Place]) -> list[int | None]:
    """For each square after, the one before that becomes it; None for a new one.

    As many as can stay in their group. The others are matched in order, since none of them is anybody's.
    """
    free: dict[Mark, list[int]] = {}
    for index, place in enumerate(before):
        free.setdefault(place.mark, []).append(index)
    found: list[int | None] = []
    for place in after:
        same = free.get(place.mark)
        found.append(same.pop(0) if same else None)
    left = sorted(index for indices in free.values() for index in indices)
    for index, partner in enumerate(found):
        if partner is None and left:
            found[index] = left.pop(0)
    return found
