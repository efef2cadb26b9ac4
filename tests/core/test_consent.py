"""The log of what was accepted when: real files, cut off, damaged, in the way of others."""

import os
import stat
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from support.places import ROOT

from fer_desktop.core.consent import Acceptance, Answered, ConsentLog, add_acceptance, read_log, save_copy
from fer_desktop.core.errors import StoreError
from fer_desktop.core.settings import Context, Jurisdiction

KOLKATA = timezone(timedelta(hours=5, minutes=30))
FIRST = Acceptance(
    datetime(2026, 11, 28, 14, 5, 9, tzinfo=KOLKATA),
    "0.1.0",
    2,
    Answered.ACCEPTED,
    Jurisdiction.OTHER,
    Context.EDUCATION,
)
SECOND = Acceptance(
    datetime(2026, 11, 30, 9, 0, 0, tzinfo=KOLKATA), "0.2.0", 3, Answered.CHANGED, Jurisdiction.EU, Context.OTHER
)
LINE = (
    '{"time": "2026-11-28T14:05:09+05:30", "program": "0.1.0", "text": 2, "event": "accepted", '
    '"jurisdiction": "other", "context": "education"}\n'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "consent.jsonl"


def test_what_was_added_is_read_in_its_order(file: Path) -> None:
    assert read_log(file) == ConsentLog()
    add_acceptance(file, FIRST)
    assert file.read_text() == LINE
    add_acceptance(file, SECOND)
    assert read_log(file) == ConsentLog((FIRST, SECOND))


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's files from others itself")
def test_it_is_for_its_user_alone_an_older_file_too(file: Path) -> None:
    add_acceptance(file, FIRST)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    add_acceptance(file, SECOND)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("damage", "count"),
    [
        (b'{"time": "2026-', 1),
        (b"\xff\xfe\n", 1),
        (b"[]\n7\nnull\n", 3),
        (b"[" * 100_000 + b"\n", 1),
        (LINE.replace("+05:30", "").encode(), 1),
        (LINE.replace("education", "moon").encode(), 1),
        (LINE.replace('"text": 2', '"text": []').encode(), 1),
        (b"\n \n", 0),
    ],
)
def test_damaged_lines_are_counted_and_kept_and_take_no_other_with_them(file: Path, damage: bytes, count: int) -> None:
    add_acceptance(file, FIRST)
    with file.open("ab") as opened:
        opened.write(damage)
    add_acceptance(file, SECOND)
    assert read_log(file) == ConsentLog((FIRST, SECOND), damaged=count)
    assert damage in file.read_bytes()


def test_what_a_later_version_adds_to_a_line_is_let_be(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(LINE.replace("}", ', "language": "de"}'))
    assert read_log(file) == ConsentLog((FIRST,))


def test_a_copy_is_the_file_as_it_is(file: Path, tmp_path: Path) -> None:
    add_acceptance(file, FIRST)
    with file.open("ab") as opened:
        opened.write(b"\x00\xff torn")
    copy = tmp_path / "copy.jsonl"
    save_copy(file, copy)
    assert copy.read_bytes() == file.read_bytes()
    with pytest.raises(StoreError, match="choose another name"):
        save_copy(file, file)
    with pytest.raises(StoreError, match="can be written"):
        save_copy(file, tmp_path / "none" / "copy.jsonl")


def test_what_is_no_file_is_refused_in_one_sentence(file: Path, tmp_path: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be kept"):
        add_acceptance(file, FIRST)
    with pytest.raises(StoreError, match="cannot be read"):
        read_log(file)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be kept"):
        add_acceptance(tmp_path / "file" / "consent.jsonl", FIRST)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="cannot be kept"):
        add_acceptance(tmp_path / "pipe", FIRST)
    with pytest.raises(StoreError, match="cannot be read"):
        read_log(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "consent.jsonl").symlink_to("/dev/full")
    with pytest.raises(StoreError, match="cannot be kept"):
        add_acceptance(tmp_path / "consent.jsonl", FIRST)


def test_two_windows_that_add_at_once_take_no_line_from_each_other(file: Path) -> None:
    def add() -> None:
        for _ in range(25):
            add_acceptance(file, FIRST)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = read_log(file)
    assert (len(found.entries), found.damaged) == (100, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_nothing_that_was_added_is_lost_by_a_kill(file: Path) -> None:
    program = (
        "import sys; from pathlib import Path; sys.path[:0] = ['.', 'tests']\n"
        "from core.test_consent import FIRST, add_acceptance\n"
        "while True:\n"
        "    add_acceptance(Path(sys.argv[1]), FIRST); print('added', flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, file], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        told = sum(process.stdout.readline() == "added\n" for _ in range(20))
        process.kill()
        told += process.stdout.read().count("added")
    process.wait(10)
    found = read_log(file)
    assert told >= 20
    assert len(found.entries) + found.damaged >= told
    add_acceptance(file, SECOND)
    assert read_log(file).entries[-1] == SECOND
