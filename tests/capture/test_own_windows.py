"""The program's own windows over the part of the screen that it reads: never in the picture."""

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from support.screen.open_windows import bare_window, choice_of, windows_now
from support.screen.window_desk import ShownWindow, shown, until

from fer_desktop.capture.desktop import left_out
from fer_desktop.capture.desktop.covering import KEPT_S
from fer_desktop.capture.desktop.own_windows import OwnWindows
from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.capture.desktop.window import WindowSource
from fer_desktop.core.errors import CoveredError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.ports import Source

PURPLE = (255, 0, 255)
WIDE = Region(100, 100, 1200, 800)


@contextmanager
def ours(display: str, left: int, top: int) -> Iterator[int]:
    """A purple window of 300x300 px of this very process."""
    with bare_window(display, (left, top), "_NET_WM_PID", "CARDINAL", [os.getpid()]) as handle:
        yield handle


@pytest.fixture
def source(desk: str) -> Iterator[ScreenSource]:
    made = ScreenSource(WIDE, rate_hz=50, display=desk)
    made.open()
    yield made
    made.close()


def frame_of(source: Source) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


def read_on(source: Source) -> None:
    for _ in range(50):
        frame_of(source)


def purple(image: Image) -> int:
    return int((image == PURPLE).all(axis=2).sum())


def black_at(image: Image, x: int, y: int) -> bool:
    return bool((image[y - WIDE.top, x - WIDE.left] == 0).all())


def listed(handle: int) -> bool:
    return any(geometry.handle == handle and geometry.frame is not None for geometry, _ in windows_now())


def test_a_window_of_ours_is_black_in_the_picture_and_gone_soon_after_it(desk: str, source: ScreenSource) -> None:
    with shown(desk, "Zoom Meeting", (100, 100, 1200, 800), "white"):
        with ours(desk, 400, 300) as handle:
            until(lambda: listed(handle), "it is not listed")
            until(lambda: black_at(frame_of(source).image, 500, 400), "it is not blackened")
            frame = frame_of(source)
            image, hidden = frame.image, frame.hidden
            assert purple(image) == 0
            assert hidden is not None
            assert hidden[300, 400]
            assert not hidden[700:, 1100:].any()
            assert (image[700:, 1100:] == 255).all()  # the rest is as it is
        until(lambda: not black_at(frame_of(source).image, 500, 400), "it stays black")


def test_it_is_in_no_frame_while_it_is_moved_about(desk: str, source: ScreenSource) -> None:
    with shown(desk, "Zoom Meeting", (100, 100, 1200, 800), "white"), ours(desk, 400, 300) as handle:
        until(lambda: listed(handle), "it is not listed")
        window = ShownWindow(desk, "A window", handle)
        seen = 0
        for step in range(8):
            window.move(350 + 60 * step, 250 + 20 * step)
            seen += sum(purple(frame_of(source).image) for _ in range(3))
        assert seen == 0


def test_what_of_it_lies_below_another_window_is_not_blackened(desk: str, source: ScreenSource) -> None:
    with ours(desk, 400, 300) as handle:
        until(lambda: listed(handle), "it is not listed")
        with shown(desk, "Zoom Meeting", (300, 200, 700, 600), "white"):
            ended_s = time.monotonic() + KEPT_S
            until(lambda: time.monotonic() > ended_s and not black_at(frame_of(source).image, 500, 400), "black")


def test_menus_of_ours_that_no_window_manager_lists_are_black_too(display: str) -> None:
    source = ScreenSource(WIDE, rate_hz=50, display=display)  # a screen without a window manager
    source.open()
    with ours(display, 400, 300):
        until(lambda: black_at(frame_of(source).image, 500, 400), "it is not blackened")
        assert purple(frame_of(source).image) == 0
    source.close()


def test_where_it_covers_most_nothing_is_read_until_it_is_moved(desk: str) -> None:
    source = ScreenSource(Region(400, 300, 280, 280), rate_hz=50, display=desk)
    source.open()
    with ours(desk, 380, 290) as handle:
        until(lambda: listed(handle), "it is not listed")
        with pytest.raises(CoveredError, match="own window covers most"):
            read_on(source)
        with pytest.raises(CoveredError):
            source.open()
        ShownWindow(desk, "A window", handle).move(1200, 700)
        until(lambda: _opens(source), "it does not go on")
        assert purple(frame_of(source).image) == 0
    source.close()


def _opens(source: ScreenSource) -> bool:
    try:
        source.open()
    except CoveredError:
        return False
    return True


def test_what_the_system_leaves_out_is_not_blackened_and_covers_nothing(
    desk: str, call: ShownWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = OwnWindows()
    monkeypatch.setattr("fer_desktop.capture.desktop.own_windows.leave_out", lambda window, _on: window)
    with ours(desk, 300, 250) as handle:
        until(lambda: listed(handle), "it is not listed")
        assert own.leave_out(handle, True)
        part, window = ScreenSource(WIDE, display=desk, own=own), WindowSource(choice_of(call), own=own)
        for source in (part, window):
            source.open()
            assert frame_of(source) is not None
        assert purple(frame_of(part).image) > 0  # this system leaves nothing out: it is seen, hence not blackened
        assert own.leave_out(handle, False)
        until(lambda: purple(frame_of(part).image) == 0, "it is not blackened again")
        until(lambda: frame_of(window).hidden is not None, "it is not hidden")
        part.close()
        window.close()


def test_x11_leaves_nothing_out() -> None:
    if sys.platform == "linux":
        assert not OwnWindows().leave_out(7, True)


@pytest.mark.parametrize(("build", "asked"), [(19041, [(7, 0x11), (7, 0)]), (18363, [])])
def test_windows_is_asked_where_it_does_not_paint_black_instead(
    monkeypatch: pytest.MonkeyPatch, build: int, asked: list[tuple[int, int]]
) -> None:
    calls: list[tuple[int, int]] = []

    def set_affinity(window: Any, affinity: int) -> int:
        calls.append((int(window.value), affinity))
        return 1

    user32 = SimpleNamespace(SetWindowDisplayAffinity=set_affinity)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "getwindowsversion", lambda: SimpleNamespace(build=build), raising=False)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    own = OwnWindows()
    assert own.leave_out(7, True) is bool(asked)
    assert own.is_left_out(7) is bool(asked)
    own.leave_out(7, False)
    assert not own.is_left_out(7)
    assert calls == asked


def test_macos_is_asked_for_the_window_of_qts_view(monkeypatch: pytest.MonkeyPatch) -> None:
    types: list[int] = []
    window = SimpleNamespace(setSharingType_=types.append, windowNumber=lambda: 42)
    objc = SimpleNamespace(
        objc_object=lambda c_void_p: SimpleNamespace(window=lambda: window if c_void_p.value else None)
    )
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "objc", objc)
    own = OwnWindows()
    assert own.leave_out(7, True)
    assert own.is_left_out(42)
    assert own.leave_out(7, False)
    assert not own.is_left_out(42)
    assert types == [0, 1]
    assert left_out.leave_out(0, True) is None  # not shown yet
