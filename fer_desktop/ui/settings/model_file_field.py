"""The field for a network of the user's own: checked at once, described by the user where it does not do it itself."""

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import expression_word
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import single_shot_timer
from fer_desktop.ui.widgets.fields import ComboBox
from fer_desktop.ui.widgets.file_field import FileField

SUFFIXES: Final = (".tflite", ".keras")
_TYPING_MS: Final = 400
_OTHER: Final = "other"


class Verdict(Enum):
    """What is known of the file in the field."""

    FITS = auto()
    CHECKING = auto()
    UNDESCRIBED = auto()
    REFUSED = auto()


class ModelFileField(QWidget):
    """A file, what is known of it, and a small form where its meaning must be asked."""

    settled = Signal()  # the verdict has changed and is not "checking"

    def __init__(self, services: Services, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._verdict, self._asked = Verdict.FITS, 0
        self.file = FileField(self.tr("Own network"), self.tr("Networks (*.tflite *.keras)"), placeholder)
        self.order, self.channels, self.range = ComboBox(), ComboBox(), ComboBox()
        self._fill()
        # The longest entry would make the dialog twice as wide.
        self.order.setMinimumContentsLength(16)
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.own_order = QLineEdit()
        self.own_order.setPlaceholderText(f"{_in_words(EXPRESSIONS[:3])}, …")
        self.own_order.setAccessibleName(self.tr("Order of the classes"))
        self._says = PlainLabel()
        self._says.setWordWrap(True)
        self._form = QWidget()
        self._lay_out()
        self._typing = single_shot_timer(self, _TYPING_MS)
        self._typing.timeout.connect(self._look)
        self.file.changed.connect(self._on_changed)
        self.order.currentIndexChanged.connect(self._on_order)
        self._on_order()

    def _fill(self) -> None:
        """The answers of the form."""
        fer2013, alphabet = self.tr("FER-2013's: {classes}"), self.tr("By alphabet, as Keras sorts folders: {classes}")
        by_alphabet = sorted(EXPRESSIONS)
        self.order.addItem(self.tr("Please choose"), "")
        self.order.addItem(fer2013.format(classes=_in_words(EXPRESSIONS)), ",".join(EXPRESSIONS))
        self.order.addItem(alphabet.format(classes=_in_words(by_alphabet)), ",".join(by_alphabet))
        self.order.addItem(self.tr("Another order"), _OTHER)
        self.channels.addItem(self.tr("Please choose"), 0)
        self.channels.addItem(self.tr("Grey"), 1)
        self.channels.addItem(self.tr("Colour (RGB)"), 3)
        self.range.addItem(self.tr("Please choose"), ())
        self.range.addItem(self.tr("0 and 255"), (0.0, 255.0))
        self.range.addItem(self.tr("0 and 1"), (0.0, 1.0))
        self.range.addItem(self.tr("−1 and 1"), (-1.0, 1.0))

    def _lay_out(self) -> None:
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(SPACE)
        for words, box in (
            (self.tr("Its classes, in order"), self.order),
            (self.tr("It sees faces in"), self.channels),
            (self.tr("Black and white are"), self.range),
        ):
            form.addRow(words, box)
            box.setAccessibleName(words)
        form.insertRow(1, "", self.own_order)
        self._rows = form
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.file)
        column.addWidget(self._says)
        column.addWidget(self._form)
        self._form.hide()
        self._says.hide()

    @property
    def verdict(self) -> Verdict:
        """What is known of the file."""
        return self._verdict

    @property
    def says(self) -> str:
        """The sentence under the file; empty where there is nothing to say."""
        return self._says.text()

    @property
    def asks(self) -> bool:
        """Whether the form for order and input is shown."""
        return not self._form.isHidden()

    def set_trusted(self, path: str) -> None:
        """Puts in a file that is in use already."""
        self.file.set_text(path)
        self._typing.stop()
        self._form.hide()
        self._settle(Verdict.FITS, "")

    def describe(self) -> None:
        """Writes what the form says beside the file and checks both; `settled` follows."""
        classes, channels, ends = self._classes(), int(self.channels.currentData()), tuple(self.range.currentData())
        if classes is None:
            self._ask(self.tr("Say in which order the network gives the seven classes, each once."))
        elif not channels:
            self._ask(self.tr("Say whether the network sees faces in grey or in colour."))
        elif len(ends) != 2:
            self._ask(self.tr("Say which numbers the network takes for black and for white."))
        else:
            path = Path(self.file.text())
            self._begin(Job(lambda: _describe(self._services, path, classes, channels, ends)))

    def _classes(self) -> list[str] | None:
        chosen = str(self.order.currentData())
        words = self.own_order.text() if chosen == _OTHER else chosen
        known = {_word(name).lower(): name for name in EXPRESSIONS}
        said = [word.strip().lower() for word in words.split(",") if word.strip()]
        classes = [known.get(word, word) for word in said]  # in the user's language, or as data sets name them
        return classes if sorted(classes) == sorted(EXPRESSIONS) else None

    def _on_order(self) -> None:
        self._rows.setRowVisible(1, self.order.currentData() == _OTHER)

    def _on_changed(self) -> None:
        self._form.hide()
        self._asked += 1  # answers about the file before are late
        if self.file.text():
            self._verdict = Verdict.CHECKING
            self._typing.start()
        else:
            self._typing.stop()
            self._settle(Verdict.FITS, "")

    def _look(self) -> None:
        path = Path(self.file.text())
        self._begin(Job(lambda: _look(self._services, path)))

    def _begin(self, job: Job) -> None:
        self._asked += 1
        self._verdict = Verdict.CHECKING
        self._say(self.tr("Reading the network"), "muted")
        job.setProperty("asked", self._asked)
        job.done.connect(self._on_looked)
        job.failed.connect(self._on_refused)
        job.begin()

    def _is_late(self) -> bool:
        return bool(self.sender().property("asked") != self._asked)

    def _on_looked(self, described: bool) -> None:
        if self._is_late():
            return
        if described:
            self._form.hide()
            self._settle(Verdict.FITS, self.tr("This network fits."))
        else:
            self._form.show()
            self._ask(self.tr("This file does not say what its seven outputs mean. Please tell:"))

    def _on_refused(self, sentence: str) -> None:
        if not self._is_late():
            self._settle(Verdict.REFUSED, sentence)

    def _ask(self, sentence: str) -> None:
        self._settle(Verdict.UNDESCRIBED, sentence)

    def _settle(self, verdict: Verdict, sentence: str) -> None:
        self._verdict = verdict
        self._say(sentence, "error" if verdict is Verdict.REFUSED else "muted")
        self.settled.emit()

    def _say(self, sentence: str, role: str) -> None:
        self._says.setText(sentence)
        self._says.setVisible(bool(sentence))
        set_role(self._says, "error" if role == "error" else "muted")


def _word(expression: str) -> str:
    return expression_word(EXPRESSIONS.index(expression))


def _in_words(expressions: Sequence[str]) -> str:
    return ", ".join(map(_word, expressions))


def _look(services: Services, path: Path) -> bool:
    """Whether the network can be used; False where it must be described first. Raises ModelError."""
    if path.suffix.lower() in SUFFIXES and path.is_file() and not services.has_sidecar(path):
        return False
    services.check_model(path)
    return True


def _describe(
    services: Services, path: Path, classes: list[str], channels: int, value_range: tuple[float, float]
) -> bool:
    services.write_sidecar(path, classes, channels, value_range)
    services.check_model(path)
    return True
