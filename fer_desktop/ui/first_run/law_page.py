"""The second page: where the class is, what the calls are, and what follows, at once."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from fer_desktop.core.messages import Message
from fer_desktop.core.policy import REFUSED, Opening, verdict
from fer_desktop.core.settings import Context, Jurisdiction, Settings
from fer_desktop.core.settings.catalogue import setting_named
from fer_desktop.core.settings.description import Choice
from fer_desktop.ui.first_run.blocks import Page, card, words
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel

# What is told of, in this order.
_OPENINGS: Final = {
    Opening.LIVE_CLASS: QT_TRANSLATE_NOOP("LawPage", "A live class"),
    Opening.RECORDING: QT_TRANSLATE_NOOP("LawPage", "Recordings and pictures of others"),
    Opening.DEMO: QT_TRANSLATE_NOOP("LawPage", "The demo class"),
    Opening.OWN_CAMERA: QT_TRANSLATE_NOOP("LawPage", "Your own camera"),
    Opening.OWN_RECORDING: QT_TRANSLATE_NOOP("LawPage", "Recordings of yourself"),
}
_LAW: Final = {
    (Jurisdiction.EU, Context.OTHER): QT_TRANSLATE_NOOP(
        "LawPage",
        "Outside of teaching and work the AI Act allows it, and whoever is seen must be told (Article 50(3)). Figures "
        "of people fall under the law of data protection as well.",
    ),
    (Jurisdiction.OTHER, Context.EDUCATION): QT_TRANSLATE_NOOP(
        "LawPage",
        "Here the law of your country and the rules of your school decide. India restricts watching how children "
        "behave, and many other laws treat such figures as personal data.",
    ),
    (Jurisdiction.OTHER, Context.WORK): QT_TRANSLATE_NOOP(
        "LawPage",
        "Here the law of your country decides. In many places those who work there, or who speaks for them, must have "
        "agreed first.",
    ),
    (Jurisdiction.OTHER, Context.OTHER): QT_TRANSLATE_NOOP(
        "LawPage",
        "Here the law of your country decides. Many laws treat such figures as personal data: tell those who are seen, "
        "and let them say no.",
    ),
}
_FORBIDDEN: Final = QT_TRANSLATE_NOOP(
    "LawPage",
    "This is Article 5(1)(f) of the AI Act. Its only exceptions are medical and safety reasons, and this program is "
    "made for neither.",
)


class LawPage(Page):
    """Two questions and their consequence, which is read from the policy and never made up here."""

    answered = Signal()  # one of the answers is another

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LawPage", "Where it may be used"), parent)
        self._settings = settings
        self._groups: dict[str, QButtonGroup] = {}
        questions = self.beside()
        for name in ("jurisdiction", "context"):
            questions.addLayout(self._question(name), 1)
        self.column.addLayout(questions)
        frame, column = card()
        self.outcome, self.law = words(""), words("", "muted")
        column.addWidget(self.outcome)
        column.addWidget(self.law)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(0, 1)
        column.addWidget(self._table)
        self.column.addWidget(frame)
        advice = self.tr("This is no legal advice: ask whoever answers for it at your school or company.")
        self.column.addWidget(words(advice, "small"))
        self.column.addStretch(1)
        self.rows = {opening: self._row(index, str(name)) for index, (opening, name) in enumerate(_OPENINGS.items())}
        self._tell()

    def button(self, answer: Enum) -> QRadioButton:
        """The button of an answer."""
        name = "jurisdiction" if isinstance(answer, Jurisdiction) else "context"
        found = next(one for one in self._groups[name].buttons() if one.property("answer") == answer.value)
        assert isinstance(found, QRadioButton)
        return found

    def first_focus(self) -> QWidget:
        """The answer that is chosen, or the first."""
        chosen = self._groups["jurisdiction"].checkedButton()
        return chosen or self._groups["jurisdiction"].buttons()[0]

    def answers(self) -> Settings:
        """The settings with the answers of the page, accepted."""
        checked = {name: group.checkedButton() for name, group in self._groups.items()}
        chosen = {name: button.property("answer") if button else "" for name, button in checked.items()}
        return self._settings.changed(**chosen, accepted_use=True)

    def _question(self, name: str) -> QVBoxLayout:
        info = setting_named(name).info
        question = words(told(Message(info.label)), "strong")
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        column.addWidget(question)
        group = self._groups[name] = QButtonGroup(self)
        assert isinstance(info.widget, Choice)
        for answer, text in info.widget.words.items():
            if not answer.value:
                continue
            button = QRadioButton(told(Message(text)))
            button.setProperty("answer", answer.value)
            button.setAccessibleDescription(question.text())
            button.setChecked(answer is getattr(self._settings, name))
            group.addButton(button)
            column.addWidget(button)
        if name == "jurisdiction":
            column.addWidget(words(self.tr("Choose the first if anybody in the call is there."), "small"))
        column.addStretch(1)
        group.buttonToggled.connect(self._on_toggled)
        OneStop(group)
        return column

    def _row(self, index: int, name: str) -> QLabel:
        status = PlainLabel()
        self._grid.addWidget(words(self.tr(name)), index, 0)
        self._grid.addWidget(status, index, 1)
        return status

    def _on_toggled(self, _button: object, on: bool) -> None:
        if on:
            self._tell()
            self.answered.emit()

    def _tell(self) -> None:
        """What the answers lead to."""
        answers = self.answers()
        settled = answers.use_is_settled
        verdicts = {opening: verdict(answers, opening) for opening in _OPENINGS}
        refused = settled and not all(one.allowed for one in verdicts.values())
        if not settled:
            self.outcome.setText(self.tr("Answer both, and what follows from it is said here."))
        else:
            self.outcome.setText(told(REFUSED) if refused else self.tr("With these answers all sources can be used."))
        set_role(self.outcome, "error" if refused else "strong")
        law = _FORBIDDEN if refused else _LAW.get((answers.jurisdiction, answers.context), "")
        self.law.setText(self.tr(str(law)) if settled else "")
        self.law.setVisible(settled)
        self._table.setVisible(settled)
        for opening, status in self.rows.items():
            allowed = verdicts[opening].allowed
            status.setText("" if not settled else self.tr("✓ can be used") if allowed else self.tr("✕ stays off"))
            set_role(status, "strong" if allowed else "error")
