"""The page of a session: the class at a glance, the lesson so far, and what is read."""

from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from fer_desktop.core.glance.lesson import lesson_sentence
from fer_desktop.core.glance.sentence import NOT_SHOWN, covered_by_us, sentence
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.messages import Message
from fer_desktop.core.readings.advice import CoveredPictures
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.core.types import Analysis, State, Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus, Unseen
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.glance.head import GlanceHead
from fer_desktop.ui.look.theme import SPACE, px, resizes_text
from fer_desktop.ui.seats.pane import SeatPane
from fer_desktop.ui.session.class_bars import ClassBars
from fer_desktop.ui.session.header_bar import HeaderBar
from fer_desktop.ui.session.page_parts import LeftSide, card, state_words
from fer_desktop.ui.session.read_card import ReadCard
from fer_desktop.ui.toolkit.keyboard import MINI_KEY, FollowFocus, key_words
from fer_desktop.ui.trend.lesson.chart import LessonChart

PULL_MS: Final = 33
_GAP_PX: Final = SPACE + SPACE // 2
_CHART_PX: Final = 280  # its least width
_BOTH_FROM_PX: Final = 840  # below it the lesson has the room alone, and what is read lies below it when asked for
_IN_A_ROW_FROM_PX: Final = 560  # the tick that the class was told, and the text of the notice
# Least height of the lesson in one column, a very narrow one and others; it is scrolled where there is less room.
_LESSON_PX: Final = (340, 280)
_LAID_OUT_MS: Final = 50  # after a card was shown the page has its new height by then
_ASKED_PX: Final = 64  # for a question and the gaps to it, above the picture
_SEEN: Final = 0.6  # of the picture, from which on it is looked at
_LOW_PX: Final = 560  # below it the counts leave their room to the lesson
# What is left to scroll in below the sentence, of the lesson in one column and of what is larger; with less the
# sentence scrolls too.
_SCROLLED_PX: Final = (96, 220)
_OF_FACES: Final = (SourceKind.CAMERA, SourceKind.RECORDING, SourceKind.PICTURES)
_NOT_YET: Final = (Phase.LOADING, Phase.OPENING, Phase.WAITING)


