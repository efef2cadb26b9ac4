"""The windows of an X11 desktop, through PyWinCtl and the library of window managers' properties under it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop import DesktopWindow
from fer_desktop.capture.grabber import NO_SCREEN
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

if TYPE_CHECKING:
    import ewmhlib
    import pywinctl

_HIDDEN: Final = "_NET_WM_STATE_HIDDEN"
_FURNITURE: Final = ("_NET_WM_WINDOW_TYPE_DESKTOP", "_NET_WM_WINDOW_TYPE_DOCK")


def stack() -> Iterator[DesktopWindow]:
    """Front to back, what the window manager lists; menus and tooltips are not among it. Raises SourceError."""
    import Xlib.error

    for window in reversed(_listed()):
        try:
            yield _described(window)
        except (Xlib.error.XError, Xlib.error.ConnectionClosedError):
            # Closed a moment ago; PyWinCtl then looks for it on other displays, which may be gone too.
            continue


def _listed() -> "list[pywinctl.LinuxWindow]":
    """Back to front, as in _NET_CLIENT_LIST_STACKING."""
    import Xlib.error

    try:
        import pywinctl  # connects to the display, and raises where there is none

        return list(pywinctl.getAllWindows())
    except (Xlib.error.DisplayError, Xlib.error.ConnectionClosedError, OSError) as error:
        raise SourceError(NO_SCREEN) from error


def _described(listed: "pywinctl.LinuxWindow") -> DesktopWindow:
    from ewmhlib import EwmhWindow

    window = EwmhWindow(listed.getHandle())
    names = window.xWindow.get_wm_class()
    minimised = _is(window, "_NET_WM_STATE", (_HIDDEN,))
    inside = _inside(window) if listed.visible and not minimised else None
    return DesktopWindow(
        handle=listed.getHandle(),
        process=window.getPid() or 0,
        program=names[1] if names else "",
        title=listed.title or "",
        inside=inside,
        outside=_with_frame(window, inside) if inside is not None else None,
        minimised=minimised,
        furniture=_is(window, "_NET_WM_WINDOW_TYPE", _FURNITURE),
    )


def _inside(window: "ewmhlib.EwmhWindow") -> Region:
    # PyWinCtl's `getClientFrame` takes the frame off an area that is without it already, and its `box` takes off the
    # shadow that GTK draws into a window under GNOME alone.
    shape = window.xWindow.get_geometry()
    corner = window.root.translate_coords(window.id, 0, 0)
    left, right, top, bottom = _edges(window, "_GTK_FRAME_EXTENTS")
    return Region(corner.x + left, corner.y + top, shape.width - left - right, shape.height - top - bottom)


def _with_frame(window: "ewmhlib.EwmhWindow", inside: Region) -> Region:
    left, right, top, bottom = _edges(window, "_NET_FRAME_EXTENTS")
    width, height = inside.width + left + right, inside.height + top + bottom
    return Region(inside.left - left, inside.top - top, width, height)


def _edges(window: "ewmhlib.EwmhWindow", name: str) -> tuple[int, int, int, int]:
    """Left, right, top, bottom in px, as a property of that name has them."""
    values = _values(window, name)
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else (0, 0, 0, 0)


def _is(window: "ewmhlib.EwmhWindow", name: str, any_of: tuple[str, ...]) -> bool:
    """Whether a property that lists states or types has one of these."""
    values = _values(window, name)
    return any(window.display.get_atom(wanted) in values for wanted in any_of)


def _values(window: "ewmhlib.EwmhWindow", name: str) -> list[int]:
    found = window.getProperty(name)
    return [int(value) for value in found.value] if found is not None else []
