"""Where the names of moments stand, so that each that is written can be read, however many there are."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

APART: Final = 10.0  # px between one name and the next
_BESIDE: Final = 5.0  # px between a moment's line and its name
_LINES_APART: Final = 28.0  # px; closer than this on the whole, lines would hide what lies under them


@dataclass(frozen=True, slots=True)
class Label:
    """One or several moments under one name."""

    first: int  # of the moments, in the order they were given
    count: int  # how many stand under it
    row: int  # 0 is filled first
    x: float  # px, where its text begins
    width: float  # px, room for its text
    on_left: bool  # of its moment


def placed(
    places: Sequence[float], width_of: Callable[[int], float], begin: float, end: float, rows: int, more: float
) -> list[Label]:
    """The labels of moments at `places` (px, rising), whose names are as wide as `width_of` says of their index.

    A name stands right of its moment, or left of it at the end, in the first row that has room between `begin` and
    `end`; where none has, its moment joins the label before it, which has `more` px beside its name to say how many.
    """
    free, starts = [begin] * rows, list[Label]()
    index = bisect_left(places, begin) if rows else len(places)
    while index < len(places) and places[index] <= end:
        label = _label(index, places[index], min(width_of(index) + more, end - begin), end)
        row = next((row for row, used in enumerate(free) if label.x >= used), None)
        if row is None:  # this one joins, and so do those that begin before any row is free
            index = max(index + 1, bisect_left(places, min(free) - _BESIDE, index))
            continue
        starts.append(Label(index, 1, row, label.x, label.width, label.on_left))
        free[row] = label.x + label.width + APART
        index += 1
    after = [*(label.first for label in starts[1:]), bisect_left(places, end + 1e-6)]
    return [
        Label(each.first, stop - each.first, each.row, each.x, each.width, each.on_left)
        for each, stop in zip(starts, after[: len(starts)], strict=True)
    ]


def _label(index: int, place: float, width: float, end: float) -> Label:
    on_left = place + _BESIDE + width > end
    return Label(index, 1, 0, place - _BESIDE - width if on_left else place + _BESIDE, width, on_left)


def apart(places: Sequence[float], px: float) -> Iterator[int]:
    """The indices of as many places (rising) as can stand `px` from each other."""
    index = 0
    while index < len(places):
        yield index
        index = max(index + 1, bisect_left(places, places[index] + px, index))


def lines_fit(places: Sequence[float], begin: float, end: float) -> bool:
    """Whether each moment may have a line through the chart, rather than a tick above it."""
    shown = bisect_left(places, end) - bisect_left(places, begin)
    return shown * _LINES_APART <= max(end - begin, 4 * _LINES_APART)
