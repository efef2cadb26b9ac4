"""Files and folders that are dropped on a window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets a file or folder be dropped on the window while `allowed` says so; of several the first is taken."""

    dropped = Signal(object)  # Path

    def __init__(self, window: QWidget, allowed: Callable[[], bool]) -> None:
        super().__init__(window)
        self._allowed = allowed
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes what comes in by drag and drop, and leaves all else to the window."""
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            path = _local_path(event)
            if path is not None and self._allowed():
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self.dropped.emit(path)
                return True
        return super().eventFilter(watched, event)


def _local_path(event: QDropEvent) -> Path | None:
    return next((Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()), None)
