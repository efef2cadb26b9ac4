"""What is made of the window server's list, by the keys that Apple documents; no Mac is needed to read it."""

import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from fer_desktop.capture.desktop.macos import MacDesktop
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.sources import Region

ON_SCREEN, ALL, ONE, NO_GROUND = 1, 0, 8, 16


def _window(number: int, program: str, title: str = "", layer: int = 0, alpha: float = 1.0) -> Mapping[str, Any]:
    bounds = {"X": 10.0 * number, "Y": 20.0, "Width": 640.0, "Height": 480.0}
    found = {"number": number, "pid": 100 + number, "owner": program, "layer": layer, "alpha": alpha, "bounds": bounds}
    return found | {"name": title} if title else found


ZOOM, NOTES, DOCK = _window(3, "zoom.us", "Zoom Meeting"), _window(5, "Notes", "Plan"), _window(7, "Dock", layer=20)
MENU, GLASS, AWAY = _window(8, "Menu", layer=24), _window(9, "Overlay", alpha=0.0), _window(11, "Mail", "Inbox")
PALETTE = _window(13, "Notes", layer=3)


@pytest.fixture(autouse=True)
def _window_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def windows(options: int, number: int) -> list[Mapping[str, Any]]:
        everything = [MENU, DOCK, GLASS, PALETTE, NOTES, ZOOM, AWAY]
        if options == ONE:
            return [window for window in everything if window["number"] == number]
        return [window for window in everything if window is not AWAY or not options & ON_SCREEN]

    quartz = SimpleNamespace(
        kCGWindowListOptionOnScreenOnly=ON_SCREEN,
        kCGWindowListOptionAll=ALL,
        kCGWindowListOptionIncludingWindow=ONE,
        kCGWindowListExcludeDesktopElements=NO_GROUND,
        kCGNullWindowID=0,
        kCGWindowNumber="number",
        kCGWindowOwnerPID="pid",
        kCGWindowOwnerName="owner",
        kCGWindowName="name",
        kCGWindowLayer="layer",
        kCGWindowAlpha="alpha",
        kCGWindowBounds="bounds",
        CGWindowListCopyWindowInfo=windows,
    )
    monkeypatch.setitem(sys.modules, "Quartz", quartz)


def test_windows_come_front_to_back_without_the_dock_menus_and_what_is_invisible() -> None:
    assert [geometry.handle for geometry in MacDesktop().stack()] == [13, 5, 3, 11]


def test_a_window_that_is_not_on_the_screen_has_no_place() -> None:
    places = {geometry.handle: geometry for geometry in MacDesktop().stack()}
    assert places[3] == WindowGeometry(3, Region(30, 20, 640, 480), Region(30, 20, 640, 480))
    assert places[11] == WindowGeometry(11)


def test_a_window_is_known_by_its_program_and_title() -> None:
    desktop = MacDesktop()
    assert desktop.info(3) == WindowInfo(3, 103, "zoom.us", "Zoom Meeting")
    assert desktop.info(13) == WindowInfo(13, 113, "Notes", "", is_shell=True)
    assert desktop.info(99) is None
