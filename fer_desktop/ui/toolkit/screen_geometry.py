"""Where the program's own windows lie on the screen."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from fer_desktop.core.sources import Region

_ROOM_PX: Final = 64  # left round a dialog for its frame and the desktop's bars


def fit(dialog: QWidget) -> None:
    """Gives a dialog the size it hints at where the screen has room for it; Qt alone stops at two thirds."""
    room = dialog.screen().availableSize() - QSize(_ROOM_PX, _ROOM_PX)
    dialog.resize(dialog.sizeHint().boundedTo(room))


def moved_within(frame: QRect, room: QRect) -> QRect:
    """The frame moved no further than needed to lie within the room; at its upper left where that is too small."""
    x = max(room.left(), min(frame.left(), room.left() + room.width() - frame.width()))
    y = max(room.top(), min(frame.top(), room.top() + room.height() - frame.height()))
    return QRect(QPoint(x, y), frame.size())


def place_of(window: QWidget) -> Region:
    """Where the window lies with its frame, in device pixels as the screen grabber counts them."""
    frame, screen, ratio = window.frameGeometry(), window.screen().geometry(), window.devicePixelRatioF()
    # Qt gives a screen's corner in device pixels, and places on it in logical ones.
    left = screen.x() + (frame.x() - screen.x()) * ratio
    top = screen.y() + (frame.y() - screen.y()) * ratio
    return Region(round(left), round(top), round(frame.width() * ratio), round(frame.height() * ratio))


def covers(window: QWidget, region: Region) -> bool:
    """Whether the window lies over a part of the region, and so would be captured with it."""
    if not window.isVisible() or window.isMinimized():
        return False
    return place_of(window).overlap(region) is not None
