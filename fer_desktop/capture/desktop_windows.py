"""The windows of a Windows desktop, through PyWinCtl and the library under it."""

import ctypes
import sys
from collections.abc import Iterator
from ctypes import wintypes
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop import DesktopWindow
from fer_desktop.core.sources import Region

if TYPE_CHECKING:
    import pywinctl

assert sys.platform == "win32"

_CLOAKED, _FRAME = 14, 9  # DWMWA_CLOAKED, DWMWA_EXTENDED_FRAME_BOUNDS
_CLICK_THROUGH: Final = 0x20  # WS_EX_TRANSPARENT
_EX_STYLE: Final = -20  # GWL_EXSTYLE
_FURNITURE: Final = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})


def stack() -> Iterator[DesktopWindow]:
    """Front to back."""
    import pywinctl
    import pywintypes
    import win32gui

    # PyWinCtl lists the buttons and fields inside of windows too.
    handles: list[int] = []
    win32gui.EnumWindows(lambda handle, found: found.append(handle) or True, handles)
    for handle in handles:
        try:
            if win32gui.IsWindowVisible(handle) and not _is_no_picture(handle):
                yield _described(pywinctl.Window(handle))
        except pywintypes.error:
            continue  # closed a moment ago


def _is_no_picture(handle: int) -> bool:
    """Cloaked by the system (a sleeping app, another desktop), or an overlay that lets the mouse through."""
    import win32gui

    cloaked = wintypes.DWORD()
    ctypes.windll.dwmapi.DwmGetWindowAttribute(
        wintypes.HWND(handle), _CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked)
    )
    return bool(cloaked.value) or bool(win32gui.GetWindowLong(handle, _EX_STYLE) & _CLICK_THROUGH)


def _described(window: "pywinctl.Window") -> DesktopWindow:
    import win32gui

    handle, minimised = window.getHandle(), window.isMinimized
    inside = window.getClientFrame()
    process = window.getPID() or 0
    return DesktopWindow(
        handle=handle,
        process=process,
        program=_program(process),
        title=window.title,
        inside=None if minimised else _region(inside.left, inside.top, inside.right, inside.bottom),
        outside=None if minimised else _with_frame(handle),
        minimised=minimised,
        furniture=win32gui.GetClassName(handle) in _FURNITURE,
    )


def _with_frame(handle: int) -> Region:
    # What GetWindowRect says has an edge of seven invisible pixels.
    frame = wintypes.RECT()
    ctypes.windll.dwmapi.DwmGetWindowAttribute(wintypes.HWND(handle), _FRAME, ctypes.byref(frame), ctypes.sizeof(frame))
    return _region(frame.left, frame.top, frame.right, frame.bottom)


def _region(left: int, top: int, right: int, bottom: int) -> Region:
    return Region(left, top, right - left, bottom - top)


@lru_cache(maxsize=256)
def _program(process: int) -> str:
    import psutil

    try:
        return psutil.Process(process).name().removesuffix(".exe")
    except psutil.Error:
        return ""
