"""Dialogs open beside what is read, not over it: what they lie over is not read."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QChildEvent, QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from fer_desktop.ui.window.rectangles import clear_of

_SETTLE_MS: Final = 0  # a dialog takes its size as it is shown, after its place was chosen


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
            self._place(watched, watched.size().expandedTo(watched.sizeHint()))
            QTimer.singleShot(_SETTLE_MS, watched, lambda: self._place(watched, watched.size()))
        return super().eventFilter(watched, event)

    def _place(self, dialog: QWidget, size: QSize) -> None:
        target = self._target()
        if target is None or dialog.isFullScreen() or dialog.isMaximized():
            return
        frame = (self._window.frameGeometry().size() - self._window.size()).expandedTo(QSize(0, 0))
        wanted = QRect(dialog.frameGeometry().topLeft(), size + frame)
        if dialog.parent() is not None:
            wanted.moveCenter(self._window.frameGeometry().center())
        least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize()) + frame
        place = clear_of(target, wanted, dialog.screen().availableGeometry(), least)
        if place != wanted or dialog.parent() is not None:
            dialog.resize(place.size() - frame)
            dialog.move(place.topLeft())


def _opens(event: QEvent) -> bool:
    return event.type() is QEvent.Type.Show and not event.spontaneous()
