"""Dialogs open beside what is read, not over it: what they lie over is not read."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QChildEvent, QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from fer_desktop.ui.window.rectangles import clear_of

_SETTLE_MS: Final = 150  # until a dialog has the size that it takes as it is shown, and the desktop has framed it


class OwnDialogs(QObject):
    """Gives the dialogs of a window their place each time that they open: over the window, and clear of the call."""

    def __init__(self, window: QWidget, target: Callable[[], QRect | None]) -> None:
        """`target`: what is read now, in logical pixels; None: nothing of the screen."""
        super().__init__(window)
        self._window, self._target = window, target
        window.installEventFilter(self)

    def watch(self, dialog: QWidget) -> None:
        """Places that window too, which is no child of the main one."""
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows dialogs from before they are shown, and those that they open themselves."""
        if isinstance(event, QChildEvent) and event.type() is QEvent.Type.ChildPolished:
            child = event.child()
            if isinstance(child, QDialog):
                child.installEventFilter(self)
        elif isinstance(watched, QWidget) and watched is not self._window and _opens(event):
            self._place(watched)
            QTimer.singleShot(_SETTLE_MS, watched, lambda: self._settle(watched))
        return super().eventFilter(watched, event)

    def _place(self, dialog: QWidget) -> None:
        """Before it is shown: over the window, as large as it is going to be."""
        frame = self._window.frameGeometry().size() - self._window.size()
        wanted = QRect(dialog.pos(), dialog.size().expandedTo(dialog.sizeHint()) + frame)
        if dialog.parent() is not None:
            wanted.moveCenter(self._window.frameGeometry().center())
        self._put(dialog, wanted, frame)

    def _settle(self, dialog: QWidget) -> None:
        if dialog.isVisible():
            wanted = dialog.frameGeometry()
            self._put(dialog, wanted, wanted.size() - dialog.size())

    def _put(self, dialog: QWidget, wanted: QRect, frame: QSize) -> None:
        target = self._target()
        if target is None or dialog.isFullScreen() or dialog.isMaximized():
            return
        least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize()) + frame
        place = clear_of(target, wanted, dialog.screen().availableGeometry(), least)
        if place != dialog.frameGeometry():
            dialog.resize(place.size() - frame)
            dialog.move(place.topLeft())


def _opens(event: QEvent) -> bool:
    return event.type() is QEvent.Type.Show and not event.spontaneous()
