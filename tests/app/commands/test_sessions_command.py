import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.clocks import STARTED
from support.command_line import run
from support.stored import started_store, stored, summary
from typer.testing import CliRunner, Result

from fer_desktop.app import paths
from fer_desktop.app.commands.sessions import _in_words
from fer_desktop.app.main import app
from fer_desktop.core.seats.kept_aliases import keep_aliases, kept_aliases
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened


def sessions(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sessions", *arguments])


def told(*arguments: str) -> Any:
    result = sessions(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def store() -> Path:
    """One session that ended, one that did not, one that is being recorded elsewhere."""
    path = paths.store_file()
    stored(
        path,
        Marker(1, 0.5, "slide 7"),
        summary(1.0),
        summary(2.0),
        Gap(2.0, 4.0, State.PAUSED),
        Ended(4.5, EndReason.STOPPED),
    )
    stored(path, summary(1.0))
    return path


def test_where_nothing_is_stored_that_is_told() -> None:
    assert told("list") == []
    assert "No session" in sessions("list").stdout
    assert told("check")["sound"] is True
    assert not paths.store_file().exists()


def test_sessions_are_listed(store: Path) -> None:
    running = started_store(store)
    found = told("list")
    running.close()
    same = {"started": STARTED.isoformat(), "name": "Zoom meeting"}
    assert found == [
        {"id": 3, **same, "length_s": 0.0, "state": "recording"},
        {"id": 2, **same, "length_s": 1.0, "state": "ended unexpectedly"},
        {"id": 1, **same, "length_s": 4.5, "state": "ended"},
    ]
    assert sessions("list").stdout.count("Zoom meeting") == 3


@pytest.mark.usefixtures("store")
def test_a_session_is_shown() -> None:
    found = told("show", "1")
    assert (found["seconds_seen"], found["end_reason"], found["coverage"]) == (2, "stopped", 0.75)
    assert found["gaps"] == [{"start_s": 2.0, "end_s": 4.0, "reason": "paused"}]
    assert found["markers"] == [{"number": 1, "elapsed_s": 0.5, "text": "slide 7", "colour": "grey"}]
    assert "slide 7" in sessions("show", "1").stdout


@pytest.mark.usefixtures("store")
def test_one_is_one_and_nothing_is_none() -> None:
    assert "The store is sound: 2 sessions with 3 seconds." in sessions("check").stdout
    assert "Erased: 1 session." in sessions("erase", "1").stdout
    assert "The store is sound: 1 session with 1 second." in sessions("check").stdout
    assert _in_words({"output": "", "min_score": 0.5}) == "output none, min_score 0.5"


@pytest.mark.usefixtures("store")
def test_a_session_is_erased() -> None:
    assert told("erase", "1")["sessions"] == [1]
    assert [one["id"] for one in told("list")] == [2]
    assert told("erase", "--all")["sessions"] == [2]
    assert told("list") == []


@pytest.mark.usefixtures("store")
def test_what_a_marker_says_is_erased() -> None:
    assert "The marker's text" in sessions("erase", "1", "--marker", "1").stdout
    assert told("show", "1")["markers"] == [{"number": 1, "elapsed_s": 0.5, "text": "", "colour": "grey"}]


@pytest.mark.parametrize("arguments", [["show"], ["erase"], ["erase", "1", "--all"], ["burn"]])
def test_misuse_is_told(store: Path, arguments: list[str]) -> None:
    assert sessions(*arguments).exit_code == 2
    assert len(reader.sessions(store)) == 2


@pytest.mark.usefixtures("store")
def test_a_session_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    ended = run(tmp_path, "sessions", "show", "99", XDG_DATA_HOME=os.environ["XDG_DATA_HOME"])
    assert ended.code == 1
    assert ended.sentence == "There is no session 99: `sessions list` shows those that there are."


def test_a_damaged_store_is_told_and_repaired(store: Path, tmp_path: Path) -> None:
    with opened(store) as connection:
        backups.daily_backup(connection, store, STARTED)
    store.write_bytes(b"\xa5" * 10_000)
    ended = run(tmp_path, "sessions", "check", "--json", XDG_DATA_HOME=os.environ["XDG_DATA_HOME"])
    assert ended.code == 1
    assert "add --repair" in ended.sentence
    assert json.loads(ended.out)["sound"] is False
    assert told("check", "--repair")["sessions"] == 2
    assert told("check")["sound"] is True


def test_all_that_is_erased_takes_kept_aliases_along(store: Path) -> None:
    aliases = paths.aliases_file(store)
    keep_aliases(aliases, ["Ana"], datetime.now().astimezone())
    told("erase", "1")
    assert aliases.exists()
    told("erase", "--all")
    assert not aliases.exists()


def test_aliases_that_were_kept_for_seven_days_go_with_any_start_of_the_program(tmp_path: Path) -> None:
    aliases = paths.aliases_file(tmp_path / "data" / "FER Desktop" / "sessions.db")
    now = datetime.now().astimezone()
    keep_aliases(aliases, ["Ana"], now - timedelta(days=7))
    keep_aliases(aliases, ["Ben"], now - timedelta(days=6, hours=23))
    assert run(tmp_path, "sessions", "list").code == 0
    assert kept_aliases(aliases, now) == ("Ben",)
    assert b"Ana" not in aliases.read_bytes()
