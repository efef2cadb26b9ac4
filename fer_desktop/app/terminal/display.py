"""Whether there is a screen to show a window on."""

import os
import sys


def has_display() -> bool:
    """Whether a window can be seen; a set `QT_QPA_PLATFORM` counts as yes."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def draw_offscreen() -> None:
    """Makes Qt draw in memory; only takes effect before Qt starts."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
