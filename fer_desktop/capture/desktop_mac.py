"""The windows of a macOS desktop, from the window server.

PyWinCtl asks every program through AppleScript there: it needs another permission, takes seconds, and does not know
which window lies above which.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fer_desktop.capture.desktop import DesktopWindow
from fer_desktop.core.sources import Region

_DOCK_LAYER: Final = 20  # from here on: the dock, the menu bar, menus, the mouse pointer


def stack() -> Iterator[DesktopWindow]:
    """Front to back, then those that are minimised or on another desktop. The title bar counts as inside."""
    import Quartz

    shown = set()
    plain = Quartz.kCGWindowListExcludeDesktopElements
    for each in _listed(Quartz.kCGWindowListOptionOnScreenOnly | plain):
        window = _described(each, hidden=False)
        shown.add(window.handle)
        yield window
    for each in _listed(Quartz.kCGWindowListOptionAll | plain):
        if each[Quartz.kCGWindowNumber] not in shown:
            yield _described(each, hidden=True)


def _listed(which: int) -> list[Mapping[str, Any]]:
    import Quartz

    found = Quartz.CGWindowListCopyWindowInfo(which, Quartz.kCGNullWindowID) or ()
    return [each for each in found if each[Quartz.kCGWindowLayer] < _DOCK_LAYER and each[Quartz.kCGWindowAlpha] > 0]


def _described(each: Mapping[str, Any], hidden: bool) -> DesktopWindow:
    import Quartz

    bounds = each[Quartz.kCGWindowBounds]
    place = None if hidden else Region(*(round(bounds[name]) for name in ("X", "Y", "Width", "Height")))
    return DesktopWindow(
        handle=int(each[Quartz.kCGWindowNumber]),
        process=int(each[Quartz.kCGWindowOwnerPID]),
        program=str(each.get(Quartz.kCGWindowOwnerName, "")),
        title=str(each.get(Quartz.kCGWindowName, "")),
        inside=place,
        outside=place,
        furniture=each[Quartz.kCGWindowLayer] != 0,
        minimised=False,
    )
