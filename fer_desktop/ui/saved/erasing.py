"""Erases for good, after some seconds in which it can be undone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import Gone, SavedSession, SavedSessions
from fer_desktop.ui.toolkit.timers import single_shot_timer

UNDO_MS: Final = 8000


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be erased."""

    sessions: tuple[SavedSession, ...]
    marker: int | None = None  # of the one session: what that one says, and nothing else
    everything: bool = False  # with all backups

    def hides(self, session: SavedSession) -> bool:
        """Whether it is as good as gone."""
        return self.marker is None and session.key in {one.key for one in self.sessions}

    def hides_marker(self, session: SavedSession, number: int) -> bool:
        """Whether what that marker says is as good as gone."""
        return self.marker == number and session.key in {one.key for one in self.sessions}


class Erasing(QObject):
    """At most one thing waits to be erased; what comes after it makes it final."""

    changed = Signal()  # what can be undone, or what is being erased
    gone = Signal(object)  # Gone
    failed = Signal(str)  # what, and why
    over = Signal()  # nothing waits and nothing is being erased

    def __init__(self, saved: SavedSessions, parent: QObject | None = None, undo_ms: int = UNDO_MS) -> None:
        super().__init__(parent)
        self._saved = saved
        self._waiting: Erasure | None = None
        self._going: list[Erasure] = []
        self._erased: list[Erasure] = []
        self._looking = self._hurries = False  # for a session by its file, and whether it cannot be undone then
        self._grace = single_shot_timer(self, undo_ms)
        self._grace.timeout.connect(self.finish)

    @property
    def waiting(self) -> Erasure | None:
        """What can still be undone."""
        return self._waiting

    @property
    def busy(self) -> bool:
        """Whether anything is still to be erased."""
        return self._waiting is not None or bool(self._going) or self._looking

    def hides(self, session: SavedSession) -> bool:
        """Whether a session is not to be shown any more."""
        return any(one.hides(session) for one in self._all())

    def is_gone(self, session: SavedSession) -> bool:
        """Whether a session is erased for good."""
        return any(one.hides(session) for one in self._erased)

    def hides_marker(self, session: SavedSession, number: int) -> bool:
        """Whether what a marker says is not to be shown any more."""
        return any(one.hides_marker(session, number) for one in self._all())

    def ask(self, erasure: Erasure) -> None:
        """Erases that, unless it is undone in time; what waited before is final now."""
        self.finish()
        self._waiting = erasure
        self._grace.start()
        self.changed.emit()

    def ask_of_file(self, file: Path) -> None:
        """The same of the session that is kept in that file and is over."""
        self._looking = True
        run_job(lambda: self._saved.of_file(file), self._on_found, self._on_not_found, self)

    def _on_found(self, session: SavedSession | None) -> None:
        hurries, self._looking, self._hurries = self._hurries, False, False
        if session is not None:
            self.ask(Erasure((session,)))
            if hurries:
                self.finish()
        else:
            self._tell_over()

    def _on_not_found(self, sentence: str) -> None:
        self._looking = self._hurries = False
        self.failed.emit(self.tr("The lesson could not be erased. {reason}").format(reason=sentence))
        self._tell_over()

    def undo(self) -> None:
        """All stays as it was."""
        self._grace.stop()
        self._waiting = None
        self.changed.emit()
        self._tell_over()

    def finish(self) -> None:
        """What waits is erased now."""
        self._grace.stop()
        self._hurries = self._looking
        erasure, self._waiting = self._waiting, None
        if erasure is None:
            return
        self._going.append(erasure)
        if len(self._going) == 1:
            self._erase_next()
        self.changed.emit()

    def _erase_next(self) -> None:
        erasure = self._going[0]
        run_job(lambda: _erase(self._saved, erasure), self._on_gone, self._on_failed, self)

    def _on_gone(self, gone: Gone) -> None:
        self._erased.append(self._going[0])
        self._go_on()
        self.gone.emit(gone)
        self._tell_over()

    def _on_failed(self, sentence: str) -> None:
        erasure = self._going[0]
        self._go_on()
        self.failed.emit(self._failure(erasure).format(reason=sentence))
        self._tell_over()

    def _failure(self, erasure: Erasure) -> str:
        if erasure.everything or len(erasure.sessions) > 1:
            return self.tr("The lessons could not be erased. {reason}")
        if erasure.marker is not None:
            return self.tr("What the marker says could not be erased. {reason}")
        text = self.tr("“{name}” could not be erased. {reason}")
        return text.replace("{name}", name_of(erasure.sessions[0]).replace("{", "{{").replace("}", "}}"))

    def _go_on(self) -> None:
        self._going.pop(0)
        if self._going:
            self._erase_next()
        self.changed.emit()

    def _tell_over(self) -> None:
        if not self.busy:
            self.over.emit()

    def _all(self) -> list[Erasure]:
        return [*self._erased, *self._going, *([self._waiting] if self._waiting is not None else [])]


def _erase(saved: SavedSessions, erasure: Erasure) -> Gone:
    if erasure.everything:
        return saved.erase_everything()
    if erasure.marker is not None:
        return saved.erase_marker_text(erasure.sessions[0], erasure.marker)
    return saved.erase(erasure.sessions)
