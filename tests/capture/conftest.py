"""What the tests of the sources share: a screen, a clip, and a camera on the network."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.inputs.clips import write_clip
from support.inputs.network_camera import NetworkCamera
from support.screen.open_windows import offered_handles
from support.screen.virtual_screen import virtual_screen
from support.screen.window_desk import ShownWindow, shown, until


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """An X screen of 1920x1080 px."""
    with virtual_screen(window_manager=False) as name:
        yield name


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """3.5 s at 10 frames a second; frame n is grey with the value 40 + 5 n."""
    return write_clip(tmp_path / "clip.avi", 35)


@pytest.fixture
def network_camera() -> Iterator[NetworkCamera]:
    """A running NetworkCamera."""
    server = NetworkCamera()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def call(desk: str) -> Iterator[ShownWindow]:
    """A window with a known picture in it, on a desktop with a window manager."""
    with shown(desk, "Zoom Meeting", (200, 150, 640, 480)) as window:
        until(lambda: window.handle in offered_handles(), "the window is not listed")
        yield window
