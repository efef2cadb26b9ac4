"""What a power loss leaves: the store as it was on the disk, and as much of the log beside it as had been written.

A commit returns after the log was flushed, so whatever is cut off at its end was not yet told to be stored. Hence each
cut must open, and hold a session up to one of its seconds.
"""

import contextlib
import itertools
import shutil
import sqlite3
from pathlib import Path

from support.stored import started_store, summary

from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker, SessionEvent
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.repair import check

_FRAME_HEADER = 24
_WAL_HEADER = 32
_PAGE = 512  # the smallest that there is, so that there are fewer bytes to cut at
SECONDS: list[SessionEvent] = [
    summary(1.0),
    Marker(1, 1.2, "slide 7"),
    summary(2.0),
    summary(3.0, state=State.NO_SOURCE),
    Gap(2.0, 3.0, State.NO_SOURCE),
    Ended(3.5, EndReason.STOPPED),
]


def files_of_a_running_session(folder: Path, *, checkpoint: bool) -> tuple[bytes, bytes]:
    """The store and its log, as they are on the disk after SECONDS; with `checkpoint` it begins after the start."""
    path = folder / "sessions.db"
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("VACUUM")
    store = started_store(path)
    if checkpoint:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for event in SECONDS:
        store.write(event)
    # Copied by name: to open and close the file itself would drop the locks of the connection.
    shutil.copytree(folder, folder.with_name("copy"))
    store.close()
    copy = folder.with_name("copy")
    return (copy / "sessions.db").read_bytes(), (copy / "sessions.db-wal").read_bytes()


def laid_out(folder: Path, data: bytes, log: bytes) -> Path:
    """The store as it is found when the power is back."""
    folder.mkdir(exist_ok=True)
    path = folder / "sessions.db"
    path.write_bytes(data)
    path.with_name("sessions.db-wal").write_bytes(log)
    path.with_name("sessions.db-shm").unlink(missing_ok=True)
    return path


def events_after(folder: Path, data: bytes, log: bytes) -> list[str]:
    """The events that are stored then; none where there is no session."""
    path = laid_out(folder, data, log)
    return [repr(event) for found in reader.sessions(path) for event in reader.events(path, found.id)]


def rows_after(folder: Path, data: bytes, log: bytes) -> list[tuple[object, ...]]:
    """Numbers that tell how much is stored, without waiting for a disk, as thousands of cuts would."""
    path = laid_out(folder, data, log)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        return connection.execute(
            "SELECT (SELECT count(*) FROM seconds), (SELECT count(*) FROM markers), (SELECT count(*) FROM gaps),"
            " (SELECT sum(open) FROM gaps), end_reason FROM sessions"
        ).fetchall()


def test_a_log_that_is_cut_at_any_byte_holds_the_session_up_to_one_of_its_seconds(tmp_path: Path) -> None:
    data, log = files_of_a_running_session(tmp_path / "data", checkpoint=True)
    states, changes = [rows_after(tmp_path / "cut", data, b"")], [0]
    for cut in range(len(log) + 1):
        rows = rows_after(tmp_path / "cut", data, log[:cut])
        if rows != states[-1]:
            states.append(rows)
            changes.append(cut)
    assert states == [
        [(0, 0, 0, None, None)],
        [(1, 0, 0, None, None)],
        [(2, 1, 0, None, None)],
        [(2, 1, 1, 1, None)],
        [(2, 1, 1, 0, None)],
        [(2, 1, 1, 0, "stopped")],
    ]
    events = [events_after(tmp_path / "cut", data, log[:cut]) for cut in changes]
    assert [len(told) for told in events] == [1, 2, 4, 5, 5, 6]
    assert all(later[: len(earlier)] == earlier for earlier, later in itertools.pairwise(events))


def test_a_log_that_is_cut_while_the_store_is_made_leaves_a_store_that_can_be_used(tmp_path: Path) -> None:
    data, log = files_of_a_running_session(tmp_path / "data", checkpoint=False)
    seen = []
    for cut in [*range(0, len(log), 211), len(log)]:
        seen.append(len(events_after(tmp_path / "cut", data, log[:cut])))
        assert check(tmp_path / "cut" / "sessions.db").problems == ()
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 6)


def test_pages_of_the_log_that_never_reached_the_disk_do_not_count(tmp_path: Path) -> None:
    data, log = files_of_a_running_session(tmp_path / "data", checkpoint=True)
    lengths = set()
    for start in range(_WAL_HEADER, len(log), _FRAME_HEADER + _PAGE):
        torn = log[:start] + bytes(len(log[start : start + _PAGE])) + log[start + _PAGE :]
        lengths.add(len(events_after(tmp_path / "torn", data, torn)))
    assert {1} < lengths <= {1, 2, 4, 5}
