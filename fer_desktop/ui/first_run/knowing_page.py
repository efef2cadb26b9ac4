"""The first page: what the program can and cannot know, with how often it errs."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fer_desktop.core.card_errors import CardErrors, Shown, errors_of
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.services import ModelCard, Services
from fer_desktop.ui.first_run.blocks import Page, card, part, words
from fer_desktop.ui.first_run.share_rows import ShareRows
from fer_desktop.ui.look.theme import SPACE

_SHOWN: Final = {
    Shown.SMILING: QT_TRANSLATE_NOOP("KnowingPage", "Smiling"),
    Shown.NEUTRAL: QT_TRANSLATE_NOOP("KnowingPage", "Neutral"),
    Shown.SURPRISED: QT_TRANSLATE_NOOP("KnowingPage", "Surprised"),
    Shown.LOW: QT_TRANSLATE_NOOP("KnowingPage", "Sad, afraid or angry"),
}
# What is said of a share of misread faces, the first that is reached.
_WORDS_OF_ERROR: Final = (
    (
        1 / 2,
        QT_TRANSLATE_NOOP(
            "KnowingPage",
            "Guesses about faces. On photographs like yours more than half are wrong, and of the faces shown as sad, "
            "afraid or angry most; a face misread tends to stay misread. Changes say more than numbers.",
        ),
    ),
    (
        1 / 3,
        QT_TRANSLATE_NOOP(
            "KnowingPage",
            "Guesses about faces. On photographs like yours more than one in three is wrong, and of the faces shown as "
            "sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than "
            "numbers.",
        ),
    ),
    (
        1 / 4,
        QT_TRANSLATE_NOOP(
            "KnowingPage",
            "Guesses about faces. On photographs like yours more than one in four is wrong, and of the faces shown as "
            "sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than "
            "numbers.",
        ),
    ),
    (
        0.0,
        QT_TRANSLATE_NOOP(
            "KnowingPage",
            "Guesses about faces. Even on good photographs many are wrong, and of the faces shown as sad, afraid or "
            "angry often more than half; a face misread tends to stay misread. Changes say more than numbers.",
        ),
    ),
)
_NOT_MEASURED: Final = QT_TRANSLATE_NOOP(
    "KnowingPage",
    "Guesses about faces. How often they are wrong is not known of this network; expect more than one in three, and of "
    "the faces shown as sad, afraid or angry more than half; a face misread tends to stay misread. Changes say more "
    "than numbers.",
)


class KnowingPage(Page):
    """Words, and figures from the card of the network in use, which comes from a worker."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("KnowingPage", "What it can and cannot know"), parent)
        self.errors = words("")  # as soon as the card was read
        self.column.addWidget(self.errors)
        self._figures = QVBoxLayout()
        self._reading = words(self.tr("Reading how often it errs"), "muted")
        self._figures.addWidget(self._reading)
        self.column.addLayout(self._figures)
        columns = self.beside()
        for title, sentences in self._parts():
            columns.addLayout(part(title, sentences), 1)
        self.column.addLayout(columns)
        self.column.addStretch(1)
        run_job(services.model_card, self._show_card, self._show_unknown, self)

    def _parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Headings, and sentences under each."""
        return (
            (
                self.tr("It can say"),
                (
                    self.tr("About how many faces look neutral, smile, or look sad, afraid or angry."),
                    self.tr("Whether that has changed, and on how many faces it rests."),
                    self.tr("It keeps such counts, one row a second, on this computer. No picture is kept or sent."),
                ),
            ),
            (
                self.tr("It cannot say"),
                (
                    self.tr("What anybody feels, thinks or understands, or who listens."),
                    self.tr("A face that looks sad may be tired, reading, or listening closely."),
                    self.tr("So never judge, grade or single out a person by it."),
                ),
            ),
        )

    def _show_card(self, found: ModelCard) -> None:
        errors = errors_of(found.content, found.head)
        self.errors.setText(words_of_error(errors))
        if not errors.by_shown and not errors.more_wrong_by_height:
            self._reading.setText(self.tr("How often the network in use is right was not measured."))
            return
        self._reading.hide()
        frame, column = card()
        row = self.beside(4 * SPACE)
        if errors.by_shown:
            shown = [(self.tr(str(_SHOWN[one])), share) for one, share in errors.wrong_by_shown.items()]
            if errors.wrong is not None:
                shown.append((self.tr("All, seven told apart"), errors.wrong))
            row.addLayout(_table(self.tr("Misread, of 100 faces that look so"), shown), 1)
        if more := errors.more_wrong_by_height:
            heights = [(self.tr("{height} px").format(height=px), share) for px, share in more.items()]
            title = self.tr("Misread besides, of 100 faces less than {height} px high")
            row.addLayout(_table(title.format(height=max(errors.by_height_px)), heights), 1)
        column.addLayout(row)
        column.addWidget(words(self._basis(errors), "small"))
        self._figures.addWidget(frame)
        self.arrange()

    def _show_unknown(self, sentence: str) -> None:
        self.errors.setText(words_of_error(CardErrors()))
        self._reading.setText(sentence)

    def _basis(self, errors: CardErrors) -> str:
        if errors.height_by_people and errors.by_shown and errors.more_wrong_by_height:
            text = self.tr(
                "Measured on clear photographs: on the left by the label that came with each, on the right by what "
                "most of ten people saw. In a call, faces are darker, blurred or turned, and more of them are "
                "misread."
            )
        else:
            text = self.tr(
                "Measured on clear photographs. In a call, faces are darker, blurred or turned, and more of them are "
                "misread."
            )
        return text


def words_of_error(errors: CardErrors) -> str:
    """How often the network errs, in words."""
    wrong = errors.wrong
    text = _NOT_MEASURED if wrong is None else next(text for least, text in _WORDS_OF_ERROR if wrong >= least)
    return QCoreApplication.translate("KnowingPage", str(text))


def _table(title: str, rows: list[tuple[str, float]]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACE // 2)
    column.addWidget(words(title, "muted"))
    column.addWidget(ShareRows(rows))
    column.addStretch(1)
    return column
