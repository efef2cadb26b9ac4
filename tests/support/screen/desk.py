"""The program on a virtual screen, looked at and worked by hand: mouse, keyboard, and what its windows say."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import mss
import mss.tools
from support.command_line import environment
from support.places import ROOT
from support.screen.virtual_screen import screen_environment
from support.screen.window_desk import PATIENCE_S

_DRIVERS = ROOT / "tests" / "support" / "screen"
_LOOK_EVERY_S = 0.3
Window = dict[str, Any]


class Desk:
    """The program, looked at and worked by hand."""

    def __init__(self, display: str, process: subprocess.Popen[str], pictures: Path) -> None:
        self._display, self._process, self.pictures = display, process, pictures
        self._grabber = mss.MSS(display=display)

    def windows(self) -> list[Window]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("look\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the program has ended"
        return list(json.loads(line))

    def until(self, words: str, patience_s: float = PATIENCE_S, kind: str = "") -> Window:
        """The first window that says those words, as soon as one does."""
        return self._until(lambda one: any(words in text for text in one["words"]), words, patience_s, kind)

    def until_there(self, kind: str, patience_s: float = PATIENCE_S) -> Window:
        return self._until(lambda _one: True, kind, patience_s, kind)

    def until_button(self, name: str, kind: str = "") -> None:
        self._until(lambda one: name in one["buttons"], name, PATIENCE_S, kind)

    def until_part(self, name: str, kind: str = "") -> None:
        """There is a part of that spoken name, such as a field."""
        self._until(lambda one: name in one["parts"], name, PATIENCE_S, kind)

    def until_silent(self, words: str, kind: str, patience_s: float = PATIENCE_S) -> None:
        """No word of it is said any more."""
        self._until(lambda one: not any(words in text for text in one["words"]), f"no {words}", patience_s, kind)

    def until_gone(self, kind: str, patience_s: float = PATIENCE_S) -> None:
        deadline_s = time.monotonic() + patience_s
        while any(one["kind"] == kind for one in self.windows()):
            assert time.monotonic() < deadline_s, f"{kind} does not go"
            time.sleep(_LOOK_EVERY_S)  # a program apart, which tells nobody: asked until the deadline

    def click(self, button: str, kind: str = "", patience_s: float = PATIENCE_S) -> None:
        self._press(lambda one: one["buttons"].get(button), button, patience_s, kind)

    def click_row(self, text: str, kind: str = "", times: int = 1) -> None:
        """The first row of a list that says so."""

        def row(one: Window) -> Any:
            return next((place for words, place in one["rows"] if text in words), None)

        self._press(row, text, PATIENCE_S, kind, times)

    def click_in(self, name: str, kind: str = "", across: float = 0.5) -> None:
        """A part by its spoken name, so far across it and in its middle."""

        def inside(one: Window) -> Any:
            place = one["parts"].get(name)
            return place and (round(place[0] + across * place[2]), round(place[1] + place[3] / 2))

        self._press(inside, name, PATIENCE_S, kind)

    def fill(self, name: str, text: str, kind: str = "") -> None:
        """Types over what stands in a field."""
        self.click_in(name, kind)
        self.key("ctrl+a")
        self.type(text)

    def type(self, text: str) -> None:
        self.hand("type", "--delay", "20", text)

    def _press(
        self, place_in: Callable[[Window], Any], what: str, patience_s: float, kind: str, times: int = 1
    ) -> None:
        before = None
        while True:  # until the window manager has put the window where it stays
            x, y = place_in(self._until(lambda one: place_in(one) is not None, what, patience_s, kind))
            if (x, y) == before:
                break
            before = x, y
            time.sleep(_LOOK_EVERY_S)  # a program apart, which tells nobody: asked until the deadline
        self.hand("mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "80", "1")

    def key(self, *keys: str) -> None:
        self.hand("key", *keys)

    def hand(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=screen_environment(self._display), check=True, timeout=PATIENCE_S)

    def picture(self, name: str) -> None:
        """Kept with the test's files, to be looked at."""
        shot = self._grabber.grab(self._grabber.monitors[0])
        mss.tools.to_png(shot.rgb, shot.size, output=str(self.pictures / f"{name}.png"))

    def close(self) -> None:
        self._grabber.close()

    def _until(self, holds: Callable[[Window], bool], what: str, patience_s: float, kind: str) -> Window:
        deadline_s = time.monotonic() + patience_s
        while True:
            windows = self.windows()
            found = [one for one in windows if (not kind or one["kind"] == kind) and holds(one)]
            if found:
                return found[-1]
            if time.monotonic() > deadline_s:
                self.picture("what-was-there")
                raise AssertionError(f"{what!r} is nowhere: {json.dumps(windows, indent=1)}")
            time.sleep(_LOOK_EVERY_S)  # a program apart, which tells nobody: asked until the deadline


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
def call(display: str, place: tuple[int, int, int, int], change_s: float) -> Iterator[None]:
    """A call whose class changes after so long."""
    variables = screen_environment(display) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, str(_DRIVERS / "call_driver.py"), "Zoom Meeting", *map(str, place), str(change_s)]
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
