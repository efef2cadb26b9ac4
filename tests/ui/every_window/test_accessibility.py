"""Everybody can use it: what a screen reader is told of each control, and what the keyboard alone reaches."""

import os
import subprocess
import sys
import tempfile
from collections import Counter

import pytest
from support.places import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the walk is held against one platform's widgets")

LEAST_WINDOWS = 20


@pytest.fixture(scope="module")
def walked() -> list[str]:
    """One walk through all windows, in a program of its own: what it says line by line."""
    driver = ROOT / "tests" / "support" / "gui" / "access_driver.py"
    with tempfile.TemporaryDirectory(prefix="access") as folder:
        done = subprocess.run(
            [sys.executable, str(driver), folder],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)])},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=110,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _met(walked: list[str], kind: str) -> list[str]:
    return [line for line in walked if line.startswith(kind)]


def test_every_window_was_looked_at(walked: list[str]) -> None:
    windows = [line.partition(": ")[2] for line in _met(walked, "LOOKED")]
    assert len(windows) >= LEAST_WINDOWS
    assert Counter(windows).most_common(1)[0][1] == 1


def test_every_control_has_a_role_and_a_name_that_is_no_value(walked: list[str]) -> None:
    assert _met(walked, "UNNAMED") == []
    assert _met(walked, "NO ROLE") == []
    assert _met(walked, "VALUE AS NAME") == []


def test_what_is_chosen_or_shown_is_told_as_a_value(walked: list[str]) -> None:
    assert _met(walked, "NO VALUE") == []


def test_no_two_controls_of_a_window_are_told_alike(walked: list[str]) -> None:
    assert _met(walked, "ALIKE") == []


def test_tab_finds_every_control_once_and_comes_round(walked: list[str]) -> None:
    assert _met(walked, "NOT REACHED") == []
    assert _met(walked, "TRAPPED") == []


def test_tab_goes_on_as_one_reads(walked: list[str]) -> None:
    assert _met(walked, "OUT OF ORDER") == []


def test_the_keyboard_begins_on_what_is_chosen_or_goes_on(walked: list[str]) -> None:
    begun = dict(line.removeprefix("BEGINS ").split(": ", 1) for line in _met(walked, "BEGINS"))
    assert {name: begun[name] for name in BEGINS} == BEGINS


def test_what_has_the_keyboard_is_seen_whole(walked: list[str]) -> None:
    assert _met(walked, "CUT OFF") == []


BEGINS = {
    "Start page": "Start a lesson",
    "Settings": "More smile than usual",
    "First run, knowing": "Next",
    "First run, law": "Elsewhere",
    "First run, telling": "Accept and start",
    "Model": "About the model",
    "Stream": "Address of the stream",
    "Windows": "Open windows",
    "Second window": "Show the other window",
    "Saved lessons": "Saved lessons",
    "Session, live": "Session",
    "Markers": "Name of the marker",
    "What others were told": "Copy the text",
    "Session, paused": "Resume",
}
