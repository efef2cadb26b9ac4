"""The windows of the desktop, front to back, as each system tells of them."""

import sys
import threading
from collections.abc import Iterator
from typing import Final

from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo

# PyWinCtl has one connection to the desktop for the whole program.
_one_at_a_time: Final = threading.Lock()


def windows() -> list[tuple[WindowGeometry, WindowInfo]]:
    """All top-level windows, front to back. Raises SourceError where they cannot be had."""
    with _one_at_a_time:
        pairs = [(placed, _named(placed.handle)) for placed in _stack()]
    return [(placed, named) for placed, named in pairs if named is not None]


def window_and_above(handle: int) -> tuple[WindowGeometry | None, list[WindowGeometry]]:
    """That window, None where it is gone, and those above it, front to back. Raises SourceError."""
    above: list[WindowGeometry] = []
    with _one_at_a_time:
        for placed in _stack():
            if placed.handle == handle:
                return placed, above
            above.append(placed)
    return None, []


def named(handle: int) -> WindowInfo | None:
    """Whose window that is; None where it is gone. Raises SourceError."""
    with _one_at_a_time:
        return _named(handle)


def _stack() -> Iterator[WindowGeometry]:
    if sys.platform == "win32":
        from fer_desktop.capture.desktop.win32 import stack
    elif sys.platform == "darwin":
        from fer_desktop.capture.desktop.macos import stack
    else:
        from fer_desktop.capture.desktop.x11 import stack
    return stack()


def _named(handle: int) -> WindowInfo | None:
    if sys.platform == "win32":
        from fer_desktop.capture.desktop.win32 import named
    elif sys.platform == "darwin":
        from fer_desktop.capture.desktop.macos import named
    else:
        from fer_desktop.capture.desktop.x11 import named
    return named(handle)
