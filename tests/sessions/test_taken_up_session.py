"""A session that was stopped and resumed, in its real file and the real store."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.fakes import REGION, FakeServices
from support.sessions import SteppedAnalysis
from support.stored import FACTS

from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Gap, Marker
from fer_desktop.pipeline.session_engine.channel.commands import Mark, Stop
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.own_csv import Held, held_in
from fer_desktop.sessions.store import erasing, reader
from fer_desktop.sessions.store.writer import SessionStore


class Kept(FakeServices):
    """Sessions go where the program keeps them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.store, self.csv = folder / "sessions.db", folder / "session.csv"

    def start_session(self) -> SessionCsv:  # type: ignore[override] # the real one
        return SessionCsv(self.csv)

    def open_store(self, file: Path) -> SessionStore:  # type: ignore[override] # the real one
        return SessionStore(self.store, replace(FACTS, csv_file=file))


@pytest.fixture
def services(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def resumed(services: Kept, after_s: float = 90.0) -> SteppedAnalysis:
    """It goes on after so long."""
    session = SteppedAnalysis(services, REGION)
    session.run(5.5)
    session.send(Mark("Quiz"))
    session.run(0.25)
    session.send(Stop())
    session.step()
    session.close()
    session.clock.sleep(after_s)
    after = session.taken_up(services)
    after.run(5.0)
    return after


def test_file_and_store_say_the_same_of_it(services: Kept) -> None:
    after = resumed(services)
    after.send(Stop())
    after.step()
    after.close()
    (found,) = reader.sessions(services.store)
    assert found.state is reader.SessionState.ENDED
    told = reader.events(services.store, found.id)
    assert held_in(services.csv, told) is Held.STORED
    assert [event.text for event in told if isinstance(event, Marker)] == ["Quiz"]
    (gap,) = [event for event in told if isinstance(event, Gap)]
    assert gap.reason is State.PAUSED
    assert gap.end_s - gap.start_s == pytest.approx(90, abs=1)
    assert {event.state for event in told if isinstance(event, Summary)} == {State.LIVE}
    erasing.erase(services.store, found.id)
    assert not services.csv.exists()


def test_killed_after_it_went_on_all_of_it_is_there_to_the_second(services: Kept) -> None:
    after = resumed(services)
    after.close()  # without its end
    (found,) = reader.unfinished(services.store)
    assert found.length_s == pytest.approx(5.75 + 90 + 5, abs=1.1)
    assert held_in(services.csv, reader.events(services.store, found.id)) is Held.STORED


def test_a_pause_of_seconds_has_a_row_for_each(services: Kept) -> None:
    resumed(services, after_s=10.0).close()
    rows = [line.split(",")[2] for line in services.csv.read_text("utf-8-sig").splitlines()[1:]]
    assert rows.count("paused") == pytest.approx(10, abs=1)
