"""Which sessions there are, and which of them did not end as they should."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import started_store, stored, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.reader import SessionState
from fer_desktop.sessions.store.sqlite.database import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


def test_where_there_is_no_store_there_are_no_sessions_and_none_is_made(path: Path) -> None:
    assert reader.sessions(path) == reader.unfinished(path) == []
    assert not path.exists()


def test_sessions_are_listed_newest_first_with_their_length(path: Path) -> None:
    stored(path, summary(1.0), summary(2.0), Ended(2.4, EndReason.STOPPED))
    stored(path, summary(1.0), summary(2.0, state=State.PAUSED))
    running = started_store(path)
    running.write(summary(1.0))
    told = [(found.id, found.state, found.length_s) for found in reader.sessions(path)]
    running.close()
    assert told == [
        (3, SessionState.RECORDING, 1.0),
        (2, SessionState.ENDED_UNEXPECTEDLY, 2.0),
        (1, SessionState.ENDED, 2.4),
    ]


def test_a_session_without_an_end_is_offered_once_complete_to_its_last_second(path: Path) -> None:
    stored(path, summary(1.0), Ended(1.0, EndReason.STOPPED))
    stored(path, summary(1.0), summary(2.0))
    stored(path)  # ended before its first second
    (found,) = reader.unfinished(path)
    assert (found.id, found.last_second) == (2, STARTED + timedelta(seconds=2))
    reader.acknowledge(path, found.id)
    assert reader.unfinished(path) == []
    assert reader.session(path, 2).state is SessionState.ENDED_UNEXPECTEDLY
    assert reader.session(path, 2).length_s == 2.0
    assert not any(isinstance(event, Ended) for event in reader.events(path, 2))


def test_a_session_that_ended_is_not_changed_by_an_acknowledgement(path: Path) -> None:
    stored(path, summary(1.0), Ended(1.0, EndReason.STOPPED))
    reader.acknowledge(path, 1)
    assert reader.session(path, 1).end_reason == "stopped"


def test_a_session_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(StoreError, match="no session 7"):
        reader.session(path, 7)


def test_events_of_kinds_that_a_later_program_adds_are_passed_over(path: Path) -> None:
    stored(path, summary(1.0))
    with opened(path) as connection:
        connection.execute(
            "INSERT INTO events (session, position, elapsed_s, kind, data) VALUES (1, 0, 0.5, 'weather', '{}')"
        )
    assert len(reader.events(path, 1)) == 2


def test_figures_that_this_program_cannot_have_written_are_told(path: Path) -> None:
    stored(path, summary(1.0))
    with opened(path) as connection:
        connection.execute("UPDATE seconds SET state = 'asleep in class'")
    with pytest.raises(StoreError, match="did not write"):
        reader.events(path, 1)
