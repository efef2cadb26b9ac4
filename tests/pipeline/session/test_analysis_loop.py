"""The loop that analyses and records, stepped through on a clock set by hand."""

import threading
import time
from pathlib import Path

import pytest
from support.clocks import STARTED, until
from support.fakes import DEMO, FakeServices, picture
from support.sessions import SteppedAnalysis, plan_of

from fer_desktop.core.errors import FerError, ModelError, StoreError
from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.types import Analysis, Face, Frame, Image, State
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker, Started, StateChanged
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session.commands import (
    Drain,
    GiveUpSaving,
    Mark,
    Pause,
    Resume,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session.inbox import Inbox
from fer_desktop.pipeline.session.reports import CannotBegin, FileOpened, ModelsLoaded, Report


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

    loop = AnalysisLoop(plan_of(services), inbox, Latest(), tell)
    loop.load()
    inbox.put(Frame(1, time.monotonic(), picture()))
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


def test_a_source_that_failed_ends_the_record_so(services: FakeServices, session: SteppedAnalysis) -> None:
    session.run(1.0)
    session.send(Drain(failed=True))
    session.step()
    assert services.files[0].events[-1] == Ended(1.0, EndReason.SOURCE_FAILED)


@pytest.mark.parametrize("command", [Drain(), Stop()])
def test_without_a_frame_no_file_is_left(
    services: FakeServices, session: SteppedAnalysis, command: Drain | Stop
) -> None:
    session.run(1.0, frames=False)
    session.send(command)
    session.step()
    assert session.over
    assert services.files == []


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("model_error", ModelError("The network is missing: choose another.")),
        ("start_error", StoreError("The sessions' folder cannot be written: choose another.")),
    ],
)
def test_what_keeps_a_session_from_beginning_is_told(services: FakeServices, where: str, error: FerError) -> None:
    setattr(services, where, error)
    inbox = Inbox()
    reports: list[Report] = []
    inbox.put(Frame(1, time.monotonic(), picture()))
    AnalysisLoop(plan_of(services), inbox, Latest(), reports.append).run()
    assert reports[-1] == CannotBegin(error.message)


def test_a_full_disk_stops_nothing_and_loses_nothing(services: FakeServices, session: SteppedAnalysis) -> None:
    session.run(1.0)
    file = services.files[0]
    file.full = True
    session.send(Mark("slide 7"))
    session.run(2.0)
    assert session.problems == ["The disk is full: free some space."]
    assert session.loop.progress.unsaved_s == 2
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
    assert "the session goes on" in session.problems[0]
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


def test_few_updates_a_second_are_not_taken_for_a_lost_source(services: FakeServices) -> None:
    services.put(max_updates_hz=0.5)
    session = SteppedAnalysis(services)
    session.run(6.0)
    assert [row.state for row in session.summaries] == [State.LIVE] * 6


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


def test_a_running_loop_waits_for_frames_and_commands_and_closes_its_file(services: FakeServices) -> None:
    inbox: Inbox = Inbox()
    analyses: Latest[Analysis] = Latest()
    loop = AnalysisLoop(plan_of(services), inbox, analyses, lambda _report: None)
    thread = threading.Thread(target=loop.run)
    thread.start()
    inbox.put(Frame(1, time.monotonic(), picture()))
    until(lambda: loop.progress.updates == 1)
    inbox.send(Stop())
    thread.join(10.0)
    assert not thread.is_alive()
    assert services.files[0].closed
    assert services.analyzer_thread != threading.get_ident()
