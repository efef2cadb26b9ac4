"""What goes by itself, when, and with what."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import started_store, stored, stored_with_csv, summary

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason, Marker
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.erasing import LeftAlone
from fer_desktop.sessions.store.expiry import ANSWER_DAYS, erase_expired, expired, goes_at
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.upkeep import tend

ENDED = Ended(1.0, EndReason.STOPPED)
SECRET = "Quokka-Passphrase"
DAYS = [0, 6, 8, 29, 31, 179, 181, 4000]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sessions.db"
    stored(path, Marker(1, 0.5, SECRET), summary(1.0), ENDED)
    with opened(path) as connection:
        backups.daily_backup(connection, path, STARTED)
    return path


@pytest.mark.parametrize(
    ("keep", "days"),
    [
        (Retention.LESSON, DAYS[0:]),
        (Retention.WEEK, DAYS[2:]),
        (Retention.MONTH, DAYS[4:]),
        (Retention.HALF_YEAR, DAYS[6:]),
        (Retention.FOR_EVER, []),
    ],
)
def test_a_session_goes_after_the_time_that_was_chosen(path: Path, keep: Retention, days: list[int]) -> None:
    at = [day for day in DAYS if expired(path, STARTED + timedelta(days=day, minutes=1), keep.days)]
    assert at == days


def test_what_went_is_nowhere_any_more(path: Path) -> None:
    assert erase_expired(path, STARTED + timedelta(days=29), 30).sessions == ()
    assert erase_expired(path, STARTED + timedelta(days=31), 30).sessions == (1,)
    assert [file for file in path.parent.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()] == []


def test_until_the_next_one_means_until_the_program_starts_again(path: Path) -> None:
    done = tend(path, Retention.LESSON.days, lambda: STARTED + timedelta(minutes=2))
    assert done.erased.sessions == (1,)


def test_the_running_session_never_goes(path: Path) -> None:
    running = started_store(path)
    running.write(summary(1.0))
    assert erase_expired(path, STARTED + timedelta(days=4000), 0).sessions == (1,)
    running.write(summary(2.0))
    running.close()
    assert [event.elapsed_s for event in reader.summaries(path, 2)] == [1.0, 2.0]


def test_one_that_ended_unexpectedly_waits_for_an_answer(path: Path) -> None:
    stored(path, summary(1.0))
    assert [gone.id for gone in expired(path, STARTED + timedelta(days=1), 0)] == [1]
    assert goes_at(reader.session(path, 2), 0) == STARTED + timedelta(days=ANSWER_DAYS)
    assert goes_at(reader.session(path, 2), 30) == STARTED + timedelta(days=30)
    reader.acknowledge(path, 2)
    assert [gone.id for gone in expired(path, STARTED + timedelta(days=1), 0)] == [2, 1]


def test_its_csv_file_goes_with_it_unless_it_is_another_one_by_now(path: Path, tmp_path: Path) -> None:
    here = stored_with_csv(path, tmp_path / "documents")
    changed = stored_with_csv(path, tmp_path / "documents")
    changed.write_text("her own notes", encoding="utf-8")
    erased = erase_expired(path, STARTED + timedelta(days=31), 30)
    assert (erased.csv_files, erased.out_of_reach) == ((here,), (LeftAlone(changed, STARTED),))
    assert (here.exists(), changed.exists()) == (False, True)
