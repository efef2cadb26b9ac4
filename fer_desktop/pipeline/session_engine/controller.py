"""A session from start to stop: which loops run, in what phase it is, what comes out. No thread is made here."""

from dataclasses import replace
from typing import Final

from fer_desktop.core.messages import Message
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, State
from fer_desktop.pipeline.clock import SYSTEM_CLOCK, Clock
from fer_desktop.pipeline.events import Excluded
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.commands import (
    AlertCommand,
    Command,
    Drain,
    EditMarker,
    ExclusionCommand,
    GiveUpSaving,
    Mark,
    Pause,
    Resume,
    SetClassSize,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session_engine.channel.plan import SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import (
    CannotBegin,
    FileOpened,
    ModelsLoaded,
    Problem,
    Report,
    SourceBroke,
    SourceOpened,
    SourceOver,
)
from fer_desktop.pipeline.session_engine.channel.status import FAULT, Phase, SessionEnd, SessionStatus, Unseen
from fer_desktop.pipeline.session_engine.host import SessionHost
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.reader import applied
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop
from fer_desktop.pipeline.session_engine.loops.stopped import Stopped
from fer_desktop.pipeline.session_engine.parts import Loop, Parts
from fer_desktop.pipeline.session_engine.supervisor import Actions, Supervisor
from fer_desktop.pipeline.session_engine.throughput import ThroughputMeter

# A driver that hangs (a busy camera under Windows), a detector or a disk must not keep a session from ending.
CAPTURE_GRACE_S: Final = 3.0
_DISK_HUNG: Final = Message("The disk did not answer: the end of the session may be missing.")
_NO_PROBLEM: Final = Problem(None)


class SessionController:
    """Runs one session at a time. All methods are called in the owner's thread and return at once."""

    def __init__(
        self, host: SessionHost, clock: Clock = SYSTEM_CLOCK, capture_grace_s: float = CAPTURE_GRACE_S
    ) -> None:
        self._host, self._clock, self._capture_grace_s = host, clock, capture_grace_s
        self._run: Parts | None = None
        self._status = SessionStatus()
        self._exclusion = Exclusion()
        self._retired: set[Loop] = set()
        self._supervisor: Supervisor | None = None
        self._problems: dict[type, Problem] = {}  # by the kind of loop that told it
        self._shown_problem = _NO_PROBLEM
        self._stopped: Stopped | None = None  # the last session, as long as it may go on
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

    @property
    def hanging(self) -> frozenset[Loop]:
        """The loops that a session went on or ended without, and that are not over yet."""
        return frozenset(self._retired)

    def start(self, plan: SessionPlan) -> None:
        """Begins a session; what comes of it is told to the host. Nothing while one is running."""
        if self._run is None:
            self._stopped = None
            self._start(plan)

    def take_up(self, plan: SessionPlan) -> None:
        """Goes on with the session that was stopped last; nothing where it may not. Its file and its store stay."""
        if self._run is None and self._stopped is not None:
            self._start(plan, self._stopped)

    def forget_stopped(self) -> None:
        """The session that was stopped last does not go on."""
        self._stopped = None
        self._show_status(replace(self._status, stopped_lately=False))

    def _start(self, plan: SessionPlan, stopped: Stopped | None = None) -> None:
        if plan.refusal is not None:
            self._host.show(SessionEnd(plan.choice, None, 0.0, plan.refusal, failed=True))
            return
        self.analyses, self._exclusion = Latest(), Exclusion()
        self._problems, self._shown_problem = {}, _NO_PROBLEM
        run = self._run = Parts(plan, ThroughputMeter(self._clock), stopped=stopped)
        if stopped is not None:
            run.path, run.elapsed_s = stopped.file.path, stopped.elapsed_s
            run.unrecorded = run.path is None
        record = run.make_record(self._host.post, self._clock)
        analysis = run.make_analysis(self.analyses, self._host.post, self._clock)
        run.make_capture(self._host.post)
        self._supervisor = Supervisor(
            run,
            Actions(
                lambda: self._replace_analysis(run),
                lambda silent_s: self._replace_capture(run, silent_s),
                lambda reason: self._lose(run, reason, State.NO_SOURCE, silent=True),
                lambda: self._find(run),
                lambda: bool(self._exclusion.seats),
            ),
        )
        self._enter(run, Phase.LOADING)
        self._host.start(record)
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

    def mark(self, text: str, at_s: float | None = None) -> bool:
        """Names the running second, or the moment of that session time; whether a session runs."""
        if self._run is None or not self._status.can_mark:
            return False
        self._run.send(Mark(text, at_s))
        return True

    def steer_alerts(self, command: AlertCommand) -> None:
        """Chooses alerts, silences or answers them, or compares with a marker; nothing where nothing is recorded."""
        if self._run is not None and self._status.recording:
            self._run.send(command)

    def set_class_size(self, size: int) -> None:
        """How many are in the class from here on, as the teacher says; nothing while no session runs."""
        if self._run is not None:
            self._run.send(SetClassSize(size))

    def edit_marker(self, command: EditMarker) -> bool:
        """Changes a marker of the running session; whether there is one."""
        if self._run is None or not self._status.can_mark:
            return False
        self._run.send(command)
        return True

    def change_exclusion(self, command: ExclusionCommand) -> None:
        """Leaves somebody out of this session or brings them back, from the next frame on; nothing before the first."""
        if self._run is None or not self._status.recording:
            return
        self._run.commands_sent += 1
        self._run.send(command)
        # It is seen at once; the analysis answers with what it made of it, which may be busy for a moment.
        self._show_exclusion(applied(command, self._exclusion))

    def stop(self) -> None:
        """Ends the session and saves it; a SessionEnd follows."""
        if self._run is not None and self._status.can_stop:
            self._run.send(Stop())
            self._end(self._run)

    def give_up_saving(self) -> None:
        """Lets go of what the disk has no room for, so that a stopped session ends."""
        if self._run is not None and self._run.stage is Phase.SAVING:
            self._run.send(GiveUpSaving())

    def tick(self) -> None:
        """To be called about once a second: tells how the program keeps up, and looks after parts that hang."""
        run, now_s = self._run, self._clock.monotonic_s()
        if run is None:
            return
        if self._supervisor is not None:
            self._supervisor.look(now_s)
            self._show_problem()
        if run.ending_s is not None and now_s - run.ending_s >= self._capture_grace_s:
            self._retire_all(run)
        if self._run is not None and run.analysis is not None:
            self._resolve(run)
            counters = run.throughput.read(run.analysis, run.capture, run.record)
            if counters is not None and run.stage is not Phase.SAVING:
                self._host.show(counters)

    def handle(self, loop: Loop, report: Report) -> None:
        """Takes what a loop told; from one of an earlier session it is nothing."""
        run = self._run
        if run is None or loop not in (run.analysis, run.capture, run.record):
            return
        if isinstance(report, CannotBegin):
            run.reason, run.failed = report.reason, True
            self.stop()
        elif isinstance(report, Problem):
            self._problems[type(loop)] = report
            self._resolve(run)
            self._show_problem()
        elif loop is run.capture:
            self._on_capture_report(run, report)
        else:
            self._on_report(run, report)

    def _on_capture_report(self, run: Parts, report: Report) -> None:
        match report:
            case SourceOpened() if run.stage is Phase.OPENING:
                self._enter(run, Phase.WAITING)
                self._find(run)
            case SourceOpened() if run.lost:
                self._find(run)
            case SourceBroke(reason, why, unseen):
                self._lose(run, reason, why, unseen)
            case SourceOver(reason) if run.stage is not Phase.SAVING:
                run.reason = reason
                run.send(Drain(reason))
                self._end(run)

    def _on_report(self, run: Parts, report: Report) -> None:
        match report:
            case ModelsLoaded():
                if run.stage is Phase.LOADING and run.capture is not None:
                    run.capture_started = True
                    self._enter(run, Phase.OPENING)
                    self._host.start(run.capture)
            case FileOpened(path):
                run.path, run.unrecorded = path, path is None
                if run.stage is Phase.WAITING:
                    self._enter(run, Phase.LIVE)
            case Excluded():
                # An answer that is older than the last choice says nothing new.
                if report.commands >= run.commands_sent:
                    self._show_exclusion(report.exclusion)
            case SourceOpened() | SourceBroke() | SourceOver() | CannotBegin():
                pass
            case Problem():
                pass  # is told with those of the other parts
            case _:
                self._host.show(report)
                self._resolve(run)

    def loop_ended(self, loop: Loop) -> None:
        """Takes that a loop's thread is over."""
        self._retired.discard(loop)
        run = self._run
        if run is None:
            return
        ends = run.stage is Phase.SAVING
        if loop in (run.capture, run.analysis) and not ends:
            self._on_death(run, loop)
            return
        if loop is run.capture:
            run.capture = None
        elif loop is run.analysis and run.analysis is not None:
            run.reader, run.analysis = run.analysis.leave_reader(), None
        elif loop is run.record and run.record is not None:
            run.elapsed_s, run.stopped = run.record.progress.elapsed_s, run.record.stopped
            run.record = None
            if not ends:
                run.reason, run.failed = FAULT, True
                self._end(run)
                return
        self._settle(run)

    def _on_death(self, run: Parts, loop: Loop) -> None:
        """A loop is over that nobody told to end: another takes over, unless that was tried too often."""
        assert self._supervisor is not None
        if loop is run.capture:
            self._supervisor.capture_died()
            run.capture = None if run.capture is loop else run.capture
        else:
            self._supervisor.analysis_died()
            run.analysis = None if run.analysis is loop else run.analysis
        self._retired.discard(loop)
        self._show_problem()

    def _replace_analysis(self, run: Parts) -> None:
        """Another takes over from one that hangs or died; what the first still reads counts for nothing."""
        if run.analysis is not None:
            self._retire(run.analysis)
            run.analysis.retire()
        self._problems.pop(AnalysisLoop, None)
        self._host.start(run.make_analysis(self.analyses, self._host.post, self._clock))

    def _replace_capture(self, run: Parts, silent_s: float) -> None:
        """As `_replace_analysis`; a source that is waited for is cancelled."""
        if run.capture is not None:
            self._retire(run.capture)
            run.capture.stop()
        self._host.start(run.make_capture(self._host.post, silent_s))

    def _retire(self, loop: Loop) -> None:
        """The session goes on without it, and its thread is kept until it ends."""
        self._retired.add(loop)

    def _lose(
        self, run: Parts, reason: Message, why: State, unseen: Unseen = Unseen.NOT, *, silent: bool = False
    ) -> None:
        run.lost, run.lost_reason, run.silent = True, reason, silent
        run.unseen = unseen
        self._hold(run, SourceLost(why))

    def _find(self, run: Parts) -> None:
        run.silent = False
        if run.lost:
            run.lost = False
            self._hold(run, SourceBack())

    def _hold(self, run: Parts, command: Command) -> None:
        run.send(command)
        if run.capture is not None:
            run.capture.pause(run.paused)
        self._resolve(run)

    def _end(self, run: Parts) -> None:
        self._enter(run, Phase.SAVING)
        run.ending_s = self._clock.monotonic_s()
        if run.capture is not None and run.capture_started:
            run.capture.stop()
        else:
            run.capture = None
        self._settle(run)

    def _retire_all(self, run: Parts) -> None:
        """What does not let go is left alone: the session ends without it.

        A record that waits for room on the disk is the user's to end; one that makes no step hangs in the disk.
        """
        for loop in (run.capture, run.analysis):
            if loop is not None:
                self._retire(loop)
        if run.analysis is not None:
            run.analysis.retire()
        run.capture = run.analysis = None
        if run.record is not None and self._supervisor is not None and self._supervisor.record_hangs:
            run.elapsed_s, run.reason = run.record.progress.elapsed_s, _DISK_HUNG
            run.stopped = None
            self._retire(run.record)
            run.record = None
        self._settle(run)

    def _settle(self, run: Parts) -> None:
        if run.capture is None and run.analysis is None and run.record is None and run.stage is Phase.SAVING:
            self._run = self._supervisor = None
            self._stopped = run.leave()
            lately, known = self._stopped is not None, self._stopped is not None and self._stopped.reader is not None
            excluded = bool(self._exclusion.seats)
            self._show_status(SessionStatus(anybody_excluded=excluded, stopped_lately=lately, seats_known=known))
            end = SessionEnd(run.plan.choice, run.path, run.elapsed_s, run.reason, run.failed, run.unrecorded)
            self._host.show(end)

    def _enter(self, run: Parts, stage: Phase) -> None:
        run.stage = stage
        self._resolve(run)

    def _resolve(self, run: Parts) -> None:
        self._show_status(run.status(bool(self._exclusion.seats)))

    def _show_status(self, status: SessionStatus) -> None:
        if status != self._status:
            self._status = status
            self._host.show(status)

    def _show_problem(self) -> None:
        """Shows what does not work where that has changed; what may lose seconds goes first."""
        watched = self._supervisor.problem if self._supervisor is not None else None
        told = (self._problems.get(RecordLoop), Problem(watched), self._problems.get(AnalysisLoop))
        problem = next((one for one in told if one is not None and one.message is not None), _NO_PROBLEM)
        if problem != self._shown_problem:
            self._shown_problem = problem
            self._host.show(problem)

    def _show_exclusion(self, exclusion: Exclusion) -> None:
        elapsed_s = self._run.record.progress.elapsed_s if self._run and self._run.record else 0.0
        self._exclusion = exclusion
        self._host.show(Excluded(elapsed_s, exclusion, self._run.commands_sent if self._run else 0))
        self._show_status(replace(self._status, anybody_excluded=bool(exclusion.seats)))
