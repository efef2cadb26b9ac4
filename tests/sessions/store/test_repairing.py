"""A repair that takes long is nothing that a session waits for."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.screen.window_desk import until
from support.stored import FACTS, stored, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import Ended, EndReason, Started
from fer_desktop.pipeline.session_engine.recording.retrying_sink import RetryingSink
from fer_desktop.sessions.store import reader, repair, repairing
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.lock import RecordingLock, recorded
from fer_desktop.sessions.store.writer import SessionStore

START = Started(STARTED, "call", live_class=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that is damaged all over."""
    path = tmp_path / "sessions.db"
    path.write_bytes(b"\xa5" * 9000)
    return path


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A repair goes on until this is set."""
    let_go = threading.Event()

    def repair_slowly(path: Path) -> repair.Repaired:
        let_go.wait(30)
        return repair.repair(path)

    monkeypatch.setattr(repairing, "repair", repair_slowly)
    monkeypatch.setattr(repairing, "AT_ONCE_S", 0.01)
    yield let_go
    let_go.set()


def test_the_session_goes_on_and_is_stored_when_it_is_over(path: Path, slow: threading.Event) -> None:
    store = SessionStore(path, FACTS, again_s=0.0)
    waiting = RetryingSink(store)
    for event in (START, summary(1.0), summary(2.0)):
        waiting.write(event)
    assert "is damaged and is being repaired" in str(waiting.problem)
    assert waiting.unsaved == 3
    slow.set()

    def saved() -> bool:
        waiting.retry()
        return waiting.unsaved == 0

    until(saved, "it is not stored")
    waiting.write(Ended(2.0, EndReason.STOPPED))
    store.close()
    store.verify()
    assert [event.elapsed_s for event in reader.summaries(path, 1)] == [1.0, 2.0]


def test_nobody_else_touches_the_store_before_it_is_over_even_where_the_session_is(
    path: Path, slow: threading.Event
) -> None:
    store = SessionStore(path, FACTS, again_s=0.0)
    with pytest.raises(StoreError, match="is being repaired"):
        store.write(START)
    store.close()
    assert recorded(path) is not None
    assert not RecordingLock(path).acquire("another")
    slow.set()
    until(lambda: recorded(path) is None, "the lock is kept")
    stored(path, summary(1.0))
    assert len(reader.sessions(path)) == 1


def test_a_repair_that_the_program_does_at_its_start_is_told_as_one(path: Path) -> None:
    lock = RecordingLock(path)
    assert lock.acquire(repair.REPAIRS)
    store = SessionStore(path, FACTS, again_s=0.0)
    with pytest.raises(StoreError, match="is being repaired"):
        store.write(START)
    lock.release()
    store.close()


def test_a_repair_that_breaks_off_leaves_the_damaged_store_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sessions.db"
    path.write_bytes(b"\xa5" * 9000)

    def broken(*_: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(repair, "_add_from_backups", broken)
        with pytest.raises(StoreError):
            repair.repair(path)
    assert path.read_bytes() == b"\xa5" * 9000
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["sessions.db"]
    assert repair.repair(path).sessions == 0
    assert [backup.kind for backup in backups.backups(path)] == [backups.DAMAGED]
