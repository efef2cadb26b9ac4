"""Whether there is a screen to show a window on."""

import os
import sys


def has_display() -> bool:
    """Whether a window can be seen; what `QT_QPA_PLATFORM` says is taken at its word."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def draw_offscreen() -> None:
    """Makes Qt draw into memory; only before Qt starts."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
