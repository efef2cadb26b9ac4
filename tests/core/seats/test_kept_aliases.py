"""Aliases that are kept: a file for its user alone, for seven days at most."""

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fer_desktop.core.errors import StoreError
from fer_desktop.core.seats.kept_aliases import MOST_KEPT, erase_aliases, keep_aliases, kept_aliases

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=timezone(timedelta(hours=1)))
WEEK = timedelta(days=7)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "aliases.jsonl"


def test_they_are_kept_for_seven_days_and_then_the_file_is_gone(file: Path) -> None:
    keep_aliases(file, ["Ana", "back row"], NOW)
    assert kept_aliases(file, NOW + WEEK - timedelta(seconds=1)) == ("back row", "Ana")
    assert kept_aliases(file, NOW + WEEK) == ()
    assert not file.exists()


def test_each_has_its_own_seven_days(file: Path) -> None:
    keep_aliases(file, ["Ana", "Ben"], NOW)
    keep_aliases(file, ["Ben", "Çelik"], NOW + timedelta(days=5))
    assert kept_aliases(file, NOW + timedelta(days=6)) == ("Çelik", "Ben", "Ana")
    assert kept_aliases(file, NOW + WEEK) == ("Çelik", "Ben")
    assert b"Ana" not in file.read_bytes()
    assert kept_aliases(file, NOW + timedelta(days=12)) == ()


def test_a_clock_that_was_set_back_keeps_nothing_longer(file: Path) -> None:
    keep_aliases(file, ["Ana"], NOW)
    assert kept_aliases(file, NOW - timedelta(days=1)) == ()
    assert not file.exists()


def test_erased_is_overwritten_and_gone(file: Path) -> None:
    keep_aliases(file, ["Ana"], NOW)
    other_name = file.with_name("other")
    os.link(file, other_name)  # the same bytes on the disk
    erase_aliases(file)
    assert not file.exists()
    assert set(other_name.read_bytes()) == {0}
    erase_aliases(file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's files from others itself")
def test_nobody_else_reads_it(file: Path) -> None:
    keep_aliases(file, ["Ana"], NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"alias": "Ana"}\n',
        b'{"alias": "Ana", "until": "2026-11-29T09:30:00"}\n',
        b'{"alias": "\\u0000", "until": "2026-11-29T09:30:00+01:00"}\n',
        b"x" * 300_000,
        b"",
    ],
)
def test_what_cannot_be_read_is_not_left_lying(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert kept_aliases(file, NOW) == ()
    assert not file.exists()


def test_words_are_cleaned_and_their_number_is_bounded(file: Path) -> None:
    keep_aliases(file, ["", "A\x00na", *(f"seat {number}" for number in range(MOST_KEPT))], NOW)
    found = kept_aliases(file, NOW)
    assert len(found) == MOST_KEPT
    assert "Ana" not in found  # the oldest went
    assert found[0] == f"seat {MOST_KEPT - 1}"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="aliases"):
        keep_aliases(tmp_path, ["Ana"], NOW)
