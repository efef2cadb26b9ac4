import os
import stat
from pathlib import Path

import pytest

from fer_desktop.core.files import write_whole


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


def test_what_fails_leaves_nothing_behind(tmp_path: Path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "inside").touch()
    with pytest.raises(IsADirectoryError):
        write_whole(taken, "x")
    assert list(tmp_path.iterdir()) == [taken]
