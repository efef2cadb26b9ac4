"""Leaving a window of this program out of every picture of the screen, where the system can do that."""

import ctypes
import sys
from typing import Any, Final

_WINDOWS_2004: Final = 19041  # the build from which on Windows leaves a window out; an older one paints it black
_EXCLUDED, _SHOWN = 0x11, 0x00  # WDA_EXCLUDEFROMCAPTURE, WDA_NONE of winuser.h
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1  # NSWindowSharingType


def leave_out(window: int, on: bool) -> int | None:
    """Leaves a window out of pictures of the screen, those of other programs too, or shows it in them again.

    `window` is what Qt calls its number. What comes back is what the desktop lists it as; None where the system does
    not do that, and the window is in all pictures. To be called in the thread of the windows.
    """
    if sys.platform == "win32":
        return _on_windows(window, on)
    if sys.platform == "darwin":
        return _on_macos(window, on)
    return None  # X11 has no such wish


def _on_windows(window: int, on: bool) -> int | None:
    if sys.platform != "win32" or sys.getwindowsversion().build < _WINDOWS_2004:
        return None
    from ctypes import wintypes

    done = ctypes.windll.user32.SetWindowDisplayAffinity(wintypes.HWND(window), _EXCLUDED if on else _SHOWN)
    return window if done else None


def _on_macos(window: int, on: bool) -> int | None:
    import objc

    shown: Any = objc.objc_object(c_void_p=ctypes.c_void_p(window)).window()  # Qt's number is that of a view in it
    if shown is None:
        return None
    shown.setSharingType_(_SHARING_NONE if on else _SHARING_READ_ONLY)
    return int(shown.windowNumber())
