"""Leaving out whoever is clicked, and bringing them back: with the pointer, the keys, a menu."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import FloatArray
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, Include, IncludeEverybody
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.live.hit_test import HitTarget, neighbour, target_at, target_of
from fer_desktop.ui.live.seat_painting import paint_pointed_at
from fer_desktop.ui.look.words import listed

_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SWITCHES: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SeatSelection(QWidget):
    """A picture with targets in it. It is told which of them are left out, and says what the user wants."""

    exclusion_wanted = Signal(object)  # ExclusionCommand
    asking_changed = Signal(bool)  # whether the next click says which tile is the user's own

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: tuple[HitTarget, ...] = ()
        self._excluded = Exclusion()  # of the scene that is shown
        self._pointer: QPointF | None = None
        self._hovered: HitTarget | None = None
        self._pressed: int | None = None
        self._cursor: int | None = None  # a seat; moved by keys
        self._asks_me = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def where(self) -> FrameMapping | None:
        """Where the frame lies; None while nothing can be chosen in it."""
        return None

    def offer(self, targets: tuple[HitTarget, ...], excluded: Exclusion) -> None:
        """What can be chosen from now on, and what is left out of it."""
        self._targets, self._excluded = targets, excluded
        self.point_again()

    @property
    def asks_me(self) -> bool:
        """Whether the next click, or Space, says which tile is the user's own."""
        return self._asks_me

    def has_targets(self, least: int) -> bool:
        """Whether so many can be chosen from."""
        return self.where() is not None and len(self._targets) >= least

    def ask_me(self, on: bool = True, focus: bool = True) -> None:
        """Has the user click her own tile, as soon as there is a picture to click in; it is left out then.

        `focus`: whether the keyboard goes there, as where she wanted it.
        """
        if on != self._asks_me:
            self._asks_me = on
            self.chosen_changed()
            self.update()
            self.asking_changed.emit(on)
        if on and focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def cursor_target(self) -> HitTarget | None:
        """What the keys act on."""
        return target_of(self._targets, self._cursor) if self.where() is not None else None

    @property
    def choice_words(self) -> str:
        """What the keys act on, and what they do to it; empty where there is nothing."""
        target = self.cursor_target
        if target is None:
            return ""
        excluded = target.seat in self._excluded.seats
        known = [target.name]
        known += [] if target.camera_on else [self.tr("camera off")]
        known += [self.tr("you", "the user's own tile")] if target.seat == self._excluded.you else []
        known += [self.tr("left out")] if excluded else []
        if self._asks_me:
            return self.tr("{target}; Space says that this is you").format(target=listed(known))
        words = self.tr("{target}; Space brings it back") if excluded else self.tr("{target}; Space leaves it out")
        return words.format(target=listed(known))

    def chosen_changed(self) -> None:
        """Called when the keys have moved on."""

    def paint_choice(self, painter: QPainter) -> None:
        """Paints what is pointed at, with the pointer or by keys."""
        cursor = self.cursor_target if self.hasFocus() else None
        if self._hovered is not None and (cursor is None or cursor.seat != self._hovered.seat):
            paint_pointed_at(painter, self._painted(self._hovered.xyxy), by_keys=False)
        if cursor is not None:
            paint_pointed_at(painter, self._painted(cursor.xyxy), by_keys=True)

    def target_under(self, position: QPointF) -> HitTarget | None:
        """What is there, px of the widget."""
        mapping = self.where()
        return None if mapping is None else target_at(self._targets, *mapping.to_frame(position))

    def _painted(self, xyxy: FloatArray) -> QRectF:
        mapping = self.where()
        return QRectF() if mapping is None else mapping.to_widget(xyxy)

    def point_again(self) -> None:
        """Finds what is under the pointer now: the picture moves too."""
        before = self._hovered
        self._hovered = None if self._pointer is None else self.target_under(self._pointer)
        if (before is None) != (self._hovered is None):
            shape = Qt.CursorShape.ArrowCursor if self._hovered is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
        if before is not self._hovered:
            self.update()

    def _choose_target(self, seat: int) -> None:
        """A click or a key: an answer where it is asked who she is, else somebody who is left out or comes back."""
        if self._asks_me:
            self._be(seat, True)
        else:
            self._switch(seat)

    def _switch(self, seat: int) -> None:
        scene = self._excluded.scene
        out = seat in self._excluded.seats
        self.exclusion_wanted.emit(Include(seat, scene) if out else Exclude(seat, scene))

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
        target = self.target_under(event.position())
        self._pressed = target.seat if target is not None and event.button() is Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leaves out, or brings back."""
        target, pressed = self.target_under(event.position()), self._pressed
        self._pressed = None
        if event.button() is Qt.MouseButton.LeftButton and target is not None and target.seat == pressed:
            self._choose_target(target.seat)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move on, Space and Enter leave out or bring back, Escape lets go of it."""
        key, target = Qt.Key(event.key()), self.cursor_target
        if key in _STEPS and self.where() is not None and self._targets:
            self._move(neighbour(self._targets, self._cursor, _STEPS[key]))
        elif key in _SWITCHES and target is not None:
            if not event.isAutoRepeat():
                self._choose_target(target.seat)
        elif key == Qt.Key.Key_Escape and self._asks_me:
            self.ask_me(False)
        elif key == Qt.Key.Key_Escape and target is not None:
            self._move(None)
        else:
            # Space pauses then, as everywhere in the window.
            super().keyPressEvent(event)

    def _move(self, target: HitTarget | None) -> None:
        self._cursor = None if target is None else target.seat
        self.chosen_changed()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows what the keys act on."""
        super().focusInEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers what can be done with what is there."""
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        target = self.cursor_target if by_keys else self.target_under(QPointF(event.pos()))
        if self.where() is None or (target is None and not self._excluded.seats):
            super().contextMenuEvent(event)
            return
        at = event.globalPos()
        if by_keys and target is not None:
            at = self.mapToGlobal(self._painted(target.xyxy).center().toPoint())
        self._open_menu(target, at)

    def _open_menu(self, target: HitTarget | None, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if target is not None:
            seat = target.seat
            words = self.tr("Bring back") if seat in self._excluded.seats else self.tr("Leave out")
            menu.addAction(words).triggered.connect(lambda: self._switch(seat))
            me = menu.addAction(self.tr("This is me"))
            me.setCheckable(True)
            me.setChecked(seat == self._excluded.you)
            me.triggered.connect(lambda on: self._be(seat, on))
            menu.addSeparator()
        everybody = menu.addAction(self.tr("Bring everybody back"))
        everybody.setEnabled(bool(self._excluded.seats))
        everybody.triggered.connect(lambda: self.exclusion_wanted.emit(IncludeEverybody()))
        menu.popup(at)

    def _be(self, seat: int, on: bool) -> None:
        if on:
            self.ask_me(False)
            self.exclusion_wanted.emit(Exclude(seat, self._excluded.scene, own=True))
        else:
            self._switch(seat)
