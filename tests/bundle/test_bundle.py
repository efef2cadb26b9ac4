"""The program that `make bundle` left in dist/ works where there is no Python and no checkout."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from support.inputs.clips import write_call
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, virtual_screen
from support.screen.window_desk import until

from fer_desktop.capture.desktop.region import grab
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image

pytestmark = pytest.mark.bundle

FOLDER = ROOT / "dist" / "fer-desktop"
PROGRAM = FOLDER / ("fer-desktop.exe" if sys.platform == "win32" else "fer-desktop")
MOST_BYTES = 455_000_000


def without_python(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with nothing of this Python in reach."""
    kept = {name: value for name, value in environment.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return kept | {"PATH": "/usr/bin:/bin"}


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the bundle elsewhere, with nothing of this Python in reach."""
    return subprocess.run(
        [str(PROGRAM), *arguments],
        cwd=folder,
        env=without_python(os.environ) | {"QT_QPA_PLATFORM": "offscreen", "COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


@contextmanager
def started(folder: Path, display: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program in its window on that screen."""
    environment = without_python(screen_environment(display)) | {"HOME": str(folder)}
    environment = {name: value for name, value in environment.items() if not name.startswith("XDG_")}
    with subprocess.Popen([str(PROGRAM)], cwd=folder, env=environment, stderr=subprocess.PIPE) as program:
        try:
            yield program
        finally:
            program.kill()


def xdotool(display: str, *words: str) -> str:
    """What it answers; nothing where it finds no window."""
    return subprocess.run(
        ["xdotool", *words], env=screen_environment(display), capture_output=True, encoding="utf-8", check=False
    ).stdout


def active_title(display: str) -> str:
    """Of the window that has the keyboard."""
    return xdotool(display, "getactivewindow", "getwindowname").strip()


def close_active(display: str) -> None:
    """Asks it to close, as its button does."""
    xdotool(display, "key", "--clearmodifiers", "alt+F4")


def shown_of(display: str, window: str) -> Image:
    """What the screen shows where that window is."""
    place = dict(line.split("=") for line in xdotool(display, "getwindowgeometry", "--shell", window).splitlines())
    return grab(Region(*(int(place[side]) for side in ("X", "Y", "WIDTH", "HEIGHT"))), display)


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


def test_a_recording_is_read(tmp_path: Path):
    clip = write_call(tmp_path / "class.mp4", people=4, frames=20)
    told = run("analyze", str(clip), "--out", "left", "--faces", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert len((tmp_path / "left" / "faces.csv").read_text(encoding="utf-8").splitlines()) > 4


@pytest.mark.timeout(240)
def test_the_window_opens_is_painted_and_closes(tmp_path: Path):
    """`self-test` and a demo that is drawn into memory pass where what a window on a screen needs was left out."""
    with virtual_screen((1600, 1000)) as display, started(tmp_path, display) as program:
        windows: list[str] = []

        def opened() -> bool:
            assert program.poll() is None, "it ended before its window opened"
            windows[:] = xdotool(display, "search", "--onlyvisible", "--name", "FER Desktop").split()
            return bool(windows)

        until(opened, "no window opened")
        until(lambda: len(np.unique(shown_of(display, windows[0]).reshape(-1, 3), axis=0)) > 50, "it stays blank")
        # The first page, which waits for answers, lies on top: it closes first, and then the window.
        until(lambda: "Before you begin" in active_title(display), "nothing is asked before it is used")
        close_active(display)
        until(lambda: active_title(display) == "FER Desktop", "the first page does not close")
        close_active(display)
        _, told = program.communicate(timeout=60)
        assert (program.returncode, told) == (0, b"")


def test_qts_own_words_are_there_in_the_languages_of_the_program_alone():
    languages = ("en", "hi", "es", "de", "fr")
    assert {file.name for file in FOLDER.rglob("qt*_*.qm")} == {f"qtbase_{name}.qm" for name in languages}


def test_training_says_that_it_needs_the_checkout(tmp_path: Path):
    told = run("train", folder=tmp_path)
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1
    assert "TensorFlow" in told.stderr


def test_whose_work_is_inside_is_told_with_the_licences():
    page = (FOLDER / "_internal" / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for name in ("PySide6", "opencv-python", "numpy", "pydantic", "YuNet", "Python", "QtAwesome", "FER-2013"):
        assert name in page
    told = json.loads((FOLDER / "_internal" / "sbom.cdx.json").read_text(encoding="utf-8"))
    named = {component["name"]: component["version"] for component in told["components"]}
    assert named["numpy"] == version("numpy")
    assert not {"pyinstaller", "pytest", "tensorflow"} & set(named)


def test_nothing_large_and_useless_is_in_it():
    names = {path.name for path in (FOLDER / "_internal").iterdir()}
    useless = {"tensorflow", "keras", "scipy", "skimage", "imageio_ffmpeg", "av", "av.libs", "pandas", "matplotlib"}
    assert not names & useless


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere OpenCV has no Qt of its own")
def test_its_opencv_is_the_programs_version_without_a_qt_of_its_own():
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    assert not [path.name for path in files if path.name.startswith("libQt5")]
    told = (FOLDER / "_internal" / "cv2" / "version.py").read_text(encoding="utf-8")
    assert f'opencv_version = "{version("opencv-python")}"' in told
    assert "headless = True" in told
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
