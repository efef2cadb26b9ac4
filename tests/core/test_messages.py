"""Sentences hold what comes from outside, however long and odd it is."""

import os
from pathlib import Path

import pytest

from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import message


def test_a_value_is_told_as_it_is() -> None:
    path = Path("Übung 100% – 教室") / "کلاس\u200cها.mp4"
    assert str(message("{path} of {n:.1f} s", path=path, n=2.04)) == f"{path} of 2.0 s"


def test_an_error_is_told_by_its_own_message() -> None:
    error = SourceError("{name} is gone.", name="It")
    assert str(message("{problem} Look.", problem=error)) == "It is gone. Look."


def test_a_long_value_is_told_by_its_ends() -> None:
    told = str(message("{name} was not found.", name="begin" + "x" * 2_000_000 + "end.mp4"))
    assert len(told) < 500
    assert told.startswith("beginx")
    assert told.endswith("xend.mp4 was not found.")


@pytest.mark.parametrize(
    "name", [os.fsdecode(b"\xdcbung.mp4"), "a\nb.mp4", "a\0b.mp4", "a\x1b[31mb", "\ud800", "a\u2028b"]
)
def test_what_cannot_be_shown_or_written_is_replaced(name: str) -> None:
    told = str(message("{path} was not found.", path=Path(name)))
    told.encode("utf-8")
    assert "\ufffd" in told
    assert told.isprintable()
