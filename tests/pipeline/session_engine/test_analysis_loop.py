"""The loop that analyses and records, stepped through on a clock set by hand."""

import threading
import time
from pathlib import Path

import pytest
from support.clocks import STARTED, until
from support.fakes import DEMO, FakeServices, picture
from support.sessions import SteppedAnalysis, plan_of

from fer_desktop.core.errors import ModelError, StoreError
from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Analysis, Face, Frame, Image, State
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker, Note, Started, StateChanged
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.commands import (
    Begun,
    Drain,
    GiveUpSaving,
    Mark,
    Pause,
    Resume,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox
from fer_desktop.pipeline.session_engine.channel.reports import CannotBegin, FileOpened, ModelsLoaded, Report
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def session(services: FakeServices) -> SteppedAnalysis:
    return SteppedAnalysis(services)


def test_a_second_of_frames_is_one_summary(services: FakeServices, session: SteppedAnalysis) -> None:
    session.run(2.0)
    first = services.files[0].rows[0]
    assert [row.elapsed_s for row in services.files[0].rows] == [1.0, 2.0]
    assert (first.state, first.readable) == (State.LIVE, 6)
    assert first.mean.argmax() == HAPPY
    assert session.analyses.take() is not None


def test_the_record_begins_with_its_start_and_ends_with_its_end(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(1.5)
    session.send(Stop())
    session.step()
    events = services.files[0].events
    assert events[0] == Started(STARTED, DEMO.name, live_class=False)
    assert events[-1] == Ended(1.5, EndReason.STOPPED)
    assert session.over
    assert [type(report) for report in session.reports[:2]] == [ModelsLoaded, Started]
    assert FileOpened(services.files[0].path) in session.reports


def test_what_is_shown_is_on_the_disk_before(services: FakeServices) -> None:
    inbox, written = Inbox(), []

    def tell(report: Report) -> None:
        if services.files:
            written.append(report in services.files[0].events or not isinstance(report, Started | Marker))

    loop = RecordLoop(plan_of(services), inbox, lambda: State.NO_SOURCE, tell)
    inbox.send(Begun(time.monotonic()))
    inbox.send(Mark("slide 7"))
    loop.step()
    assert written
    assert all(written)


def test_updates_keep_to_the_limit_of_the_settings(services: FakeServices) -> None:
    services.put(max_updates_hz=4.0)
    session = SteppedAnalysis(services)
    session.run(4.0)
    assert 12 <= session.loop.progress.updates <= 17
    assert session.loop.progress.dropped == 0


def _takes(services: FakeServices, session: SteppedAnalysis, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = services.detector.detect

    def detect(image: Image) -> list[Face]:
        session.clock.work(seconds)
        return quick(image)

    monkeypatch.setattr(services.detector, "detect", detect)


def test_heavy_frames_are_read_less_often_where_the_share_of_the_processor_is_small(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.put(max_updates_hz=15.0, cpu_share=0.1)
    session = SteppedAnalysis(services)
    _takes(services, session, 0.1, monkeypatch)
    session.run(5.0)
    assert session.loop.progress.throttled
    assert session.loop.progress.updates < 40


def test_updates_that_come_too_late_are_counted_as_dropped(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.put(max_updates_hz=10.0)
    session = SteppedAnalysis(services)
    _takes(services, session, 0.35, monkeypatch)
    session.frame()
    session.step()
    assert session.loop.progress.updates == 1
    assert session.loop.progress.dropped == 3
    assert session.loop.progress.latency_s == pytest.approx(0.35)


def test_a_last_frame_is_read_although_the_source_has_ended(services: FakeServices, session: SteppedAnalysis) -> None:
    session.frame()
    session.send(Drain())
    session.step()
    assert session.over
    assert [row.readable for row in services.files[0].rows] == [6]
    assert services.files[0].events[-1] == Ended(0.0, EndReason.SOURCE_ENDED)


def test_a_source_that_failed_ends_the_record_with_a_note_of_why(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(1.0)
    session.send(Drain(Message("The recording breaks off at 1 s.")))
    session.step()
    assert services.files[0].events[-2:] == [
        Note("The recording breaks off at 1 s."),
        Ended(1.0, EndReason.SOURCE_FAILED),
    ]


@pytest.mark.parametrize("command", [Drain(), Stop()])
def test_without_a_frame_no_file_is_left(
    services: FakeServices, session: SteppedAnalysis, command: Drain | Stop
) -> None:
    session.run(1.0, frames=False)
    session.send(command)
    session.step()
    assert session.over
    assert services.files == []


def test_a_network_that_cannot_be_loaded_keeps_a_session_from_beginning(services: FakeServices) -> None:
    services.model_error = ModelError("The network is missing: choose another.")
    reports: list[Report] = []
    AnalysisLoop(plan_of(services), Inbox(), Inbox(), Latest(), reports.append).run()
    assert reports == [CannotBegin(services.model_error.message)]


def test_a_file_that_cannot_be_made_keeps_a_session_from_beginning(services: FakeServices) -> None:
    services.start_error = StoreError("The sessions' folder cannot be written: choose another.")
    inbox = Inbox()
    reports: list[Report] = []
    inbox.send(Begun(time.monotonic()))
    RecordLoop(plan_of(services), inbox, lambda: State.NO_SOURCE, reports.append).run()
    assert reports == [CannotBegin(services.start_error.message)]


def test_a_full_disk_stops_nothing_and_loses_nothing(services: FakeServices, session: SteppedAnalysis) -> None:
    session.run(1.0)
    file = services.files[0]
    file.full = True
    session.send(Mark("slide 7"))
    session.run(2.0)
    assert session.problems == ["The disk is full: free some space."]
    assert session.record.progress.unsaved_s == 2
    assert len(session.summaries) == 3
    file.full = False
    session.run(1.0)
    assert session.problems[-1] == ""
    assert [row.elapsed_s for row in file.rows] == [1.0, 2.0, 3.0, 4.0]
    assert file.markers == [Marker(1, 1.0, "slide 7")]


def test_after_stop_what_is_unsaved_waits_for_room_on_the_disk(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    services.full_from_start = True
    session.run(1.0)
    session.send(Stop())
    session.run(5.0)
    assert not session.over
    services.files[0].full = False
    session.step()
    assert session.over
    assert len(services.files[0].rows) == 1


def test_what_there_is_no_room_for_can_be_given_up(services: FakeServices, session: SteppedAnalysis) -> None:
    services.full_from_start = True
    session.run(1.0)
    session.send(Stop(), GiveUpSaving())
    session.step()
    assert session.over
    assert services.files[0].events == []


def test_a_fault_with_one_frame_does_not_end_the_session(
    services: FakeServices, session: SteppedAnalysis, caplog: pytest.LogCaptureFixture
) -> None:
    services.detector.failures = [ZeroDivisionError("a bug")]
    session.run(1.0)
    assert "fault in the program" in session.problems[0]
    assert session.problems[-1] == ""
    assert session.loop.progress.updates >= 1
    assert "ZeroDivisionError" in caplog.text


def test_paused_and_lost_seconds_have_summaries_without_figures_and_are_gaps(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(1.0)
    session.send(Pause())
    session.run(2.0)
    session.send(SourceLost(), Resume())
    session.run(1.0, frames=False)
    session.send(SourceBack())
    session.run(1.0)
    rows = services.files[0].rows
    assert [row.state for row in rows] == [State.LIVE, State.PAUSED, State.PAUSED, State.NO_SOURCE, State.LIVE]
    assert [row.readable for row in rows] == [6, 0, 0, 0, 6]
    gaps = [event for event in services.files[0].events if isinstance(event, Gap)]
    assert gaps == [Gap(1.0, 3.0, State.PAUSED), Gap(3.0, 4.0, State.NO_SOURCE)]
    states = [event.state for event in services.files[0].events if isinstance(event, StateChanged)]
    assert states == [State.LIVE, State.PAUSED, State.NO_SOURCE, State.LIVE]


def test_of_few_updates_a_second_those_between_are_slow_and_not_live(services: FakeServices) -> None:
    services.put(max_updates_hz=0.5)
    session = SteppedAnalysis(services)
    session.missing = State.SLOW
    session.run(8.0)
    assert {row.state for row in session.summaries} <= {State.LIVE, State.SLOW}
    assert all(row.readable == (6 if row.state is State.LIVE else 0) for row in session.summaries)


def test_a_marker_belongs_to_its_second_and_before_the_first_frame_there_is_none(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.send(Mark("too early"))
    session.run(1.0)
    session.send(Mark("slide 7"))
    session.run(1.0)
    assert services.files[0].markers == [Marker(1, 1.0, "slide 7")]
    kinds = [
        type(event).__name__ for event in services.files[0].events if type(event).__name__ in ("Summary", "Marker")
    ]
    assert kinds == ["Summary", "Marker", "Summary"]


def test_running_loops_wait_for_frames_and_commands_and_close_the_file(services: FakeServices) -> None:
    inbox, record_inbox = Inbox(), Inbox()
    analyses: Latest[Analysis] = Latest()
    plan = plan_of(services)
    loop = AnalysisLoop(plan, inbox, record_inbox, analyses, lambda _report: None)
    record = RecordLoop(plan, record_inbox, lambda: State.NO_SOURCE, lambda _report: None)
    threads = [threading.Thread(target=each.run) for each in (loop, record)]
    for thread in threads:
        thread.start()
    inbox.put(Frame(1, time.monotonic(), picture()))
    until(lambda: loop.progress.updates == 1)
    for each in (inbox, record_inbox):
        each.send(Stop())
    for thread in threads:
        thread.join(10.0)
        assert not thread.is_alive()
    assert services.files[0].closed
    assert services.analyzer_thread != threading.get_ident()


def test_while_the_detector_hangs_no_second_is_live_and_rows_are_written_all_the_same(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.missing = State.SLOW
    session.run(3.0)
    session.hangs = True
    session.run(9.0)
    assert [row.elapsed_s for row in services.files[0].rows] == [float(second) for second in range(1, 13)]
    session.hangs = False
    session.run(2.0)
    states = [row.state for row in services.files[0].rows]
    assert states[:3] == [State.LIVE] * 3
    assert states[5:12] == [State.SLOW] * 7
    assert states[13:] == [State.LIVE]
    (gap,) = [event for event in services.files[0].events if isinstance(event, Gap)]
    assert gap.reason is State.SLOW


def test_a_covered_window_is_a_gap_of_its_own(services: FakeServices, session: SteppedAnalysis) -> None:
    session.run(1.0)
    session.send(SourceLost(State.COVERED))
    session.run(2.0, frames=False)
    assert [row.state for row in services.files[0].rows] == [State.LIVE, State.COVERED, State.COVERED]


def test_a_source_that_ends_while_the_detector_hangs_ends_the_session_all_the_same(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(1.0)
    session.hangs = True
    session.send(Drain())
    session.run(4.0, frames=False)
    assert session.over
    assert isinstance(services.files[0].events[-1], Ended)


def test_a_file_is_saved_once_it_was_read_back(services: FakeServices, session: SteppedAnalysis) -> None:
    session.run(1.0)
    services.files[0].losses = ["The disk reports an error: check its cable."]
    session.send(Stop())
    session.step()
    assert not session.over
    assert session.problems == ["The disk reports an error: check its cable."]
    session.run(1.0)
    assert session.over
    assert services.files[0].verified == 1


def test_what_happened_to_the_file_is_told_and_where_it_is_now(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(1.0)
    services.files[0].notice = Message("The file was moved: all of it is written again.")
    services.files[0].path = services.folder / "beside.csv"
    session.run(40.0)
    assert session.problems == ["The file was moved: all of it is written again.", ""]
    assert session.reports.count(FileOpened(services.folder / "beside.csv")) == 1
