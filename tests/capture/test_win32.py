"""What is made of what Windows tells of its windows, by its documented calls; no Windows is needed to read it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from fer_desktop.capture.desktop import dwm
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.capture.desktop.win32 import Win32Desktop
from fer_desktop.core.sources import Region

GWL_EXSTYLE, WS_EX_TRANSPARENT = -20, 0x20


class WindowsError(Exception):
    """What pywin32 raises for a window that was closed."""


@dataclass
class _Window:
    title: str
    kind: str = "Chrome_WidgetWin_1"
    left: int = 100
    visible: bool = True
    iconic: bool = False
    cloaked: bool = False
    ex_style: int = 0
    process: int = 0
    framed: bool = True


ZOOM, NOTES, AWAY = (
    _Window("Zoom Meeting", process=os.getpid()),
    _Window("Plan", left=900),
    _Window("Inbox", iconic=True),
)
SLEEPING, GLASS = _Window("Settings", cloaked=True), _Window("Overlay", ex_style=WS_EX_TRANSPARENT)
HELPER, PANEL = _Window("", visible=False), _Window("", "Shell_TrayWnd", framed=False)
WINDOWS = {3: PANEL, 5: SLEEPING, 7: GLASS, 8: NOTES, 10: HELPER, 11: ZOOM, 13: AWAY}
CLOSED = 99


def _window(handle: int) -> _Window:
    if handle not in WINDOWS:
        raise WindowsError
    return WINDOWS[handle]


def _enumerate(add: Callable[[int, list[int]], int], found: list[int]) -> None:
    for handle in (*WINDOWS, CLOSED):
        assert add(handle, found), "it was to go on"


@pytest.fixture(autouse=True)
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    win32gui = SimpleNamespace(
        EnumWindows=_enumerate,
        IsWindowVisible=lambda handle: handle == CLOSED or _window(handle).visible,
        IsIconic=lambda handle: _window(handle).iconic,
        GetWindowText=lambda handle: _window(handle).title,
        GetClassName=lambda handle: _window(handle).kind,
        GetWindowLong=lambda handle, index: _window(handle).ex_style if index == GWL_EXSTYLE else 0,
        GetClientRect=lambda handle: (0, 0, 640, 480) if _window(handle) else (),
        ClientToScreen=lambda handle, point: (_window(handle).left + point[0], 50 + point[1]),
        GetWindowRect=lambda handle: (_window(handle).left, 50, _window(handle).left + 640, 530),
    )
    monkeypatch.setitem(sys.modules, "win32gui", win32gui)
    monkeypatch.setitem(sys.modules, "pywintypes", SimpleNamespace(error=WindowsError))
    process = SimpleNamespace(GetWindowThreadProcessId=lambda handle: (1, _window(handle).process))
    monkeypatch.setitem(sys.modules, "win32process", process)
    monkeypatch.setattr(dwm, "is_cloaked", lambda handle: handle != CLOSED and _window(handle).cloaked)
    monkeypatch.setattr(dwm, "frame_bounds", _frame_bounds)


def _frame_bounds(handle: int) -> tuple[int, int, int, int] | None:
    window = _window(handle)
    return (window.left - 1, 20, window.left + 641, 531) if window.framed else None


def test_windows_come_front_to_back_without_the_closed_and_the_hidden_that_have_no_title() -> None:
    assert [geometry.handle for geometry in Win32Desktop().stack()] == [3, 5, 7, 8, 11, 13]


def test_a_window_has_its_client_area_and_the_frame_that_the_compositor_draws() -> None:
    found = {geometry.handle: geometry for geometry in Win32Desktop().stack()}
    assert found[11] == WindowGeometry(11, Region(100, 50, 640, 480), Region(99, 20, 642, 511))
    assert found[3].frame == Region(100, 50, 640, 480)


def test_sleeping_apps_overlays_and_minimised_windows_have_no_place() -> None:
    found = {geometry.handle: geometry for geometry in Win32Desktop().stack()}
    assert found[5] == WindowGeometry(5)
    assert found[7] == WindowGeometry(7)
    assert found[13] == WindowGeometry(13, minimised=True)


def test_a_window_is_known_by_its_program_and_title() -> None:
    desktop, program = Win32Desktop(), desktop_program()
    assert desktop.info(11) == WindowInfo(11, os.getpid(), program, "Zoom Meeting")
    assert desktop.info(3) == WindowInfo(3, 0, "", "", is_shell=True)
    assert desktop.info(CLOSED) is None


def desktop_program() -> str:
    import psutil

    return psutil.Process().name()


def test_a_window_whose_process_has_ended_is_listed_without_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ZOOM, "process", 2**22 + 1)  # above the largest that Linux gives
    assert Win32Desktop().info(11) == WindowInfo(11, 2**22 + 1, "", "Zoom Meeting")
