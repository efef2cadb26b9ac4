"""The windows of a Windows desktop, through PyWinCtl and pywin32, which it stands on."""

import ctypes
import sys
from collections.abc import Iterator
from ctypes import wintypes
from typing import Final

from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.sources import Region

assert sys.platform == "win32"

_CLOAKED, _FRAME = 14, 9  # DWMWA_CLOAKED, DWMWA_EXTENDED_FRAME_BOUNDS
_EX_STYLE, _CLICK_THROUGH = -20, 0x20  # GWL_EXSTYLE, WS_EX_TRANSPARENT
_FURNITURE: Final = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})


def stack() -> Iterator[WindowGeometry]:
    """Front to back. What is visible by name only (sleeping apps, overlays that let the mouse through) lies nowhere."""
    import pywintypes
    import win32gui

    # PyWinCtl lists the buttons and fields inside of windows too.
    handles: list[int] = []
    win32gui.EnumWindows(lambda handle, _: handles.append(handle), None)
    for handle in handles:
        try:
            if win32gui.IsWindowVisible(handle) and not _is_no_picture(handle):
                yield _placed(handle)
            elif win32gui.GetWindowText(handle):  # hidden, or on another desktop
                yield WindowGeometry(handle)
        except pywintypes.error:
            continue  # closed a moment ago


def named(handle: int) -> WindowInfo | None:
    """Whose window it is; None where it is gone."""
    import psutil
    import pywinctl
    import pywintypes
    import win32gui

    try:
        window = pywinctl.Window(handle)
        process = window.getPID() or 0
        program = psutil.Process(process).name().removesuffix(".exe")
        return WindowInfo(handle, process, program, window.title, win32gui.GetClassName(handle) in _FURNITURE)
    except (pywintypes.error, psutil.Error):
        return None


def _is_no_picture(handle: int) -> bool:
    import win32gui

    cloaked = wintypes.DWORD()
    size = ctypes.sizeof(cloaked)
    ctypes.windll.dwmapi.DwmGetWindowAttribute(wintypes.HWND(handle), _CLOAKED, ctypes.byref(cloaked), size)
    return bool(cloaked.value) or bool(win32gui.GetWindowLong(handle, _EX_STYLE) & _CLICK_THROUGH)


def _placed(handle: int) -> WindowGeometry:
    import pywinctl

    window = pywinctl.Window(handle)
    if window.isMinimized:
        return WindowGeometry(handle, minimised=True)
    client = window.getClientFrame()
    # GetWindowRect, which PyWinCtl's `box` is, counts an edge of seven invisible pixels.
    frame = wintypes.RECT()
    size = ctypes.sizeof(frame)
    ctypes.windll.dwmapi.DwmGetWindowAttribute(wintypes.HWND(handle), _FRAME, ctypes.byref(frame), size)
    client = _region(client.left, client.top, client.right, client.bottom)
    return WindowGeometry(handle, client, _region(frame.left, frame.top, frame.right, frame.bottom))


def _region(left: int, top: int, right: int, bottom: int) -> Region:
    return Region(left, top, right - left, bottom - top)
