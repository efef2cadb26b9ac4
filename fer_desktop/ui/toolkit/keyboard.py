"""Where the keyboard stops, and that it is seen there."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QScrollArea, QWidget

MINI_KEY: Final = "Ctrl+M"  # the mini strip's
_BESIDE_PX = 8  # that is seen round what has the keyboard


def key_words(key: str) -> str:
    """The key as the user's keyboard and language call it: "Strg+M"."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def enter_presses(event: QKeyEvent, window: QWidget) -> bool:
    """Whether Enter came to a button that does nothing with it, which is pressed then. Qt's own need Space."""
    button = window.focusWidget()
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
    if enter and isinstance(button, QAbstractButton) and button.isEnabled():
        button.click()
        return True
    return False


class FollowFocus(QObject):
    """Scrolls an area to what gets the keyboard in it; Qt does so only where the keyboard was in it before."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._holds(now):
            QTimer.singleShot(0, now, lambda: self._show(now))  # after Qt, which looks for a text cursor in pictures

    def _holds(self, widget: QWidget) -> bool:
        page = self._area.widget()
        return page is not None and page.isAncestorOf(widget)

    def _show(self, widget: QWidget) -> None:
        page, room = self._area.widget(), self._area.viewport().size()
        if page is None or not widget.hasFocus() or not self._holds(widget):
            return
        place = QRect(widget.mapTo(page, QPoint()), widget.size())
        wide, high = (min(a, b) // 2 for a, b in zip(room.toTuple(), place.size().toTuple(), strict=True))
        centre = place.center()
        self._area.ensureVisible(centre.x(), centre.y(), wide + _BESIDE_PX, high + _BESIDE_PX)
        if place.height() <= room.height():  # in the little room that there may be, halves of it miss a line
            beside = min(_BESIDE_PX, (room.height() - place.height()) // 2)
            bar, first = self._area.verticalScrollBar(), place.bottom() + 1 + beside - room.height()
            bar.setValue(min(max(bar.value(), first), place.top() - beside))


class OneStop(QObject):
    """Makes one stop of the buttons of which one is chosen: Tab lands on that one, and the arrows choose another."""

    def __init__(self, group: QButtonGroup) -> None:
        super().__init__(group)
        self._group = group
        group.buttonToggled.connect(lambda *_: self._fit())
        self._fit()

    def _fit(self) -> None:
        chosen: QAbstractButton | None = self._group.checkedButton()
        buttons = self._group.buttons()
        for button in buttons:
            stops = button is chosen or (chosen is None and button is buttons[0])
            click = button.focusPolicy() & Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(Qt.FocusPolicy(click | Qt.FocusPolicy.TabFocus) if stops else Qt.FocusPolicy(click))
