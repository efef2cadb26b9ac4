"""The class at a glance: a sentence to be read in one second, and what it rests on below it."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.core.glance.shown import shown_counts
from fer_desktop.core.glance.types import Basis, Glance, Group
from fer_desktop.core.messages import Message
from fer_desktop.core.types import State
from fer_desktop.ui.glance.alert_line import AlertLine
from fer_desktop.ui.glance.counts import CountsTable
from fer_desktop.ui.glance.labelled_bar import LabelledBar
from fer_desktop.ui.glance.sentence_label import SentenceLabel, share_room
from fer_desktop.ui.glance.squares import Squares
from fer_desktop.ui.look.group_colours import Mark
from fer_desktop.ui.look.theme import GLANCE, HEADING, SENTENCE, SPACE, current_theme, px, resizes_text, set_role
from fer_desktop.ui.look.words import in_sentences, told
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.announcing import announce

_PAD: Final = 2 * SPACE
_EDGE: Final = SPACE + SPACE // 2  # above and below
_BORDER: Final = 1  # a card's
# Widths of the panel at the plain size of text; a window has 24 px more.
BAR_BELOW_PX: Final = 876  # no room for squares
COUNTS_FROM_PX: Final = 696
_LEAST_PX: Final = 320
# From which width on each part of the sentence has its longest words in so many lines.
_LINES: Final = ((1240, 1, 1), (616, 1, 2), (480, 1, 3), (0, 2, 4))
_BESIDE_ALERT: Final = 1, 3  # lines that both have at least while an alert stands below them
_UNREAD: Final = (State.PAUSED, State.NO_SOURCE, State.COVERED, State.SLOW, State.ASLEEP)


class GlancePanel(QFrame):
    """Sentence, squares (or a bar) and counts. Its height goes by its width alone, never by what it says."""

    announced = Signal(str)  # what a screen reader was asked to say
    fitted = Signal()  # it has another height

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.first = SentenceLabel(SENTENCE, QFont.Weight.DemiBold)
        self.second = SentenceLabel(GLANCE)
        self.first.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)  # beside the second
        self.squares, self.bar, self.counts = Squares(), LabelledBar(), CountsTable()
        self._rule = _Rule()
        self._drawn = QStackedWidget()
        self._counts_folded = self._drawn_folded = self._ended = False
        self._alert: AlertLine | None = None
        self._said: tuple[object, ...] = ()
        self._least_px: int | None = None  # type that is smaller than usual, where words are read on purpose
        self.speaks = True  # whether what changes is read out; not while somebody scrubs through a lesson
        self.setAccessibleName(self.tr("The class at a glance"))
        speak_as(self, Role.Grouping)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._fit()
        self.clear()

    def _lay_out(self) -> None:
        for drawn in (self.squares, self.bar):
            self._drawn.addWidget(drawn)
        below = QHBoxLayout()
        below.setSpacing(_PAD)
        below.addWidget(self._drawn, 1)
        below.addWidget(self._rule)
        below.addWidget(self.counts)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _EDGE, _PAD, _EDGE)
        column.setSpacing(0)
        self._held = QVBoxLayout()  # an alert
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addStretch(1)
        column.addLayout(self._held)
        column.addSpacing(SPACE)
        column.addLayout(below)

    def hold(self, alert: AlertLine | None) -> None:
        """Shows alerts within, in the room that the sentence leaves; None: no longer, they lie elsewhere."""
        if alert is self._alert:
            return
        if self._alert is not None:
            self._alert.changed.disconnect(self._fit)
            self._held.removeWidget(self._alert)
        self._alert = alert
        if alert is not None:
            self._held.addWidget(alert)
            alert.setVisible(alert.on)
            alert.changed.connect(self._fit)
        self._fit()

    def clear(self) -> None:
        """Nothing was read yet."""
        self._end(False)
        self._tell(self.tr("Nothing read yet"), "")
        self._empty(self.tr("One square for each camera appears here once faces are read."))
        self._said = ()

    def show_state(self, title: str, text: str) -> None:
        """Says what is waited for before the first glance."""
        self._tell(title, text)

    def show_glance(self, glance: Glance, lines: tuple[Message, Message]) -> None:
        """Shows the class at that time; `lines` say how most faces look, and what has changed."""
        self._end(False)
        # Why nothing is read, and what helps, is read on purpose: in smaller type rather than cut.
        self._tell(told(lines[0]), told(lines[1]), HEADING if glance.state in _UNREAD else None)
        if glance.state in _UNREAD or (glance.state is State.STARTING and glance.now.read):
            for part in (self.squares, self.bar, self.counts):
                part.show_stale()
        elif glance.state is State.WITHHELD:
            self._empty(self.tr("Figures from so few faces would describe individual people, not a class."))
        elif glance.now.read or glance.no_face or glance.camera_off:
            self._show_counts(glance)
        elif glance.break_since_s is not None:
            self._empty(self.tr("Squares appear again as soon as somebody is in sight."))
        else:
            self._empty(self.tr("One square for each camera appears here once faces are read."))
        self._announce(glance, lines)

    def show_ended(self, lines: tuple[Message, Message], note: str = "") -> None:
        """Says how the whole lesson was; of its last second nothing stays, and no count is one of now.

        `note` stands where the squares were.
        """
        self._tell(told(lines[0]), told(lines[1]), least_px=HEADING)  # to be read, not to be glanced at
        self._empty(note or self.tr("The lesson has ended. Its course is kept below."))
        self._end(True)

    def _end(self, ended: bool) -> None:
        if ended != self._ended:
            self._ended = ended
            self._fit()

    def show_erased(self) -> None:
        """Says that the lesson which has ended is erased."""
        self._tell(self.tr("The lesson is erased"), "")
        self._empty(self.tr("Nothing of it is kept here."))

    def fold(self, counts: bool, drawn: bool = False) -> None:
        """Leaves the counts out where the page has no room for them, and squares and bar; or brings them back."""
        self._counts_folded, self._drawn_folded = counts, drawn
        self._fit()

    def _show_counts(self, glance: Glance) -> None:
        counts = shown_counts(glance)
        marks = {Mark(group.value): int(counts.now.of(group)) for group in Group}
        marks |= {Mark.NO_FACE: glance.no_face, Mark.CAMERA_OFF: glance.camera_off}
        self.squares.show_counts(marks, counts.names_low)
        self.bar.show_counts(counts)
        if glance.now.read and glance.basis is not Basis.FIRST:
            self.counts.show_counts(glance, counts)
        else:
            self.counts.clear()

    def _empty(self, note: str) -> None:
        self.squares.show_note(note)
        self.bar.show_note(note)
        self.counts.clear()

    def _tell(self, first: str, second: str, least_px: int | None = None) -> None:
        self._least_px = least_px
        self.first.tell(first, least_px)
        self.second.tell(second, least_px)
        self._share()
        self.setAccessibleDescription(in_sentences(words.rstrip(".") for words in (first, second)))

    def _announce(self, glance: Glance, lines: tuple[Message, Message]) -> None:
        """Has the sentence read out where it says something else, not where a figure in it is another."""
        change = glance.change
        gists = [_gist(line) for line in lines]
        if not told(lines[1]) and self._said[:1] == (gists[0],):  # as long as nothing is said, what was said holds
            return
        said = (*gists, (change.group, change.more) if change is not None else None)
        if said != self._said and self.isVisible() and self.speaks:
            words = self.accessibleDescription()
            if announce(self, words, about=glance):
                self.announced.emit(words)
        self._said = said

    def hasHeightForWidth(self) -> bool:
        """Its height is told outright."""
        return False

    def minimumSizeHint(self) -> QSize:
        """One column: what is shown now is left out before it keeps a window from being narrowed."""
        return QSize(px(_LEAST_PX), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out what has no room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Takes the height that words of another size need, once what is within has taken it."""
        super().changeEvent(event)
        if resizes_text(event):
            QTimer.singleShot(0, self, self._fit)

    def height_when(self, counts_folded: bool, drawn_folded: bool) -> int:
        """How high it is at this width with these left out, px."""
        wide = self.width() >= px(BAR_BELOW_PX)
        below = 0
        if self._draws(drawn_folded):
            below = (self.squares if wide else self.bar).sizeHint().height()
        if self._counts(counts_folded):
            below = max(below, self.counts.sizeHint().height())
        return 2 * (_EDGE + _BORDER) + self._words_px() + SPACE + below

    def _draws(self, folded: bool) -> bool:
        """Of a lesson that is over a bar has nothing to say."""
        return not folded and not (self._ended and self.width() < px(BAR_BELOW_PX))

    def _counts(self, folded: bool) -> bool:
        return self.width() >= px(COUNTS_FROM_PX) and not folded

    def _fit(self) -> None:
        drawn = self.squares if self.width() >= px(BAR_BELOW_PX) else self.bar
        self._drawn.setCurrentWidget(drawn)
        self._drawn.setFixedHeight(drawn.sizeHint().height())
        self._drawn.setVisible(self._draws(self._drawn_folded))
        counted = self._counts(self._counts_folded) and not self._ended
        self.counts.setVisible(counted)
        self._rule.setVisible(counted)
        height = self.height_when(self._counts_folded, self._drawn_folded)
        fits = height == self.minimumHeight() == self.maximumHeight()
        # Told outright: what a layout within asks for while the one around it is at work may be lost.
        self.setFixedHeight(height)
        self._share()
        if not fits:
            self.fitted.emit()

    @property
    def _reserved(self) -> tuple[int, int]:
        """The lines that both parts of the sentence have at this width."""
        _, first, second = next(lines for lines in _LINES if self.width() >= px(lines[0]))
        return first, second

    def _words_px(self) -> int:
        """The height of the sentence, and of an alert in what it leaves; more only where both are long."""
        first, second = self._reserved
        words = round(first * self.first.line_px) + round(second * self.second.line_px)
        if self._alert is None or not self._alert.on:
            return words
        first, second = (min(lines) for lines in zip(_BESIDE_ALERT, self._reserved, strict=True))
        least = round(first * self.first.line_px) + round(second * self.second.line_px)
        return max(words, least + SPACE + self._alert.sizeHint().height())

    def _share(self) -> None:
        """Where there are lines to share, the second part begins below the first, as long as this one is now."""
        first, second = self._reserved
        if first == 1:
            words_px = round(self.first.line_px) + round(second * self.second.line_px)
            if not share_room(self.first, self.second, self._inner_px, words_px, self._least_px or GLANCE):
                self.first.reserve(1)
                self.second.reserve(second)
            return
        room, least_px = self._words_px(), HEADING if self._ended else self._least_px
        if self._alert is not None and self._alert.alert is not None:
            room, least_px = room - SPACE - self._alert.sizeHint().height(), HEADING
        if not self.second.text():
            first += second  # why nothing is read may be long, and is all that is said
        first = min(first, self.first.lines_at(self._inner_px))
        first_px = round(max(1, first) * self.first.line_px)
        self.first.take(first_px, least_px)
        self.second.take(max(0, room - first_px), least_px)

    @property
    def _inner_px(self) -> int:
        return self.width() - 2 * (_PAD + _BORDER)


def _gist(line: Message) -> tuple[object, ...]:
    """What a line says without its figures and names."""
    return line.text, *(_gist(value) for value in line.values.values() if isinstance(value, Message))


class _Rule(QWidget):
    """A hairline between two parts."""

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(current_theme().line, 1))
        painter.drawLine(QPointF(0.5, 0), QPointF(0.5, self.height()))
        painter.end()
