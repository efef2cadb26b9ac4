"""A lesson from the first start to the list, with real windows, mouse and keyboard: `make desk`, some 17 minutes."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import mss
import mss.tools
import pytest
from support.command_line import environment, settings_file, store_file
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, virtual_screen
from support.screen.window_desk import PATIENCE_S

from fer_desktop.core.glance.alerts.alert_choices import Preset
from fer_desktop.core.settings import Settings, save_settings
from fer_desktop.sessions.store import reader

pytestmark = [pytest.mark.desk, pytest.mark.timeout(900)]

_DRIVERS = ROOT / "tests" / "support" / "screen"
_CHANGE_S = 340.0  # after what is usual was learnt
_LOOK_EVERY_S = 0.3
_LEARNT_S = 420.0


class Desk:
    """The program, looked at and worked by hand."""

    def __init__(self, display: str, process: subprocess.Popen[str], pictures: Path) -> None:
        self._display, self._process, self._pictures = display, process, pictures
        self._grabber = mss.MSS(display=display)

    def windows(self) -> list[dict[str, Any]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("look\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the program has ended"
        return list(json.loads(line))

    def until(self, words: str, patience_s: float = PATIENCE_S, kind: str = "") -> dict[str, Any]:
        """The first window that says those words, as soon as one does."""
        return self._until(lambda one: any(words in text for text in one["words"]), words, patience_s, kind)

    def until_there(self, kind: str, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        return self._until(lambda _one: True, kind, patience_s, kind)

    def click(self, button: str, kind: str = "", patience_s: float = PATIENCE_S) -> None:
        before = None
        while True:  # until the window manager has put the window where it stays
            x, y = self._until(lambda one: button in one["buttons"], button, patience_s, kind)["buttons"][button]
            if (x, y) == before:
                break
            before = x, y
            time.sleep(_LOOK_EVERY_S)  # and nothing tells when it has
        self.hand("mousemove", str(x), str(y), "click", "1")

    def key(self, *keys: str) -> None:
        self.hand("key", *keys)

    def hand(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=screen_environment(self._display), check=True, timeout=PATIENCE_S)

    def picture(self, name: str) -> None:
        """Kept with the test's files, to be looked at."""
        shot = self._grabber.grab(self._grabber.monitors[0])
        mss.tools.to_png(shot.rgb, shot.size, output=str(self._pictures / f"{name}.png"))

    def close(self) -> None:
        self._grabber.close()

    def _until(self, holds: Any, what: str, patience_s: float, kind: str) -> dict[str, Any]:
        deadline_s = time.monotonic() + patience_s
        while True:
            windows = self.windows()
            found = [one for one in windows if (not kind or one["kind"] == kind) and holds(one)]
            if found:
                return found[-1]
            if time.monotonic() > deadline_s:
                self.picture("what-was-there")
                raise AssertionError(f"{what!r} is nowhere: {json.dumps(windows, indent=1)}")
            time.sleep(_LOOK_EVERY_S)  # another program brings it about, and is asked now and then


@contextmanager
def program(display: str, home: Path, pictures: Path) -> Iterator[Desk]:
    variables = environment(home, PYTHONPATH=f"{ROOT}:{ROOT / 'tests'}") | {"DISPLAY": display}
    variables |= {
        name: value for name, value in screen_environment(display).items() if name.startswith(("QT_", "XDG_S"))
    }
    command = [sys.executable, str(_DRIVERS / "desk_driver.py")]
    with subprocess.Popen(
        command, env=variables, cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        desk = Desk(display, process, pictures)
        try:
            yield desk
        finally:
            desk.close()
            process.kill()


@contextmanager
def call(display: str, place: tuple[int, int, int, int]) -> Iterator[None]:
    variables = screen_environment(display) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, str(_DRIVERS / "call_driver.py"), "Zoom Meeting", *map(str, place), str(_CHANGE_S)]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "READY\n"
            yield
        finally:
            process.kill()


@contextmanager
def slides(display: str) -> Iterator[None]:
    """Something else fills the screen."""
    variables = screen_environment(display) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    with subprocess.Popen([sys.executable, str(_DRIVERS / "strip_driver.py"), "slides"], env=variables) as process:
        try:
            yield
        finally:
            process.kill()


def overlap(a: list[int], b: list[int]) -> int:
    """Pixels that both rectangles (left, top, width, height) cover."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, wide) * max(0, high)


# A laptop's screen with the call beside a column, and a larger one.
@pytest.mark.parametrize(
    ("size", "place"), [((1366, 768), (0, 24, 940, 700)), ((1920, 1080), (0, 24, 1280, 760))], ids=["1366", "1920"]
)
def test_from_the_first_start_to_the_list(
    tmp_path: Path, size: tuple[int, int], place: tuple[int, int, int, int]
) -> None:
    home, pictures = tmp_path / "home", tmp_path / "pictures"
    home.mkdir()
    pictures.mkdir()
    settings_file(home).parent.mkdir(parents=True)
    save_settings(Settings(alert_more_smile=True, alert_preset=Preset.SENSITIVE), settings_file(home))
    with ExitStack() as opened:
        display = opened.enter_context(virtual_screen(size))
        opened.enter_context(call(display, place))
        desk = opened.enter_context(program(display, home, pictures))
        answer_the_first_run(desk)
        desk.picture("home")
        desk.click("Start a lesson")
        began_s = time.monotonic()
        live = desk.until("Learning what is usual", kind="MainWindow")
        desk.click("Skip", "MainWindow")  # which of them she is
        desk.picture("live")
        assert overlap(desk.until_there("MainWindow")["place"], list(place)) < 0.03 * place[2] * place[3], live["place"]
        with slides(display):
            strip = desk.until_there("MiniStrip")
            desk.picture("strip")
            assert overlap(strip["place"], [0, 0, *size]) == strip["place"][2] * strip["place"][3]
        desk.until("More faces than usual", _LEARNT_S + _CHANGE_S - (time.monotonic() - began_s))
        desk.picture("alert")
        desk.hand("search", "--onlyvisible", "--name", "^FER Desktop$", "windowactivate", "--sync")
        desk.key("m")
        desk.until("Enter: add")
        desk.hand("type", "quiz")
        desk.key("Return")
        desk.click("Stop", "MainWindow")
        desk.until("Saved to", kind="MainWindow")
        desk.picture("ended")
        desk.click("New session", "MainWindow")
        desk.until("Zoom Meeting", kind="MainWindow")
        desk.picture("list")
    (lesson,) = reader.sessions(store_file(home))
    assert lesson.name == "Zoom Meeting"
    assert [marker.text for marker in reader.markers(store_file(home))[lesson.id]] == ["quiz"]
    assert lesson.length_s > _CHANGE_S - 60


def answer_the_first_run(desk: Desk) -> None:
    desk.click("Next", "FirstRun")
    desk.click("Elsewhere", "FirstRun")
    desk.click("Teaching", "FirstRun")
    desk.picture("law")
    desk.click("Next", "FirstRun")
    desk.until("put this into the call's chat", kind="FirstRun")
    desk.click("Accept and start", "FirstRun")
