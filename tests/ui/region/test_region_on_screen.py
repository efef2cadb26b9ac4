"""The region picker on a real X screen, driven by xdotool: what is dragged around is what is captured."""

import json
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import mss
import numpy as np
import numpy.typing as npt
import pytest
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, set_monitors, virtual_screen

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]  # left, top, width, height in px

_DRIVER = ROOT / "tests" / "support" / "screen" / "region_driver.py"
_PATIENCE_S = 30.0
_ACCENT_BGR = (0xE0, 0x6F, 0x3B)
SCALES = ("1", "1.25", "1.5", "2")


def _known_picture(width: int, height: int) -> Pixels:
    """(height, width, 3) BGR; every pixel tells its place."""
    y, x = np.mgrid[0:height, 0:width]
    return np.dstack([x & 255, y & 255, (x >> 8) | (y >> 8) << 4]).astype(np.uint8)


class Desk:
    """A virtual desktop with the known picture on it."""

    def __init__(self, display: str, size: tuple[int, int]) -> None:
        self.display = display
        self.picture = _known_picture(*size)
        self._grabber = mss.MSS(display=display)

    def close(self) -> None:
        self._grabber.close()

    def pixels(self, left: int, top: int, width: int, height: int) -> Pixels:
        shot = self._grabber.grab({"left": left, "top": top, "width": width, "height": height})
        return np.array(shot, dtype=np.uint8)[:, :, :3]

    def known(self, left: int, top: int, width: int, height: int) -> Pixels:
        return self.picture[top : top + height, left : left + width]

    def shows_the_picture(self, left: int, top: int, width: int, height: int) -> bool:
        return np.array_equal(self.pixels(left, top, width, height), self.known(left, top, width, height))

    def shows_only_the_picture(self) -> bool:
        return self.shows_the_picture(0, 0, self.picture.shape[1], self.picture.shape[0])

    def hand(self, *command: object) -> None:
        """Moves the mouse and presses keys, in xdotool's words."""
        words = [str(word) for word in command]
        subprocess.run(["xdotool", *words], env=screen_environment(self.display), check=True, timeout=_PATIENCE_S)

    def drag(self, x0: int, y0: int, x1: int, y1: int, *, gives: Box, monitor: Box | None = None) -> None:
        """Drags with the left button and waits until the region that it gives is drawn."""
        half_way = ("mousemove", (x0 + x1) // 2, (y0 + y1) // 2)
        self.hand("mousemove", x0, y0, "mousedown", 1, *half_way, "mousemove", x1, y1, "mouseup", 1)
        # The window manager looks at a click first, and a key pressed at once would overtake it.
        _until(lambda: self.shows_a_border(gives, monitor), f"the drag did not give {gives}")

    def shows_a_border(self, region: Box, monitor: Box | None = None) -> bool:
        """Whether the lines around the region are the border's, or those inside where the monitor ends."""
        edge = monitor or (0, 0, self.picture.shape[1], self.picture.shape[0])
        lines = _lines_beside(region, 1)
        left, top = edge[0] + edge[2] - 1, edge[1] + edge[3] - 1
        kept = [(min(x, left), min(y, top), width, height) for x, y, width, height in lines]
        return all((self.pixels(*line) == _ACCENT_BGR).all() for line in kept)

    @contextmanager
    def program(self, *arguments: object, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        root = str(ROOT)
        command = [sys.executable, str(_DRIVER), *map(str, arguments)]
        settings = screen_environment(self.display) | {"PYTHONPATH": root} | environment
        # Unbuffered, so that a line still to come is seen by select().
        with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, bufsize=0) as process:
            try:
                yield process
            finally:
                process.kill()

    @contextmanager
    def start_page(self, folder: Path, *arguments: str, **environment: str) -> Iterator["Picker"]:
        captured = folder / "captured.npy"
        with self.program("picker", captured, *arguments, **environment) as process:
            start_page = Picker(process, captured)
            assert start_page.line() == "READY"
            yield start_page


class Picker:
    """The program with the picker, when the picker has the keyboard."""

    def __init__(self, process: subprocess.Popen[bytes], captured: Path) -> None:
        self._process = process
        self._captured = captured

    def line(self) -> str:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], _PATIENCE_S)
        assert ready, "the program with the picker said nothing"
        return self._process.stdout.readline().decode().strip()

    def outcome(self) -> dict[str, object]:
        outcome: dict[str, object] = json.loads(self.line())
        return outcome

    def captured(self) -> Pixels:
        pixels: Pixels = np.load(self._captured)
        return pixels


