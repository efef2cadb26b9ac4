"""The reading of a dropped recording, from the drop to the lesson."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fer_desktop.core.sources import RecordingChoice
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.reading import ReadingOfRecording, ReadLesson
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import told
from fer_desktop.ui.reading.time_left import TimeLeft
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.timers import repeating_timer

if TYPE_CHECKING:
    from fer_desktop.ui.reading.page import ReadingPage

_LOOK_MS: Final = 250
_AT_ONCE: Final = 2000  # events: a reading that goes on tells quickly what it had read before


class Reading(QObject):
    """One at a time."""

    over = Signal()
    failed = Signal(str)  # one sentence
    home_wanted = Signal()

    def __init__(self, services: Services, show: Callable[[QWidget], object], parent: QObject) -> None:
        """`show`: puts a page into the window."""
        super().__init__(parent)
        self._services, self._show = services, show
        self._page: ReadingPage | None = None
        self._reading: ReadingOfRecording | None = None
        self._left = TimeLeft()
        self._timer = repeating_timer(self, _LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def page(self) -> "ReadingPage":
        """Its page; made when it is first asked for, since the chart takes a moment to load."""
        if self._page is None:
            from fer_desktop.ui.reading.page import ReadingPage

            self._page = ReadingPage()
            self._page.cancel_wanted.connect(self.cancel)
            self._page.home_wanted.connect(self.home_wanted)
            apply_icons(self._page)
        return self._page

    @property
    def busy(self) -> bool:
        """Whether a recording is being read."""
        return self._reading is not None

    def begin(self, choice: RecordingChoice) -> None:
        """Reads it in a thread of its own; nothing while another one is read."""
        if self._reading is not None:
            return
        self._reading = reading = ReadingOfRecording()
        self._left = TimeLeft()
        self.page.begin(choice.name)
        self._show(self.page)
        run_job(lambda: self._services.read_recording(choice, reading), self._on_read, self._on_failed, self)
        self._timer.start()

    def cancel(self) -> None:
        """Stops soon; what is read is kept, and the same recording goes on from there."""
        if self._reading is not None:
            self._reading.stop()
            self.page.cancel.setEnabled(False)

    def look(self) -> None:
        """Shows how far it is."""
        if self._reading is None:
            return
        self.page.append(self._reading.take(_AT_ONCE))
        done_s, of_s = self._reading.at
        if done_s > 0:
            self.page.show_progress(done_s, of_s, self._left.seconds(time.monotonic(), done_s, of_s))

    def _on_read(self, lesson: ReadLesson) -> None:
        self._finish()
        words = self._words(lesson)
        self.page.end(words)
        announce(self.page, words)
        self.over.emit()

    def _on_failed(self, sentence: str) -> None:
        self._finish()
        self.page.end(self.tr("It could not be read to its end."))
        self.failed.emit(sentence)
        self.over.emit()

    def _finish(self) -> None:
        while self._reading is not None and (rest := self._reading.take(_AT_ONCE)):
            self.page.append(rest)
        self.look()
        self._timer.stop()
        self._reading = None

    def _words(self, lesson: ReadLesson) -> str:
        if lesson.known:
            return self.tr("This recording is one of your lessons already.")
        if lesson.problem is not None:
            return told(lesson.problem)
        if lesson.stopped:
            words = self.tr("Stopped at {moment}. Drop the same recording once more to go on from there.")
            return words.format(moment=moment_words(lesson.end_s))
        return self.tr("All of it is read. It is one of your lessons now.")
