"""The window on real X screens with a window manager: small ones, scaled ones, ones that vanish."""

import json
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, set_monitors, virtual_screen

_DRIVER = ROOT / "tests" / "support" / "screen" / "placing_driver.py"
_PATIENCE_S = 40.0


class Placed:
    """The program, by what it says of its place."""

    def __init__(self, process: subprocess.Popen[bytes], display: str) -> None:
        self._process, self._display = process, display

    def next(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], _PATIENCE_S)
        assert ready, "the program said nothing"
        line = self._process.stdout.readline()
        assert line, "the program has ended"
        return dict(json.loads(line))

    def hand(self, *words: str) -> None:
        command = ["xdotool", "search", "--onlyvisible", "--name", "^FER Desktop$", *words]
        subprocess.run(command, env=screen_environment(self._display), check=True, timeout=_PATIENCE_S)


@contextmanager
def placed(
    display: str, folder: Path, region: tuple[int, int, int, int] | None = None, **variables: str
) -> Iterator[Placed]:
    settings = screen_environment(display) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"} | variables
    command = [sys.executable, str(_DRIVER), str(folder), *map(str, region or ())]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, bufsize=0) as process:
        try:
            yield Placed(process, display)
        finally:
            process.kill()


def inside(told: dict[str, Any]) -> bool:
    (left, top, width, height), (x, y, w, h) = told["frame"], told["available"]
    return bool(left >= x and top >= y and left + width <= x + w and top + height <= y + h)


@pytest.mark.parametrize(
    ("size", "variables"),
    [
        ((1366, 768), {}),
        ((1366, 768), {"QT_SCALE_FACTOR": "1.5"}),
        ((1920, 1080), {"QT_SCALE_FACTOR": "1.5"}),
        ((3840, 2160), {"QT_SCALE_FACTOR": "2"}),
        ((1366, 768), {"QT_FONT_DPI": "168"}),
    ],
)
def test_the_first_window_and_every_button_of_the_header_are_on_the_screen(
    tmp_path: Path, size: tuple[int, int], variables: dict[str, str]
) -> None:
    with virtual_screen(size) as display, placed(display, tmp_path, (0, 0, *size), **variables) as window:
        told = window.next()
        while told["cut"] or not inside(told):
            told = window.next()
        assert told["docked"] in ([], [False])  # nothing is left beside the whole screen


def test_it_docks_beside_the_part_that_is_read_and_goes_no_further_than_the_screen(tmp_path: Path) -> None:
    with virtual_screen((1366, 768)) as display, placed(display, tmp_path, (0, 0, 900, 768)) as window:
        told = window.next()
        while told["docked"] != [True]:
            told = window.next()
        assert inside(told)
        assert told["frame"][0] >= 900
        assert told["cut"] == []


def test_where_a_monitor_vanishes_the_window_comes_to_one_that_is_left(tmp_path: Path) -> None:
    with virtual_screen((2732, 768)) as display:
        set_monitors(display, [(0, 0, 1366, 768), (1366, 0, 1366, 768)])
        with placed(display, tmp_path) as window:
            window.next()
            window.hand("windowmove", "1500", "60")
            while window.next()["frame"][0] < 1366:
                pass
            set_monitors(display, [(0, 0, 1366, 768)])
            told = window.next()
            while told["frame"][0] >= 1366 or not inside(told):
                told = window.next()
