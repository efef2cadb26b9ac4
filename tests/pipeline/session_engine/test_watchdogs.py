"""Parts of a session that hang or die: the real loops in real threads, a clock and a tick that are set by hand."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fakes import CAMERA, DEMO, FakeServices, FakeSource
from support.watched_session import Detector, SilentSource, Threads

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Ended, Gap
from fer_desktop.pipeline.session_engine.channel.commands import Exclude
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.watchdog import Patience, where_threads_are


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
    host.until(lambda: host.updates >= 1 and host.controller.status.phase is Phase.LIVE)


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
    assert "leave them out once more" in host.problems[-1]
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
    assert "every 20.0 s only" in host.problems[-1]
    host.seconds(15)
    assert len(services.made) == 2


def test_a_source_that_was_only_slow_gets_more_time_when_it_is_opened_again(
    host: Threads, services: FakeServices
) -> None:
    services.sources[SourceKind.CAMERA] = lambda: SilentSource(after=1)
    _go_live(host, CAMERA)
    host.seconds(12)
    host.until(lambda: len(services.made) == 2 and services.made[1].count == 1)  # type: ignore[attr-defined]
    host.until(lambda: host.controller.status.phase is Phase.LIVE)
    host.seconds(25)
    assert len(services.made) == 2
    host.seconds(10)
    assert len(services.made) == 3


def test_a_source_that_never_answers_again_is_a_fault_with_a_report(host: Threads, services: FakeServices) -> None:
    services.sources[SourceKind.CAMERA] = lambda: SilentSource(after=5 if not services.made else 0)
    _go_live(host, CAMERA)
    host.until(lambda: services.made[0].count == 5)  # type: ignore[attr-defined]
    for number in range(3):
        host.until(lambda number=number: len(services.made) > number)  # type: ignore[misc]
        host.until(lambda: host.controller.status.phase is Phase.LIVE)
        host.seconds((12, 35, 110)[number])
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
