"""What the program leaves is its user's alone, and a crash writes no picture."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from support.command_line import environment, run, settings_file
from support.places import ROOT

from fer_desktop.app.privacy import tidy
from fer_desktop.core.files import TEMPORARY_PREFIX, temporary_folder

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")

SECRET = "a face of the class, row by row"
GUARDED = f"""
import os, sys
from fer_desktop.app.privacy import guard
guard()
held = bytearray({SECRET[::-1]!r}[::-1].encode() * 100000)
print("ready", flush=True)
sys.stdin.read()
os.abort()
"""

KILLED = """
import os
from fer_desktop.core.files import temporary_folder
with temporary_folder() as folder:
    (folder / "picture").write_text("x")
    print(folder, flush=True)
    os._exit(9)
"""

# Whatever the process makes else; the log is full after each message.
LOOSE = """
import logging, os
from pathlib import Path
from fer_desktop.app import logs, paths
from fer_desktop.app.services import AppServices
from fer_desktop.core.settings import Settings
os.umask(0)
logs._MAX_BYTES = 10
logs.start_logging(paths.log_file())
for word in ("one", "two", "three"):
    logging.getLogger("fer_desktop").warning(word)
AppServices(Settings(), Path("settings.json")).write_report("every thread")
"""


def guarded(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", GUARDED],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@linux
def test_no_dump_is_written_and_the_process_can_still_be_traced(tmp_path: Path):
    process = guarded(tmp_path)
    of_process = Path(f"/proc/{process.pid}")
    assert int((of_process / "coredump_filter").read_text(), 16) == 0
    [limit] = [line for line in (of_process / "limits").read_text().splitlines() if line.startswith("Max core")]
    assert limit.split()[4:6] == ["0", "0"]
    # What is not dumpable belongs to root, and portals cannot look at it.
    assert (of_process / "status").stat().st_uid == tmp_path.stat().st_uid
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []


@linux
@pytest.mark.skipif(shutil.which("gcore") is None, reason="needs gdb")
def test_a_dump_that_is_taken_all_the_same_holds_nothing(tmp_path: Path):
    """gdb writes what the process lets be dumped, as a collector behind a pipe gets it."""
    process = guarded(tmp_path)
    done = subprocess.run(
        ["gcore", "-o", str(tmp_path / "core"), str(process.pid)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    process.kill()
    process.communicate(timeout=30)
    dumps = list(tmp_path.glob("core*"))
    if not dumps:
        pytest.skip(f"gdb may not look at a process here: {done.stderr[-200:]}")
    assert SECRET.encode() not in dumps[0].read_bytes()


@posix
def test_files_and_folders_of_a_run_are_for_their_user_alone(tmp_path: Path):
    out = tmp_path / "out"
    process = subprocess.run(
        [sys.executable, ROOT / "main.py", "demo", "--seconds", "5", "--out", out],
        cwd=ROOT,
        env=environment(tmp_path, QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        umask=0o022,
        timeout=110,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    made = [out, *out.rglob("*"), *(tmp_path / "state").rglob("*"), *(tmp_path / "config").rglob("*")]
    assert len(made) > 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()} == {0o700}


@posix
def test_what_an_older_version_left_open_to_others_is_closed(tmp_path: Path):
    file = settings_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text('{"schema": 2}', encoding="utf-8")
    file.chmod(0o644)
    file.parent.chmod(0o755)
    assert run(tmp_path, "self-test", "--json").code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_a_hard_end_left_is_gone_with_the_next_start_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    left = Path(ended.stdout.strip())
    assert (left / "picture").is_file()
    others = [tmp_path / name for name in (f"{TEMPORARY_PREFIX}notes", "else", f"{TEMPORARY_PREFIX}{2**30}.txt")]
    for other in others[:2]:
        other.mkdir()
    others[2].touch()
    with temporary_folder() as own:
        tidy()
        assert own.is_dir()
    assert not left.exists()
    assert all(other.exists() for other in others)


def test_a_torn_file_of_a_hard_end_is_gone_and_one_that_is_being_written_stays(tmp_path: Path):
    torn, written, kept = (tmp_path / name for name in (".0a1b2c3d.part", ".99999999.part", "settings.json"))
    for file in (torn, written, kept):
        file.touch()
    os.utime(torn, (0, 0))
    os.utime(kept, (0, 0))
    tidy(tmp_path, tmp_path / "none")
    assert sorted(tmp_path.iterdir()) == sorted([written, kept])


@posix
def test_the_log_and_reports_of_faults_are_the_users_alone_whatever_else_is_made(tmp_path: Path):
    subprocess.run([sys.executable, "-c", LOOSE], cwd=ROOT, env=environment(tmp_path), check=True)
    files = [file for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert {"fault", "fer-desktop.log", "fer-desktop.log.1"} <= {file.name.split(" ")[0] for file in files}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "one" in "".join(file.read_text(encoding="utf-8") for file in files)
