"""What is read: the picture small, how many of its faces are read, and what would help."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.readings.advice import Advisor
from fer_desktop.core.types import Analysis, Summary
from fer_desktop.ui.first_run.told import ToldTick
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.session.class_size import ClassSizeField
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.session.question_line import QuestionLine
from fer_desktop.ui.toolkit.plain import PlainLabel

_LINES, _LINES_WITH_CLASS = 2, 3  # of words beside the picture
WIDTH_PX = 320  # at which a gallery of 49 is still told apart
_USUAL_ASPECT = 16 / 9  # of a call, as long as none is seen
_PICTURE_PX = 96  # least height, as low as lets a page of 1366x768 show the whole lesson


class ReadCard(QFrame):
    """Once she has seen that the right people are read she folds it away."""

    hide_wanted = Signal()
    asked = Signal()  # a question about the picture is open

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.live, self.coverage = LiveView(), CoverageLine()
        self.told, self.class_size = ToldTick(), ClassSizeField()
        self.class_size.changed.connect(self.coverage.count_among)
        self.class_size.changed.connect(self._leave_room)
        self._advisor, self._helps = Advisor(), ""
        self._class_only = False
        self._title, self._hide = PlainLabel(self.tr("What is read")), QPushButton(self.tr("Hide"))
        set_role(self._title, "strong")
        set_role(self._hide, "segment")
        self._hide.setToolTip(self.tr("Show or hide what is read (Ctrl+L)"))
        self._hide.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hide.clicked.connect(self.hide_wanted)
        self.me = QPushButton(self.tr("This is me…"))
        set_role(self.me, "segment")
        self.me.setCheckable(True)
        self.me.setToolTip(self.tr("Click your own tile then: it is left out, and counts nowhere"))
        self.me.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.me.clicked.connect(self._ask_me)
        self.live.asking_changed.connect(self.me.setChecked)
        self.question, self._rest = QuestionLine(), QWidget()
        self._picture_most_px: int | None = None  # in one column; None: as high as the card leaves it
        self._tiles, self._advice = PlainLabel(), PlainLabel()
        set_role(self._tiles, "small")
        self._tiles.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self._advice, "small")
        self._advice.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.me)
        head.addWidget(self._hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
        rest = self._rest_column = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        for layout in (column, rest):
            layout.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.question)
        column.addWidget(self.live, 1)
        column.addWidget(self._rest)
        row = QHBoxLayout()
        row.addWidget(self._tiles, 1)
        row.addWidget(self.class_size)
        rest.addLayout(row)
        for widget in (self.coverage, self._advice, self.told):
            rest.addWidget(widget)
        self.question.hide()
        self._advice.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fit()

    def fill_width(self, most_px: int | None) -> None:
        """Makes the picture as wide as the card, and no higher than that; None: as high as the card leaves it."""
        self._picture_most_px = most_px
        self._fit_picture()

    def _fit_picture(self) -> None:
        least = _PICTURE_PX
        if self._picture_most_px is not None:
            margins = self.contentsMargins().left() + self.contentsMargins().right() + 4 * SPACE
            whole = round((self.width() - margins) / (self.live.aspect or _USUAL_ASPECT))
            least = max(least, min(whole, self._picture_most_px))
        if least != self.live.minimumHeight():
            self.live.setMinimumHeight(least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In one column a wider card has a larger picture."""
        super().resizeEvent(event)
        self._fit_picture()

    def _fit(self) -> None:
        self.setMinimumWidth(px(WIDTH_PX))
        self._leave_room(self.class_size.value())

    def _leave_room(self, class_size: int) -> None:
        """Keeps room for what may be advised, so that it does not move the picture."""
        lines = _LINES_WITH_CLASS if class_size else _LINES
        self._advice.setFixedHeight(lines * self._advice.fontMetrics().lineSpacing())
        self._advise()

    def _advise(self) -> None:
        """Why nothing is read or what would help, with how much of the class is shown where there is room for it."""
        first = self.live.words_beside or self._helps  # what hides nobody stands in the picture itself
        said = [each for each in (first, self.class_size.hint) if each]
        words = " ".join(said)
        if words != self._advice.text():
            self._advice.setText(words)
            if len(said) > 1 and self._advice.heightForWidth(self._advice.width()) > self._advice.height():
                self._advice.setText(said[0])
            self._advice.setToolTip("\n".join(said))

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def lend_tick(self, place: QBoxLayout | None, in_a_row: bool = False) -> None:
        """Whether the class was told stays at hand there while the card is folded away; None: back in the card."""
        place = place or self._rest_column
        if place.indexOf(self.told) < 0:
            for_class = not self.told.isHidden()
            place.addWidget(self.told)
            self.told.setVisible(for_class)
        self.told.lie_in_a_row(place is not self._rest_column and in_a_row)

    @property
    def advice(self) -> str:
        """Why nothing is read, or what would help now; empty where nothing would."""
        return self._advice.text()

    @property
    def found(self) -> str:
        """What was understood of the picture."""
        return self._tiles.text()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows that frame, and what was understood of it."""
        self.live.show_analysis(analysis)
        self._tiles.setText(self.live.found)
        self._fit_picture()
        self._advise()

    def ask(self, text: str, filled: int = 0, many: int = 0) -> None:
        """Asks something of the picture, above it; an empty text asks nothing.

        While it is asked the picture has the room of what stands below it: she looks for one tile in it.
        """
        begins = bool(text) and not self.question.text
        self.question.ask(text, filled, many)
        self.question.setVisible(bool(text))
        self._rest.setVisible(not text)
        if begins:
            self.asked.emit()

    def go_to_picture(self) -> None:
        """Gives the keyboard to the picture."""
        self.live.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_me(self, on: bool) -> None:
        self.live.ask_me(on)
        self.me.setChecked(self.live.asks_me)  # there may be nobody to be clicked

    def begin(self, class_only: bool, of_faces: bool = False, words_on_faces: bool | None = None) -> None:
        """Another session begins, of a class of other people or not; `of_faces`: most likely of no call's cameras.

        `words_on_faces`: whether expressions may be named on faces; None: where it is no class of other people.
        """
        self.coverage.speak_of_faces(of_faces)
        self.coverage.begin()
        self._class_only = class_only
        self.ask("")
        self.take_up()
        self.told.begin_call()
        self.live.show_class_only(class_only, words_on_faces)
        self.show_analysis(None)

    def take_up(self) -> None:
        """It goes on, as new or after its end; in the same call the class was told."""
        self._advisor, self._helps = Advisor(), ""
        self._advice.clear()
        self._title.setText(self.tr("What is read"))
        for asked in (self.me, self.told, self.class_size):
            asked.setVisible(asked is self.me or self._class_only)
        self.coverage.show_ended(False)

    def show_ended(self) -> None:
        """It is over: what is said is of all of it, and nothing asks for anything."""
        self._advice.clear()
        self._title.setText(self.tr("What was read"))
        for asked in (self.me, self.told, self.class_size):
            asked.hide()
        self.coverage.show_ended()

    def show_summary(self, summary: Summary) -> None:
        """Takes the next second."""
        self.coverage.show_summary(summary)
        self._helps = told(self._advisor.update(summary))
        self.class_size.show_summary(summary)
        self._advise()

    def show_glance(self, glance: Glance) -> None:
        """Counts the cameras as the squares do."""
        self.coverage.show_glance(glance)
