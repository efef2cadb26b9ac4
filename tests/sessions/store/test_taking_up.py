"""A stored session that was stopped goes on; killed then, it ended unexpectedly."""

from pathlib import Path

import pytest
from support.stored import started_store, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import ClassSize, Ended, EndReason, Gap, SessionEvent, TakenUp
from fer_desktop.sessions.store import erasing, reader
from fer_desktop.sessions.store.writer import SessionStore

STOPPED = (summary(1.0), summary(1.6), Ended(1.6, EndReason.STOPPED))
TAKEN_UP = (TakenUp(1.6), summary(300.0, state=State.PAUSED, readable=0), Gap(1.6, 300.0, State.PAUSED), summary(301.0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions.db"


@pytest.fixture
def store(path: Path) -> SessionStore:
    """A session that was stopped."""
    kept = started_store(path)
    write(kept, *STOPPED)
    kept.close()
    return kept


def write(store: SessionStore, *events: SessionEvent) -> None:
    for event in events:
        store.write(event)


def test_it_is_one_session_with_a_pause_in_it(path: Path, store: SessionStore) -> None:
    store.reopen()
    write(store, *TAKEN_UP, Ended(301.5, EndReason.STOPPED))
    store.close()
    store.verify()
    (found,) = reader.sessions(path)
    assert (found.state, found.length_s) == (reader.SessionState.ENDED, 301.5)
    told = reader.events(path, found.id)
    assert [event for event in told if isinstance(event, TakenUp | Gap | Ended)] == [
        TAKEN_UP[0],
        TAKEN_UP[2],
        Ended(301.5, EndReason.STOPPED),
    ]
    assert [event.elapsed_s for event in told if isinstance(event, Summary)] == [1.0, 1.6, 301.0]


def test_until_it_goes_on_it_is_over_whatever_happens(path: Path, store: SessionStore) -> None:
    store.reopen()
    store.close()
    assert reader.unfinished(path) == []


def test_killed_after_it_went_on_it_is_offered_as_one_that_ended_unexpectedly(path: Path, store: SessionStore) -> None:
    store.reopen()
    write(store, *TAKEN_UP)
    (recording,) = reader.sessions(path)
    assert recording.state is reader.SessionState.RECORDING
    store.close()  # without its end, as if it had been killed
    (found,) = reader.unfinished(path)
    assert found.length_s == 301.0


def test_what_was_erased_stays_erased(path: Path, store: SessionStore) -> None:
    (found,) = reader.sessions(path)
    erasing.erase(path, found.id)
    with pytest.raises(StoreError, match="no longer stored"):
        store.reopen()
    assert reader.sessions(path) == []


def test_a_store_that_is_gone_has_it_no_longer(path: Path, store: SessionStore) -> None:
    path.unlink()
    with pytest.raises(StoreError, match="no longer stored"):
        store.reopen()
    assert not path.exists()


def test_how_many_are_in_the_class_is_kept(path: Path) -> None:
    store = started_store(path)
    write(store, ClassSize(0.0, 30), summary(1.0), ClassSize(1.2, 38), summary(2.0))
    store.close()
    told = reader.events(path, 1)
    assert [event for event in told if isinstance(event, ClassSize)] == [ClassSize(0.0, 30), ClassSize(1.2, 38)]
