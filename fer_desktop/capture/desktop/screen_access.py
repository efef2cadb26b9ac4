"""Whether this desktop lets a program capture its screen."""

import ctypes
import os
import sys
from collections.abc import Mapping
from typing import Final

from fer_desktop.core.messages import Message

NO_SCREEN: Final = Message("The screen cannot be captured: unlock it, or start this program on a desktop.")
_GRAPHICS: Final = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"


def denied_reason() -> Message | None:
    """One sentence that says why the screen cannot be captured and what to do; None where it can."""
    if sys.platform == "linux" and is_wayland(os.environ):
        return Message(
            "This desktop (Wayland) does not let programs capture its screen: "
            "log out, choose an X11 (Xorg) session when you log in, then start again."
        )
    if sys.platform == "darwin" and not mac_permission():
        return Message(
            "macOS does not let this program see the screen: allow it under System Settings, Privacy & Security, "
            "Screen Recording, then open it again."
        )
    return None


def is_wayland(environment: Mapping[str, str]) -> bool:
    """Whether the desktop of that environment is Wayland, where a capture succeeds and is black."""
    return bool(environment.get("WAYLAND_DISPLAY")) or environment.get("XDG_SESSION_TYPE", "").lower() == "wayland"


def mac_permission() -> bool:
    """Whether macOS lets this program capture more than the wallpaper; asks the user once where it does not."""
    graphics = ctypes.CDLL(_GRAPHICS)
    allowed, request = graphics.CGPreflightScreenCaptureAccess, graphics.CGRequestScreenCaptureAccess
    allowed.restype = request.restype = ctypes.c_bool
    return bool(allowed()) or bool(request())
