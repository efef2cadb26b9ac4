"""All that can be read while a region is drawn is in the user's language."""

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image
from fer_desktop.ui.region.geometry import Monitor
from fer_desktop.ui.region.monitor_window import RegionWindow, size_text
from fer_desktop.ui.region.overlay import RegionOverlay
from fer_desktop.ui.region.toolbar import RegionBar

# The platform without a display says so of what it lacks.
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("in_brackets")]

SCREEN = Region(0, 0, 800, 600)


def test_the_bar_says_what_to_do_in_the_users_language(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    bar = RegionBar(parent)
    for drawn, usable in ((False, False), (True, False), (True, True)):
        bar.tell(drawn=drawn, usable=usable)
        assert untranslated(bar) == []


def test_a_region_and_its_size_are_told_in_the_users_language(qtbot: QtBot) -> None:
    picture = np.zeros((SCREEN.height, SCREEN.width, 3), np.uint8)
    window = RegionWindow(QGuiApplication.primaryScreen(), Monitor(SCREEN, 1.0), picture)
    qtbot.addWidget(window)
    window.show_region(Region(100, 50, 300, 200))
    assert untranslated(window) == []
    assert window.accessibleDescription() == "⟦300 by 200 pixels, 100 from the left, 50 from the top⟧"
    assert size_text(Region(100, 50, 300, 200)) == "⟦300 × 200 px⟧"


@pytest.mark.parametrize("error", [SourceError("Allow it."), ZeroDivisionError("a bug")])
def test_why_the_screen_cannot_be_shown_is_told_in_the_users_language(qtbot: QtBot, error: Exception) -> None:
    def blind(_region: Region) -> Image:
        raise error

    screen = QGuiApplication.primaryScreen().geometry()
    overlay = RegionOverlay(blind, [Region(0, 0, screen.width(), screen.height())], None)
    hidden, said = QWidget(), list[str]()
    qtbot.addWidget(hidden)
    overlay.failed.connect(said.append)
    with qtbot.captureExceptions():
        overlay.start(hiding=hidden)
        qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("⟦")
    assert said[0].endswith("⟧")
