"""The program's own window over the part of the screen that it reads: on a real X screen, with a window manager."""

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, virtual_screen

_DRIVER = ROOT / "tests" / "support" / "screen" / "screen_geometry_driver.py"
_PATIENCE_S = 30.0
REGION = (0, 0, 480, 300)  # left, top, width, height in px
COVERED = "This window covers a part of what is read, and that part is left out: move it aside."


class OwnWindow:
    """The program, and a hand that moves its window."""

    def __init__(self, process: subprocess.Popen[bytes], display: str) -> None:
        self._process, self._display = process, display

    def wait_for(self, words: str) -> None:
        """Until the program says so."""
        said = b""
        while said.decode().strip() != words:
            assert self._process.stdout is not None
            ready, _, _ = select.select([self._process.stdout], [], [], _PATIENCE_S)
            assert ready, f"the program did not say {words}"
            said = self._process.stdout.readline()
            assert said, "the program has ended"

    def move(self, left: int, top: int) -> None:
        command = ["xdotool", "search", "--onlyvisible", "--name", "^FER Desktop$", "windowmove", str(left), str(top)]
        subprocess.run(command, env=screen_environment(self._display), check=True, timeout=_PATIENCE_S)


@contextmanager
def own_window(display: str, folder: Path, scale: str) -> Iterator[OwnWindow]:
    settings = screen_environment(display) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "QT_SCALE_FACTOR": scale}
    command = [sys.executable, str(_DRIVER), str(folder), *map(str, REGION)]
    # Unbuffered, so that a line still to come is seen by select().
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, bufsize=0) as process:
        try:
            window = OwnWindow(process, display)
            window.wait_for("-")
            yield window
        finally:
            process.kill()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen((2400, 1400)) as display:
        yield display


@pytest.mark.parametrize("scale", ["1", "1.5"])
def test_it_is_told_as_long_as_it_covers_what_is_read(display: str, tmp_path: Path, scale: str) -> None:
    with own_window(display, tmp_path, scale) as window:
        window.move(440, 100)  # over the right edge
        window.wait_for(COVERED)
        window.move(540, 100)
        window.wait_for("-")
        window.move(100, 260)  # over the lower edge
        window.wait_for(COVERED)
        window.move(100, 380)
        window.wait_for("-")
