"""The windows of a macOS desktop, from the window server.

It tells which window lies above which and needs no permission but the one to record the screen. Asking each program
(AppleScript, the accessibility interface) needs one more, takes a process a question and knows no order.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.sources import Region

_DOCK_LAYER: Final = 20  # from here on: the dock, the menu bar, menus, the mouse pointer


class MacDesktop:
    """Windows as the window server lists them; there is no connection to close."""

    def stack(self) -> Iterator[WindowGeometry]:
        """Front to back, then the minimised and those of other desktops. The title bar counts as client area."""
        import Quartz

        shown = set()
        for each in _listed(Quartz.kCGWindowListOptionOnScreenOnly):
            handle, bounds = int(each[Quartz.kCGWindowNumber]), each[Quartz.kCGWindowBounds]
            place = Region(*(round(bounds[name]) for name in ("X", "Y", "Width", "Height")))
            shown.add(handle)
            yield WindowGeometry(handle, place, place)
        for each in _listed(Quartz.kCGWindowListOptionAll):
            if (handle := int(each[Quartz.kCGWindowNumber])) not in shown:
                yield WindowGeometry(handle)

    def unlisted(self, process: int, listed: Collection[int]) -> list[WindowGeometry]:  # noqa: ARG002 (all are listed here)
        """None: menus lie in layers of their own, above what is read for a moment only."""
        return []

    def info(self, handle: int) -> WindowInfo | None:
        """The window's program and title; None where it was closed. No titles without permission to record."""
        import Quartz

        for each in Quartz.CGWindowListCopyWindowInfo(Quartz.kCGWindowListOptionIncludingWindow, handle) or ():
            process, is_shell = int(each[Quartz.kCGWindowOwnerPID]), each[Quartz.kCGWindowLayer] != 0
            program, title = each.get(Quartz.kCGWindowOwnerName, ""), each.get(Quartz.kCGWindowName, "")
            return WindowInfo(handle, process, str(program), str(title), is_shell)
        return None

    def close(self) -> None:
        """Does nothing."""


def _listed(which: int) -> list[Mapping[str, Any]]:
    import Quartz

    options = which | Quartz.kCGWindowListExcludeDesktopElements
    found = Quartz.CGWindowListCopyWindowInfo(options, Quartz.kCGNullWindowID) or ()
    return [each for each in found if each[Quartz.kCGWindowLayer] < _DOCK_LAYER and each[Quartz.kCGWindowAlpha] > 0]
