"""In the settings: what was answered before anything was captured, and the log of it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.core.consent import ConsentLog
from fer_desktop.core.messages import Message
from fer_desktop.core.settings.catalogue import setting_named
from fer_desktop.core.settings.description import Choice
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.times import day_words, time_words
from fer_desktop.ui.look.words import in_sentences, told
from fer_desktop.ui.toolkit.plain import PlainLabel


class AnswersLine(QWidget):
    """The answers, how often any were accepted, a copy of the log."""

    change_wanted = Signal()

    def __init__(self, services: Services, settings: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._settings = services, settings
        self.given, self.log = PlainLabel(), PlainLabel()
        self.change = QPushButton(self.tr("Change answers"))
        self.save_copy = QPushButton(self.tr("Save a copy…"))
        self.save_copy.setEnabled(False)
        self.save_copy.setAccessibleDescription(self.tr("Of the log of your answers"))
        for label in (self.given, self.log):
            label.setWordWrap(True)
        set_role(self.log, "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.change, self.save_copy):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.given)
        column.addWidget(self.log)
        column.addLayout(buttons)
        self.change.clicked.connect(self.change_wanted)
        self.save_copy.clicked.connect(self._ask_where)
        settings.changed.connect(self._look)
        self._look()

    def save_to(self, path: Path) -> None:
        """Writes a copy of the log there, and says so."""
        saved = self.tr("A copy is saved to {path}").format(path=path)
        run_job(lambda: self._services.save_consent_log(path), lambda _: self._say(saved), self._say_problem, self)

    def _look(self) -> None:
        settings = self._settings.current
        if settings.use_is_settled:
            answers = [self._word("jurisdiction"), self._word("context")]
            self.given.setText(" · ".join(answers))
        else:
            self.given.setText(self.tr("Nothing is answered yet: no class, camera or recording is opened before."))
        run_job(self._services.consent_log, self._tell_log, self._say_problem, self)

    def _word(self, name: str) -> str:
        widget = setting_named(name).info.widget
        assert isinstance(widget, Choice)
        return told(Message(widget.words[getattr(self._settings.current, name)]))

    def _tell_log(self, log: ConsentLog) -> None:
        sentences = []
        if not log.entries:
            sentences.append(self.tr("The log of your answers is empty"))
        elif len(log.entries) == 1:
            sentences.append(self.tr("The log of your answers has one entry"))
        else:
            sentences.append(self.tr("The log of your answers has %n entries", None, len(log.entries)))
        if log.entries:
            last = log.entries[-1].time.astimezone()
            words = self.tr("The last is of {day}, {time}").format(day=day_words(last.date()), time=time_words(last))
            sentences.append(words)
        if log.damaged == 1:
            sentences.append(self.tr("One line is damaged and cannot be read; it is kept as it is"))
        elif log.damaged:
            sentences.append(self.tr("%n lines are damaged and cannot be read; they are kept", None, log.damaged))
        self._say(self.tr("{sentences}.").format(sentences=in_sentences(sentences)))
        self.save_copy.setEnabled(bool(log.entries or log.damaged))

    def _ask_where(self) -> None:
        title, kind = self.tr("Save a copy of the log"), self.tr("JSON lines (*.jsonl)")
        file, _ = QFileDialog.getSaveFileName(self, title, "consent.jsonl", kind)
        if file:
            self.save_to(Path(file))

    def _say(self, sentence: str) -> None:
        set_role(self.log, "muted")
        self.log.setText(sentence)

    def _say_problem(self, sentence: str) -> None:
        set_role(self.log, "error")
        self.log.setText(sentence)
