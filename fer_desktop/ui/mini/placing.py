"""Where the strip lies on the screens; nothing here draws.

Rectangles are Qt's, in its own coordinates. A place is kept per set of screens: with the projector plugged in the strip
belongs elsewhere than without it.
"""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication

from fer_desktop.ui.toolkit.screen_geometry import moved_within

SNAP_PX: Final = 20  # an edge this near takes hold
EDGE_PX: Final = 8  # kept free beside the edge of a screen
_KEY: Final = "strip/place/{screens}"


def screens_key(screens: Sequence[tuple[QRect, float]]) -> str:
    """A name for this set of screens (geometry, pixels per unit), in whatever order they are told."""
    told = sorted(f"{g.x()},{g.y()},{g.width()}x{g.height()}@{ratio:g}" for g, ratio in screens)
    return re.sub(r"[^\w,@.;-]", "_", ";".join(told)).replace("/", "_")


def screens_now() -> str:
    """The name of the screens that are there."""
    return screens_key([(screen.geometry(), screen.devicePixelRatio()) for screen in QGuiApplication.screens()])


def available_now() -> list[QRect]:
    """Of each screen that is there what no bar of the desktop takes."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def first_place(size: QSize, available: QRect) -> QPoint:
    """Where it lies before it was ever moved: at the upper right, where slides have no title."""
    return QPoint(available.left() + available.width() - size.width() - EDGE_PX, available.top() + EDGE_PX)


def nearest_place(strip: QRect, available: Sequence[QRect]) -> QPoint:
    """The nearest place at which all of it is on one screen, or its upper left where that is too small."""
    if not available:
        return strip.topLeft()
    places = [moved_within(strip, screen).topLeft() for screen in available]
    return min(places, key=lambda place: (place - strip.topLeft()).manhattanLength())


def snapped(strip: QRect, available: Sequence[QRect]) -> QPoint:
    """The same place, or along the edges of its screen where these are near."""
    place = nearest_place(strip, available)
    inside = [screen for screen in available if screen.contains(QRect(place, strip.size()).center())]
    if not inside:
        return place
    screen = inside[0]
    x = _taken(place.x(), strip.width(), screen.left(), screen.left() + screen.width())
    y = _taken(place.y(), strip.height(), screen.top(), screen.top() + screen.height())
    return QPoint(x, y)


def _taken(start: int, length: int, first: int, end: int) -> int:
    if start - first < SNAP_PX:
        return first + EDGE_PX
    if end - (start + length) < SNAP_PX:
        return end - length - EDGE_PX
    return start


def remember(store: QSettings, screens: str, place: QPoint) -> None:
    """Keeps the place for that set of screens."""
    store.setValue(_KEY.format(screens=screens), f"{place.x()},{place.y()}")


def remembered(store: QSettings, screens: str) -> QPoint | None:
    """The place kept for that set of screens; None where there is none that can be read."""
    match = re.fullmatch(r"(-?\d{1,6}),(-?\d{1,6})", str(_joined(store.value(_KEY.format(screens=screens)))))
    return QPoint(int(match[1]), int(match[2])) if match is not None else None


def _joined(value: object) -> object:
    # An INI file gives what has a comma in it back as a list.
    return ",".join(map(str, value)) if isinstance(value, list) else value
