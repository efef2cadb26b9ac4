"""The windows of an X11 desktop, by the hints that window managers keep (EWMH, ICCCM)."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop.screen_access import NO_SCREEN
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

if TYPE_CHECKING:
    from Xlib.protocol.request import GetProperty
    from Xlib.xobject.drawable import Window

_SHELL_TYPES: Final = ("_NET_WM_WINDOW_TYPE_DESKTOP", "_NET_WM_WINDOW_TYPE_DOCK")
_LONGEST: Final = 16384  # of a property, in units of four bytes; titles and lists of windows are far shorter
_ALL_DESKTOPS: Final = 0xFFFFFFFF
_ESCAPE: Final = b"\x1b"


class X11Desktop:
    """What the window manager lists, over a connection of its own; menus and tooltips are not among it.

    Raises SourceError where there is no display.
    """

    def __init__(self, display: str | None = None) -> None:
        import Xlib.display
        import Xlib.error

        try:
            self._display = Xlib.display.Display(display)
        except (Xlib.error.DisplayError, Xlib.error.ConnectionClosedError, OSError) as error:
            raise SourceError(NO_SCREEN) from error
        self._root: Window = self._display.screen().root
        self._processes: dict[int, int] = {}  # of the root's children, which seldom come and go

    def stack(self) -> Iterator[WindowGeometry]:
        """Front to back. Raises SourceError where the display is gone."""
        import Xlib.error

        try:
            current = self._numbers(self._root, "_NET_CURRENT_DESKTOP")
            for handle in reversed(self._numbers(self._root, "_NET_CLIENT_LIST_STACKING")):
                try:
                    yield self._geometry(handle, current)
                except Xlib.error.XError:
                    continue  # closed a moment ago
        except Xlib.error.ConnectionClosedError as error:
            raise SourceError(NO_SCREEN) from error

    def unlisted(self, process: int, listed: Collection[int]) -> list[WindowGeometry]:
        """Menus and such of that process that are shown, front to back: no window manager lists them."""
        import Xlib.error

        found = []
        try:
            children = [int(child.id) for child in self._root.query_tree().children]
            known = {handle: self._process_of(handle) for handle in children}
            self._processes = known
            for handle in reversed(children):
                if known[handle] != process or handle in listed:
                    continue
                with suppress(Xlib.error.XError):  # closed a moment ago
                    if (geometry := self._geometry(handle, [])).frame is not None:
                        found.append(geometry)
        except Xlib.error.ConnectionClosedError as error:
            raise SourceError(NO_SCREEN) from error
        return found

    def _process_of(self, handle: int) -> int:
        import Xlib.error

        if handle in self._processes:
            return self._processes[handle]
        try:
            process = self._numbers(self._window(handle), "_NET_WM_PID")
        except Xlib.error.XError:
            return 0
        return process[0] if process else 0

    def info(self, handle: int) -> WindowInfo | None:
        """What the window tells of itself; what it does not tell is empty. None where it was closed."""
        import Xlib.error

        window = self._window(handle)
        try:
            process = self._numbers(window, "_NET_WM_PID")
            types = self._numbers(window, "_NET_WM_WINDOW_TYPE")
            # The name of this window, then of its program's kind of window.
            names = self._text(window, "WM_CLASS").split("\0")
            return WindowInfo(
                handle=handle,
                process=process[0] if process else 0,
                program=names[1] if len(names) > 1 else "",
                title=(self._text(window, "_NET_WM_NAME") or self._text(window, "WM_NAME")).rstrip("\0"),
                is_shell=any(self._display.get_atom(name) in types for name in _SHELL_TYPES),
            )
        except (Xlib.error.XError, Xlib.error.ConnectionClosedError):
            return None

    def close(self) -> None:
        """Ends the connection."""
        import Xlib.error

        with suppress(Xlib.error.ConnectionClosedError):  # closed already, by us or by the server
            self._display.close()

    def _window(self, handle: int) -> "Window":
        return self._display.create_resource_object("window", handle)

    def _geometry(self, handle: int, current_desktop: list[int]) -> WindowGeometry:
        import Xlib.X

        window = self._window(handle)
        if self._display.get_atom("_NET_WM_STATE_HIDDEN") in self._numbers(window, "_NET_WM_STATE"):
            return WindowGeometry(handle, minimised=True)
        # Some window managers (Mutter) keep the windows of other desktops mapped, below the wallpaper.
        on_desktop = self._numbers(window, "_NET_WM_DESKTOP")
        elsewhere = bool(current_desktop and on_desktop) and on_desktop[0] not in (current_desktop[0], _ALL_DESKTOPS)
        if elsewhere or window.get_attributes().map_state != Xlib.X.IsViewable:
            return WindowGeometry(handle)
        shape, corner = window.get_geometry(), self._root.translate_coords(window.id, 0, 0)
        whole = Region(corner.x, corner.y, shape.width, shape.height)
        # GTK draws a shadow into its windows.
        client = _grown(whole, -1, self._numbers(window, "_GTK_FRAME_EXTENTS"))
        return WindowGeometry(handle, client, _grown(client, 1, self._numbers(window, "_NET_FRAME_EXTENTS")))

    def _numbers(self, window: "Window", name: str) -> list[int]:
        """What a property of 32-bit numbers lists; nothing where the window does not have it."""
        found = self._property(window, name)
        return [int(value) for value in found.value] if found is not None and found.format == 32 else []

    def _text(self, window: "Window", name: str) -> str:
        """A text property; empty where the window does not have it."""
        found = self._property(window, name)
        return decoded(bytes(found.value)) if found is not None and found.format == 8 else ""

    def _property(self, window: "Window", name: str) -> "GetProperty | None":
        import Xlib.X

        return window.get_property(self._display.get_atom(name), Xlib.X.AnyPropertyType, 0, _LONGEST)


def screen_depth(display: str | None) -> int | None:
    """The bits a pixel of that X display, or the user's; None where there is none."""
    import Xlib.display
    import Xlib.error

    try:
        connection = Xlib.display.Display(display)
    except (Xlib.error.DisplayError, Xlib.error.ConnectionClosedError, OSError):
        return None
    depth = int(connection.screen().root_depth)
    connection.close()
    return depth


def decoded(text: bytes) -> str:
    """A text property as it is meant, whatever its declared type: programs get that wrong. Never raises.

    UTF-8 is recognised with certainty. COMPOUND_TEXT switches between character sets by escape sequences, and is
    Latin-1 without them, as STRING is; of its character sets those of Japanese, Korean and simplified Chinese are read.
    """
    if _ESCAPE in text:
        return text.decode("iso2022_jp_2", errors="replace")
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _grown(region: Region, sign: int, edges: list[int]) -> Region:
    """A region with edges added (1) or taken off (-1): left, right, top, bottom px, or none."""
    if len(edges) != 4:
        return region
    left, right, top, bottom = (sign * edge for edge in edges)
    return Region(region.left - left, region.top - top, region.width + left + right, region.height + top + bottom)
