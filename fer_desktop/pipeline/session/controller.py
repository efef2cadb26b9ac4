"""A session from start to stop: which loops run, in what phase it is, what comes out. No thread is made here."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from fer_desktop.core.messages import Message
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.clock import SYSTEM_CLOCK, Clock
from fer_desktop.pipeline.events import Excluded, SessionEvent
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session.capture_loop import CaptureLoop
from fer_desktop.pipeline.session.commands import (
    Command,
    Drain,
    ExclusionCommand,
    GiveUpSaving,
    Mark,
    Pause,
    Resume,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session.engine import applied
from fer_desktop.pipeline.session.inbox import Inbox
from fer_desktop.pipeline.session.plan import SessionPlan
from fer_desktop.pipeline.session.reports import (
    CannotBegin,
    FileOpened,
    ModelsLoaded,
    Problem,
    Report,
    SourceBroke,
    SourceOpened,
    SourceOver,
)
from fer_desktop.pipeline.session.status import REFUSED, Counters, Phase, SessionEnd, SessionStatus
from fer_desktop.pipeline.session.throughput import ThroughputMeter

# A driver that hangs (a busy camera under Windows) must not keep a session from ending.
CAPTURE_GRACE_S: Final = 4.0

Loop = AnalysisLoop | CaptureLoop
Notice = SessionStatus | SessionEvent | Problem | Counters | SessionEnd


class SessionHost(Protocol):
    """Who runs the loops and shows what comes of them."""

    def start(self, loop: Loop) -> None:
        """Runs the loop in a thread of its own; when it is over, `controller.loop_ended` is called in the owner's."""

    def post(self, loop: Loop, report: Report) -> None:
        """Called in the loop's thread: has `controller.handle` called in the owner's, in order."""

    def show(self, notice: Notice) -> None:
        """Shows what has changed; called in the owner's thread."""


@dataclass(slots=True)
class _Run:
    """What one session consists of."""

    plan: SessionPlan
    throughput: ThroughputMeter
    inbox: Inbox = field(default_factory=Inbox)
    analysis: AnalysisLoop | None = None
    capture: CaptureLoop | None = None
    capture_started: bool = False
    stage: Phase = Phase.LOADING
    path: Path | None = None
    reason: Message | None = None  # why it ends, where the user does not end it
    lost_reason: Message | None = None
    paused: bool = False
    lost: bool = False
    failed: bool = False
    commands_sent: int = 0  # on who is left out
    ending_s: float | None = None  # when the capture was told to end
    elapsed_s: float = 0.0


