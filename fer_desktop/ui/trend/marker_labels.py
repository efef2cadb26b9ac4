"""Where the names of moments stand, so that each that is written can be read, however many there are."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

APART: Final = 10.0  # px between one name and the next
_BESIDE: Final = 5.0  # px between a moment's line and its name
_LEAST: Final = 24.0  # px of a name, without which a part of it says nothing
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

    A name stands right of its moment, or left of it where it would reach past the end, but over no moment before it: it
    is narrower than its text then. It takes the first row that has room between `begin` and `end`; where none has, its
    moment joins the label before it, which it is near, and which has up to `more` px beside its name to say how many.
    """
    free, starts = [begin] * rows, list[Label]()
    index = bisect_left(places, begin) if rows else len(places)
    while index < len(places) and places[index] <= end:
        before = places[index - 1] + _BESIDE if index and places[index - 1] >= begin else begin
        width = width_of(index)
        # Where all rows are taken by then, it has to count those that join it.
        crowded = index + rows < len(places) and places[index + rows] < places[index] + width + APART
        widths = width + (more if crowded else 0.0), _LEAST + more
        label = _fitting(index, places[index], widths, (max(begin, before), end), free, anyhow=not starts)
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
    index: int,
    place: float,
    widths: tuple[float, float],
    room: tuple[float, float],
    free: Sequence[float],
    anyhow: bool,
) -> Label | None:
    """The label of one moment in the first row that has room; None where no row has. `anyhow`: however narrow."""
    wanted, least = widths[0], min(widths)
    right, left = room[1] - place - _BESIDE, place - _BESIDE - room[0]
    sides = [(right, False), (left, True)]
    if wanted > right and (wanted <= left or left > right):
        sides.reverse()
    for side, on_left in sides:
        width = min(wanted, side)
        if width < (least if not anyhow else 0.0):
            continue
        x = place - _BESIDE - width if on_left else place + _BESIDE
        row = next((row for row, used in enumerate(free) if x >= used), None)
        if row is not None:
            return Label(index, 1, row, x, width, on_left)
    return None


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