class SessionPage(QWidget):
    """Shows a session's model; pulls the newest analysis thirty times a second while it can be seen."""

    def __init__(self, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Session"))  # has the keyboard at first, so that Space pauses
        self._model = model
        self.header = HeaderBar()
        self._head = GlanceHead(_GAP_PX)
        self.glance, self.alert_line = self._head.glance, self._head.alert_line
        self.chart, self.bars, self.read = LessonChart(), ClassBars(), ReadCard()
        self.live, self.coverage, self.trend = self.read.live, self.read.coverage, self.chart.curves
        self._left, self._chart_card, self.seats = LeftSide(), card(self.chart), SeatPane()
        self._below = QSplitter(Qt.Orientation.Horizontal)
        self._ended = False
        self._reads = self._folded = self._narrow = self._looks = False  # `_looks`: at what is read, where it is narrow
        self._shows_seats = False
        self._told_place = QVBoxLayout()  # of the tick, while what is read is folded away
        self._beside = QByteArray()  # the widths of lesson and what is read, while one lies above the other
        self._glances: list[Glance] = []
        self._waits = True  # for the first glance
        self._covered = CoveredPictures()
        self._in_the_way: Message | None = None  # what to do about another window over some pictures
        self._message_top: int | None = None  # in the window, where one lies over its foot
        self._shown: tuple[Phase, Message | None] = (Phase.IDLE, None)
        self._lay_out()
        self._pull = QTimer(self)
        self._pull.setInterval(PULL_MS)
        self._pull.timeout.connect(self._show_newest)
        model.analysed.connect(self._on_analysis)
        self.read.asked.connect(self._on_asked)
        self.read.hide_wanted.connect(self.header.fold_wanted)
        model.status_changed.connect(self._on_status)
        model.summary.connect(self._on_summary)
        model.glance.connect(self._on_glance)
        model.markers_changed.connect(lambda: self.chart.show_markers(model.markers))
        model.alert.connect(self.chart.alert)
        model.exclusion_changed.connect(self.live.show_left_out)
        model.class_size.connect(self.chart.count_among)
        model.ended.connect(self._on_ended)
        self._head.changed.connect(self._fit_head)

    def _lay_out(self) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        for part in (self._chart_card, self.seats):
            left.addWidget(part)
        self._below.setChildrenCollapsible(False)
        self._below.setHandleWidth(_GAP_PX)
        self._below.addWidget(self._left)
        self._below.addWidget(self.read)
        self._below.setStretchFactor(0, 1)
        self._below.setSizes([860, 360])
        self._scrolled = QWidget()
        inner = self._inner = QVBoxLayout(self._scrolled)
        inner.addLayout(self._told_place)  # messages lie over the foot
        inner.addWidget(self._below, 1)
        # On a low screen, such as one of 1366x768 at 150 %, the lesson is scrolled to.
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._scrolled)
        scroll.verticalScrollBar().rangeChanged.connect(self._align)
        FollowFocus(scroll)
        column = self._column = QVBoxLayout(self)
        for layout in (inner, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(_GAP_PX)
        column.addWidget(self.header)
        column.addWidget(self._head)
        column.addWidget(scroll, 1)

    @property
    def folded(self) -> bool:
        """Whether what is read is folded away."""
        return not self._looks if self._narrow else self._folded

    def fold(self, away: bool) -> None:
        """Folds what is read away, and the lesson takes its room; or back."""
        if self._narrow:
            self._looks = not away
        else:
            self._folded = away
        self._fit()
        if not away:
            self._bring_into_sight(self.read.question if self.read.question.text else self.read)

    def show_seats(self, on: bool) -> None:
        """Whether the seats take the room of the lesson so far, and are numbered in the picture."""
        begins, self._shows_seats = on and not self._shows_seats, on
        self.live.show_seats(on)
        self._fit()
        if begins and self.seats.isVisibleTo(self):
            self._bring_into_sight(self.seats)

    @property
    def sees_picture(self) -> bool:
        """Whether the picture is in sight, most of it: not folded away, and not scrolled away."""
        seen = self.live.visibleRegion().boundingRect().height()
        return self.live.isVisible() and seen > _SEEN * self.live.height()

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scrolls there where the page is too low or too narrow for all of it: the part begins at the top."""
        if self._narrow or self._low:
            bar = self._scroll.verticalScrollBar()
            QTimer.singleShot(_LAID_OUT_MS, self, lambda: bar.setValue(part.mapTo(self._scrolled, QPoint()).y()))

    def _on_asked(self) -> None:
        """A question is asked of the picture: both are brought into sight, unless neither was."""
        if self.sees_picture:
            self._bring_into_sight(self.read.question)

    def _fit(self) -> None:
        """Beside the lesson, where it is narrow below it and out of the way until she looks there."""
        narrow, self._narrow = self._narrow, self.width() < px(_BOTH_FROM_PX)
        self._left.setMinimumWidth(px(_CHART_PX))
        if narrow is not self._narrow:
            self._turn()
        in_a_row = self.width() >= px(_IN_A_ROW_FROM_PX)
        self._left.require(_LESSON_PX[in_a_row] if self._narrow else 0)
        self.read.setVisible(not self.folded)
        self.read.lend_tick(self._told_place if self.folded else None, in_a_row)
        seats = self._shows_seats and not self._ended  # nobody is seen after the end: the lesson's course is
        self._chart_card.setVisible(not seats)
        self.seats.setVisible(seats)
        self.seats.table.show_whole(self._narrow)
        self._fit_head()
        self.header.show_folded(self.folded)
        self._run_pull()

    @property
    def _low(self) -> bool:
        return self.height() < px(_LOW_PX)

    def _fit_head(self) -> None:
        """The sentence stands still above what scrolls; where that would have too little room, it is a part of it."""
        # On a low screen who looks at the seats has them whole.
        self._head.fit(self.width(), shows_glance=not (self._low and self.seats.isVisibleTo(self)))
        least = _SCROLLED_PX[not (self._narrow and self.folded)]
        # Where there is little room the bar goes first; a sentence that scrolls needs no room.
        below = self.height() - self.header.sizeHint().height() - _GAP_PX

        def left(drawn_folded: bool) -> int:
            return below - _GAP_PX - self._head.height_when(self._low, drawn_folded)

        folds = self._narrow and left(drawn_folded=False) < least
        stands = left(folds) >= least
        self.glance.fold(self._low, drawn=folds and stands)
        self._head.stand_in(self._column if stands else self._inner, 1 if stands else 0)
        self._align()
        room = (left(folds) if stands else below) - px(_ASKED_PX)
        self.read.fill_width(max(least, room) if self._narrow else None)

    def _align(self) -> None:
        bar = self._scroll.verticalScrollBar()
        beside = self._column.indexOf(self._head) >= 0 and bar.maximum() > bar.minimum()
        self._head.leave_at_end(bar.sizeHint().width() if beside else 0)

    def _turn(self) -> None:
        """Puts what is read below the lesson, or back beside it with the widths that both had."""
        if self._narrow:
            self._beside = self._below.saveState()
        self._below.setOrientation(Qt.Orientation.Vertical if self._narrow else Qt.Orientation.Horizontal)
        self.read.setVisible(not self.folded)
        if not self._narrow:
            self._below.restoreState(self._beside)

    def save(self, store: QSettings) -> None:
        """Keeps the splitter, the fold, and what the lesson's chart shows."""
        store.setValue("page/below", self._beside if self._narrow else self._below.saveState())
        store.setValue("page/folded", self._folded)
        self.chart.save(store)

    def restore(self, store: QSettings) -> None:
        """Puts all of it where `save` found it."""
        state = store.value("page/below")
        if isinstance(state, QByteArray) and self._narrow:
            self._beside = state
        elif isinstance(state, QByteArray):
            self._below.restoreState(state)
            self._below.setOrientation(Qt.Orientation.Horizontal)
        self.chart.restore(store)
        self.read.class_size.restore(store)
        self._folded = store.value("page/folded", False, type=bool) is True
        self._fit()

    def begin(self, choice: SourceChoice, words_on_faces: bool | None = None, goes_on: bool = False) -> None:
        """Clears what an earlier session left and names the new source; `words_on_faces` as the read card has it.

        `goes_on`: it is the lesson that has ended, whose course so far stays.
        """
        if goes_on:
            self.read.take_up()
            self.chart.show_ended(False)
            self.chart.open_markers(True)
            self.alert_line.show_ended(False)
            self._begin_waiting()
            return
        self._glances.clear()
        self.glance.clear()
        self.alert_line.clear()
        self.alert_line.show_ended(False)
        self.chart.clear()
        self.chart.withhold_few(choice.is_live_class)
        self.chart.open_markers(True)
        self._head.say_demo(choice.kind is SourceKind.DEMO)
        self.bars.show_summary(None)
        of_faces = choice.kind in _OF_FACES
        self.read.begin(choice.is_live_class, of_faces, words_on_faces)
        self.read.class_size.begin(choice)
        self.trend.entitle(self.tr("Share of the faces") if of_faces else self.tr("Share of the class"))
        self._begin_waiting()
        self._scroll.verticalScrollBar().setValue(0)
        self.header.show_time(0.0)
        self.header.show_source(choice)

    def show_erased(self) -> None:
        """The lesson that has ended is erased: nothing of it stays here."""
        self._glances.clear()
        self.glance.show_erased()
        self.alert_line.clear()
        self.chart.clear()
        self.bars.show_summary(None)
        self.read.show_analysis(None)
        self.read.coverage.show_summary(None)
        self.live.show_state(self.tr("Session ended"), self.tr("The lesson is erased."))

    def _begin_waiting(self) -> None:
        self._reads, self._waits, self._ended = False, True, False
        self._covered, self._in_the_way = CoveredPictures(), None
        self._fit()
        self.header.show_reading(False)
        self._keep_clear()

    def keep_clear_of(self, top: int | None) -> None:
        """Where a message over the window's foot begins; of a lesson that has ended it hides nothing."""
        self._message_top = top
        self._keep_clear()

    def _keep_clear(self) -> None:
        bottom = self.mapTo(self.window(), QPoint(0, self.height())).y()
        ended = self._ended and self._message_top is not None
        self._column.setContentsMargins(0, 0, 0, max(0, bottom - (self._message_top or 0) + _GAP_PX) if ended else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes up pulling."""
        super().showEvent(event)
        self._run_pull()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops pulling: nobody sees it."""
        super().hideEvent(event)
        self._run_pull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows what there is room for."""
        super().resizeEvent(event)
        self._fit()
        self._keep_clear()

    def changeEvent(self, event: QEvent) -> None:
        """Shows what there is room for with words of another size."""
        super().changeEvent(event)
        if resizes_text(event):
            QTimer.singleShot(0, self, self._fit)

    @property
    def pulling(self) -> bool:
        """Whether the live view is being fed."""
        return self._pull.isActive()

    def look_to_window(self) -> None:
        """The window was minimised or is back."""
        self._run_pull()

    def _run_pull(self) -> None:
        seen = self.live.isVisible() and not self.window().isMinimized()
        if seen and self._model.status.phase is Phase.LIVE:
            self._pull.start()
        else:
            self._pull.stop()

    def _show_newest(self) -> None:
        self._model.take_analysis()

    def _on_analysis(self, analysis: Analysis) -> None:
        self._begin_reading()
        if self.live.isVisible() or not self._model.status.running:
            self.read.show_analysis(analysis)

    def _begin_reading(self) -> None:
        """Something was read: until then there is nothing that is live."""
        if not self._reads:
            self._reads = True
            self.header.show_reading(True)
            self._say_state()

    def _on_status(self, status: SessionStatus) -> None:
        self.header.show_status(status)
        self.live.let_choose(status.can_exclude)
        if (status.phase, status.reason) == self._shown:
            return
        self._shown = status.phase, status.reason
        self._say_state()
        self._run_pull()

    def _say_state(self) -> None:
        status = self._model.status
        words = state_words(status)
        if words is not None:
            title, text = words
            self.live.show_state(title, text, busy=status.phase is not Phase.PAUSED)
            if status.phase in _NOT_YET and self._waits:
                self.glance.show_state(title, text)
        elif status.phase is Phase.LIVE:
            first = self.tr("Reading the first picture")
            self.live.show_state("" if self._reads else first, "", busy=not self._reads)

    def _on_summary(self, summary: Summary) -> None:
        if summary.state.seen:
            self._begin_reading()
        self.header.show_time(summary.elapsed_s)
        self.chart.append(summary)
        self._say_covered(summary)
        if self._model.status.phase is not Phase.SAVING:
            self.bars.show_summary(summary)
            self.read.show_summary(summary)

    def _say_covered(self, summary: Summary) -> None:
        before, self._in_the_way = self._in_the_way, self._covered.update(summary)
        if self._in_the_way != before and self._glances and self._model.status.phase is not Phase.SAVING:
            self.glance.show_glance(self._glances[-1], self._lines(self._glances[-1]))

    def _on_glance(self, glance: Glance) -> None:
        self._glances.append(glance)
        self._waits = False
        self.chart.show_glance(glance)
        if self._model.status.phase is not Phase.SAVING:
            self.read.show_glance(glance)
            self.glance.show_glance(glance, self._lines(glance))

    def _lines(self, glance: Glance) -> tuple[Message, Message]:
        """The sentence; of a call that cannot be seen, as a whole or in part, with what is known of why."""
        first, second = sentence(glance)
        if glance.state is State.COVERED and self._model.status.unseen is Unseen.OURS:
            return covered_by_us(key_words(MINI_KEY))
        if glance.state is State.COVERED and self._model.status.unseen is Unseen.HIDDEN:
            return NOT_SHOWN
        if self._in_the_way is not None and glance.state is State.LIVE and glance.change is None:
            return first, self._in_the_way
        return first, second

    def _on_ended(self, end: SessionEnd) -> None:
        self._ended = True
        self._fit()
        self.glance.show_ended(lesson_sentence(self._glances))
        self.read.show_ended()
        self.chart.show_ended()
        self.chart.open_markers(False)  # what is stored is changed in the list of lessons
        self.alert_line.show_ended()
        self._scroll.verticalScrollBar().setValue(0)
        self._keep_clear()
        # The last picture of a recording may stay; that of other people goes with the session.
        if end.choice.kind in (SourceKind.RECORDING, SourceKind.PICTURES, SourceKind.DEMO):
            self._show_newest()
            self.live.show_state("", "")
        else:
            self.read.show_analysis(None)
            self.live.show_state(self.tr("Session ended"), self.tr("The pictures are gone, the figures are kept."))
