"""The page of a session: header, figures, live view, trend."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.status import Phase, SessionEnd, SessionStatus, Unseen
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.session.class_bars import ClassBars
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.session.header_bar import HeaderBar
from fer_desktop.ui.trend.view import TrendView

PULL_MS: Final = 33
_GAP_PX: Final = SPACE + SPACE // 2
_FIGURES_PX: Final = 340  # the bars with the card's margins
_STATES: Final = {
    Phase.LOADING: QT_TRANSLATE_NOOP("SessionPage", "Loading the model"),
    Phase.OPENING: QT_TRANSLATE_NOOP("SessionPage", "Opening the source"),
    Phase.WAITING: QT_TRANSLATE_NOOP("SessionPage", "Waiting for the first frame"),
    Phase.PAUSED: QT_TRANSLATE_NOOP("SessionPage", "Paused"),
    Phase.LOST: QT_TRANSLATE_NOOP("SessionPage", "Source lost, trying again"),
    Phase.SAVING: QT_TRANSLATE_NOOP("SessionPage", "Saving the session"),
}
_UNSEEN: Final = {
    Unseen.COVERED: QT_TRANSLATE_NOOP("SessionPage", "Waiting: another window covers the call"),
    Unseen.HIDDEN: QT_TRANSLATE_NOOP("SessionPage", "Waiting: the call's window is not shown"),
}
_EXPLAINED: Final = {
    Phase.LOADING: QT_TRANSLATE_NOOP("SessionPage", "The detector and the network are read once a session."),
    Phase.PAUSED: QT_TRANSLATE_NOOP("SessionPage", "Nothing is read until you resume."),
}


class SessionPage(QWidget):
    """Shows a session's model; pulls the newest analysis thirty times a second while it can be seen."""

    def __init__(self, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.header = HeaderBar()
        self.coverage, self.bars = CoverageLine(), ClassBars()
        self.live, self.trend = LiveView(), TrendView()
        self._figures = _card(self.coverage, self.bars)
        self._trend_card = _card(self.trend)
        self._top, self._all = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self._unfolded: tuple[QByteArray, QByteArray] | None = None
        self._folded = False
        self._shown: tuple[Phase, Message | None] = (Phase.IDLE, None)
        self._lay_out()
        self._pull = QTimer(self)
        self._pull.setInterval(PULL_MS)
        self._pull.timeout.connect(self._show_newest)
        model.status_changed.connect(self._on_status)
        model.summary.connect(self._on_summary)
        model.marked.connect(self.trend.mark)
        model.exclusion_changed.connect(self.live.show_left_out)
        model.ended.connect(self._on_ended)

    def _lay_out(self) -> None:
        for splitter in (self._top, self._all):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(_GAP_PX)
        self._figures.setMinimumWidth(_FIGURES_PX)
        self._trend_card.setMinimumHeight(200)
        self._top.addWidget(self._figures)
        self._top.addWidget(self.live)
        self._top.setStretchFactor(1, 1)
        self._top.setSizes([400, 800])
        self._all.addWidget(self._top)
        self._all.addWidget(self._trend_card)
        self._all.setStretchFactor(0, 3)
        self._all.setStretchFactor(1, 2)
        self._all.setSizes([420, 280])
        # On a low screen, such as one of 1366x768 at 150 %, the trend is scrolled to.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addWidget(self.header)
        column.addWidget(scroll, 1)

    @property
    def folded(self) -> bool:
        """Whether the live view is folded away."""
        return self._folded

    def fold(self, away: bool) -> None:
        """Folds the live view away, and the trend takes its place; or back."""
        if away == self._folded:
            return
        self._folded = away
        self.header.show_folded(away)
        if away:
            self._unfolded = (self._top.saveState(), self._all.saveState())
            self.live.hide()
            self._top.addWidget(self._trend_card)
            self._top.setStretchFactor(2, 1)
            self._top.setSizes([_FIGURES_PX + SPACE, 0, self.width()])
        else:
            self._all.addWidget(self._trend_card)
            self.live.show()
            if self._unfolded is not None:
                self._top.restoreState(self._unfolded[0])
                self._all.restoreState(self._unfolded[1])
        self._run_pull()

    def save(self, store: QSettings) -> None:
        """Keeps the splitters and the fold."""
        folded = self._folded
        top, whole = self._unfolded if folded and self._unfolded else (self._top.saveState(), self._all.saveState())
        store.setValue("page/top", top)
        store.setValue("page/all", whole)
        store.setValue("page/folded", folded)

    def restore(self, store: QSettings) -> None:
        """Puts splitters and fold where `save` found them."""
        for name, splitter in (("page/top", self._top), ("page/all", self._all)):
            state = store.value(name)
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        self.fold(store.value("page/folded", False, type=bool) is True)

    def begin(self, choice: SourceChoice) -> None:
        """Clears what an earlier session left and names the new source."""
        self.live.show_class_only(choice.is_live_class)
        self.live.show_analysis(None)
        self.trend.clear()
        self.bars.show_summary(None)
        self.coverage.show_summary(None)
        self.header.show_time(0.0)
        self.header.show_source(choice)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes up pulling."""
        super().showEvent(event)
        self._run_pull()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops pulling: nobody sees it."""
        super().hideEvent(event)
        self._run_pull()

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
        analysis = self._model.analyses.take()
        if analysis is not None:
            self.live.show_analysis(analysis)

    def _on_status(self, status: SessionStatus) -> None:
        self.header.show_status(status)
        self.live.let_choose(status.can_exclude)
        if (status.phase, status.reason) == self._shown:
            return
        self._shown = status.phase, status.reason
        if status.phase in _STATES:
            title = _UNSEEN.get(status.unseen, _STATES[status.phase])
            text = told(status.reason)
            if not text and status.phase in _EXPLAINED:
                text = self.tr(str(_EXPLAINED[status.phase]))
            self.live.show_state(self.tr(str(title)), text, busy=status.phase is not Phase.PAUSED)
        elif status.phase is Phase.LIVE:
            self.live.show_state("", "")
        self._run_pull()

    def _on_summary(self, summary: Summary) -> None:
        self.header.show_time(summary.elapsed_s)
        self.trend.append(summary)
        if self._model.status.phase is not Phase.SAVING:
            self.bars.show_summary(summary)
            self.coverage.show_summary(summary)

    def _on_ended(self, end: SessionEnd) -> None:
        # The last picture of a recording may stay; that of other people goes with the session.
        if end.choice.kind in (SourceKind.RECORDING, SourceKind.PICTURES, SourceKind.DEMO):
            self._show_newest()
            self.live.show_state("", "")
        else:
            self.live.show_analysis(None)
            self.live.show_state(self.tr("Session ended"), self.tr("The pictures are gone, the figures are kept."))


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
    column.setSpacing(2 * SPACE)
    for widget in widgets:
        column.addWidget(widget)
    column.setStretchFactor(widgets[-1], 1)
    return card
