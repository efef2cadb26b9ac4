"""The foot of a dialog that does slow work: how far it is, what came of it, and where the files are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.exporting.progress import Progress, Stopped, stoppable
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.toolkit.open_folder import open_folder
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import repeating_timer
from fer_desktop.ui.widgets.message_bar import Kind, MessageBar

_LOOK_MS: Final = 100
_STEPS: Final = 1000


class WorkArea(QWidget):
    """One piece of work at a time."""

    running_changed = Signal(bool)
    told = Signal(str)  # Kind: something is said

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = MessageBar()
        self._words, self.progress_bar = PlainLabel(), QProgressBar()
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setAutoDefault(False)
        self.progress_bar.setRange(0, _STEPS)
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setAccessibleName(self.tr("How much is done"))
        set_role(self._words, "muted")
        self._progress: Progress | None = None
        self._looking = repeating_timer(self, _LOOK_MS)
        self._looking.timeout.connect(self._look)
        self.stop.clicked.connect(self.ask_stop)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._words)
        row.addWidget(self.progress_bar, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        column.addWidget(self.bar)
        self._row.hide()

    @property
    def running(self) -> bool:
        """Whether work goes on."""
        return self._progress is not None

    def run(self, words: str, work: Callable[[Progress], object], then: Callable[[Any], object]) -> None:
        """Does slow work; what it comes to is handed on, or told as what went wrong."""
        self._progress = progress = Progress()
        self.bar.clear()
        self._words.setText(words)
        self.progress_bar.setValue(0)
        self.stop.setEnabled(True)
        self._row.show()
        self._looking.start()
        self.running_changed.emit(True)

        def done(outcome: object) -> None:
            self._end()
            if isinstance(outcome, Stopped):
                self.tell("note", self.tr("Stopped: nothing was changed."))
            else:
                then(outcome)

        def failed(sentence: str) -> None:
            self._end()
            self.tell("problem", sentence)

        run_job(stoppable(work, progress), done, failed, self)

    def ask_stop(self) -> None:
        """Ends it as soon as what is being written is whole."""
        if self._progress is not None:
            self._progress.stopped = True
            self.stop.setEnabled(False)
            self._words.setText(self.tr("Stopping…"))

    def tell(self, kind: Kind, words: str, folder: Path | None = None) -> None:
        """Says what came of it, and shows where the files are."""
        actions = [(self.tr("Open folder"), lambda: self._open(folder))] if folder is not None else []
        self.bar.tell(kind, words, actions, closable=False)
        self.told.emit(kind)

    def _open(self, folder: Path) -> None:
        sentence = self.tr("No program here can show a folder. It is {folder}").format(folder=folder)
        open_folder(folder, lambda: self.bar.tell("note", sentence, closable=False), self)

    def _look(self) -> None:
        if self._progress is not None:
            self.progress_bar.setValue(round(_STEPS * self._progress.part))

    def _end(self) -> None:
        self._progress = None
        self._looking.stop()
        self._row.hide()
        self.running_changed.emit(False)
