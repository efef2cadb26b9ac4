"""The page before the first live class: what the figures are not, what the law says, where and what the class is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Settings
from fer_desktop.core.settings.description import Choice, Switch
from fer_desktop.core.settings.model import setting_named
from fer_desktop.pipeline.session_engine.status import REFUSED
from fer_desktop.ui.look.theme import SPACE, Role, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.widgets.fields import ComboBox
from fer_desktop.ui.widgets.screen_geometry import fit


class ResponsibleUse(QDialog):
    """One page of plain words and two questions."""

    answered = Signal(object)  # Settings with the answers in them

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Responsible use"))
        self.jurisdiction, self.context = ComboBox(), ComboBox()
        self.read = QCheckBox()
        self._outcome = QLabel()
        self._outcome.setWordWrap(True)
        self.go_on = QPushButton(self.tr("Continue"))
        set_role(self.go_on, "primary")
        self.later = QPushButton(self.tr("Not now"))
        self._fill()
        self._lay_out()
        self._validate()
        for box in (self.jurisdiction, self.context):
            box.currentIndexChanged.connect(self._validate)
        self.read.toggled.connect(self._validate)
        self.go_on.clicked.connect(self._answer)
        self.later.clicked.connect(self.reject)

    def _fill(self) -> None:
        for name, box in self._questions().items():
            widget = setting_named(name).info.widget
            if isinstance(widget, Choice):
                for answer, words in widget.words.items():
                    box.addItem(told(Message(words)), answer)
            box.setCurrentIndex(box.findData(getattr(self._settings, name)))
        widget = setting_named("accepted_use").info.widget
        if isinstance(widget, Switch):
            self.read.setText(told(Message(widget.caption)))
        self.read.setChecked(self._settings.accepted_use)

    def _lay_out(self) -> None:
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 2 * SPACE, 0)
        column.setSpacing(SPACE // 2)
        for title, words in self._parts():
            column.addWidget(_label(title, "strong"))
            column.addWidget(_label(words, "muted"))
            column.addSpacing(SPACE + SPACE // 2)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(text)
        questions = QFormLayout()
        questions.setSpacing(SPACE)
        for name, box in self._questions().items():
            label = QLabel(told(Message(setting_named(name).info.label)))
            label.setMinimumHeight(32)
            label.setBuddy(box)
            box.setAccessibleName(label.text())
            questions.addRow(label, box)
        buttons = QHBoxLayout()
        buttons.addWidget(self.read)
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.go_on)
        heading = QLabel(self.tr("Before you look at a class"))
        set_role(heading, "heading")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(heading)
        whole.addWidget(scroll, 1)
        whole.addLayout(questions)
        whole.addWidget(self._outcome)
        whole.addLayout(buttons)

    def _parts(self) -> list[tuple[str, str]]:
        """The page: a heading and a paragraph each."""
        return [
            (
                self.tr("What the figures are not"),
                self.tr(
                    "The program says what faces show, not what people feel or think. A face that looks sad may be "
                    "tired, reading, or listening closely. The best networks of this kind misread about one clear "
                    "face in four, and more of those that are small, dark or turned away."
                ),
            ),
            (
                self.tr("How to use them"),
                self.tr(
                    "Look at the class as a whole and how it moves. Never judge, grade or single out a person by a "
                    "figure. Tell the people in the call that you use this program, and let them say no."
                ),
            ),
            (
                self.tr("What is kept"),
                self.tr(
                    "One row of figures a second about the whole class, in a file on this computer. No picture is "
                    "saved, and nothing is sent anywhere."
                ),
            ),
            (
                self.tr("What the law says"),
                self.tr(
                    "In the European Union the AI Act (Article 5(1)(f)) forbids programs that infer from faces how "
                    "people in education feel, except for medical or safety reasons, and consent does not change "
                    "that. India restricts watching how children behave. Elsewhere privacy and school rules may treat "
                    "such figures as personal data. This is no legal advice: ask whoever answers for it at your "
                    "school or company."
                ),
            ),
        ]

    def sizeHint(self) -> QSize:
        """The whole text without scrolling."""
        return QSize(656, 680)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the room that the screen has."""
        super().showEvent(event)
        fit(self)

    @property
    def outcome(self) -> str:
        """What the answers lead to."""
        return self._outcome.text()

    def answers(self) -> Settings:
        """The settings with the answers of the page."""
        answers = {name: box.currentData() for name, box in self._questions().items()}
        return self._settings.changed(**answers, accepted_use=self.read.isChecked())

    def _questions(self) -> dict[str, QComboBox]:
        """What answers each question, by the name of its setting."""
        return {"jurisdiction": self.jurisdiction, "context": self.context}

    def _validate(self) -> None:
        read = self.answers().changed(accepted_use=True)
        complete, refused = read.use_is_settled, read.use_is_settled and not read.live_class_allowed
        self.go_on.setEnabled(complete and self.read.isChecked())
        allowed = self.tr("With these answers all sources can be used.")
        self._outcome.setText("" if not complete else told(REFUSED) if refused else allowed)
        set_role(self._outcome, "error" if refused else "muted")

    def _answer(self) -> None:
        self.answered.emit(self.answers())
        self.accept()


def _label(words: str, role: Role) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    set_role(label, role)
    return label
