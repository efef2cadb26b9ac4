"""Sessions without threads: the loops are stepped through by hand, on a clock that is set by hand."""

from support.clocks import ManualClock
from support.fakes import DEMO, FakeServices, picture

from fer_desktop.core import policy
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Analysis, Frame, State, Summary
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.commands import Command
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox
from fer_desktop.pipeline.session_engine.channel.plan import SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import Problem, Report
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus
from fer_desktop.pipeline.session_engine.controller import SessionController
from fer_desktop.pipeline.session_engine.host import Notice
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop
from fer_desktop.pipeline.session_engine.parts import Loop

FRAME_S = 0.125


def plan_of(
    services: FakeServices, choice: SourceChoice = DEMO, reopen_s: float = 0.01, class_size: int = 0
) -> SessionPlan:
    """As the window makes it."""
    settings = services.settings()
    return SessionPlan(
        choice,
        lambda: services.source(choice),
        services.analyzer,
        services.start_session,
        settings.max_updates_hz,
        settings.cpu_share,
        open_store=services.open_store,
        refusal=policy.verdict(settings, policy.opening_of(choice)).refusal,
        reopen_s=reopen_s,
        class_size=class_size,
    )


class SteppedAnalysis:
    """The loops that analyse and record, and a source of eight frames a second."""

    def __init__(
        self,
        services: FakeServices,
        choice: SourceChoice = DEMO,
        class_size: int = 0,
        before: "SteppedAnalysis | None" = None,
    ) -> None:
        """`before`: one that was stopped, and that this one goes on with."""
        self.clock: ManualClock = before.clock if before is not None else ManualClock()
        self.inbox, self.record_inbox, self._choice = Inbox(), Inbox(), choice
        self.analyses: Latest[Analysis] = Latest()
        self.reports: list[Report] = []
        self.missing = State.NO_SOURCE  # why a second without a frame has none
        plan = plan_of(services, choice, class_size=class_size)
        stopped = before.record.stopped if before is not None else None
        if before is not None and stopped is not None:
            stopped = stopped.known_by(before.loop.leave_reader())
        self.loop: AnalysisLoop = AnalysisLoop(
            plan,
            self.inbox,
            self.record_inbox,
            self.analyses,
            self.reports.append,
            self.clock,
            reader=stopped.reader if stopped is not None else None,
        )
        self.record: RecordLoop = RecordLoop(
            plan, self.record_inbox, lambda: self.missing, self.reports.append, self.clock, stopped
        )
        self.hangs = False  # detector or network: the loop that analyses does nothing
        self.over = self._analysis_over = False
        self.scene = 0
        self.loop.load()

    def close(self) -> None:
        """As the record's thread does in the end."""
        self.record._close()

    def taken_up(self, services: FakeServices) -> "SteppedAnalysis":
        """It goes on after its end."""
        return SteppedAnalysis(services, self._choice, before=self)

    @property
    def summaries(self) -> list[Summary]:
        return [report for report in self.reports if isinstance(report, Summary)]

    @property
    def problems(self) -> list[str]:
        return [str(report.message or "") for report in self.reports if isinstance(report, Problem)]

    def send(self, *commands: Command) -> None:
        for command in commands:
            self.inbox.send(command)
            self.record_inbox.send(command)

    def frame(self) -> None:
        """The source gives a frame."""
        self.inbox.put(Frame(1, self.clock.time_s, picture(), self.scene))

    def step(self) -> None:
        """Until there is nothing more to do at this time."""
        while not (self._analysis_over or self.hangs):
            wait = self.loop.step()
            self._analysis_over = wait is None
            if wait is None or wait.at_most_s > 0:
                break
        if not self.over:
            self.over = self.record.step() is None

    def run(self, seconds: float, frames: bool = True) -> None:
        """Time goes on."""
        for _ in range(round(seconds / FRAME_S)):
            if frames:
                self.frame()
            self.step()
            self.clock.sleep(FRAME_S)
        self.step()


class SteppedHost:
    """A host whose threads are not there: loops run when they are told to, reports come when they are asked for."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.controller = SessionController(self, self.clock, capture_grace_s=4.0)
        self.started: list[Loop] = []
        self.posted: list[tuple[Loop, Report]] = []
        self.notices: list[Notice] = []

    def start(self, loop: Loop) -> None:
        self.started.append(loop)

    def post(self, loop: Loop, report: Report) -> None:
        self.posted.append((loop, report))

    def show(self, notice: Notice) -> None:
        self.notices.append(notice)

    @property
    def analysis(self) -> AnalysisLoop:
        return next(loop for loop in reversed(self.started) if isinstance(loop, AnalysisLoop))

    @property
    def record(self) -> RecordLoop:
        return next(loop for loop in reversed(self.started) if isinstance(loop, RecordLoop))

    @property
    def capture(self) -> CaptureLoop:
        return next(loop for loop in reversed(self.started) if isinstance(loop, CaptureLoop))

    @property
    def phases(self) -> list[Phase]:
        told = [notice.phase for notice in self.notices if isinstance(notice, SessionStatus)]
        return [phase for before, phase in zip([None, *told], told, strict=False) if phase is not before]

    @property
    def ends(self) -> list[SessionEnd]:
        return [notice for notice in self.notices if isinstance(notice, SessionEnd)]

    def tell(self, loop: Loop, *reports: Report) -> None:
        """The loop has told that, and it has arrived."""
        for report in reports:
            self.controller.handle(loop, report)

    def deliver(self) -> None:
        """What was posted arrives."""
        while self.posted:
            self.controller.handle(*self.posted.pop(0))
