"""The bar over a session: what it is doing, for how long, on what, and the buttons to steer it."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.source_names import shown_name
from fer_desktop.ui.look.theme import SPACE, current_theme, px, resizes_text, set_role
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip

_DOT_PX: Final = 12
_LEAST_PX: Final = 368
_SOURCE_PX: Final = 72  # a name that has less room says nothing
_ANY_PX: Final = 1 << 16  # as long as nothing is laid out
_STEPS: Final = 5  # all of it; without the source; and what the buttons say; and what Stop says; and the state's word
_WORDS: Final = {
    Phase.IDLE: QT_TRANSLATE_NOOP("HeaderBar", "Ended"),
    Phase.LOADING: QT_TRANSLATE_NOOP("HeaderBar", "Starting"),
    Phase.OPENING: QT_TRANSLATE_NOOP("HeaderBar", "Starting"),
    Phase.WAITING: QT_TRANSLATE_NOOP("HeaderBar", "Starting"),
    Phase.LIVE: QT_TRANSLATE_NOOP("HeaderBar", "Live"),
    Phase.PAUSED: QT_TRANSLATE_NOOP("HeaderBar", "Paused"),
    Phase.LOST: QT_TRANSLATE_NOOP("HeaderBar", "Source lost"),
    Phase.SAVING: QT_TRANSLATE_NOOP("HeaderBar", "Saving"),
}
_LONG_S: Final = 3600.0  # from then on a lesson's time has its full length
_PLAYED: Final = (SourceKind.RECORDING, SourceKind.PICTURES)


class StateDot(QWidget):
    """A dot that is full while live, two bars while paused, a ring otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._phase = Phase.IDLE
        self.setFixedSize(_DOT_PX, _DOT_PX)

    def show_phase(self, phase: Phase, waits: bool = False) -> None:
        """Takes the look of that phase; a source that is waited for is no loss."""
        self._phase = Phase.WAITING if waits else phase
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the mark in the theme's colours."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._phase is Phase.LIVE:
            painter.setBrush(theme.accent)
            painter.drawEllipse(box)
        elif self._phase is Phase.PAUSED:
            painter.setBrush(theme.muted)
            bar = box.width() * 0.32
            painter.drawRoundedRect(QRectF(box.left(), box.top(), bar, box.height()), 1, 1)
            painter.drawRoundedRect(QRectF(box.right() - bar, box.top(), bar, box.height()), 1, 1)
        else:
            painter.setPen(QPen(theme.error if self._phase is Phase.LOST else theme.muted, 2))
            painter.drawEllipse(box)


