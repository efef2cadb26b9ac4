"""Leaving out whoever is clicked, and bringing them back: with the pointer, the keys, a menu."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from fer_desktop.core.seats.exclusion import LeftOut
from fer_desktop.core.types import FloatArray
from fer_desktop.ui.live.hit_test import Spot, neighbour, spot_at, spot_of
from fer_desktop.ui.live.seat_painting import paint_pointed_at

_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SWITCHES: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAVE_OUT, BRING_BACK, THIS_IS_ME, EVERYBODY = "Leave out", "Bring back", "This is me", "Bring everybody back"


class SeatChooser(QWidget):
    """A picture with spots in it. Which of them are left out is told to it; what is wanted, it tells."""

    left_out_wanted = Signal(object)  # LeftOut

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spots: tuple[Spot, ...] = ()
        self._left_out = LeftOut()  # of the scene that is shown
        self._pointer: QPointF | None = None
        self._hovered: Spot | None = None
        self._pressed: int | None = None
        self._cursor: int | None = None  # a seat; moved by keys
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def where(self) -> tuple[QRectF, float] | None:
        """Where the picture lies, and painted px over the frame's; None while nothing can be chosen in it."""
        return None

    def offer(self, spots: tuple[Spot, ...], left_out: LeftOut) -> None:
        """What can be chosen from now on, and what is left out of it."""
        self._spots, self._left_out = spots, left_out
        self.point_again()

    @property
    def cursor_spot(self) -> Spot | None:
        """What the keys act on."""
        return spot_of(self._spots, self._cursor) if self.where() is not None else None

    @property
    def choice_words(self) -> str:
        """What the keys act on, and what they do to it; empty where there is nothing."""
        spot = self.cursor_spot
        if spot is None:
            return ""
        camera = "" if spot.camera_on else ", camera off"
        if spot.seat == self._left_out.you:
            return f"{spot.name}{camera}, you, left out; Space brings it back"
        if spot.seat in self._left_out.seats:
            return f"{spot.name}{camera}, left out; Space brings it back"
        return f"{spot.name}{camera}; Space leaves it out"

    def chosen_changed(self) -> None:
        """Called when the keys have moved on."""

    def paint_choice(self, painter: QPainter) -> None:
        """Paints what is pointed at, with the pointer or by keys."""
        cursor = self.cursor_spot if self.hasFocus() else None
        if self._hovered is not None and (cursor is None or cursor.seat != self._hovered.seat):
            paint_pointed_at(painter, self._painted(self._hovered.xyxy), by_keys=False)
        if cursor is not None:
            paint_pointed_at(painter, self._painted(cursor.xyxy), by_keys=True)

    def spot_under(self, position: QPointF) -> Spot | None:
        """What is there, px of the widget."""
        where = self.where()
        if where is None:
            return None
        place, scale = where
        return spot_at(self._spots, (position.x() - place.left()) / scale, (position.y() - place.top()) / scale)

    def _painted(self, xyxy: FloatArray) -> QRectF:
        place, scale = self.where() or (QRectF(), 1.0)
        x0, y0, x1, y1 = (float(edge) * scale for edge in xyxy)
        return QRectF(x0, y0, x1 - x0, y1 - y0).translated(place.topLeft())

    def point_again(self) -> None:
        """Looks what is under the pointer now: the picture moves too."""
        before = self._hovered
        self._hovered = None if self._pointer is None else self.spot_under(self._pointer)
        if (before is None) != (self._hovered is None):
            shape = Qt.CursorShape.ArrowCursor if self._hovered is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
        if before is not self._hovered:
            self.update()

    def _switch(self, seat: int) -> None:
        self.left_out_wanted.emit(self._left_out.switched(seat))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what a click would act on."""
        self._pointer = event.position()
        self.point_again()

    def leaveEvent(self, event: QEvent) -> None:
        """Shows nothing of the kind."""
        self._pointer = None
        self.point_again()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Waits for the release: a press that is carried elsewhere means nothing."""
        spot = self.spot_under(event.position())
        self._pressed = spot.seat if spot is not None and event.button() is Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leaves out, or brings back."""
        spot, pressed = self.spot_under(event.position()), self._pressed
        self._pressed = None
        if event.button() is Qt.MouseButton.LeftButton and spot is not None and spot.seat == pressed:
            self._switch(spot.seat)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move on, Space and Enter leave out or bring back, Escape lets go of it."""
        key, spot = Qt.Key(event.key()), self.cursor_spot
        if key in _STEPS and self.where() is not None and self._spots:
            self._move(neighbour(self._spots, self._cursor, _STEPS[key]))
        elif key in _SWITCHES and spot is not None:
            if not event.isAutoRepeat():
                self._switch(spot.seat)
        elif key == Qt.Key.Key_Escape and spot is not None:
            self._move(None)
        else:
            # Space pauses then, as everywhere in the window.
            super().keyPressEvent(event)

    def _move(self, spot: Spot | None) -> None:
        self._cursor = None if spot is None else spot.seat
        self.chosen_changed()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows what the keys act on."""
        super().focusInEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers what can be done with what is there."""
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        spot = self.cursor_spot if by_keys else self.spot_under(QPointF(event.pos()))
        if self.where() is None or (spot is None and not self._left_out.seats):
            super().contextMenuEvent(event)
            return
        at = event.globalPos()
        if by_keys and spot is not None:
            at = self.mapToGlobal(self._painted(spot.xyxy).center().toPoint())
        self._open_menu(spot, at)

    def _open_menu(self, spot: Spot | None, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if spot is not None:
            seat = spot.seat
            words = BRING_BACK if seat in self._left_out.seats else LEAVE_OUT
            menu.addAction(words).triggered.connect(lambda: self._switch(seat))
            me = menu.addAction(THIS_IS_ME)
            me.setCheckable(True)
            me.setChecked(seat == self._left_out.you)
            me.triggered.connect(lambda on: self._be(seat, on))
            menu.addSeparator()
        everybody = menu.addAction(EVERYBODY)
        everybody.setEnabled(bool(self._left_out.seats))
        everybody.triggered.connect(lambda: self.left_out_wanted.emit(LeftOut(scene=self._left_out.scene)))
        menu.popup(at)

    def _be(self, seat: int, on: bool) -> None:
        if on:
            self.left_out_wanted.emit(self._left_out.with_you(seat))
        else:
            self._switch(seat)
