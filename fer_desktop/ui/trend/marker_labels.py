"""Where the names of moments stand, so that each that is written can be read, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

APART: Final = 10.0  # px between one name and the next moment's line
_LINES_APART: Final = 28.0  # px; closer than this on the whole, lines would hide what lies under them


@dataclass(frozen=True, slots=True)
class Label:
    """One or several moments under one name."""

    first: int  # of the moments, in the order they were given
    count: int  # how many stand under it
    row: int  # 0 is the uppermost
    x: float  # px, where its text begins
    width: float  # px, room for its text


def placed(
    places: Sequence[float], widths: Sequence[float], begin: float, end: float, rows: int, more: float
) -> list[Label]:
    """The labels of moments at `places` (px, rising) whose names are `widths` px wide, between `begin` and `end`.

    A name stands right of its moment, or left of it at the end, in the first row that has room; where none has, its
    moment joins the label before it, which has `more` px beside its name to say how many.
    """
    free, found = [begin] * max(1, rows), list[Label]()
    for index, (place, width) in enumerate(zip(places, widths, strict=True)):
        whole = min(width + more, end - begin)
        x = place + APART / 2 if place + APART / 2 + whole <= end else min(place - APART / 2, end) - whole
        row = next((row for row, used in enumerate(free) if x >= used), None)
        if row is None and found:
            last = found[-1]
            found[-1] = Label(last.first, last.count + 1, last.row, last.x, last.width)
        elif row is not None:
            found.append(Label(index, 1, row, x, whole))
            free[row] = x + whole + APART
    return found


def lines_fit(places: Sequence[float], begin: float, end: float) -> bool:
    """Whether each moment may have a line through the chart, rather than a tick above it."""
    shown = sum(begin <= place <= end for place in places)
    return shown * _LINES_APART <= max(end - begin, 4 * _LINES_APART)
