"""Qt's screens and the screen grabber's monitors, which count pixels differently."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen

from fer_desktop.core.sources import Region
from fer_desktop.ui.region.geometry import QtScreen, matched


def as_told_by_qt(screen: QScreen) -> QtScreen:
    """The screen's corner in device pixels, its size in logical ones."""
    shape = screen.geometry()
    return QtScreen(shape.x(), shape.y(), shape.width(), shape.height(), screen.devicePixelRatio())


def place_on_screens(
    region: Region, screens: Sequence[QScreen], monitors: Sequence[Region]
) -> tuple[QRect, QScreen] | None:
    """Where a region of the grabber's is in Qt's pixels, and the screen with most of it; None where it is on none."""
    most, found = 0, None
    for screen, monitor in zip(screens, matched([as_told_by_qt(one) for one in screens], monitors), strict=True):
        part = monitor.region.overlap(region) if monitor is not None else None
        if monitor is None or part is None or part.width * part.height <= most:
            continue
        most, corner, scale = part.width * part.height, screen.geometry().topLeft(), monitor.scale
        left = corner.x() + round((part.left - monitor.region.left) / scale)
        top = corner.y() + round((part.top - monitor.region.top) / scale)
        found = QRect(left, top, round(part.width / scale), round(part.height / scale)), screen
    return found
