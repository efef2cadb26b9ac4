import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import PIL.Image
import pytest
from support.screen.virtual_screen import screen_environment, set_monitors, virtual_screen

from fer_desktop.capture.desktop import screen_access
from fer_desktop.capture.desktop.region import ScreenSource, grab, monitors
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image

WHOLE = Region(0, 0, 1920, 1080)
CHANGED = "^The monitor with the chosen part of the screen was unplugged or changed"
OFF = "^The chosen part of the screen is on no monitor: choose it again.$"

SHOW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
label.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
label.setWindowFlag(Qt.WindowType.FramelessWindowHint)
label.setPixmap(QPixmap(sys.argv[1]))
label.setGeometry(0, 0, 1920, 1080)
label.show()
app.exec()
"""


@pytest.fixture(scope="module")
def painted(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """What the whole screen shows, (1080, 1920, 3) BGR: noise, so that no other place looks alike."""
    image = np.random.default_rng(0).integers(0, 256, (1080, 1920, 3), dtype=np.uint8)
    file = tmp_path_factory.mktemp("screen") / "noise.png"
    PIL.Image.fromarray(image[:, :, ::-1]).save(file, compress_level=1)
    with subprocess.Popen([sys.executable, "-c", SHOW, str(file)], env=screen_environment(display)) as viewer:
        try:
            until(lambda: np.array_equal(grab(WHOLE, display), image))
            yield image
        finally:
            viewer.terminate()


@pytest.fixture(autouse=True)
def _one_monitor(display: str) -> Iterator[None]:
    yield
    set_monitors(display, [])


def until(holds: Callable[[], bool], patience_s: float = 30.0) -> None:
    deadline_s = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def test_a_region_is_captured_to_the_pixel(display: str, painted: Image) -> None:
    for left, top, width, height in ((0, 0, 1920, 1080), (333, 217, 641, 479), (1919, 1079, 1, 1), (7, 1000, 1000, 80)):
        image = grab(Region(left, top, width, height), display)
        assert image.flags.c_contiguous
        assert np.array_equal(image, painted[top : top + height, left : left + width])


def test_what_is_past_the_edge_is_left_out(display: str, painted: Image) -> None:
    assert np.array_equal(grab(Region(-50, -20, 150, 120), display), painted[:100, :100])
    assert np.array_equal(grab(Region(1820, 1000, 400, 400), display), painted[1000:, 1820:])


def test_frames_of_a_region_follow_one_another(display: str, painted: Image) -> None:
    source = ScreenSource(Region(100, 50, 640, 360), rate_hz=50, display=display)
    source.open()
    frames = [frame for frame in (source.read() for _ in range(5)) if frame]
    source.close()
    source.close()
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert frames[-1].captured_s - frames[0].captured_s >= 0.07
    assert all(np.array_equal(frame.image, painted[50:410, 100:740]) for frame in frames)


def test_the_monitors_are_listed(display: str) -> None:
    assert monitors(display) == [WHOLE]
    set_monitors(display, [(0, 0, 1280, 1080), (1280, 200, 640, 480)])
    assert monitors(display) == [Region(0, 0, 1280, 1080), Region(1280, 200, 640, 480)]


def test_a_region_over_two_monitors_is_captured_whole(display: str, painted: Image) -> None:
    set_monitors(display, [(0, 0, 1280, 1080), (1280, 0, 640, 1080)])
    assert np.array_equal(grab(Region(1200, 30, 200, 100), display), painted[30:130, 1200:1400])


def test_a_region_ends_with_its_monitor(display: str, painted: Image) -> None:
    set_monitors(display, [(0, 0, 1280, 1080)])
    assert np.array_equal(grab(Region(1200, 30, 200, 100), display), painted[30:130, 1200:1280])


@pytest.mark.parametrize("region", [Region(1920, 0, 100, 100), Region(-500, 5, 500, 50), Region(5, 5000, 9, 9)])
def test_a_region_off_the_screen_is_refused(display: str, region: Region) -> None:
    with pytest.raises(SourceError, match=OFF):
        grab(region, display)
    with pytest.raises(SourceError, match=OFF):
        ScreenSource(region, display=display).open()


@pytest.mark.parametrize("after", [[(0, 0, 1280, 1080)], [(0, 0, 1280, 1080), (1280, 0, 500, 1080)]])
def test_a_monitor_that_goes_or_changes_is_noticed(display: str, after: list[tuple[int, int, int, int]]) -> None:
    before = [(0, 0, 1280, 1080), (1280, 0, 640, 1080)]
    set_monitors(display, before)
    source = ScreenSource(Region(1300, 100, 200, 200), rate_hz=50, display=display)
    source.open()
    assert source.read()
    set_monitors(display, after)
    with pytest.raises(SourceError, match=CHANGED):
        until(lambda: source.read() is None, 10)
    with pytest.raises(SourceError, match=CHANGED):
        source.open()
    set_monitors(display, before)
    source.open()
    assert source.read()
    source.close()


def test_a_monitor_that_has_nothing_to_do_with_the_region_may_come_and_go(display: str) -> None:
    set_monitors(display, [(0, 0, 1280, 1080), (1280, 0, 640, 1080)])
    source = ScreenSource(Region(10, 10, 200, 200), rate_hz=50, display=display)
    source.open()
    set_monitors(display, [(0, 0, 1280, 1080)])
    ended_s = time.monotonic() + 1.5
    while time.monotonic() < ended_s:
        assert source.read()
    source.close()


def test_cancelling_ends_a_waiting_read(display: str) -> None:
    source = ScreenSource(WHOLE, rate_hz=0.001, display=display)
    source.open()
    assert source.read()
    canceller = threading.Timer(0.1, source.cancel)
    canceller.start()
    assert source.read() is None
    canceller.join()
    source.close()


def test_without_a_screen_it_is_refused() -> None:
    for ask in (lambda: monitors(":987"), lambda: grab(WHOLE, ":987"), ScreenSource(WHOLE, display=":987").open):
        with pytest.raises(
            SourceError, match=r"^The screen cannot be captured: unlock it, or start this program on a desk"
        ):
            ask()


@pytest.mark.parametrize("depth", [16, 30])
def test_a_screen_of_a_depth_that_cannot_be_captured_is_told_its_depth(depth: int) -> None:
    with virtual_screen((640, 480), window_manager=False, depth=depth) as name:
        for ask in (lambda: monitors(name), ScreenSource(WHOLE, display=name).open):
            with pytest.raises(SourceError, match=rf"^The screen shows colours in {depth} bits, .*: set it to 24 bits"):
                ask()


@pytest.mark.parametrize("environment", [{"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "wayland"}])
def test_wayland_is_told_apart(environment: dict[str, str]) -> None:
    assert screen_access.is_wayland(environment | {"DISPLAY": ":0"})
    assert not screen_access.is_wayland({"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"})


@pytest.mark.skipif(sys.platform != "linux", reason="Wayland is Linux's")
def test_on_wayland_the_user_reads_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    for ask in (monitors, ScreenSource(WHOLE).open):
        with pytest.raises(
            SourceError, match=r"^This desktop \(Wayland\) does not let .* choose an X11 \(Xorg\) session"
        ):
            ask()
