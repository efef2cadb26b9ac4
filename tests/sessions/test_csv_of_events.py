"""The CSV file that is made of the store has the rows of the one that was written while the session ran."""

from pathlib import Path

import pytest
from support.clocks import STARTED
from support.fakes import FakeServices
from support.sessions import SteppedAnalysis
from support.stored import stored, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.session_engine.channel.commands import Mark, Pause, Resume, Stop
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.csv_of_events import save_csv
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore


class RealFiles(FakeServices):
    """The program with its real file and its real store."""

    def start_session(self) -> SessionCsv:  # type: ignore[override]
        return SessionCsv(self.folder / "live.csv")

    def open_store(self, file: Path) -> SessionStore:  # type: ignore[override]
        return SessionStore(self.folder / "sessions.db", SessionFacts("", "", {}, file))


def lesson(services: FakeServices, paused_s: float) -> None:
    """Seen, marked, paused for so long and marked within, seen again, stopped in the middle of a second."""
    session = SteppedAnalysis(services)
    session.run(3.5)
    session.send(Mark("slide 7"))
    session.run(2.0)
    session.send(Pause())
    session.run(paused_s / 2, frames=False)
    session.send(Mark("while it was paused"))
    session.run(paused_s / 2, frames=False)
    session.send(Resume())
    session.run(3.0)
    session.run(6.0, frames=False)
    session.run(1.25)
    session.send(Stop())
    session.step()
    assert session.over


@pytest.mark.parametrize("paused_s", [4.0, 90.0])
def test_it_is_the_same_file(tmp_path: Path, paused_s: float) -> None:
    lesson(RealFiles(tmp_path), paused_s)
    save_csv(reader.events(tmp_path / "sessions.db", 1), tmp_path / "saved.csv")
    live, saved = (tmp_path / name for name in ("live.csv", "saved.csv"))
    assert saved.read_text(encoding="utf-8-sig").splitlines() == live.read_text(encoding="utf-8-sig").splitlines()
    assert {file.name for file in tmp_path.glob("*.csv")} == {"live.csv", "saved.csv"}


def test_it_takes_the_place_of_the_file_that_she_chose(tmp_path: Path) -> None:
    store, file = tmp_path / "sessions.db", tmp_path / "lesson.csv"
    stored(store, summary(1.0))
    file.write_text("an older one", encoding="utf-8")
    save_csv(reader.events(store, 1), file)
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(STARTED.isoformat()[:10])


def test_where_it_cannot_be_written_nothing_is_left(tmp_path: Path) -> None:
    store = tmp_path / "sessions.db"
    stored(store, summary(1.0))
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        save_csv(reader.events(store, 1), tmp_path / "file" / "lesson.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError):
        save_csv(reader.events(store, 1), tmp_path / "folder")
    assert list(tmp_path.rglob("*.part")) == []
