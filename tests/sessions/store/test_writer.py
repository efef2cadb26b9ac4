"""What is written is what is read back, second by second."""

import contextlib
import os
import sqlite3
import stat
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from support.clocks import STARTED
from support.stored import FACTS, started_store, stored, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts, PastChange
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Attendance, Reason, State, Summary
from fer_desktop.pipeline.events import (
    Alert,
    AlertAnswered,
    ClockSet,
    Ended,
    EndReason,
    Excluded,
    Gap,
    Marker,
    MarkerColour,
    MarkerEdited,
    Note,
    SeatChange,
    SeatEvent,
    SessionEvent,
    Started,
    StateChanged,
)
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.retrying_sink import RetryingSink
from fer_desktop.pipeline.session_engine.recording.seen import Seen
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.repair import check
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.sqlite.faults import ElsewhereError
from fer_desktop.sessions.store.writer import SessionStore

_CHANGE = Change(Group.LOW, more=True, faces=8, usual=3.0, of=21, since_s=0.5)
GLANCE = Glance(
    0.78, State.LIVE, Basis.USUAL, GroupCounts(4, 1, 9, 8, 1), no_face=2, camera_off=1,
    usual=GroupCounts(6.0, 0.5, 12.0, 3.0, 1.0), change=_CHANGE, past=PastChange(_CHANGE, 0.7),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions.db"


def told(path: Path) -> list[SessionEvent]:
    """The events of the only session."""
    (found,) = reader.sessions(path)
    return reader.events(path, found.id)


def test_a_session_is_read_back_as_the_events_that_it_was(path: Path) -> None:
    events: list[SessionEvent] = [
        StateChanged(0.5, State.LIVE),
        Excluded(0.6, Exclusion(frozenset({3, 7}), 7, 2), 4),
        ClockSet(0.75, STARTED + timedelta(hours=1)),
        GLANCE,
        Marker(1, 0.8, "slide 7"),
        Alert(1, 0.9, AlertKind.MORE_LOW, 8.0, 21, 3.0),
        AlertAnswered(1, useful=True),
        Gap(1.0, 3.0, State.PAUSED),
        Note("went well"),
        Ended(3.2, EndReason.SOURCE_ENDED),
    ]
    store = started_store(path)
    for event in events:
        store.write(event)
    store.close()
    left_out = events.pop(1)
    assert isinstance(left_out, Excluded)
    assert told(path) == [Started(STARTED, "Zoom meeting", live_class=True), *events]


def test_no_row_of_a_person_is_stored(path: Path) -> None:
    seats = [SeatEvent(0.7, 3, SeatChange.MERGED, 5), SeatEvent(16.0, 31, SeatChange.LEFT)]
    stored(path, *seats, SeatEvent(90.0, 31, SeatChange.CAME_BACK), summary(91.0, left=1, came_back=1))
    with opened(path) as connection:
        assert connection.execute("SELECT count(*) FROM events WHERE kind = 'seat'").fetchone() == (0,)
    (second,) = reader.summaries(path, 1)
    assert (second.left, second.came_back) == (1, 1)


def test_how_many_were_left_out_is_stored_and_not_who(path: Path) -> None:
    stored(path, Excluded(0.6, Exclusion(frozenset({31, 47}), 47), 1), Excluded(0.8, Exclusion(), 2), summary(1.0))
    assert reader.exclusions(path, 1) == [(0.6, 2, True), (0.8, 0, False)]


def test_every_figure_of_a_second_is_read_back(path: Path) -> None:
    written = summary(1.0, not_read=((Reason.TOO_SMALL, 2), (Reason.BLURRED, 1)), left=4, came_back=3)
    nothing_read = summary(2.0, readable=0)
    stored(path, written, nothing_read)
    for before, after in zip([written, nothing_read], reader.summaries(path, 1), strict=True):
        for field in type(before).__slots__:
            assert np.array_equal(
                getattr(before, field), getattr(after, field), equal_nan=field in ("mean", "low", "high")
            )


def test_a_second_is_on_disk_when_write_returns_and_what_came_before_it_with_it(path: Path) -> None:
    store = started_store(path)
    store.write(summary(1.0))
    store.write(Marker(1, 1.4, "half a second"))
    assert [type(event) for event in told(path)] == [Started, type(summary(1.0))]
    store.write(summary(2.0))
    assert Marker(1, 1.4, "half a second") in told(path)
    store.close()


def test_a_gap_is_one_row_that_grows_while_it_goes_on(path: Path) -> None:
    store = started_store(path)
    for second in range(1, 4):
        store.write(summary(float(second)))
    for second in range(4, 9):
        store.write(summary(float(second), state=State.NO_SOURCE))
        assert told(path)[-1] == Gap(3.0, float(second), State.NO_SOURCE)
    store.write(summary(9.0, state=State.PAUSED))
    assert told(path)[-2:] == [Gap(3.0, 8.0, State.NO_SOURCE), Gap(8.0, 9.0, State.PAUSED)]
    store.close()


def test_the_gap_that_was_told_takes_the_place_of_what_was_known_of_it(path: Path) -> None:
    store = started_store(path)
    store.write(summary(3.0))
    for second in (4.0, 5.0):
        store.write(summary(second, state=State.NO_SOURCE))
    store.write(Gap(2.6, 5.4, State.NO_SOURCE))
    store.write(summary(6.0))
    assert [event for event in told(path) if isinstance(event, Gap)] == [Gap(2.6, 5.4, State.NO_SOURCE)]
    store.close()


def test_each_reason_of_a_recorded_session_is_one_gap_and_what_was_withheld_is_a_second(path: Path) -> None:
    reasons = [state for state in State if not state.seen]
    store = SessionStore(path, FACTS)

    def withhold(given: Summary) -> Summary:
        return replace(given, state=State.WITHHELD) if given.state.seen else given

    recorder = Recorder([store], Started(STARTED, "call", live_class=True), 0.0, withhold)
    for number, reason in enumerate(reasons):
        recorder.hold(reason, number * 5.0)
        recorder.advance(number * 5.0 + 4.0)
        recorder.hold(None, number * 5.0 + 4.0)
        recorder.observe(Seen(number * 5.0 + 4.5, summary(0.0), Attendance(), ()))
        recorder.advance(number * 5.0 + 5.0)
    recorder.finish(len(reasons) * 5.0)
    store.close()
    gaps = [event for event in told(path) if isinstance(event, Gap)]
    assert gaps == [Gap(number * 5.0, number * 5.0 + 4.0, reason) for number, reason in enumerate(reasons)]
    seconds = [(second.elapsed_s, second.state) for second in reader.summaries(path, 1)]
    assert seconds == [(5.0 * number, State.WITHHELD) for number in range(1, len(reasons) + 1)]


def test_the_csv_of_a_session_is_the_one_in_which_it_went_on(path: Path, tmp_path: Path) -> None:
    store = started_store(path, replace(FACTS, csv_file=tmp_path / "a.csv"))
    store.write(summary(1.0))
    store.move_csv(tmp_path / "b.csv")
    assert reader.sessions(path)[0].csv_file == tmp_path / "b.csv"
    store.close()


def test_where_the_csv_went_on_is_stored_once_the_store_works_again(path: Path, tmp_path: Path) -> None:
    store = started_store(path, replace(FACTS, csv_file=tmp_path / "a.csv"), again_s=0.0)
    with opened(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError):
            store.move_csv(tmp_path / "b.csv")
        other.execute("ROLLBACK")
    store.write(summary(1.0))
    store.close()
    assert reader.sessions(path)[0].csv_file == tmp_path / "b.csv"


def test_a_file_that_was_asked_for_by_name_does_not_become_the_sessions_when_it_moves(path: Path) -> None:
    store = started_store(path)
    store.move_csv(path.with_name("b.csv"))
    store.close()
    assert reader.sessions(path)[0].csv_file is None


def test_a_marker_that_was_renamed_or_taken_away_is_so_in_the_store(path: Path) -> None:
    stored(path, Marker(1, 0.1, "a"), Marker(2, 0.2, "b"), MarkerEdited(1, "c"), MarkerEdited(2, ""), summary(1.0))
    assert [event for event in told(path) if isinstance(event, Marker)] == [Marker(1, 0.1, "c")]


def test_a_marker_that_was_taken_away_comes_back_at_its_moment_and_in_its_colour(path: Path) -> None:
    gone = MarkerEdited(1, "", MarkerColour.TEAL, 0.1)
    stored(path, Marker(1, 0.1, "a"), gone, MarkerEdited(1, "a", MarkerColour.TEAL, 0.1), summary(1.0))
    assert reader.markers(path)[1] == [Marker(1, 0.1, "a", MarkerColour.TEAL)]


def test_a_marker_that_is_renamed_keeps_its_colour(path: Path) -> None:
    stored(path, Marker(1, 0.1, "a", MarkerColour.BROWN), MarkerEdited(1, "b"), summary(1.0))
    assert reader.markers(path)[1] == [Marker(1, 0.1, "b", MarkerColour.BROWN)]


def test_what_is_known_of_a_session_is_stored_with_its_start(path: Path) -> None:
    stored(path, summary(1.0))
    (found,) = reader.sessions(path)
    assert (found.started, found.name, found.source) == (STARTED, "Zoom meeting", "Zoom meeting")
    assert (found.program, found.model_sha256, found.settings) == (FACTS.program, FACTS.model_sha256, FACTS.settings)
    assert found.live_class


def test_a_name_that_is_no_text_does_not_end_a_session(path: Path) -> None:
    store = SessionStore(path, FACTS)
    store.write(Started(STARTED, os.fsdecode(b"\xe9t\xe9"), live_class=False))
    store.close()
    assert "t" in reader.sessions(path)[0].name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_can_read_the_store(path: Path) -> None:
    store = started_store(path)
    store.write(summary(1.0))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()
    assert {"sessions.db", "sessions.db-wal", "sessions.db-shm", "sessions.db.lock"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_could_not_be_written_is_written_once_by_the_next_try(path: Path) -> None:
    store = started_store(path, again_s=0.0)
    store.write(summary(1.0))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.write(Marker(1, 1.5, "kept"))
        with pytest.raises(StoreError, match="in use by another program"):
            store.write(summary(2.0))
        other.execute("ROLLBACK")
    store.write(summary(2.0))
    store.close()
    assert [event.elapsed_s for event in reader.summaries(path, 1)] == [1.0, 2.0]
    assert Marker(1, 1.5, "kept") in told(path)


def test_what_has_waited_is_written_in_its_order(path: Path) -> None:
    store = started_store(path, again_s=0.0)
    waiting = RetryingSink(store)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting.write(summary(1.0))
        waiting.write(Marker(1, 1.5, "kept"))
        other.execute("ROLLBACK")
    waiting.write(summary(2.0))
    assert (waiting.unsaved, waiting.problem) == (0, None)
    store.close()
    assert [type(event) for event in told(path)[1:]] == [type(summary(1.0)), Marker, type(summary(1.0))]


def test_many_events_are_stored_all_or_none(path: Path) -> None:
    store = started_store(path)
    with pytest.raises(ValueError, match="offset from UTC"):
        store.write_many((summary(1.0), Started(STARTED.replace(tzinfo=None), "call", live_class=False)))
    assert len(told(path)) == 1
    store.write_many((summary(1.0), summary(2.0)))
    assert len(told(path)) == 3
    store.close()


def test_a_store_that_fails_is_left_alone_for_a_while(path: Path) -> None:
    path.parent.mkdir()
    path.mkdir()  # no file can be there
    store = SessionStore(path, FACTS)
    for _ in range(2):
        with pytest.raises(StoreError):
            store.write(Started(STARTED, "call", live_class=False))
        path.rmdir() if path.is_dir() else None
    assert not path.exists()  # the second try touched nothing
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
@pytest.mark.parametrize("moved", [True, False], ids=["moved", "removed"])
def test_a_store_that_is_taken_away_is_written_anew_with_all_of_the_session(path: Path, moved: bool) -> None:
    store = started_store(path)
    store.write(Marker(1, 0.5, "before"))
    store.write(summary(1.0))
    if moved:
        path.parent.rename(path.parent.with_name("elsewhere"))
    else:
        for file in list(path.parent.iterdir()):
            file.unlink()
    assert store.notice is None
    store.write(summary(2.0))
    assert str(store.notice).startswith("The store of sessions was moved, removed or replaced")
    store.write(Ended(2.5, EndReason.STOPPED))
    store.close()
    store.verify()
    (found,) = reader.sessions(path)
    assert found.state is reader.SessionState.ENDED
    assert [event.elapsed_s for event in reader.summaries(path, found.id)] == [1.0, 2.0]
    assert Marker(1, 0.5, "before") in told(path)


def test_the_end_of_a_session_does_not_wait_until_a_store_that_failed_is_tried_again(path: Path) -> None:
    store = started_store(path)
    waiting = RetryingSink(store)
    with opened(path) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting.write(summary(1.0))
        other.execute("ROLLBACK")
    waiting.write(summary(2.0))
    assert waiting.unsaved == 2
    waiting.write(Ended(2.0, EndReason.STOPPED))
    assert waiting.unsaved == 0
    store.close()
    assert [event.elapsed_s for event in reader.summaries(path, 1)] == [1.0, 2.0]


def test_a_second_instance_is_told_that_another_one_is_recording(path: Path) -> None:
    first, second = started_store(path), SessionStore(path, FACTS, again_s=0.0)
    with pytest.raises(ElsewhereError, match="Another window of this program is recording"):
        second.write(Started(STARTED, "call", live_class=False))
    assert reader.sessions(path)[0].state is reader.SessionState.RECORDING
    first.close()
    second.write(Started(STARTED, "call", live_class=False))
    second.close()
    assert len(reader.sessions(path)) == 2


def test_a_damaged_store_does_not_keep_a_session_from_being_stored(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 1000)
    stored(path, summary(1.0))
    assert len(reader.summaries(path, 1)) == 1
    assert [file.read_bytes()[:19] for file in (path.parent / "backups").iterdir()] == [b"this is no database"]


@pytest.mark.parametrize("table", ["markers", "sessions"])
def test_a_store_that_is_damaged_while_a_session_runs_is_repaired(path: Path, table: str) -> None:
    store = started_store(path)
    for second in (1.0, 2.0):
        store.write(summary(second))
    with opened(path) as other:
        root = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        other.execute("UPDATE sessions SET name = 'Maths'")  # what the writer has in memory is old by this
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = bytearray(path.read_bytes())
    damaged[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    path.write_bytes(damaged)
    waiting = RetryingSink(store)
    waiting.write(Marker(1, 2.5, "kept"))
    for second in (3.0, 4.0):
        waiting.write(summary(second))
    assert waiting.problem is None
    store.close()
    assert [event.elapsed_s for event in reader.summaries(path, 1)][-2:] == [3.0, 4.0]
    assert Marker(1, 2.5, "kept") in told(path)
    assert check(path).problems == ()
