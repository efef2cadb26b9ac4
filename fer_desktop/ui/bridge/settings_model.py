"""The settings in force, for all of the window."""

import threading

from PySide6.QtCore import QObject, Signal

from fer_desktop.core.settings import Settings
from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import Services


class SettingsModel(QObject):
    """The one place where settings change: they are in force at once and on the disk a moment later."""

    changed = Signal(object)  # Settings: they are in force
    saved = Signal()
    not_saved = Signal(str)  # one sentence; they are in force all the same

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._writing = threading.Lock()

    @property
    def current(self) -> Settings:
        """The settings in force."""
        return self._services.settings()

    def put(self, settings: Settings) -> None:
        """Puts the settings in force and saves them; `changed` comes before it returns, then `saved` or `not_saved`."""
        self._services.use_settings(settings)
        self.changed.emit(settings)
        job = Job(lambda: self._write(settings))
        job.done.connect(self.saved)
        job.failed.connect(self.not_saved)
        job.begin()

    def _write(self, settings: Settings) -> None:
        with self._writing:
            if settings is self.current:  # else newer ones are on their way, and older ones must not come after them
                self._services.save_settings(settings)
