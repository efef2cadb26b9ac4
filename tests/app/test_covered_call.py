"""A real window with a call of 25 on a virtual screen, and other windows that come over it and go."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from support.places import ROOT
from support.screen.virtual_screen import screen_environment
from support.screen.window_desk import shown

from fer_desktop.app.compose import load_models
from fer_desktop.capture.desktop.window import WindowSource, list_windows
from fer_desktop.core.errors import CoveredError
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Analysis, Reason

LEFT, TOP, WIDTH, HEIGHT = 60, 60, 1000, 600
MOST_FRAMES = 400


@contextmanager
def call_window(display: str) -> Iterator[None]:
    paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    driver = str(ROOT / "tests" / "support" / "screen" / "call_driver.py")
    command = [sys.executable, driver, "Zoom Meeting", *map(str, (LEFT, TOP, WIDTH, HEIGHT)), "9999"]
    environment = screen_environment(display) | paths
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "READY\n"
            yield
        finally:
            process.kill()


class Reading:
    """The call's window, read frame by frame."""

    def __init__(self) -> None:
        choice = next(one for one in list_windows() if one.name == "Zoom Meeting")
        self.source, self._analyzer = WindowSource(choice), load_models(Settings()).analyzer()
        self.source.open()

    def until(self, holds: Callable[[Analysis], bool]) -> Analysis:
        for _ in range(MOST_FRAMES):
            frame = self.source.read()
            assert frame is not None
            seen = self._analyzer.analyze(frame)
            if holds(seen):
                return seen
        raise AssertionError(f"{len(seen.tiles)} tiles, {reasons(seen)}")


def reasons(seen: Analysis) -> Counter[Reason]:
    return Counter(reading.quality.reason for reading in seen.readings)


def seats(seen: Analysis) -> list[int]:
    return [tile.seat for tile in seen.tiles]


def all_are_read(seen: Analysis) -> bool:
    return len(seen.tiles) == 25 and reasons(seen)[Reason.NONE] == seen.cameras_on == 24


def test_a_chat_over_a_corner_stops_the_reading_of_that_picture_alone(desk: str) -> None:
    with call_window(desk):
        reading = Reading()
        before = reading.until(all_are_read)
        with shown(desk, "Chat", (LEFT + WIDTH - 200, TOP + HEIGHT - 140, 200, 100), "white"):
            under = reading.until(lambda seen: reasons(seen)[Reason.COVERED] > 0)
            assert (reasons(under)[Reason.COVERED], reasons(under)[Reason.NONE]) == (1, 23)
            assert (seats(under), under.cameras_on) == (seats(before), 24)
        after = reading.until(all_are_read)
        assert seats(after) == seats(before)
        assert (after.attendance.left, after.attendance.came_back) == (0, 0)
        with (
            shown(desk, "Slides", (LEFT - 20, TOP - 20, WIDTH + 40, HEIGHT + 40), "white"),
            pytest.raises(CoveredError, match="covers the chosen window"),
        ):
            reading.until(lambda _seen: False)
        reading.source.close()
