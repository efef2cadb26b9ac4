"""A session whose parts hang and die, in threads of its own, under a clock that the test moves."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from support.clocks import ManualClock, until
from support.fakes import FakeClassifier, FakeServices, FakeSource, cut
from support.sessions import plan_of

from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Face, Image
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.session_engine.channel.commands import IncludeEverybody
from fer_desktop.pipeline.session_engine.channel.plan import SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import Problem, Report
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd
from fer_desktop.pipeline.session_engine.controller import SessionController
from fer_desktop.pipeline.session_engine.host import Notice
from fer_desktop.pipeline.session_engine.parts import Loop


class SharedClock(ManualClock):
    """As the frames' own, which are stamped by the system's clock, and ahead of it by what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead_s = 0.0

    def monotonic_s(self) -> float:
        return time.monotonic() + self._ahead_s

    def sleep(self, seconds: float) -> None:
        self._ahead_s += seconds


class Detector:
    """Faces in a row; hangs, or ends its thread, where it is told to."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services
        self.hangs = False
        self.raises: BaseException | None = None
        self.freed = threading.Event()
        self.entered = threading.Event()

    def detect(self, image: Image) -> list[Face]:
        if self.raises is not None:
            raise self.raises
        if self.hangs:
            self.entered.set()
            self.freed.wait()
        return self._services.detector.detect(image)


class SilentSource(FakeSource):
    """Gives frames, and then none, deaf to all that it is told, until it is freed."""

    def __init__(self, after: int, reopens: bool = True) -> None:
        super().__init__("Camera", reopens=reopens)
        self._after = after

    def _read(self) -> npt.NDArray[np.uint8] | None:  # type: ignore[override] # as its base does
        if self.count >= self._after:
            self.freed.wait()
            return None
        return super()._read()  # type: ignore[return-value]


class Threads:
    """A host that runs loops in threads, and hands over what they tell when it is asked to."""

    def __init__(self, services: FakeServices) -> None:
        self.services = services
        self.clock = SharedClock()
        self.controller = SessionController(self, self.clock)
        self.detectors: list[Detector] = []
        self.next_detectors: list[Callable[[Detector], None]] = []  # what is done to each that is made
        self.reports_written: list[str] = []
        self.notices: list[Notice] = []
        self.disk_hangs = False
        self._lock = threading.Lock()
        self._posted: list[tuple[Loop, Report | None]] = []
        self.threads: list[threading.Thread] = []

    def plan(self, choice: SourceChoice) -> SessionPlan:
        return replace(plan_of(self.services, choice), load_analyzer=self._analyzer, write_report=self._keep)

    def _keep(self, text: str) -> Path | None:
        self.reports_written.append(text)
        return self.services.folder / "report.txt"

    def _analyzer(self) -> FrameAnalyzer:
        detector = Detector(self.services)
        if self.next_detectors:
            self.next_detectors.pop(0)(detector)
        self.detectors.append(detector)
        return FrameAnalyzer(detector, cut, FakeClassifier())

    def start(self, loop: Loop) -> None:
        def run() -> None:
            loop.run()
            with self._lock:
                self._posted.append((loop, None))

        thread = threading.Thread(target=run, daemon=True)
        self.threads.append(thread)
        thread.start()

    def post(self, loop: Loop, report: Report) -> None:
        with self._lock:
            self._posted.append((loop, report))

    def show(self, notice: Notice) -> None:
        self.notices.append(notice)

    def deliver(self) -> None:
        while True:
            with self._lock:
                if not self._posted:
                    return
                loop, report = self._posted.pop(0)
            if report is None:
                self.controller.loop_ended(loop)
            else:
                self.controller.handle(loop, report)

    def until(self, true: Callable[[], object]) -> None:
        def met() -> object:
            self.deliver()
            return true()

        until(met)

    def seconds(self, count: int) -> None:
        """So many go by, with a tick in each."""
        for _ in range(count):
            self.clock.sleep(1.0)
            if not self.disk_hangs:
                self._let_record()
            self.deliver()
            self.controller.tick()

    def _let_record(self) -> None:
        """The record's loop sees that a second went by."""
        parts = self.controller._run
        record = parts.record if parts is not None else None
        if parts is not None and record is not None and parts.stage is not Phase.SAVING:
            beats = record.progress.beats
            parts.record_inbox.send(IncludeEverybody())  # which is the analysis's, and wakes it
            until(lambda: record.progress.beats > beats)

    @property
    def problems(self) -> list[str]:
        return [str(notice.message or "") for notice in self.notices if isinstance(notice, Problem)]

    @property
    def ends(self) -> list[SessionEnd]:
        return [notice for notice in self.notices if isinstance(notice, SessionEnd)]

    @property
    def updates(self) -> int:
        return self.controller.updates

    def free(self) -> None:
        for detector in self.detectors:
            detector.freed.set()
        for source in self.services.made:
            if isinstance(source, FakeSource):
                source.freed.set()
                source.cancel()
