"""Plays a stored lesson: at the chosen moment its model tells what a live session told then."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from fer_desktop.core.glance.types import Glance
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.lesson.content import LessonContent
from fer_desktop.ui.toolkit.timers import repeating_timer

SPEEDS: Final = (1, 8, 60)  # seconds of the lesson a second
_TICK_MS: Final = 100


class LessonPlayer(QObject):
    """The moment of a lesson that is shown; None: the lesson as a whole."""

    moved = Signal(object)  # float | None: the moment, in seconds
    playing_changed = Signal(bool)

    def __init__(self, content: LessonContent, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content, self._model = content, model
        self._told: Glance | None = None
        self.speed: int = SPEEDS[0]
        self.position_s: float | None = None
        self._since = QElapsedTimer()
        self._tick = repeating_timer(self, _TICK_MS)
        self._tick.timeout.connect(lambda: self.advance(self._since.restart() / 1000))

    @property
    def playing(self) -> bool:
        """Whether time goes on."""
        return self._tick.isActive()

    def play(self) -> None:
        """Goes on from the chosen moment; from the start where there is none, or at the end."""
        if self.playing or not self._content.length_s:
            return
        if self.position_s is None or self.position_s >= self._content.length_s:
            self.seek(0.0)
        self._since.start()
        self._tick.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stays at the moment."""
        if self.playing:
            self._tick.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Plays, or pauses."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, elapsed_s: float | None) -> None:
        """Goes to that moment of the lesson; None: to the lesson as a whole, where nothing plays."""
        if elapsed_s is None:
            self.pause()
            self._told = None
        else:
            elapsed_s = min(max(elapsed_s, 0.0), self._content.length_s)
        self.position_s = elapsed_s
        self.moved.emit(elapsed_s)
        self._tell()

    def advance(self, real_s: float) -> None:
        """So much time has gone by outside of the lesson."""
        if self.position_s is None:
            return
        self.seek(self.position_s + real_s * self.speed)
        if self.position_s >= self._content.length_s:
            self.pause()

    def _tell(self) -> None:
        """The glance of the moment, once."""
        if self.position_s is None:
            return
        glance = self._content.glance_at(self.position_s)
        if glance != self._told:
            self._told = glance
            self._model.feed(glance)
