"""The live session of the window: its controller, in threads of Qt's."""

from functools import partial
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal

from fer_desktop.core import policy
from fer_desktop.core.glance.usual import LEARNING_S
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.commands import AlertCommand, EditMarker, ExclusionCommand
from fer_desktop.pipeline.session_engine.channel.plan import REOPEN_S, SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import Report
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.pipeline.session_engine.controller import CAPTURE_GRACE_S, SessionController
from fer_desktop.pipeline.session_engine.host import Notice
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop
from fer_desktop.pipeline.session_engine.parts import Loop
from fer_desktop.ui.bridge.analysis_thread import AnalysisThread
from fer_desktop.ui.bridge.capture_thread import CaptureThread
from fer_desktop.ui.bridge.record_thread import RecordThread
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.session_model import SessionModel

_DEMO_LEARNING_S: Final = 90.0  # its script lasts three minutes
TICK_MS: Final = 1000
_SAVING_TICK_MS: Final = 100  # at the end nobody waits longer than is needed
_HANGING_MS: Final = 100


class LiveSession(QObject):
    """Runs one session at a time and feeds a model. All methods are called in the window's thread; none waits."""

    _posted = Signal(object, object)  # Loop, Report; emitted in the loop's thread, received in the window's

    def __init__(
        self,
        services: Services,
        model: SessionModel,
        parent: QObject | None = None,
        capture_grace_s: float = CAPTURE_GRACE_S,
        reopen_s: float = REOPEN_S,
    ) -> None:
        """`reopen_s`: between two tries to open a lost source."""
        super().__init__(parent)
        self._services, self.model, self._reopen_s = services, model, reopen_s
        self._controller = SessionController(self, capture_grace_s=capture_grace_s)
        self._threads: dict[Loop, CaptureThread | AnalysisThread | RecordThread] = {}
        self._choice: SourceChoice | None = None
        self._class_size = 0
        self._goes_on = False  # what begins is the session that was stopped
        self._posted.connect(self._on_posted)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._controller.tick)

    @property
    def status(self) -> SessionStatus:
        """What may be done now."""
        return self._controller.status

    @property
    def choice(self) -> SourceChoice | None:
        """The source of the running session, or of the last one."""
        return self._choice

    @property
    def records(self) -> bool:
        """Whether sessions are kept at all."""
        return self._services.records

    @property
    def updates(self) -> int:
        """Frames analysed so far; 0 where no session runs."""
        return self._controller.updates

    @property
    def idle_threads(self) -> bool:
        """Whether no thread of any session is left, one that hangs in a driver included."""
        return not self._threads

    def begin(self, choice: SourceChoice) -> None:
        """Begins a session; what comes of it is told by the model. Nothing while one is running."""
        if self.status.running:
            return
        self._choice = choice
        self._controller.start(self._plan(choice))

    def take_up(self) -> None:
        """Goes on with the session that was stopped last, with its source; nothing where that cannot be done."""
        if self.status.can_take_up and self._choice is not None:
            self._goes_on = True
            self._controller.take_up(self._plan(self._choice))
            self._goes_on = False

    def forget_stopped(self) -> None:
        """The session that was stopped last does not go on."""
        self._controller.forget_stopped()

    def set_class_size(self, size: int) -> None:
        """How many are in the class of this session, or of the next; 0: nobody says."""
        self._class_size = size
        self._controller.set_class_size(size)

    def _plan(self, choice: SourceChoice) -> SessionPlan:
        settings = self._services.settings()
        return SessionPlan(
            choice,
            partial(self._services.source, choice),
            self._services.analyzer,
            self._services.start_session,
            settings.max_updates_hz,
            settings.cpu_share,
            open_store=self._services.open_store,
            refusal=policy.verdict(settings, policy.opening_of(choice)).refusal,
            write_report=self._services.write_report,
            alerts=settings.alerts,
            class_size=self._class_size if choice.is_live_class else 0,
            learning_s=_DEMO_LEARNING_S if choice.kind is SourceKind.DEMO else LEARNING_S,
            reopen_s=self._reopen_s,
        )

    def pause(self) -> None:
        """Frames are let go and the seconds are paused ones until `resume`."""
        self._controller.pause()

    def resume(self) -> None:
        """Goes on after `pause`."""
        self._controller.resume()

    def mark(self, text: str, at_s: float | None = None) -> bool:
        """Names the running second, or the moment of that session time; whether a session runs."""
        return self._controller.mark(text, at_s)

    def steer_alerts(self, command: AlertCommand) -> None:
        """What alerts there are from here on, and what this session is compared with."""
        self._controller.steer_alerts(command)

    def edit_marker(self, command: EditMarker) -> bool:
        """Changes a marker of the running session; whether one runs."""
        return self._controller.edit_marker(command)

    def change_exclusion(self, command: ExclusionCommand) -> None:
        """Leaves somebody out of this session or brings them back."""
        self._controller.change_exclusion(command)

    def stop(self) -> None:
        """Ends the session and saves it."""
        self._controller.stop()

    def give_up_saving(self) -> None:
        """Lets go of what the disk has no room for, so that a stopped session ends."""
        self._controller.give_up_saving()

    def wait(self, limit_ms: int) -> bool:
        """Whether all threads were over within the time. For the end of the program, never while the window is used.

        One that hangs had its time when its session ended.
        """
        hanging = self._controller.hanging
        deadline = QDeadlineTimer(limit_ms)
        over = True
        for loop, thread in tuple(self._threads.items()):
            over &= thread.wait(QDeadlineTimer(min(_HANGING_MS, limit_ms)) if loop in hanging else deadline)
        return over

    def start(self, loop: Loop) -> None:
        """Runs a loop of the controller's in a thread of its own."""
        thread = _thread_of(loop)
        self._threads[loop] = thread
        thread.finished.connect(self._on_finished)
        thread.start()

    def post(self, loop: Loop, report: Report) -> None:
        """Hands a report over to the window's thread."""
        self._posted.emit(loop, report)

    def show(self, notice: Notice) -> None:
        """Feeds the model."""
        if isinstance(notice, SessionStatus):
            if notice.running and not self._ticking.isActive():
                self.model.begin(self._controller.analyses, goes_on=self._goes_on)
                self._ticking.start()
            elif not notice.running:
                self._ticking.stop()
            self._ticking.setInterval(_SAVING_TICK_MS if notice.phase is Phase.SAVING else TICK_MS)
        self.model.feed(notice)

    def _on_posted(self, loop: Loop, report: Report) -> None:
        self._controller.handle(loop, report)

    def _on_finished(self) -> None:
        # That one alone: of another that is over as well, reports may still wait behind this call.
        ended = self.sender()
        for loop, thread in tuple(self._threads.items()):
            if thread is ended:
                _let_go(thread)
                del self._threads[loop]
                self._controller.loop_ended(loop)


def _thread_of(loop: Loop) -> CaptureThread | AnalysisThread | RecordThread:
    match loop:
        case AnalysisLoop():
            return AnalysisThread(loop)
        case RecordLoop():
            return RecordThread(loop)
        case _:
            return CaptureThread(loop)


def _let_go(thread: QThread) -> None:
    thread.wait()  # `finished` comes a moment before the thread is gone
    thread.deleteLater()
