"""The program that `make bundle` left in dist/ works where there is no Python and no checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.places import ROOT

pytestmark = pytest.mark.bundle

FOLDER = ROOT / "dist" / "fer-desktop"
PROGRAM = FOLDER / ("fer-desktop.exe" if sys.platform == "win32" else "fer-desktop")


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the bundle elsewhere, with nothing of this Python in reach."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [str(PROGRAM), *arguments],
        cwd=folder,
        env=environment | {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def test_the_bundle_was_built():
    assert PROGRAM.is_file(), "there is no bundle: run `make bundle`"


def test_help_names_the_commands(tmp_path: Path):
    told = run("--help", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert all(command in told.stdout for command in ("demo", "analyze", "self-test"))


def test_the_self_test_passes(tmp_path: Path):
    told = run("self-test", "--json", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["faces"] > 0


def test_the_demo_class_leaves_its_files(tmp_path: Path):
    told = run("demo", "--seconds", "10", "--out", "left", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert {file.name for file in (tmp_path / "left").iterdir()} == {"session.csv", "window.png", "trend.png"}


def test_training_says_that_it_needs_the_checkout(tmp_path: Path):
    told = run("train", folder=tmp_path)
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1
    assert "TensorFlow" in told.stderr


def test_nothing_large_and_useless_is_in_it():
    names = {path.name for path in (FOLDER / "_internal").iterdir()}
    assert not names & {"tensorflow", "keras", "scipy", "skimage", "imageio_ffmpeg", "pandas", "matplotlib"}
