"""Parts of a session that hang or die: the real loops in real threads, a clock and a tick that are set by hand."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from support.clocks import ManualClock, until
from support.fakes import CAMERA, DEMO, FakeClassifier, FakeServices, FakeSource, cut
from support.sessions import plan_of

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.core.types import Face, Image, State, Summary
from fer_desktop.pipeline.events import Ended, Gap
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.session.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session.commands import Exclude, IncludeEverybody
from fer_desktop.pipeline.session.controller import Notice, SessionController
from fer_desktop.pipeline.session.parts import Loop
from fer_desktop.pipeline.session.plan import SessionPlan
from fer_desktop.pipeline.session.reports import Problem, Report
from fer_desktop.pipeline.session.status import Phase, SessionEnd, SessionStatus
from fer_desktop.pipeline.session.watchdog import Patience, where_threads_are


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


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def host(services: FakeServices) -> Iterator[Threads]:
    threads = Threads(services)
    yield threads
    threads.controller.stop()
    threads.free()
    threads.deliver()
    for thread in threads.threads:
        thread.join(10.0)
        assert not thread.is_alive()


def _go_live(host: Threads, choice: SourceChoice = DEMO) -> None:
    host.controller.start(host.plan(choice))
    host.until(lambda: host.updates >= 1)


def test_a_detector_that_hangs_is_told_and_another_takes_over(host: Threads) -> None:
    _go_live(host)
    host.detectors[0].hangs = True
    host.until(host.detectors[0].entered.is_set)
    host.seconds(9)
    assert host.problems == []
    host.seconds(2)
    assert "gave no answer for 10 s; they are loaded again" in host.problems[-1]
    before = host.updates
    host.until(lambda: host.updates > before)
    assert len(host.detectors) == 2
    assert host.controller.status.phase is Phase.LIVE
    host.seconds(11)
    assert host.problems[-1] == ""


def test_what_a_detector_that_hung_says_in_the_end_counts_for_nothing(host: Threads) -> None:
    _go_live(host)
    host.detectors[0].hangs = True
    host.until(host.detectors[0].entered.is_set)
    host.seconds(11)
    host.until(lambda: len(host.detectors) == 2)
    first = next(loop for loop in host.controller.hanging if isinstance(loop, AnalysisLoop))
    read = first.progress.updates
    host.detectors[0].freed.set()
    host.until(lambda: first not in host.controller.hanging)
    assert first.progress.updates == read


def test_seconds_in_which_the_detector_hung_are_a_gap(host: Threads, services: FakeServices) -> None:
    _go_live(host)
    host.detectors[0].hangs = True
    host.until(host.detectors[0].entered.is_set)
    host.seconds(9)
    (file,) = services.files
    host.until(lambda: sum(not row.state.seen for row in file.rows) >= 1)
    host.controller.stop()
    host.until(lambda: any(isinstance(event, Ended) for event in file.events))
    assert any(isinstance(event, Gap) for event in file.events)
    assert all(row.readable == 0 for row in file.rows if not row.state.seen)


def test_three_failures_in_a_row_are_a_fault_with_a_report(host: Threads) -> None:
    def hang(detector: Detector) -> None:
        detector.hangs = True

    host.next_detectors = [lambda _detector: None, hang, hang, hang]
    _go_live(host)
    host.detectors[0].hangs = True
    for number in range(3):
        host.until(lambda number=number: len(host.detectors) > number)  # type: ignore[misc]
        host.until(host.detectors[number].entered.is_set)
        host.seconds(12)
    assert "failed 3 times in a row" in host.problems[-1]
    assert "report.txt" in host.problems[-1]
    (report,) = host.reports_written
    assert "in detect" in report
    assert len(host.detectors) == 3
    host.seconds(30)
    assert len(host.reports_written) == 1


@pytest.mark.parametrize("error", [SystemExit(3), MemoryError(), KeyboardInterrupt()])
def test_a_detector_that_ends_its_thread_is_loaded_again(host: Threads, error: BaseException) -> None:
    host.next_detectors = [lambda _detector: None]
    _go_live(host)
    host.detectors[0].raises = error
    if isinstance(error, MemoryError):  # of one frame: the thread goes on
        host.until(lambda: bool(host.problems))
        assert "fault in the program" in host.problems[-1]
        return
    host.until(lambda: len(host.detectors) == 2)
    assert "ended by a fault; it is started again" in host.problems[-1]
    before = host.updates
    host.until(lambda: host.updates > before)


def test_whoever_was_left_out_is_nobody_for_a_fresh_detector(host: Threads) -> None:
    _go_live(host)
    host.controller.change_exclusion(Exclude(0))
    host.until(lambda: host.controller.exclusion.seats)
    host.detectors[0].raises = SystemExit()
    host.until(lambda: len(host.detectors) == 2)
    host.until(lambda: host.controller.exclusion == Exclusion())
    assert not host.controller.status.anybody_excluded


def test_a_source_that_gives_no_frame_is_opened_again_and_said_to_be(host: Threads, services: FakeServices) -> None:
    sources = iter([SilentSource(after=5), FakeSource("Camera", reopens=True)])
    services.sources[SourceKind.CAMERA] = lambda: next(sources)
    _go_live(host, CAMERA)
    host.until(lambda: services.made[0].count == 5)  # type: ignore[attr-defined]
    host.seconds(12)
    lost = [notice for notice in host.notices if isinstance(notice, SessionStatus) and notice.phase is Phase.LOST]
    assert "has given no picture for 1" in str(lost[0].reason)
    host.until(lambda: len(services.made) == 2 and host.controller.status.phase is Phase.LIVE)
    before = host.updates
    host.until(lambda: host.updates > before)


def test_a_source_that_takes_its_time_is_left_to_it(host: Threads, services: FakeServices) -> None:
    services.sources[SourceKind.CAMERA] = lambda: SilentSource(after=5)
    _go_live(host, CAMERA)
    host.until(lambda: services.made[0].count == 5)  # type: ignore[attr-defined]
    capture = host.controller._run.capture  # type: ignore[union-attr]
    assert capture is not None
    capture.usual_s = 20.0
    host.seconds(50)
    assert len(services.made) == 1
    assert "every 20 s only" in host.problems[-1]
    host.seconds(15)
    assert len(services.made) == 2


def test_a_source_that_never_answers_again_is_a_fault_with_a_report(host: Threads, services: FakeServices) -> None:
    services.sources[SourceKind.CAMERA] = lambda: SilentSource(after=5 if not services.made else 0)
    _go_live(host, CAMERA)
    host.until(lambda: services.made[0].count == 5)  # type: ignore[attr-defined]
    for number in range(3):
        host.until(lambda number=number: len(services.made) > number)  # type: ignore[misc]
        host.until(lambda: host.controller.status.phase is Phase.LIVE)
        host.seconds(12)
    assert "failed 3 times in a row" in str(host.controller.status.reason)
    assert len(host.reports_written) == 1
    assert len(services.made) == 3


def test_a_recording_that_gives_no_frame_is_not_begun_anew(host: Threads, services: FakeServices) -> None:
    services.sources[SourceKind.DEMO] = lambda: SilentSource(after=5, reopens=False)
    _go_live(host)
    host.until(lambda: services.made[0].count == 5)  # type: ignore[attr-defined]
    host.seconds(12)
    assert "has given no picture" in host.problems[-1]
    assert len(services.made) == 1


@pytest.mark.parametrize("error", [SystemExit(), ZeroDivisionError()])
def test_a_driver_that_ends_its_thread_is_opened_again(
    host: Threads, services: FakeServices, error: BaseException
) -> None:
    broken = FakeSource("Camera", reopens=True)
    sources = iter([broken, FakeSource("Camera", reopens=True)])
    services.sources[SourceKind.CAMERA] = lambda: next(sources)
    _go_live(host, CAMERA)

    def fail() -> None:
        raise error

    broken.read = fail  # type: ignore[method-assign] # a bug of its own
    host.until(lambda: len(services.made) == 2)
    before = host.updates
    host.until(lambda: host.updates > before)
    assert host.controller.status.phase is Phase.LIVE
    assert host.ends == []


def test_a_session_whose_detector_hangs_for_ever_ends_within_five_seconds_with_all_saved(
    host: Threads, services: FakeServices
) -> None:
    _go_live(host)
    host.detectors[0].hangs = True
    host.until(host.detectors[0].entered.is_set)
    host.controller.stop()
    host.until(lambda: services.files[0].verified)
    for _ in range(4):
        host.seconds(1)
        if host.ends:
            break
    (end,) = host.ends
    assert end.path == services.files[0].path
    assert end.reason is None
    assert not host.controller.all_loops_over
    assert isinstance(services.files[0].events[-1], Ended)


def test_a_session_whose_disk_does_not_answer_says_so_and_ends(host: Threads, services: FakeServices) -> None:
    _go_live(host)
    file, freed, entered = services.files[0], threading.Event(), threading.Event()
    write = file.write

    def hang(event: object) -> None:
        if isinstance(event, Summary):
            entered.set()
            freed.wait()
        write(event)  # type: ignore[arg-type]

    file.write = hang  # type: ignore[method-assign] # a network drive that is gone
    host.disk_hangs = True
    host.clock.sleep(2.0)
    host.until(entered.is_set)
    host.seconds(7)
    assert "disk does not answer" in host.problems[-1]
    host.controller.stop()
    host.seconds(4)
    assert len(host.ends) == 1
    assert "disk did not answer" in str(host.ends[0].reason)
    freed.set()


def test_a_computer_that_slept_for_hours_has_no_part_that_hung(host: Threads) -> None:
    _go_live(host)
    host.clock.sleep(8 * 3600.0)
    host.deliver()
    host.controller.tick()
    assert host.problems == []
    assert host.controller.status.phase is Phase.LIVE


def test_patience_counts_no_time_that_the_program_did_not_have() -> None:
    patience = Patience()
    assert patience.watch("frame 1", 0.0) == 0.0
    assert patience.watch("frame 1", 1.0) == 1.0
    assert patience.watch("frame 1", 28_800.0) == 3.0
    assert patience.watch("frame 2", 28_801.0) == 0.0


def test_a_report_names_every_thread_and_no_value() -> None:
    secret = "rtsp://user:password@camera"
    found = where_threads_are()
    assert "test_a_report_names_every_thread_and_no_value" in found
    assert secret not in found


def test_states_are_words_of_the_csv() -> None:
    assert {state.value for state in State} == {
        "starting",
        "live",
        "withheld",
        "paused",
        "no source",
        "covered",
        "slow",
        "asleep",
    }
