"""The strip on a real X screen with a window manager: over full-screen slides, without taking their keyboard."""

import json
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import mss
import pytest
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, set_monitors, virtual_screen

_DRIVER = ROOT / "tests" / "support" / "screen" / "strip_driver.py"
_PATIENCE_S = 30.0
_RED_BGR = (0, 0, 255)
Place = list[int]


class StripDesk:
    """A screen with the program on it, and a hand that moves windows."""

    def __init__(self, display: str, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self._display, self._folder, self._process = display, folder, process
        self._grabber = mss.MSS(display=display)

    def close(self) -> None:
        self._grabber.close()

    def hears(self, wanted: Callable[[object], bool]) -> Place:
        """What the program says next that is wanted."""
        while True:
            assert self._process.stdout is not None
            ready, _, _ = select.select([self._process.stdout], [], [], _PATIENCE_S)
            assert ready, "the program said nothing more"
            said = json.loads(self._process.stdout.readline())
            if wanted(said):
                return said if isinstance(said, list) else []

    def there(self) -> Place:
        return self.hears(lambda said: isinstance(said, list))

    def gone(self) -> None:
        self.hears(lambda said: said is None)

    def hand(self, *command: object) -> str:
        words = ["xdotool", *(str(word) for word in command)]
        environment = screen_environment(self._display)
        return subprocess.run(
            words, env=environment, check=True, capture_output=True, text=True, timeout=_PATIENCE_S
        ).stdout.strip()

    def active(self) -> str:
        return self.hand("getactivewindow", "getwindowname")

    def focused(self) -> str:
        return self.hand("getwindowfocus")

    def slides_window(self) -> str:
        return self.hand("search", "--name", "^Slides$").splitlines()[0]

    def main_window(self) -> str:
        return self.hand("search", "--name", "^Main$").splitlines()[0]

    def cover(self, covered: bool) -> None:
        flag = self._folder / "covered"
        flag.touch() if covered else flag.unlink()

    def is_seen(self, place: Place) -> bool:
        """Whether what is on the screen there is not the slides."""
        left, top, width, height = place
        shot = self._grabber.grab({"left": left + width // 3, "top": top + height - 12, "width": 4, "height": 4})
        pixel = shot.pixel(1, 1)
        return bool(tuple(reversed(pixel)) != _RED_BGR)

    @contextmanager
    def slides(self) -> Iterator[None]:
        with _program(self._display, "slides") as _:
            _until(lambda: self.hand("search", "--sync", "--onlyvisible", "--name", "^Slides$") != "", "no slides")
            _until(lambda: self.active() == "Slides", "the slides did not get the keyboard")
            yield


@contextmanager
def _program(display: str, *arguments: object, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    settings = screen_environment(display) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"} | environment
    command = [sys.executable, str(_DRIVER), *map(str, arguments)]
    # Unbuffered, so that a line still to come is seen by select().
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, bufsize=0) as process:
        try:
            yield process
        finally:
            process.kill()


def _until(holds: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.02)


@contextmanager
def strip_desk(display: str, folder: Path, scale: str = "1") -> Iterator[StripDesk]:
    with _program(display, "strip", folder, QT_SCALE_FACTOR=scale) as process:
        desk = StripDesk(display, folder, process)
        try:
            desk.gone()
            yield desk
        finally:
            desk.close()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_screen((1366, 768)) as display:
        yield display


@pytest.mark.parametrize("scale", ["1", "1.5"])
def test_it_comes_over_full_screen_slides_and_leaves_them_the_keyboard(
    display: str, tmp_path: Path, scale: str
) -> None:
    with strip_desk(display, tmp_path, scale) as desk, desk.slides():
        desk.cover(True)
        place = desk.there()
        assert place[2:] == [round(464 * float(scale)), round(80 * float(scale))]
        _until(lambda: desk.is_seen(place), "the slides lie over the strip")
        assert desk.active() == "Slides"
        desk.hand("mousemove", place[0] + place[2] - round(100 * float(scale)), place[1] + place[3] // 2, "click", 1)
        desk.hears(lambda said: said == "pause")
        assert desk.active() == "Slides"
        assert desk.focused() == desk.slides_window()
        desk.cover(False)
        desk.gone()


def test_asked_for_it_takes_the_keyboard(display: str, tmp_path: Path) -> None:
    with strip_desk(display, tmp_path) as desk, desk.slides():
        desk.cover(True)
        place = desk.there()
        desk.hand("mousemove", place[0] + place[2] - 62, place[1] + place[3] // 2, "click", 1)
        _until(lambda: desk.focused() != desk.slides_window(), "the slides kept the keyboard")
        desk.hand("key", "Down")
        assert desk.there()[1] > place[1]
        desk.hand("key", "Tab", "key", "space")
        desk.hears(lambda said: said == "pause")


def test_it_comes_as_the_window_is_minimised_and_back_brings_the_window(display: str, tmp_path: Path) -> None:
    with strip_desk(display, tmp_path) as desk:
        desk.hand("windowminimize", desk.main_window())
        place = desk.there()
        desk.hand("mousemove", place[0] + place[2] - 26, place[1] + place[3] // 2, "click", 1)
        desk.gone()
        _until(lambda: desk.active() == "Main", "the window did not come back")


def test_it_is_dragged_to_the_edge_and_found_there_again(display: str, tmp_path: Path) -> None:
    with strip_desk(display, tmp_path) as desk:
        window = desk.main_window()
        desk.hand("windowminimize", window)
        left, top, _, _ = desk.there()
        grip = (left + 40, top + 20)
        desk.hand("mousemove", *grip, "mousedown", 1, "mousemove", 300, 400, "mousemove", 52, 500, "mouseup", 1)
        place = desk.hears(lambda said: isinstance(said, list) and said[0] == 8)
        desk.hand("windowactivate", window)
        desk.gone()
        desk.hand("windowminimize", window)
        assert desk.there() == place


def test_a_monitor_that_vanishes_takes_no_strip_with_it(tmp_path: Path) -> None:
    with virtual_screen((2646, 768)) as display:
        set_monitors(display, [(0, 0, 1280, 768), (1280, 0, 1366, 768)])
        with strip_desk(display, tmp_path) as desk:
            desk.hand("search", "--name", "^Main$", "windowmove", 1600, 300)
            desk.hand("windowminimize", desk.main_window())
            left = desk.there()[0]
            assert left >= 1280
            set_monitors(display, [(0, 0, 1280, 768)])
            desk.hears(lambda said: isinstance(said, list) and said[0] + said[2] <= 1280)
