"""The windows of a screen as the program sees them, and made-up ones with one property set."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import numpy as np
from support.screen.window_desk import PATIENCE_S, ShownWindow, known

from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.capture.desktop.window import WindowSource, list_windows
from fer_desktop.capture.desktop.windows import all_windows, open_desktop
from fer_desktop.core.sources import Region, WindowChoice
from fer_desktop.core.types import Frame, Image


def offered_handles() -> list[int]:
    return [choice.handle for choice in list_windows()]


def choice_of(window: ShownWindow) -> WindowChoice:
    return next(choice for choice in list_windows() if choice.handle == window.handle)


def frame_of(source: WindowSource) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


def shows(image: Image, width: int, height: int) -> bool:
    return image.shape == (height, width, 3) and np.array_equal(image, known(width, height))


def read_until(source: WindowSource, width: int, height: int) -> None:
    """Until the window is captured at that size; each frame on the way is the window's too."""
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        image = frame_of(source).image
        assert shows(image, image.shape[1], image.shape[0])
        if image.shape == (height, width, 3):
            return
        assert time.monotonic() < deadline_s


def client_of(handle: int) -> Region:
    client = next(geometry.client for geometry, _ in windows_now() if geometry.handle == handle)
    assert client is not None
    return client


def windows_now() -> list[tuple[WindowGeometry, WindowInfo]]:
    with closing(open_desktop()) as desktop:
        return all_windows(desktop)


def all_handles() -> list[int]:
    return [geometry.handle for geometry, _ in windows_now()]


@contextmanager
def bare_window(
    display: str, corner: tuple[int, int], name: str, kind: str, content: bytes | list[int | str]
) -> Iterator[int]:
    """A window of 300x300 px of this very process, with one property: text, or numbers and names of atoms."""
    from Xlib import Xutil
    from Xlib.display import Display

    with closing(Display(display)) as server:
        screen = server.screen()
        window = screen.root.create_window(*corner, 300, 300, 0, screen.root_depth, background_pixel=0xFF00FF)
        window.set_wm_normal_hints(flags=Xutil.USPosition)
        if not isinstance(content, bytes):
            window.set_wm_name("A window")
            numbers = [server.get_atom(value) if isinstance(value, str) else value for value in content]
            window.change_property(server.get_atom(name), server.get_atom(kind), 32, numbers)
        else:
            window.change_property(server.get_atom(name), server.get_atom(kind), 8, content)
        window.map()
        server.sync()
        yield int(window.id)
