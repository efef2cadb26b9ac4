"""The store is read while another writes, and where nothing may be written."""

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from support.stored import started_store, stored, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite.database import open_store, opened, reading
from fer_desktop.sessions.store.sqlite.schema import SCHEMA, Schema, version_of


def test_nothing_can_be_written_through_it(tmp_path: Path):
    stored(tmp_path / "s.db", summary(1.0))
    with pytest.raises(StoreError, match="cannot be written"), reading(tmp_path / "s.db") as connection:
        connection.execute("DELETE FROM sessions")
    assert len(reader.sessions(tmp_path / "s.db")) == 1


def test_what_is_being_recorded_is_seen(tmp_path: Path):
    running = started_store(tmp_path / "s.db")
    for second in range(1, 4):
        running.write(summary(float(second)))
        assert len(reader.summaries(tmp_path / "s.db", 1)) == second
    running.close()


def test_an_older_store_is_brought_up_to_date_first(tmp_path: Path):
    with closing(open_store(tmp_path / "s.db", Schema(SCHEMA.steps[:1]))):
        pass
    with reading(tmp_path / "s.db") as connection:
        assert version_of(connection) == SCHEMA.version


def test_one_of_a_newer_program_is_refused(tmp_path: Path):
    with opened(tmp_path / "s.db") as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA.version + 1}")
    with pytest.raises(StoreError, match="newer version"):
        reader.sessions(tmp_path / "s.db")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path):
    folder = tmp_path / "locked"
    stored(folder / "s.db", summary(1.0))
    with opened(folder / "s.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for beside in folder.glob("s.db-*"):
        beside.unlink()
    folder.chmod(0o500)
    try:
        assert len(reader.sessions(folder / "s.db")) == 1
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("wrong", [0, -1, 1 << 70])
def test_an_id_that_nobody_has_is_told(tmp_path: Path, wrong: int):
    stored(tmp_path / "s.db", summary(1.0))
    with pytest.raises(StoreError, match="no session"):
        reader.session(tmp_path / "s.db", wrong)


def test_ten_thousand_lessons_are_listed_in_a_moment(tmp_path: Path):
    stored(tmp_path / "s.db", summary(1.0))
    many = (
        "INSERT INTO sessions (key, started, source, live_class, program, model_sha256, settings, csv_file)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
        " SELECT 'k' || i, started, source, 1, '', '', '{}', '' FROM n JOIN sessions ON sessions.id = 1"
    )
    with opened(tmp_path / "s.db") as connection:
        connection.execute(many)
        connection.execute(
            "INSERT INTO seconds SELECT NULL, sessions.id, n.elapsed_s, "
            + ", ".join(f'seconds."{name}"' for name in _others(connection))
            + " FROM sessions, seconds, (SELECT 2.0 AS elapsed_s UNION ALL SELECT 3.0) AS n WHERE seconds.id = 1"
        )
    begun_s = time.perf_counter()
    assert len(reader.sessions(tmp_path / "s.db")) == 10_000
    assert time.perf_counter() - begun_s < 2.0  # 0.15 s on two quiet cores
    begun_s = time.perf_counter()
    assert reader.session(tmp_path / "s.db", 5000).length_s == 3.0
    assert time.perf_counter() - begun_s < 0.5


def _others(connection) -> list[str]:
    names = [str(row[1]) for row in connection.execute("PRAGMA table_info(seconds)")]
    return [name for name in names if name not in ("id", "session", "elapsed_s")]
