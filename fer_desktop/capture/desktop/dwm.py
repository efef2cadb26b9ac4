"""What the compositor of Windows (DWM) knows of a window, which pywin32 does not ask for."""

import ctypes
import sys
from ctypes import wintypes
from typing import Final

_EXTENDED_FRAME_BOUNDS, _CLOAKED = 9, 14  # DWMWINDOWATTRIBUTE of dwmapi.h
_S_OK: Final = 0


def is_cloaked(handle: int) -> bool:
    """Whether a window is on no screen though Windows counts it as visible: sleeping apps, those of other desktops."""
    cloaked = wintypes.DWORD()
    return _read(handle, _CLOAKED, cloaked) and bool(cloaked.value)


def frame_bounds(handle: int) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of the frame as it is seen, in device pixels; None where it is not known.

    GetWindowRect counts seven invisible pixels along the edges.
    """
    frame = wintypes.RECT()
    if not _read(handle, _EXTENDED_FRAME_BOUNDS, frame):
        return None
    return frame.left, frame.top, frame.right, frame.bottom


def _read(handle: int, attribute: int, value: wintypes.DWORD | wintypes.RECT) -> bool:
    """Whether the compositor has that attribute of the window, which `value` is then."""
    if sys.platform != "win32":
        return False
    size = ctypes.sizeof(value)
    result = ctypes.windll.dwmapi.DwmGetWindowAttribute(wintypes.HWND(handle), attribute, ctypes.byref(value), size)
    return bool(result == _S_OK)
