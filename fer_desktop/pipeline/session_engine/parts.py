"""What one session consists of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fer_desktop.core.messages import Message
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.clock import Clock
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.commands import Command
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox
from fer_desktop.pipeline.session_engine.channel.plan import SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import Report
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus, Unseen
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop
from fer_desktop.pipeline.session_engine.loops.reader import FrameReader
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop
from fer_desktop.pipeline.session_engine.loops.stopped import PLAYED, Stopped
from fer_desktop.pipeline.session_engine.loops.watchdog import why_missing
from fer_desktop.pipeline.session_engine.throughput import ThroughputMeter

Loop = AnalysisLoop | CaptureLoop | RecordLoop
Post = Callable[[Loop, Report], None]


@dataclass(slots=True)
class Parts:
    """The loops of one session and where they stand; the controller's thread alone writes it."""

    plan: SessionPlan
    throughput: ThroughputMeter
    inbox: Inbox = field(default_factory=Inbox)  # of the analysis
    record_inbox: Inbox = field(default_factory=Inbox)
    analysis: AnalysisLoop | None = None
    capture: CaptureLoop | None = None
    record: RecordLoop | None = None
    capture_started: bool = False
    stage: Phase = Phase.LOADING
    path: Path | None = None
    reason: Message | None = None  # why it ends, where the user does not end it
    lost_reason: Message | None = None
    unseen: Unseen = Unseen.NOT
    paused: bool = False
    lost: bool = False
    silent: bool = False  # the source is lost since it hangs, and not since it said so
    failed: bool = False
    unrecorded: bool = False
    commands_sent: int = 0  # on who is left out
    ending_s: float | None = None  # when the loops were told to end
    elapsed_s: float = 0.0
    reader: FrameReader | None = None  # of the analysis that is over
    stopped: Stopped | None = None  # that it goes on with; at its end what may be gone on with

    def send(self, command: Command) -> None:
        """Tells the analysis and the record; each does its part."""
        self.inbox.send(command)
        self.record_inbox.send(command)

    def leave(self) -> Stopped | None:
        """What may be gone on with, once all loops are over."""
        stopped = self.stopped if self.plan.choice.kind not in PLAYED else None
        known = stopped and stopped.known_by(self.reader)
        self.reader = self.stopped = None  # its loops, which know themselves, are freed late
        return known

    def status(self, anybody_excluded: bool) -> SessionStatus:
        """What may be done now."""
        phase, reason, unseen = self.stage, None, Unseen.NOT
        if phase is Phase.LIVE and self.paused:
            phase = Phase.PAUSED
        elif phase in (Phase.WAITING, Phase.LIVE) and self.lost:
            phase, reason, unseen = Phase.LOST, self.lost_reason, self.unseen
        unsaved_s = self.record.progress.unsaved_s if self.record is not None else 0
        return SessionStatus(phase, reason, self.stage is Phase.LIVE, anybody_excluded, unsaved_s, unseen)

    def make_record(self, post: Post, clock: Clock) -> RecordLoop:
        """The loop that records; one a session."""
        self.record = loop = RecordLoop(
            self.plan,
            self.record_inbox,
            lambda: why_missing(self.capture, clock.monotonic_s()),
            lambda report: post(loop, report),
            clock,
            self.stopped,
        )
        return loop

    def make_analysis(self, analyses: Latest[Analysis], post: Post, clock: Clock) -> AnalysisLoop:
        """The loop that analyses, or the one that takes over from it."""
        self.analysis = loop = AnalysisLoop(
            self.plan,
            self.inbox,
            self.record_inbox,
            analyses,
            lambda report: post(loop, report),
            clock,
            before=self.analysis,
            reader=self.stopped.reader if self.stopped is not None and self.analysis is None else None,
        )
        return loop

    def make_capture(self, post: Post, silent_s: float = 0.0) -> CaptureLoop:
        """The loop that captures, or the one that takes over from it after so long a silence."""
        self.capture = loop = CaptureLoop(
            self.plan.open_source,
            self.inbox,
            lambda report: post(loop, report),
            self.plan.reopen_s,
            again=self.capture is not None,
            usual_s=silent_s,
        )
        loop.pause(self.paused)
        return loop
