"""The windows of an X11 desktop, through PyWinCtl and ewmhlib, the library of window properties that it stands on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop.grabber import NO_SCREEN
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

if TYPE_CHECKING:
    import Xlib.display
    import Xlib.xobject.drawable

_ANY_TYPE: Final = 0
_FURNITURE: Final = ("_NET_WM_WINDOW_TYPE_DESKTOP", "_NET_WM_WINDOW_TYPE_DOCK")


def stack() -> Iterator[WindowGeometry]:
    """Front to back, what the window manager lists; menus and tooltips are not among it. Raises SourceError."""
    import Xlib.error

    display = _display()
    try:
        for handle in reversed(_values(display.screen().root, "_NET_CLIENT_LIST_STACKING", display)):
            try:
                yield _placed(handle, display)
            except Xlib.error.XError:
                continue  # closed a moment ago
    except Xlib.error.ConnectionClosedError as error:
        raise SourceError(NO_SCREEN) from error


def named(handle: int) -> WindowInfo | None:
    """Whose window it is; None where it is gone. Raises SourceError."""
    import Xlib.error

    display = _display()
    import pywinctl

    try:
        window = display.create_resource_object("window", handle)
        names = window.get_wm_class()
        types = _values(window, "_NET_WM_WINDOW_TYPE", display)
        described = pywinctl.Window(handle)
        return WindowInfo(
            handle=handle,
            process=described.getPID() or 0,
            program=names[1] if names else "",
            title=described.title or "",
            is_shell=any(display.get_atom(kind) in types for kind in _FURNITURE),
        )
    except (Xlib.error.XError, Xlib.error.ConnectionClosedError):
        return None


def _display() -> "Xlib.display.Display":
    """PyWinCtl's connection, which it makes when it is imported. Raises SourceError where there is no display."""
    import Xlib.error

    try:
        import ewmhlib
    except (Xlib.error.DisplayError, Xlib.error.ConnectionClosedError, OSError) as error:
        raise SourceError(NO_SCREEN) from error
    display: Xlib.display.Display = ewmhlib.defaultDisplay
    return display


def _placed(handle: int, display: "Xlib.display.Display") -> WindowGeometry:
    import Xlib.X

    window = display.create_resource_object("window", handle)
    hidden = display.get_atom("_NET_WM_STATE_HIDDEN") in _values(window, "_NET_WM_STATE", display)
    if hidden or window.get_attributes().map_state != Xlib.X.IsViewable:
        return WindowGeometry(handle, minimised=hidden)
    # PyWinCtl's `getClientFrame` takes the frame off an area that is without it already, and its `box` takes off the
    # shadow that GTK draws into a window under GNOME alone.
    shape, corner = window.get_geometry(), display.screen().root.translate_coords(window, 0, 0)
    whole = Region(corner.x, corner.y, shape.width, shape.height)
    client = _grown(whole, -1, _values(window, "_GTK_FRAME_EXTENTS", display))
    return WindowGeometry(handle, client, _grown(client, 1, _values(window, "_NET_FRAME_EXTENTS", display)))


def _grown(region: Region, sign: int, edges: list[int]) -> Region:
    """A region with edges added or taken off, (left, right, top, bottom) px or nothing."""
    if len(edges) != 4:
        return region
    left, right, top, bottom = (sign * edge for edge in edges)
    return Region(region.left - left, region.top - top, region.width + left + right, region.height + top + bottom)


def _values(window: "Xlib.xobject.drawable.Window", name: str, display: "Xlib.display.Display") -> list[int]:
    """What a property lists; nothing where the window does not have it."""
    found = window.get_full_property(display.get_atom(name), _ANY_TYPE)
    return [int(value) for value in found.value] if found is not None else []
