import os
import stat
import sys
from pathlib import Path

import pytest

from fer_desktop.core.files import read_small, write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path):
    file = tmp_path / "a.txt"
    write_whole(file, "früher")
    assert file.read_bytes() == "früher".encode()
    write_whole(file, b"later")
    assert file.read_bytes() == b"later"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_has_the_permissions_that_any_new_file_gets(tmp_path: Path):
    usual = tmp_path / "usual"
    usual.touch()
    write_whole(tmp_path / "whole", "x")
    assert stat.S_IMODE((tmp_path / "whole").stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_a_small_file_is_read_as_text(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes("früher\r\n".encode())
    assert read_small(file, 9) == "früher\r\n"
    with pytest.raises(OSError, match="longer than 8 bytes"):
        read_small(file, 8)
    with pytest.raises(FileNotFoundError):
        read_small(tmp_path / "none", 8)
    file.write_bytes(b"\xfc")
    with pytest.raises(ValueError, match="utf-8"):
        read_small(file, 8)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_never_waited_for(tmp_path: Path):
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path(os.devnull)):
        with pytest.raises(OSError, match="is no file"):
            read_small(path, 8)


def test_what_fails_leaves_nothing_behind(tmp_path: Path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "inside").touch()
    with pytest.raises(IsADirectoryError):
        write_whole(taken, "x")
    assert list(tmp_path.iterdir()) == [taken]
