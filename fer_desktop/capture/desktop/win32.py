"""The windows of a Windows desktop, through pywin32."""

from collections.abc import Collection, Iterator
from typing import Final

from fer_desktop.capture.desktop import dwm
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.sources import Region

_EX_STYLE, _CLICK_THROUGH = -20, 0x20  # GWL_EXSTYLE, WS_EX_TRANSPARENT of winuser.h
_SHELL_CLASSES: Final = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})


class Win32Desktop:
    """Top-level windows; there is no connection to close."""

    def stack(self) -> Iterator[WindowGeometry]:
        """Front to back. Sleeping apps, and overlays that let the mouse through, have no place on the screen."""
        import pywintypes
        import win32gui

        for handle in _top_level_windows():
            try:
                if win32gui.IsWindowVisible(handle) and not _shows_nothing(handle):
                    yield _geometry(handle)
                elif win32gui.GetWindowText(handle):  # hidden, or on another desktop
                    yield WindowGeometry(handle)
            except pywintypes.error:
                continue  # closed a moment ago

    def unlisted(self, process: int, listed: Collection[int]) -> list[WindowGeometry]:  # noqa: ARG002 (all are listed here)
        """None: menus are listed."""
        return []

    def info(self, handle: int) -> WindowInfo | None:
        """The window's title, and its process as far as Windows tells; None where it was closed."""
        import pywintypes
        import win32gui
        import win32process

        try:
            _, process = win32process.GetWindowThreadProcessId(handle)
            title, kind = win32gui.GetWindowText(handle), win32gui.GetClassName(handle)
        except pywintypes.error:
            return None
        return WindowInfo(handle, process, _program(process), title, kind in _SHELL_CLASSES)

    def close(self) -> None:
        """Does nothing."""


def _top_level_windows() -> list[int]:
    import win32gui

    def add(handle: int, found: list[int]) -> int:
        found.append(handle)
        return 1  # go on

    handles: list[int] = []
    win32gui.EnumWindows(add, handles)
    return handles


def _shows_nothing(handle: int) -> bool:
    import win32gui

    return dwm.is_cloaked(handle) or bool(win32gui.GetWindowLong(handle, _EX_STYLE) & _CLICK_THROUGH)


def _geometry(handle: int) -> WindowGeometry:
    import win32gui

    if win32gui.IsIconic(handle):
        return WindowGeometry(handle, minimised=True)
    _, _, width, height = win32gui.GetClientRect(handle)
    left, top = win32gui.ClientToScreen(handle, (0, 0))
    frame_left, frame_top, frame_right, frame_bottom = dwm.frame_bounds(handle) or win32gui.GetWindowRect(handle)
    frame = Region(frame_left, frame_top, frame_right - frame_left, frame_bottom - frame_top)
    return WindowGeometry(handle, Region(left, top, width, height), frame)


def _program(process: int) -> str:
    """The program's name without its ending; empty where the process has ended or Windows does not tell."""
    import psutil

    try:
        return psutil.Process(process).name().removesuffix(".exe")
    except psutil.Error:
        return ""
