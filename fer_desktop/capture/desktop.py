"""The windows of the desktop, front to back, as each system tells them."""

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.sources import Region

# PyWinCtl has one connection to the desktop for the whole program.
_one_at_a_time: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class DesktopWindow:
    """A top-level window of any program. Regions are counted as the screen grabber counts them."""

    handle: int  # the desktop's number for it
    process: int  # 0 where it is not told
    program: str
    title: str
    inside: Region | None = None  # its client area; None where it is minimised or on another desktop
    outside: Region | None = None  # with its frame
    minimised: bool = False
    furniture: bool = False  # the desktop's own: a panel, the ground


def windows() -> list[DesktopWindow]:
    """All top-level windows, front to back. Raises SourceError where they cannot be had."""
    with _one_at_a_time:
        return list(_stack())


def window_and_above(handle: int) -> tuple[DesktopWindow | None, list[DesktopWindow]]:
    """That window, None where it is gone, and those that lie above it. Raises SourceError."""
    above: list[DesktopWindow] = []
    with _one_at_a_time:
        for window in _stack():
            if window.handle == handle:
                return window, above
            above.append(window)
    return None, []


def _stack() -> Iterator[DesktopWindow]:
    if sys.platform == "win32":
        from fer_desktop.capture.desktop_windows import stack
    elif sys.platform == "darwin":
        from fer_desktop.capture.desktop_mac import stack
    else:
        from fer_desktop.capture.desktop_x11 import stack
    return stack()
