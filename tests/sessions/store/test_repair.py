"""Damage costs what was in the damaged pages, and nothing else."""

import contextlib
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import started_store, stored, summary

from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.sessions.store import erasing, reader
from fer_desktop.sessions.store.repair import check, repair
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.upkeep import tend

SECONDS = 600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two long sessions."""
    path = tmp_path / "sessions.db"
    for _ in range(2):
        store = started_store(path)
        store.write(summary(20.0))
        store.write(Ended(20.0, EndReason.STOPPED))
        store.close()
    _many_seconds(path)
    return path


def _many_seconds(path: Path) -> None:
    """Makes both sessions ten minutes long without ten minutes of commits."""
    with opened(path) as connection:
        columns = [
            row[1] for row in connection.execute("PRAGMA table_info(seconds)") if row[1] not in ("id", "elapsed_s")
        ]
        names = ", ".join(f'"{name}"' for name in columns)
        connection.execute(
            f"WITH RECURSIVE n (s) AS (VALUES (21.0) UNION ALL SELECT s + 1 FROM n WHERE s < {SECONDS + 19})"
            f" INSERT INTO seconds (elapsed_s, {names}) SELECT s, {names} FROM seconds, n WHERE elapsed_s = 20.0"
        )


def damage(path: Path, page: int) -> None:
    """Overwrites one page, from 1, with nonsense."""
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)


def pages_of(path: Path, table: str) -> list[int]:
    """Pages with rows of a table."""
    with opened(path) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        count = connection.execute("PRAGMA page_count").fetchone()[0]
    assert root < count
    data = path.read_bytes()
    # Leaves of tables begin with 13; those of `seconds` are all but a few of them.
    return [page for page in range(2, count + 1) if data[(page - 1) * 4096] == 13 and page != root]


def test_a_sound_store_has_no_problems(path: Path) -> None:
    found = check(path)
    assert (found.problems, found.sessions, found.seconds) == ((), 2, 2 * SECONDS)


def test_a_damaged_page_costs_its_own_seconds_alone(path: Path) -> None:
    pages = pages_of(path, "seconds")
    damage(path, pages[len(pages) // 2])
    assert check(path).problems
    repaired = repair(path)
    assert repaired.sessions == 2
    assert 2 * SECONDS - 40 < repaired.seconds < 2 * SECONDS
    assert check(path).problems == ()
    assert sum(len(reader.summaries(path, found.id)) for found in reader.sessions(path)) == repaired.seconds
    assert str(repaired.sentence).startswith("The store of sessions was damaged: 2 sessions with")
    assert repaired.damaged.is_file()


def test_a_root_that_is_damaged_loses_no_more_than_what_is_below_it(path: Path) -> None:
    with opened(path) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'seconds'").fetchone()[0]
    damage(path, root)
    repaired = repair(path)
    assert (repaired.sessions, repaired.seconds, repaired.empty) == (2, 0, 2)
    assert "The figures of 2 lessons could not be recovered" in str(repaired.sentence)
    assert [found.has_figures for found in reader.sessions(path)] == [False, False]
    assert [found.length_s for found in reader.sessions(path)] == [20.0, 20.0]


def test_what_a_backup_has_fills_what_is_lost(path: Path) -> None:
    with opened(path) as connection:
        backups.daily_backup(connection, path, STARTED)
    stored(path, summary(1.0))
    damage(path, 1)
    repaired = repair(path)
    assert (repaired.sessions, repaired.from_backup, repaired.seconds) == (2, 2, 2 * SECONDS)
    assert check(path).problems == ()


def test_sessions_keep_their_ids(path: Path) -> None:
    stored(path, summary(1.0))
    erasing.erase(path, 2)
    with opened(path) as connection:
        backups.daily_backup(connection, path, STARTED)
    path.write_bytes(b"\xa5" * 9000)
    assert repair(path).from_backup == 2
    assert [found.id for found in reader.sessions(path)] == [3, 1]


def test_a_repair_that_saves_nothing_does_not_read_as_one_that_does(path: Path) -> None:
    path.write_bytes(b"\xa5" * 9000)
    assert "nothing of it could be recovered" in str(repair(path).sentence)


def test_a_backup_of_an_older_version_is_as_good(path: Path) -> None:
    with opened(path) as connection:
        copy = backups.back_up(connection, path, STARTED, "before version 2")
    with contextlib.closing(sqlite3.connect(copy)) as older:
        older.execute("DROP TABLE exports")
        older.execute("PRAGMA user_version = 1")
    path.write_bytes(b"\xa5" * 9000)
    repaired = repair(path)
    assert (repaired.sessions, repaired.from_backup) == (2, 2)


def test_a_file_that_is_cut_in_half_keeps_what_is_left(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    repaired = repair(path)
    assert repaired.sessions == 2
    assert 0 < repaired.seconds < 2 * SECONDS


def test_upkeep_repairs_expires_and_backs_up(path: Path) -> None:
    def now() -> datetime:
        return STARTED + timedelta(days=1)

    damage(path, pages_of(path, "seconds")[3])
    done = tend(path, now=now)
    assert done.repaired is not None
    assert "damaged" in str(done.repaired.sentence)
    assert done.backup is not None
    assert done.erased.sessions == ()
    again = tend(path, now=lambda: STARTED + timedelta(days=40))
    assert again.repaired is None
    assert again.erased.sessions == (2, 1)
    assert [backup.made.date() for backup in backups.backups(path)] == [(STARTED + timedelta(days=40)).date()]


def test_upkeep_leaves_a_store_alone_that_is_being_written(path: Path) -> None:
    running = started_store(path)
    assert tend(path).backup is None
    running.close()


def test_there_is_nothing_to_do_where_there_is_no_store(tmp_path: Path) -> None:
    assert tend(tmp_path / "none.db").backup is None
    assert list(tmp_path.iterdir()) == []
