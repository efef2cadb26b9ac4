from pathlib import Path

from support.clocks import STARTED
from support.fakes import FakeServices, FakeSessionFile
from support.sessions import SteppedAnalysis

from fer_desktop.core.errors import StoreError
from fer_desktop.core.messages import Message
from fer_desktop.core.readings.summary import summarize
from fer_desktop.pipeline.events import Ended, Started
from fer_desktop.pipeline.session_engine.channel.commands import Stop
from fer_desktop.pipeline.session_engine.channel.reports import Problem
from fer_desktop.pipeline.session_engine.recording.session_sinks import SessionSinks

START = Started(STARTED, "call", live_class=False)


def test_neither_waits_for_the_other(tmp_path: Path) -> None:
    file, store = FakeSessionFile(tmp_path / "a.csv"), FakeSessionFile(tmp_path / "sessions.db")
    sinks = SessionSinks(file, lambda _path: store)
    sinks.write(START)
    file.full = True
    sinks.write(summarize((), 0, 1.0))
    assert (len(file.rows), len(store.rows), sinks.unsaved_seconds) == (0, 1, 1)
    file.full, store.full = False, True
    sinks.write(summarize((), 0, 2.0))
    assert (len(file.rows), len(store.rows), sinks.unsaved) == (2, 1, 0)
    assert sinks.problem is None
    assert "full" in str(sinks.store_problem)
    store.full = False
    sinks.retry()
    assert (len(store.rows), sinks.store_problem) == (2, None)
    sinks.close_store()
    assert store.closed


def test_a_session_is_stored_beside_its_file(tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    session = SteppedAnalysis(services)
    session.run(3.5)
    session.send(Stop())
    session.step()
    (file,), (store,) = services.files, services.stores
    assert store.events == file.events
    assert isinstance(store.events[-1], Ended)


def test_a_store_that_fails_is_told_and_ends_no_session(tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    session = SteppedAnalysis(services)
    session.run(1.5)
    services.stores[0].full = True
    session.run(2.0)
    session.send(Stop())
    session.step()
    assert session.over
    assert "full" in session.problems[-1]
    assert isinstance(services.files[0].events[-1], Ended)


def test_a_store_that_cannot_be_opened_is_told_once_and_the_file_goes_on_alone(tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    services.store_error = StoreError("{path} cannot be opened.", path="/a/s.db")
    session = SteppedAnalysis(services)
    session.run(50.0)
    session.send(Stop())
    session.step()
    assert session.over
    says = "This lesson cannot be added to your saved lessons: /a/s.db cannot be opened. Its CSV file is written."
    assert session.problems == [says, ""]
    assert not any(report.waits for report in session.reports if isinstance(report, Problem))
    assert (len(services.files[0].rows), services.stores) == (50, [])


def test_the_store_knows_where_the_file_went_on(tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    session = SteppedAnalysis(services)
    session.run(1.5)
    services.files[0].path = tmp_path / "session (2).csv"
    session.run(1.0)
    assert services.stores[0].csv_file == tmp_path / "session (2).csv"


def test_what_happened_to_the_store_is_told_for_a_while(tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    session = SteppedAnalysis(services)
    session.run(1.5)
    services.stores[0].notice = Message("The store was moved.")
    session.run(40.0)
    assert session.problems == ["The store was moved.", ""]


def test_where_the_file_is_the_store_nothing_else_is_written_and_what_fails_waits(tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    services.file_is_store = True
    session = SteppedAnalysis(services)
    session.run(1.5)
    services.files[0].full = True
    session.run(2.0)
    assert "full" in session.problems[-1]
    assert [report.waits for report in session.reports if isinstance(report, Problem)] == [True]
    services.files[0].full = False
    session.send(Stop())
    session.step()
    assert services.stores == []
    assert services.files[0].verified == 1
    assert isinstance(services.files[0].events[-1], Ended)
    assert len(services.files[0].rows) == 4
