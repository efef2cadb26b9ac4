"""`export`, `import`, `sessions backup|restore|sql`: what a user types, and what comes back."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.command_line import environment, run, settings_file
from support.places import ROOT
from support.stored import started_store
from support.stored_lessons import second, store_lesson, store_scripted
from typer.testing import CliRunner, Result

from fer_desktop.app import paths
from fer_desktop.app.commands import export_network
from fer_desktop.app.main import app
from fer_desktop.core.policy import REFUSED
from fer_desktop.core.settings import Context, Jurisdiction, Language, Settings, save_settings
from fer_desktop.sessions.store import reader

# The program with a limit of the size of each file that it writes.
_LIMITED = (
    "import os, resource, signal, sys; size = int(sys.argv[1]); signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); os.execv(sys.argv[2], sys.argv[2:])"
)

# A report is painted in this process; the tests after it want an application with windows.
pytestmark = pytest.mark.usefixtures("qapp")


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def told(*arguments: str | Path) -> Any:
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def store() -> Path:
    path = paths.store_file()
    store_scripted(path, 60)
    store_lesson(path, [second(1.0)], name="Physics")
    return path


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "parquet", "html", "pdf"])
def test_lessons_are_exported(tmp_path: Path, kind: str) -> None:
    found = told("export", "2", "1", "--format", kind, "--out", tmp_path / "new" / "folder")
    assert [one["lesson"] for one in found["written"]] == [2, 1]
    for one in found["written"]:
        assert Path(one["file"]).stat().st_size > 0
        assert Path(one["file"]).suffix == f".{kind}"
    assert (found["columns"] is not None) == (kind in ("csv", "parquet"))


@pytest.mark.usefixtures("store")
def test_all_of_them_and_a_list_for_eyes(tmp_path: Path) -> None:
    ended = call("export", "--all", "--out", tmp_path)
    assert ended.exit_code == 0
    assert ended.stdout.count(".csv") == 2
    assert "columns.md" in ended.stdout
    assert len(list(tmp_path.iterdir())) == 3


def test_while_a_lesson_is_recorded(store: Path, tmp_path: Path) -> None:
    running = started_store(store)
    running.write(second(1.0))
    ended = run(tmp_path, "export", "3", "--out", tmp_path / "out", XDG_DATA_HOME=os.environ["XDG_DATA_HOME"])
    running.write(second(2.0))
    running.close()
    assert ended.code == 0, ended.err
    assert len(reader.summaries(store, 3)) == 2


@pytest.mark.usefixtures("store")
def test_one_that_is_not_there_does_not_keep_the_others(tmp_path: Path) -> None:
    ended = call("export", "9", "1", "--out", tmp_path, "--json")
    assert ended.exit_code == 1
    found = json.loads(ended.stdout)
    assert [one["lesson"] for one in found["written"]] == [1]
    assert [one["lesson"] for one in found["failed"]] == [9]
    assert "There is no session 9" in ended.stderr


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "arguments", [[], ["1", "--all"], ["one"], ["-1"], ["1.5"], ["1", "--format", "doc"], ["1", "--data", "x"]]
)
def test_misuse_is_told(tmp_path: Path, arguments: list[str]) -> None:
    assert call("export", *arguments, "--out", tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_a_report_is_in_her_language_without_a_display(tmp_path: Path, kind: str) -> None:
    save_settings(Settings(language=Language.GERMAN), settings_file(tmp_path))
    out = tmp_path / "out"
    ended = run(tmp_path, "export", "1", "--format", kind, "--out", out, XDG_DATA_HOME=os.environ["XDG_DATA_HOME"])
    assert (ended.code, ended.err) == (0, "")
    (file,) = out.iterdir()
    written = file.read_bytes()
    assert (b"/Lang (de)" if kind == "pdf" else "Nicht für Noten".encode()) in written


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux stands for a disk that fills")
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "parquet", "html", "pdf"])
def test_a_disk_that_fills_in_the_middle_leaves_no_half_of_a_file(tmp_path: Path, kind: str) -> None:
    """For once a real one, as far as the system's limit of a file's size is."""
    store_scripted(paths.store_file(), 1800)
    # SQLite's own small file is there before the limit is, as where the window is open.
    store = sqlite3.connect(paths.store_file())
    store.execute("SELECT * FROM sessions").fetchone()
    out = tmp_path / "out"
    command = [sys.executable, ROOT / "main.py", "export", "1", "--format", kind, "--out", out]
    kib = 16 if kind in ("xlsx", "html", "pdf", "parquet") else 64
    limited = [sys.executable, "-c", _LIMITED, str(kib * 1024), *map(str, command)]
    home = environment(tmp_path, XDG_DATA_HOME=os.environ["XDG_DATA_HOME"])
    done = subprocess.run(limited, env=home, capture_output=True, text=True, timeout=100, check=False)
    store.close()
    assert done.returncode == 1, done.stderr
    (sentence,) = done.stderr.splitlines()
    assert "cannot be written" in sentence
    assert list(out.iterdir()) == []


def test_a_network_is_still_exported_and_its_new_name_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(export_network, "export_network", lambda trained, **rest: asked.update(trained=trained, **rest))
    network = tmp_path / "student.keras"
    network.write_bytes(b"")
    ended = call("export", network, "--data", tmp_path, "--out", tmp_path / "out")
    assert ended.exit_code == 0, ended.output
    assert "export-network" in ended.stderr
    assert asked == {"trained": network, "data": tmp_path, "out": tmp_path / "out", "recipe": None}


def test_a_session_comes_back(store: Path, tmp_path: Path) -> None:
    file = told("export", "1", "--out", tmp_path)["written"][0]["file"]
    assert "already, as number 1" in call("import", file).stderr
    assert call("sessions", "erase", "--all").exit_code == 0
    found = told("import", file)["imported"]
    assert [one["lesson"] for one in found] == [found[0]["lesson"]]
    (back,) = reader.sessions(store)
    assert back.live_class
    again = told("export", str(back.id), "--out", tmp_path / "again")["written"][0]["file"]
    assert Path(again).read_bytes() == Path(file).read_bytes()


@pytest.mark.parametrize("context", [Context.EDUCATION, Context.WORK])
def test_where_reading_others_is_forbidden_theirs_are_not_taken_over(
    store: Path, tmp_path: Path, context: Context
) -> None:
    file = told("export", "2", "--out", tmp_path)["written"][0]["file"]
    assert call("sessions", "erase", "--all").exit_code == 0
    save_settings(Settings(accepted_use=True, jurisdiction=Jurisdiction.EU, context=context), paths.settings_file())
    ended = call("import", file)
    assert str(ended.exception) == str(REFUSED)
    assert reader.sessions(store) == []
    assert call("import", file, "--of", "myself").exit_code == 0
    assert not reader.sessions(store)[0].live_class


def test_all_lessons_move_to_another_computer(store: Path, tmp_path: Path) -> None:
    assert told("sessions", "backup", "--out", tmp_path / "all.backup") == {
        "file": str(tmp_path / "all.backup"),
        "sessions": 2,
    }
    assert told("sessions", "restore", tmp_path / "all.backup") == {"restored": [], "kept": 2, "expiring": []}
    assert call("sessions", "erase", "--all").exit_code == 0
    assert told("sessions", "restore", tmp_path / "all.backup") == {
        "restored": [1, 2],
        "kept": 0,
        "expiring": [1, 2],  # they are of long ago
    }
    assert len(reader.sessions(store)) == 2
    for wrong in (
        ["backup"],
        ["backup", "x"],
        ["restore"],
        ["show", "x"],
        ["sql"],
        ["sql", "SELECT 1", "--json", "--csv"],
    ):
        assert call("sessions", *wrong).exit_code == 2, wrong


@pytest.mark.usefixtures("store")
def test_the_store_answers_questions() -> None:
    question = "SELECT lesson, name FROM lesson ORDER BY lesson"
    assert told("sessions", "sql", question) == [{"lesson": 1, "name": "Maths 9b"}, {"lesson": 2, "name": "Physics"}]
    rows = list(csv.reader(io.StringIO(call("sessions", "sql", question, "--csv").stdout)))
    assert rows == [["lesson", "name"], ["1", "Maths 9b"], ["2", "Physics"]]
    assert call("sessions", "sql", question).stdout.splitlines()[1].split() == ["1", "Maths", "9b"]
    assert call("sessions", "sql", "SELECT '=1+1' AS x", "--csv").stdout == "x\n'=1+1\n"


@pytest.mark.usefixtures("store")
def test_a_question_that_may_not_be_is_one_sentence(tmp_path: Path) -> None:
    ended = run(tmp_path, "sessions", "sql", "SELECT * FROM sessions", XDG_DATA_HOME=os.environ["XDG_DATA_HOME"])
    assert ended.code == 1
    assert "docs/store.md" in ended.sentence
