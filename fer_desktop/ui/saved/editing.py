"""Changes what a stored lesson is called and which class it was of; each change can be undone for a while."""

import threading
from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal

from fer_desktop.core.errors import FerError
from fer_desktop.core.messages import Message
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedSession, SavedSessions
from fer_desktop.ui.look.source_names import stored_name
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.timers import single_shot_timer

UNDO_MS: Final = 8000
MOST_NAME: Final = 120  # characters, as many as the store keeps


class Field(StrEnum):
    """What can be changed."""

    NAME = "name"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one lesson."""

    lesson: SavedSession  # as it was before
    field: Field
    after: str

    @property
    def before(self) -> str:
        """What stood there."""
        return self.lesson.name if self.field is Field.NAME else self.lesson.class_name

    def of(self, lesson: SavedSession) -> SavedSession:
        """The lesson as it is with the change; any other as it is."""
        if lesson.key != self.lesson.key:
            return lesson
        if self.field is Field.NAME:
            return replace(lesson, name=self.after)
        return replace(lesson, class_name=self.after)


def value_of(lesson: SavedSession, field: Field) -> str:
    """What is shown of a lesson there."""
    return name_of(lesson) if field is Field.NAME else lesson.class_name


@dataclass(frozen=True, slots=True)
class _Written:
    edit: Edit
    failure: Message | None


class Editing(QObject):
    """Shows a change at once and writes it behind; one at a time can be undone, what comes after it makes it final."""

    changed = Signal()  # what lessons are called, or what can be undone
    written = Signal(object)  # Edit: the store has it
    failed = Signal(str)  # what, and why

    def __init__(self, saved: SavedSessions, parent: QObject | None = None, undo_ms: int = UNDO_MS) -> None:
        super().__init__(parent)
        self._saved = saved
        self._waiting: Edit | None = None
        self._unwritten: list[Edit] = []  # shown, and not in the store yet
        self._queue: deque[Edit] = deque()
        self._in_turn = threading.Lock()  # each has a thread of its own, and they are written as they were asked for
        self._grace = single_shot_timer(self, undo_ms)
        self._grace.timeout.connect(self.settle)

    @property
    def waiting(self) -> Edit | None:
        """What can still be undone."""
        return self._waiting

    def shown(self, lesson: SavedSession) -> SavedSession:
        """A lesson of the store with the changes that are on their way there."""
        for edit in self._unwritten:
            lesson = edit.of(lesson)
        return lesson

    def ask(self, lesson: SavedSession, field: Field, text: str) -> None:
        """Changes it, unless nothing is changed by it. A name without a letter is the source's again."""
        after = " ".join(text.split())[:MOST_NAME].strip()
        if field is Field.NAME and (not after or after == stored_name(lesson.source, lesson.is_demo)):
            after = lesson.source
        edit = Edit(lesson, field, after)
        if edit.after != edit.before:
            self._waiting = edit
            self._grace.start()
            self._write(edit)

    def undo(self) -> None:
        """All is as it was before the last change."""
        edit = self._waiting
        if edit is not None:
            self._grace.stop()
            self._waiting = None
            self._write(Edit(edit.of(edit.lesson), edit.field, edit.before))

    def settle(self) -> None:
        """Nothing can be undone any more."""
        self._grace.stop()
        if self._waiting is not None:
            self._waiting = None
            self.changed.emit()

    def _write(self, edit: Edit) -> None:
        self._unwritten.append(edit)
        self._queue.append(edit)
        run_job(self._write_next, self._on_written, self.failed.emit, self)
        self.changed.emit()

    def _write_next(self) -> _Written:
        with self._in_turn:
            edit = self._queue.popleft()
            write = self._saved.rename if edit.field is Field.NAME else self._saved.set_class
            try:
                write(edit.lesson, edit.after)
            except FerError as error:
                return _Written(edit, error.message)
        return _Written(edit, None)

    def _on_written(self, done: _Written) -> None:
        self._unwritten.remove(done.edit)
        if done.failure is None:
            self.written.emit(done.edit)
        else:
            if self._waiting is done.edit:
                self.settle()
            text = self.tr("“{name}” could not be changed. {reason}")
            self.failed.emit(text.format(name=name_of(done.edit.lesson), reason=told(done.failure)))
        self.changed.emit()
