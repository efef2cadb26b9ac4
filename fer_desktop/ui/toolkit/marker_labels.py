"""Where the names of moments stand, so that each that is written can be read, however many there are."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

APART: Final = 10.0  # px between one name and the next
_BESIDE: Final = 5.0  # px between a moment's line and its name
_LEAST: Final = 24.0  # px of a name, without which a part of it says nothing
_MOST_OF_IT: Final = 0.75  # of a name: so much of it is read as well as all
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

    A name begins at its moment, or ends there where it would reach past the end; where neither side has room for all of
    it, it is shortened. It takes the first row that has room between `begin` and `end`; where none has, names lie over
    its moment, which joins the last of them, and that has up to `more` px beside its name to say how many.
    """
    free, starts = [begin] * rows, list[Label]()
    index = bisect_left(places, begin) if rows else len(places)
    while index < len(places) and places[index] <= end:
        before = places[index - 1] + _BESIDE if index and places[index - 1] >= begin else begin
        width = width_of(index)
        # Where all rows are taken by then, it has to count those that join it.
        crowded = index + rows < len(places) and places[index + rows] < places[index] + width + APART
        count = more if crowded else 0.0
        least = min(width + count, _LEAST + count) if starts else 0.0
        label = _fitting(index, places[index], (width + count, least), (max(begin, before), end), free)
        if label is None and starts[-1].x + starts[-1].width < places[index]:  # near the end, and no name lies over it
            label = _cutting(index, places[index], width, starts)
        if label is None:  # this one joins, and so do those that begin before any row is free
            index = max(index + 1, bisect_left(places, min(free) - _BESIDE, index))
            continue
        starts.append(label)
        free[label.row] = label.x + label.width + APART
        index += 1
    stops = [*(label.first for label in starts[1:]), bisect_left(places, end + 1e-6)]
    counted = [replace(each, count=stop - each.first) for each, stop in zip(starts, stops[: len(starts)], strict=True)]
    return [_with_room(label, counted, begin, end, more) for label in counted]


def _fitting(
    index: int, place: float, widths: tuple[float, float], room: tuple[float, float], free: Sequence[float]
) -> Label | None:
    """The label of one moment, as wide as wanted or not narrower than the least; None where no row has that room.

    `room`: from where on it stands over no moment before it, which is better than to stand over one, and the end.
    """
    (wanted, least), (clear, end) = widths, room
    x, stop = place + _BESIDE, place - _BESIDE
    right = [(min(wanted, end - x), row, False) for row, used in enumerate(free) if used <= x]
    beside = [(min(wanted, stop - max(used, clear)), row, True) for row, used in enumerate(free)]
    over = [(min(wanted, stop - used), row, True) for row, used in enumerate(free)]
    for spots, enough in ((right, wanted), (beside, wanted), (right + beside, wanted * _MOST_OF_IT), (over, wanted)):
        if best := _widest(spots, enough):
            break
    else:
        best = _widest(right + over, least)
    if best is None:
        return None
    width, row, on_left = best
    return Label(index, 1, row, stop - width if on_left else x, width, on_left)


def _cutting(index: int, place: float, width: float, starts: list[Label]) -> Label | None:
    """The label of one moment left of it, for which a name in its way is shortened; None where both would say nothing.

    Of the last names of the rows that with the most room gives way.
    """
    lasts = {label.row: (number, label) for number, label in enumerate(starts)}.values()
    number, other = min(lasts, key=lambda last: (last[1].on_left, last[1].x))
    room = place - _BESIDE - other.x - APART
    if other.on_left or room < 2 * _LEAST:
        return None
    width = min(width, max(room - other.width, room / 2))
    starts[number] = replace(other, width=min(other.width, room - width))
    return Label(index, 1, other.row, place - _BESIDE - width, width, on_left=True)


def _widest(spots: Sequence[tuple[float, int, bool]], enough: float) -> tuple[float, int, bool] | None:
    """The spot with the most room, the first of equals; None where none has enough."""
    best = max(spots, key=lambda spot: spot[0], default=None)
    return best if best is not None and best[0] >= max(enough, 0.0) else None


def _with_room(label: Label, labels: Sequence[Label], begin: float, end: float, more: float) -> Label:
    """As wide as it is, and with `more` px to count where there are several and the names beside it leave them."""
    if label.count == 1:
        return label
    beside = [other for other in labels if other.row == label.row and other is not label]
    if label.on_left:
        used = max((one.x + one.width + APART for one in beside if one.x < label.x), default=begin)
        grown = min(more, max(0.0, label.x - used))
        return replace(label, x=label.x - grown, width=label.width + grown)
    limit = min((one.x - APART for one in beside if one.x > label.x), default=end)
    return replace(label, width=label.width + min(more, max(0.0, limit - label.x - label.width)))


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
