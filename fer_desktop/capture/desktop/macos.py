"""The windows of a macOS desktop, from the window server.

PyWinCtl asks each program through AppleScript there: that needs one permission more, takes a process a question, and
does not know which window lies above which.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.sources import Region

_DOCK_LAYER: Final = 20  # from here on: the dock, the menu bar, menus, the mouse pointer


def stack() -> Iterator[WindowGeometry]:
    """Front to back, then those that are minimised or on another desktop. The title bar counts as inside."""
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


def named(handle: int) -> WindowInfo | None:
    """Whose window it is; None where it is gone. Without the permission to record the screen there are no titles."""
    import Quartz

    for each in Quartz.CGWindowListCopyWindowInfo(Quartz.kCGWindowListOptionIncludingWindow, handle) or ():
        process, is_shell = int(each[Quartz.kCGWindowOwnerPID]), each[Quartz.kCGWindowLayer] != 0
        program, title = each.get(Quartz.kCGWindowOwnerName, ""), each.get(Quartz.kCGWindowName, "")
        return WindowInfo(handle, process, str(program), str(title), is_shell)
    return None


def _listed(which: int) -> list[Mapping[str, Any]]:
    import Quartz

    options = which | Quartz.kCGWindowListExcludeDesktopElements
    found = Quartz.CGWindowListCopyWindowInfo(options, Quartz.kCGNullWindowID) or ()
    return [each for each in found if each[Quartz.kCGWindowLayer] < _DOCK_LAYER and each[Quartz.kCGWindowAlpha] > 0]
