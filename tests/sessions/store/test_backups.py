"""Copies are whole, and there are never too many of them."""

import contextlib
import sqlite3
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import started_store, stored, summary

from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    stored(tmp_path / "sessions.db", summary(1.0))
    return tmp_path / "sessions.db"


def copy_at(path: Path, now: datetime) -> Path | None:
    with opened(path) as connection:
        return backups.daily_backup(connection, path, now)


def test_one_copy_a_day_is_made_even_while_a_session_runs(path: Path) -> None:
    running = started_store(path)
    running.write(summary(1.0))
    file = copy_at(path, STARTED)
    assert file is not None
    assert copy_at(path, STARTED + timedelta(hours=3)) is None
    assert copy_at(path, STARTED + timedelta(days=1)) is not None
    running.close()
    with contextlib.closing(sqlite3.connect(file)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM seconds").fetchone() == (2,)
    assert {file.suffix for file in file.parent.iterdir()} == {".db"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_can_read_a_copy(path: Path) -> None:
    file = copy_at(path, STARTED)
    assert file is not None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_newest_seven_are_kept(path: Path) -> None:
    for day in range(10):
        copy_at(path, STARTED + timedelta(days=day))
    backups.prune(path, (STARTED + timedelta(days=9)).date(), 30)
    days = [(backup.made.date() - STARTED.date()).days for backup in backups.backups(path)]
    assert days == [9, 8, 7, 6, 5, 4, 3]


def test_none_is_kept_that_is_older_than_sessions_may_be(path: Path) -> None:
    for day in (0, 5, 10):
        copy_at(path, STARTED + timedelta(days=day))
    backups.prune(path, (STARTED + timedelta(days=11)).date(), 7)
    assert [backup.made.date() for backup in backups.backups(path)] == [
        (STARTED + timedelta(days=day)).date() for day in (10, 5)
    ]
    backups.prune(path, (STARTED + timedelta(days=999)).date(), None)
    assert len(backups.backups(path)) == 2


def test_other_files_in_the_folder_are_left_alone(path: Path) -> None:
    copy_at(path, STARTED)
    hers = backups.folder_of(path) / "my own copy.db"
    hers.touch()
    backups.prune(path, (STARTED + timedelta(days=99)).date(), 7)
    assert list(backups.folder_of(path).iterdir()) == [hers]
