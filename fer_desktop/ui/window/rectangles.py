"""Where a window may lie on a screen; rectangles alone, in logical pixels, frames included."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

from fer_desktop.ui.toolkit.screen_geometry import moved_within

BESIDE_PX: Final = 400  # that one column needs beside what is read, at the plain size of text


def clamped(frame: QRect, available: QRect) -> QRect:
    """The frame on that screen as a whole, as large as there is room for, and moved no further than needed.

    A frame of which nothing is on the screen is put into its middle.
    """
    size = frame.size().boundedTo(available.size())
    place = QRect(frame.topLeft(), size)
    if not frame.intersects(available):
        place.moveCenter(available.center())
    return moved_within(place, available)


def home_of(frame: QRect, screens: Sequence[QRect]) -> int:
    """Which of the screens shows most of the frame; the first where none shows any."""
    shares = [_area(frame.intersected(screen)) for screen in screens]
    return max(range(len(shares)), key=lambda index: (shares[index], -index))


def beside(target: QRect, frame: QRect, available: QRect, least_px: int = BESIDE_PX) -> QRect | None:
    """A place for the frame on the target's screen that covers none of the target; None where too little is left.

    `least_px` is what one column needs, either way.
    A frame that covers nothing of it stays. Otherwise it goes to the side with the most room, right before left, else
    below or above, as large as it is where that fits.
    """
    if not frame.intersects(target) and available.contains(frame):
        return frame
    seen = target.intersected(available)
    right, left, below, above = _rooms(seen, available)
    for rooms in ((right, left), (below, above)):
        room = max(rooms, key=_narrow)
        if _narrow(room) >= least_px:
            return _in_room(room, seen, frame.size())
    return None


def clear_of(target: QRect, wanted: QRect, available: QRect, least: QSize) -> QRect:
    """Where a window goes that wants to lie at `wanted` and is to leave the target free, on its screen as a whole.

    It stays where it covers nothing of the target. Otherwise it goes to the room beside it that it fits into, made as
    small as `least` where need be, of several to the nearest. Only where none is wide enough it lies over the target,
    over as little of it as its size allows.
    """
    place = clamped(wanted, available)
    if not place.intersects(target):
        return place
    fitting = [room for room in _rooms(target.intersected(available), available) if _holds(room, least)]
    if fitting:
        places = [clamped(moved_within(place, room), room) for room in fitting]
        return min(places, key=lambda one: (_area(place) - _area(one), _distance(one, place)))
    columns = (place.left(), available.left(), available.right() + 1 - place.width())
    rows = (place.top(), available.top(), available.bottom() + 1 - place.height())
    places = [QRect(QPoint(x, y), place.size()) for x in columns for y in rows]
    return min(places, key=lambda one: (_area(one.intersected(target)), _distance(one, place)))


def _rooms(target: QRect, available: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """What is left of a screen right of the target, left of it, below and above."""
    return (
        QRect(target.right() + 1, available.top(), available.right() - target.right(), available.height()),
        QRect(available.left(), available.top(), target.left() - available.left(), available.height()),
        QRect(available.left(), target.bottom() + 1, available.width(), available.bottom() - target.bottom()),
        QRect(available.left(), available.top(), available.width(), target.top() - available.top()),
    )


def _holds(room: QRect, size: QSize) -> bool:
    return room.width() >= size.width() and room.height() >= size.height()


def _distance(one: QRect, other: QRect) -> int:
    return (one.center() - other.center()).manhattanLength()


def _in_room(room: QRect, target: QRect, size: QSize) -> QRect:
    """A frame of that size, or as large as fits, at the edge of the room that touches the target."""
    place = QRect(room.topLeft(), size.boundedTo(room.size()))
    if room.right() < target.left():
        place.moveRight(room.right())
    elif room.bottom() < target.top():
        place.moveBottom(room.bottom())
    if room.left() > target.right() or room.right() < target.left():
        place.moveTop(target.top())
    else:
        place.moveLeft(target.left())
    return moved_within(place, room)


def _narrow(room: QRect) -> int:
    return min(room.width(), room.height())


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
