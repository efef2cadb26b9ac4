"""The windows of the user's desktop, whichever system it is."""

import sys

from fer_desktop.capture.desktop.types import Desktop, WindowGeometry, WindowInfo


def open_desktop(display: str | None = None) -> Desktop:
    """The desktop of this session, to be closed after use; `display` names an X display other than the user's.

    Raises SourceError where there is none.
    """
    if sys.platform == "win32":
        from fer_desktop.capture.desktop.win32 import Win32Desktop

        return Win32Desktop()
    if sys.platform == "darwin":
        from fer_desktop.capture.desktop.macos import MacDesktop

        return MacDesktop()
    from fer_desktop.capture.desktop.x11 import X11Desktop

    return X11Desktop(display)


def all_windows(desktop: Desktop) -> list[tuple[WindowGeometry, WindowInfo]]:
    """All top-level windows, front to back. Raises SourceError."""
    pairs = [(geometry, desktop.info(geometry.handle)) for geometry in desktop.stack()]
    return [(geometry, info) for geometry, info in pairs if info is not None]


def window_and_above(desktop: Desktop, handle: int) -> tuple[WindowGeometry | None, list[WindowGeometry]]:
    """That window, None where it was closed, and the windows above it, front to back. Raises SourceError."""
    above: list[WindowGeometry] = []
    for geometry in desktop.stack():
        if geometry.handle == handle:
            return geometry, above
        above.append(geometry)
    return None, []