class SessionController:
    """Runs one session at a time. All methods are called in the owner's thread and return at once."""

    def __init__(
        self, host: SessionHost, clock: Clock = SYSTEM_CLOCK, capture_grace_s: float = CAPTURE_GRACE_S
    ) -> None:
        self._host, self._clock, self._capture_grace_s = host, clock, capture_grace_s
        self._run: _Run | None = None
        self._status = SessionStatus()
        self._exclusion = Exclusion()
        self._retired: set[Loop] = set()
        self.analyses: Latest[Analysis] = Latest()  # of the running session, or of the last one

    @property
    def status(self) -> SessionStatus:
        """What may be done now."""
        return self._status

    @property
    def exclusion(self) -> Exclusion:
        """Who is left out of the running session, or was of the last one; the teacher's choice shows at once."""
        return self._exclusion

    @property
    def updates(self) -> int:
        """Frames analysed so far; 0 where no session runs."""
        return self._run.analysis.progress.updates if self._run and self._run.analysis else 0

    @property
    def all_loops_over(self) -> bool:
        """Whether no loop of any session is left, one that hangs in a driver included."""
        return not self._retired and self._run is None

    def start(self, plan: SessionPlan) -> None:
        """Begins a session; what comes of it is told to the host. Nothing while one is running."""
        if self._run is not None:
            return
        if not plan.allowed:
            self._host.show(SessionEnd(plan.choice, None, 0.0, REFUSED, failed=True))
            return
        self._exclusion = Exclusion()
        self.analyses = Latest()
        run = self._run = _Run(plan, ThroughputMeter(self._clock))
        run.analysis = analysis = AnalysisLoop(
            plan, run.inbox, self.analyses, lambda report: self._host.post(analysis, report), self._clock
        )
        run.capture = capture = CaptureLoop(
            plan.open_source, run.inbox, lambda report: self._host.post(capture, report), plan.reopen_s
        )
        self._enter(run, Phase.LOADING)
        self._host.start(analysis)

    def pause(self) -> None:
        """Frames are let go and the seconds are paused ones until `resume`."""
        if self._run is not None and self._status.can_pause:
            self._run.paused = True
            self._hold(self._run, Pause())

    def resume(self) -> None:
        """Goes on after `pause`."""
        if self._run is not None and self._status.can_resume:
            self._run.paused = False
            self._hold(self._run, Resume())

    def mark(self, text: str) -> bool:
        """Names the running second; whether there is one."""
        if self._run is None or not self._status.can_mark:
            return False
        self._run.inbox.send(Mark(text))
        return True

    def change_exclusion(self, command: ExclusionCommand) -> None:
        """Leaves somebody out of this session or brings them back, from the next frame on; nothing before the first."""
        if self._run is None or not self._status.recording:
            return
        self._run.commands_sent += 1
        self._run.inbox.send(command)
        # It is seen at once; the analysis answers with what it made of it, which may be busy for a moment.
        self._show_exclusion(applied(command, self._exclusion))

    def stop(self) -> None:
        """Ends the session and saves it; a SessionEnd follows."""
        if self._run is not None and self._status.can_stop:
            self._run.inbox.send(Stop())
            self._end(self._run)

    def give_up_saving(self) -> None:
        """Lets go of what the disk has no room for, so that a stopped session ends."""
        if self._run is not None and self._run.stage is Phase.SAVING:
            self._run.inbox.send(GiveUpSaving())

    def tick(self) -> None:
        """To be called about once a second: tells how the program keeps up, and gives up a source that hangs."""
        run = self._run
        if run is None:
            return
        if run.ending_s is not None and self._clock.monotonic_s() - run.ending_s >= self._capture_grace_s:
            self._retire_capture(run)
        if self._run is not None and run.analysis is not None:
            self._resolve(run)
            counters = run.throughput.read(run.analysis, run.capture)
            if counters is not None:
                self._host.show(counters)

    def handle(self, loop: Loop, report: Report) -> None:
        """Takes what a loop told; from one of an earlier session it is nothing."""
        run = self._run
        if run is None or loop not in (run.analysis, run.capture):
            return
        if isinstance(report, CannotBegin):
            run.reason, run.failed = report.reason, True
            self.stop()
        elif loop is run.capture:
            self._on_capture_report(run, report)
        else:
            self._on_analysis_report(run, report)

    def _on_capture_report(self, run: _Run, report: Report) -> None:
        match report:
            case SourceOpened() if run.stage is Phase.OPENING:
                self._enter(run, Phase.WAITING)
            case SourceOpened() if run.lost:
                run.lost = False
                self._hold(run, SourceBack())
            case SourceBroke(reason):
                run.lost, run.lost_reason = True, reason
                self._hold(run, SourceLost())
            case SourceOver(reason) if run.stage is not Phase.SAVING:
                run.reason = reason
                run.inbox.send(Drain(failed=reason is not None))
                self._end(run)

    def _on_analysis_report(self, run: _Run, report: Report) -> None:
        match report:
            case ModelsLoaded():
                if run.stage is Phase.LOADING and run.capture is not None:
                    run.capture_started = True
                    self._enter(run, Phase.OPENING)
                    self._host.start(run.capture)
            case FileOpened(path):
                run.path = path
                if run.stage is Phase.WAITING:
                    self._enter(run, Phase.LIVE)
            case Excluded():
                # An answer that is older than the last choice says nothing new.
                if report.commands >= run.commands_sent:
                    self._show_exclusion(report.exclusion)
            case SourceOpened() | SourceBroke() | SourceOver() | CannotBegin():
                pass
            case _:
                self._host.show(report)
                self._resolve(run)

    def loop_ended(self, loop: Loop) -> None:
        """Takes that a loop's thread is over."""
        self._retired.discard(loop)
        run = self._run
        if run is None:
            return
        if loop is run.capture:
            run.capture, run.ending_s = None, None
        elif loop is run.analysis and run.analysis is not None:
            run.elapsed_s = run.analysis.progress.elapsed_s
            run.analysis = None
        self._settle(run)

    def _hold(self, run: _Run, command: Command) -> None:
        run.inbox.send(command)
        if run.capture is not None:
            run.capture.pause(run.paused)
        self._resolve(run)

    def _end(self, run: _Run) -> None:
        self._enter(run, Phase.SAVING)
        if run.capture is not None and run.capture_started:
            run.ending_s = self._clock.monotonic_s()
            run.capture.stop()
        else:
            run.capture = None
            self._settle(run)

    def _retire_capture(self, run: _Run) -> None:
        """The source does not let go: the session ends without it, and its thread is kept until it does."""
        if run.capture is not None:
            self._retired.add(run.capture)
            run.capture, run.ending_s = None, None
            self._settle(run)

    def _settle(self, run: _Run) -> None:
        if run.capture is None and run.analysis is None and run.stage is Phase.SAVING:
            self._run = None
            self._show_status(SessionStatus(anybody_excluded=bool(self._exclusion.seats)))
            self._host.show(SessionEnd(run.plan.choice, run.path, run.elapsed_s, run.reason, run.failed))

    def _enter(self, run: _Run, stage: Phase) -> None:
        run.stage = stage
        self._resolve(run)

    def _resolve(self, run: _Run) -> None:
        phase, reason = run.stage, None
        if phase is Phase.LIVE and run.paused:
            phase = Phase.PAUSED
        elif phase in (Phase.WAITING, Phase.LIVE) and run.lost:
            phase, reason = Phase.LOST, run.lost_reason
        unsaved_s = run.analysis.progress.unsaved_s if run.analysis is not None else 0
        excluded = bool(self._exclusion.seats)
        self._show_status(SessionStatus(phase, reason, run.stage is Phase.LIVE, excluded, unsaved_s))

    def _show_status(self, status: SessionStatus) -> None:
        if status != self._status:
            self._status = status
            self._host.show(status)

    def _show_exclusion(self, exclusion: Exclusion) -> None:
        elapsed_s = self._run.analysis.progress.elapsed_s if self._run and self._run.analysis else 0.0
        self._exclusion = exclusion
        self._host.show(Excluded(elapsed_s, exclusion, self._run.commands_sent if self._run else 0))
        self._show_status(replace(self._status, anybody_excluded=bool(exclusion.seats)))
