"""Which of two windows of the program records: the first, and the next one once that is gone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.toolkit.timers import repeating_timer

_LOOK_MS: Final = 1000


class RecordingTurn(QObject):
    """Says in the window's title where it does not record, and takes over as soon as it can."""

    taken = Signal()  # this window records from now on

    def __init__(self, services: Services, is_settled: Callable[[], bool], window: QWidget) -> None:
        """`is_settled`: not where it is just being decided whether a session is kept."""
        super().__init__(window)
        self._services, self._is_settled, self._window = services, is_settled, window
        self._looking = repeating_timer(self, _LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._show_title()

    def wait(self) -> None:
        """Looks from now on whether the other window is gone."""
        self._looking.start()

    def take_if_free(self) -> None:
        """Records from now on, where nobody else does."""
        if not self._services.records and self._services.record_if_free():
            self._looking.stop()
            self._show_title()
            self.taken.emit()

    def _look(self) -> None:
        if self._is_settled():
            self.take_if_free()

    def _show_title(self) -> None:
        # The system puts the program's name behind a title that it is not the whole of.
        app = QApplication.instance()
        name = "FER Desktop" if self._services.records else self.tr("FER Desktop (not recording)")
        if isinstance(app, QApplication):
            app.setApplicationDisplayName(name)
        self._window.setWindowTitle(name)
