"""How long the window's event loop did not turn."""

import time
from typing import Final

from PySide6.QtCore import QObject, Qt

from fer_desktop.ui.toolkit.timers import repeating_timer

_BEAT_MS: Final = 5


class StallMeter(QObject):
    """A beat in the window's thread; a stall is how late it came."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beat_s: float | None = None
        self.longest_s = 0.0
        self._beat = repeating_timer(self, _BEAT_MS)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)

    def start(self) -> None:
        """Counts from here on, and forgets what was before."""
        self._beat_s, self.longest_s = None, 0.0
        self._beat.start()

    def stop(self) -> None:
        """Counts no longer."""
        self._beat.stop()

    def _on_beat(self) -> None:
        now_s = time.monotonic()
        if self._beat_s is not None:
            self.longest_s = max(self.longest_s, now_s - self._beat_s - _BEAT_MS / 1000)
        self._beat_s = now_s
