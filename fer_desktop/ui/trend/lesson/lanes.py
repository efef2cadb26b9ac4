"""Where the parts of the lesson so far stand: names of moments, smiling, the low group, and thin lanes below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRectF

from fer_desktop.ui.look.theme import px
from fer_desktop.ui.trend.lesson.data import Column

_SMALL_BELOW_PX: Final = 360  # of the widget's width: two small charts instead of one
_GUTTER_FROM_PX: Final = 600  # of the width: words beside the figures rather than above and below
_ROW_PX: Final = 16  # of a line of small type
LANE_PX: Final = 12
TICK_PX: Final = 8  # of the marks below the names of moments
_LANE_GAP_PX: Final = 6
_LOW_PART: Final = 1 / 3  # upwards all, downwards half
_TWO_ROWS_FROM_PX, _ONE_ROW_FROM_PX = 180, 130  # of height: rows of names


def row_px() -> int:
    """The height of a line of small type."""
    return px(_ROW_PX)


def is_small(width: float) -> bool:
    """Whether a chart of that width is two small ones."""
    return width < px(_SMALL_BELOW_PX)


def has_gutter(width: float) -> bool:
    """Whether words have room beside the figures of a chart of that width."""
    return width >= px(_GUTTER_FROM_PX)


class Lane(StrEnum):
    """A fact beneath the chart; the settings carry the value."""

    SURPRISED = "surprised"
    READ = "read"  # coverage
    TURNED_AWAY = "turned away"
    NO_FACE = "no face"
    CAMERAS = "cameras"


SHOWN_AT_FIRST: Final = (Lane.SURPRISED, Lane.READ)
# What is counted, and among what.
COUNTED: Final[Mapping[Lane, tuple[Column, Column]]] = {
    Lane.SURPRISED: (Column.SURPRISED, Column.FACES),
    Lane.READ: (Column.READ, Column.CLASS),
    Lane.TURNED_AWAY: (Column.TURNED, Column.CAMERAS),
    Lane.NO_FACE: (Column.NO_FACE, Column.CAMERAS),
    Lane.CAMERAS: (Column.CAMERAS, Column.SEATS),
}


@dataclass(frozen=True, slots=True)
class Bands:
    """Rectangles in px. The parts with `None` are not shown."""

    names: QRectF  # rows of the names of moments
    up: QRectF  # from no face at its lower edge to all
    down: QRectF | None  # from no face at its upper edge to half
    up_title: QRectF | None  # where words cannot stand beside the figures
    down_title: QRectF | None
    lanes: tuple[tuple[Lane, QRectF], ...]

    @property
    def figures(self) -> QRectF:
        """Smiling and the low group together."""
        return self.up.united(self.down) if self.down is not None else self.up

    def stripes(self, lanes: bool) -> tuple[QRectF, ...]:
        """What a gap or a line through the chart covers, with or without the lanes: no words stand there."""
        parts = [self.figures]
        if self.down is not None and self.down.top() > self.up.bottom() + 1:
            parts = [self.up, self.down]
        if lanes and self.lanes:
            parts.append(self.lanes[0][1].united(self.lanes[-1][1]))
        if len(parts) > 1 and self.down_title is None:
            parts = [parts[0].united(parts[-1])]
        return tuple(parts)

    def y_up(self, share: float) -> float:
        """Where a share of the faces stands, upwards."""
        return self.up.bottom() - share * self.up.height()

    def y_down(self, share: float) -> float:
        """Where it stands downwards."""
        down = self.down if self.down is not None else QRectF()
        return down.top() + 2 * share * down.height()


def bands(area: QRectF, lanes: Sequence[Lane], calm: bool, titled: bool, small: bool) -> Bands:
    """The bands in an area; `calm` leaves out the low group, `titled` has words above and below.

    `small` draws two charts, each below its title, rather than one whose halves share a line.
    """
    left, width = area.left(), area.width()
    rows = (area.height() >= px(_TWO_ROWS_FROM_PX)) + (area.height() >= px(_ONE_ROW_FROM_PX))
    row = row_px()
    names_px = row * rows + TICK_PX
    title_px = row if titled else 0
    lane_px = px(LANE_PX)
    lanes_px = len(lanes) * (lane_px + _LANE_GAP_PX) + (2 * _LANE_GAP_PX if lanes else 0)
    room = area.height() - names_px - lanes_px - title_px - (0 if calm else title_px)
    room -= row / 2 if titled and not calm else 0
    room = max(room - (_LANE_GAP_PX if small else 0), 24.0)
    up_px = room if calm else room * (1 - _LOW_PART)
    y = area.top()
    up_title = QRectF(left, y, width, title_px) if titled else None
    names = QRectF(left, y + title_px, width, names_px)
    up = QRectF(left, names.bottom(), width, up_px)
    y, down, down_title = up.bottom(), None, None
    if not calm:
        above = (title_px + row / 2 + _LANE_GAP_PX) if small else 0
        down = QRectF(left, y + above, width, room - up_px)
        if titled:
            down_title = QRectF(left, y + _LANE_GAP_PX if small else down.bottom() + row / 2, width, title_px)
        y = max(down.bottom(), down_title.bottom() if down_title else 0.0)
    y += 2 * _LANE_GAP_PX - 2
    placed = [
        (lane, QRectF(left, y + index * (lane_px + _LANE_GAP_PX), width, lane_px)) for index, lane in enumerate(lanes)
    ]
    return Bands(names, up, down, up_title, down_title, tuple(placed))
