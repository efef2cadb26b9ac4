from pathlib import Path

from support.clocks import STARTED
from support.fakes import FakeServices, FakeSessionFile
from support.sessions import SteppedAnalysis

from fer_desktop.core.readings.summary import summarize
from fer_desktop.pipeline.events import Ended, Started
from fer_desktop.pipeline.session.commands import Stop
from fer_desktop.pipeline.session.session_sinks import SessionSinks

START = Started(STARTED, "call", live_class=False)


def test_neither_waits_for_the_other(tmp_path: Path) -> None:
    file, store = FakeSessionFile(tmp_path / "a.csv"), FakeSessionFile(tmp_path / "sessions.db")
    sinks = SessionSinks(file, store)
    sinks.write(START)
    file.full = True
    sinks.write(summarize((), 0, 1.0))
    assert (len(file.rows), len(store.rows), sinks.unsaved_seconds) == (0, 1, 1)
    file.full, store.full = False, True
    sinks.write(summarize((), 0, 2.0))
    assert (len(file.rows), len(store.rows), sinks.unsaved) == (2, 1, 0)
    assert "full" in str(sinks.problem)
    store.full = False
    sinks.retry()
    assert (len(store.rows), sinks.problem) == (2, None)
    sinks.close()
    assert file.closed
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