class HeaderBar(QWidget):
    """State, time and source to the left, the session's buttons beside them, the settings to the right."""

    pause_wanted = Signal()  # pause or resume
    marker_wanted = Signal()
    stop_wanted = Signal()
    new_wanted = Signal()  # another session, after this one
    fold_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = StateDot()
        self._state, self._time, self._source = PlainLabel(), PlainLabel(moment_words(0.0)), PlainLabel()
        set_role(self._state, "heading")
        set_role(self._time, "clock")
        set_role(self._source, "muted")
        # A long path must not push the buttons out of the window.
        self._source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._source.setMinimumWidth(_SOURCE_PX)
        self._source.setContentsMargins(SPACE, 0, 0, 0)  # goes with it
        self._name, self._played, self._reads = "", False, False
        self._status = SessionStatus()
        self.pause = _button(self.tr("Pause"), "pause", self.tr("Pause or resume (Space)"), self.pause_wanted)
        self.marker = _button(
            self.tr("Marker"), "flag-outline", self.tr("Name this moment in the file (M)"), self.marker_wanted
        )
        self.stop = _button(self.tr("Stop"), "stop", self.tr("End the session and save it (Ctrl+E)"), self.stop_wanted)
        self.new = _button(self.tr("New lesson"), "plus", self.tr("Back to your lessons (Ctrl+N)"), self.new_wanted)
        self.fold = _tool("eye-outline", self.tr("Show or hide what is read (Ctrl+L)"), self.fold_wanted)
        self.settings = _tool("cog-outline", self.tr("Settings (Ctrl+,)"), self.settings_wanted)
        self._lay_out()
        self._fit_icons()
        self.show_status(SessionStatus())

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._dot)
        row.addWidget(self._state)
        row.addWidget(self._time)
        row.addWidget(self._source, 1)
        for button in (self.pause, self.marker, self.stop, self.new):
            row.addWidget(button)
        row.addSpacing(SPACE)
        row.addWidget(self.fold)
        row.addWidget(self.settings)

    def show_status(self, status: SessionStatus) -> None:
        """Words, dot, and the buttons for what may be done now."""
        self._status = status
        begins = status.phase is Phase.LIVE and not self._reads
        self._dot.show_phase(status.phase, waits=begins or status.waits)
        self._state.setText(self._word_for(status))
        for button in (self.marker, self.stop):
            button.setVisible(status.running)
        self.new.setVisible(not status.running)
        self.pause.setVisible(status.running or status.can_take_up)
        self.pause.setEnabled(status.can_pause or status.can_resume or status.can_take_up)
        self.marker.setEnabled(status.can_mark)
        self.stop.setEnabled(status.can_stop)
        resumes = status.can_resume or status.can_take_up
        self.pause.setAccessibleName(self.tr("Resume") if resumes else self.tr("Pause"))
        undo = self.tr("Go on with this lesson as if it had not been stopped (Ctrl+Shift+E)")
        self.pause.setToolTip(undo if status.can_take_up else self.tr("Pause or resume (Space)"))
        request_icon(self.pause, "play" if resumes else "pause")
        apply_icons(self)
        self._fit()

    def show_reading(self, on: bool) -> None:
        """Whether anything was read yet: until then it is starting, whatever frames come."""
        self._reads = on
        self.show_status(self._status)

    def _word_for(self, status: SessionStatus) -> str:
        if status.phase is Phase.LIVE and not self._reads:
            return self.tr(str(_WORDS[Phase.WAITING]))
        if status.phase is Phase.LIVE and self._played:
            return self.tr("Playing")
        return self.tr("Waiting") if status.waits else self.tr(str(_WORDS[status.phase]))

    def show_folded(self, folded: bool) -> None:
        """Whether the live view is folded away."""
        request_icon(self.fold, "eye-off-outline" if folded else "eye-outline")
        apply_icons(self)

    def show_time(self, elapsed_s: float) -> None:
        """The time since the first frame."""
        self._time.setText(moment_words(elapsed_s))

    @property
    def state(self) -> str:
        """The word for what the session is doing."""
        return self._state.text()

    def show_source(self, choice: SourceChoice) -> None:
        """What is being looked at; shortened in the middle where there is no room."""
        self._name, self._played = shown_name(choice), choice.kind in _PLAYED
        self._source.setToolTip(plain_tip(self._name))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The buttons without their words, and the time."""
        return QSize(px(_LEAST_PX), super().minimumSizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Says as much as there is room for."""
        self._fit()

    def showEvent(self, _event: QShowEvent) -> None:
        """Takes the room that there is now; the time's is that of a long lesson's, so that it pushes no button."""
        self._time.setMinimumWidth(self._time.fontMetrics().horizontalAdvance(moment_words(_LONG_S)))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Says as much as there is room for in another size."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit_icons()
            QTimer.singleShot(0, self, self._fit)

    def _fit_icons(self) -> None:
        for side_px, buttons in ((18, (self.pause, self.marker, self.stop)), (20, (self.fold, self.settings))):
            for button in buttons:
                button.setIconSize(QSize(px(side_px), px(side_px)))

    def _fit(self) -> None:
        """Leaves out what can be done without, one after another, until every button is whole."""
        for left_out in range(_STEPS):
            self._source.setVisible(left_out < 1)
            for step, button in ((2, self.pause), (2, self.marker), (3, self.stop), (3, self.new)):
                button.setText(button.accessibleName() if left_out < step else "")
            self._state.setVisible(left_out < _STEPS - 1)
            self._row.setSpacing(SPACE if left_out < _STEPS - 1 else SPACE // 2)
            self._row.invalidate()
            if not self.isVisible() or self._row.totalSizeHint().width() <= self.width():
                break
        self._row.activate()
        self._elide()

    def _elide(self) -> None:
        room = self._source.contentsRect().width() if self.isVisible() else _ANY_PX
        self._source.setText(self._source.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room))


def _button(text: str, icon: str, tip: str, wanted: SignalInstance) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space away from Pause
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(wanted)
    request_icon(button, icon)
    return button


def _tool(icon: str, tip: str, wanted: SignalInstance) -> QToolButton:
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(wanted)
    set_role(button, "quiet")
    request_icon(button, icon)
    return button