@contextmanager
def _desk(width: int, height: int, folder: Path) -> Iterator[Desk]:
    with virtual_screen((width, height)) as display:
        desk = Desk(display, (width, height))
        np.save(folder / "known.npy", desk.picture)
        try:
            with desk.program("picture", folder / "known.npy"):
                _until(desk.shows_only_the_picture, "the known picture did not come up")
                yield desk
        finally:
            desk.close()


def _until(holds: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.02)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with _desk(1920, 1080, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture(scope="module")
def uneven_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A laptop's screen, whose width divided by 1.25 or 1.5 is no whole number."""
    with _desk(1366, 768, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def two_monitors(tmp_path: Path) -> Iterator[Desk]:
    with _desk(2646, 1024, tmp_path) as desk:
        set_monitors(desk.display, [(0, 0, 1280, 1024), (1280, 120, 1366, 768)])
        yield desk


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_dragged_around_is_what_is_captured(desk: Desk, tmp_path: Path, scale: str) -> None:
    with desk.start_page(tmp_path, QT_SCALE_FACTOR=scale) as start_page:
        desk.drag(301, 203, 1007, 699, gives=(301, 203, 706, 496))
        desk.hand("key", "Return")
        assert start_page.outcome() == {"region": [301, 203, 706, 496]}
        assert np.array_equal(start_page.captured(), desk.known(301, 203, 706, 496))


@pytest.mark.parametrize("scale", SCALES)
def test_the_frozen_picture_is_shown_pixel_for_pixel_inside_the_border(desk: Desk, tmp_path: Path, scale: str) -> None:
    left, top, width, height = 301, 203, 706, 496
    with desk.start_page(tmp_path, "--last", f"{left},{top},{width},{height}", QT_SCALE_FACTOR=scale):
        # A handle reaches at most 6 logical pixels into the region.
        inset = round(6 * float(scale)) + 1
        inside = (left + inset, top + inset, width - 2 * inset, height - 2 * inset)
        _until(lambda: desk.shows_the_picture(*inside), "the region is not the screen's own pixels")
        assert desk.shows_a_border((left, top, width, height)), "the border is not beside the outermost pixels"
        for line in _lines_beside((left, top, width, height), 0):
            assert desk.shows_the_picture(*line), "the region's outermost pixels are not shown"
        for line in _lines_beside((left, top, width, height), round(1.5 * float(scale)) + 1):
            assert np.array_equal(desk.pixels(*line), desk.known(*line) // 2), "beside the border it is not dimmed"


def _lines_beside(region: Box, outside: int) -> list[Box]:
    """One pixel wide lines along the four edges, so many pixels outside, a quarter of each: between the handles."""
    left, top, width, height = region
    right, bottom = left + width - 1 + outside, top + height - 1 + outside
    across, down = (left + width // 8, width // 4), (top + height // 8, height // 4)
    return [
        (across[0], top - outside, across[1], 1),
        (across[0], bottom, across[1], 1),
        (left - outside, down[0], 1, down[1]),
        (right, down[0], 1, down[1]),
    ]


@pytest.mark.parametrize("scale", ["1.25", "1.5"])
def test_the_last_pixel_of_an_uneven_screen_can_be_had(uneven_desk: Desk, tmp_path: Path, scale: str) -> None:
    with uneven_desk.start_page(tmp_path, QT_SCALE_FACTOR=scale) as start_page:
        uneven_desk.drag(667, 331, 1365, 767, gives=(667, 331, 699, 437))
        uneven_desk.hand("key", "Return")
        assert start_page.outcome() == {"region": [667, 331, 699, 437]}
        assert np.array_equal(start_page.captured(), uneven_desk.known(667, 331, 699, 437))


@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_keys_count_device_pixels(desk: Desk, tmp_path: Path, scale: str) -> None:
    with desk.start_page(tmp_path, "--last", "500,400,640,360", QT_SCALE_FACTOR=scale) as start_page:
        desk.hand("key", "Right", "Right", "shift+Down", "ctrl+Right", "ctrl+shift+Up", "alt+Down")
        desk.hand("key", "Return")
        assert start_page.outcome() == {"region": [502, 410, 641, 351]}


@pytest.mark.parametrize("scale", ["1", "1.5"])
def test_handles_and_the_inside_follow_the_hand_by_the_pixel(desk: Desk, tmp_path: Path, scale: str) -> None:
    with desk.start_page(tmp_path, "--last", "500,400,640,360", QT_SCALE_FACTOR=scale) as start_page:
        desk.drag(502, 401, 485, 394, gives=(483, 393, 657, 367))  # the upper left corner
        desk.drag(1139, 560, 1200, 900, gives=(483, 393, 718, 367))  # the right edge: up and down do not count
        desk.drag(800, 600, 813, 577, gives=(496, 370, 718, 367))  # the inside
        desk.hand("key", "Return")
        assert start_page.outcome() == {"region": [496, 370, 718, 367]}


def test_a_double_click_uses_the_region(desk: Desk, tmp_path: Path) -> None:
    with desk.start_page(tmp_path, "--last", "500,400,640,360") as start_page:
        desk.hand("mousemove", 800, 600, "click", "--repeat", 2, "--delay", 20, 1)
        assert start_page.outcome() == {"region": [500, 400, 640, 360]}


def test_the_buttons_are_reached_by_tab(desk: Desk, tmp_path: Path) -> None:
    with desk.start_page(tmp_path, "--last", "500,400,640,360") as start_page:
        desk.hand("key", "Tab", "Right", "space")
        assert start_page.outcome() == {"region": [501, 400, 640, 360]}
    with desk.start_page(tmp_path, "--last", "500,400,640,360") as start_page:
        desk.hand("key", "Tab", "Tab", "Return")
        assert start_page.outcome() == {"cancelled": True}


def test_esc_in_the_middle_of_a_drag_leaves_nothing_on_the_screen(desk: Desk, tmp_path: Path) -> None:
    with desk.start_page(tmp_path, QT_SCALE_FACTOR="1.5") as start_page:
        desk.hand("mousemove", 300, 300, "mousedown", 1, "mousemove", 700, 700, "key", "Escape")
        try:
            assert start_page.outcome() == {"cancelled": True}
            _until(desk.shows_only_the_picture, "something of the picker is left")
        finally:
            desk.hand("mouseup", 1)


def test_the_main_window_is_not_in_the_picture_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    under_it = (300, 200, 200, 150)
    with desk.start_page(tmp_path, "--hiding", "--last", "250,150,400,300") as start_page:
        _until(lambda: desk.shows_the_picture(*under_it), "the main window is in the picture")
        desk.hand("key", "Return")
        assert start_page.outcome() == {"region": [250, 150, 400, 300]}
        _until(lambda: (desk.pixels(390, 270, 20, 20) == (0, 0, 255)).all(), "the main window did not come back")


def test_monitors_of_different_scale_keep_their_own_pixels(two_monitors: Desk, tmp_path: Path) -> None:
    factors = "virtual-0=1;virtual-1=1.5"
    with two_monitors.start_page(tmp_path, QT_SCREEN_SCALE_FACTORS=factors) as start_page:
        two_monitors.drag(100, 100, 400, 300, gives=(100, 100, 300, 200))
        two_monitors.drag(1501, 333, 2207, 801, gives=(1501, 333, 706, 468))
        assert not two_monitors.shows_a_border((100, 100, 300, 200)), "there are two regions"
        two_monitors.hand("key", "Right", "Return")
        assert start_page.outcome() == {"region": [1502, 333, 706, 468]}
        assert np.array_equal(start_page.captured(), two_monitors.known(1502, 333, 706, 468))
    with two_monitors.start_page(tmp_path, "--last", "1400,200,500,500", QT_SCREEN_SCALE_FACTORS=factors) as start_page:
        first = (0, 0, 1280, 1024)
        two_monitors.drag(700, 500, 2000, 1000, gives=(700, 500, 580, 500), monitor=first)  # past the edge
        two_monitors.hand("key", "Return")
        assert start_page.outcome() == {"region": [700, 500, 580, 500]}


def test_unplugging_a_monitor_cancels(two_monitors: Desk, tmp_path: Path) -> None:
    with two_monitors.start_page(tmp_path) as start_page:
        set_monitors(two_monitors.display, [(0, 0, 1280, 1024)])
        assert start_page.outcome() == {"cancelled": True}
