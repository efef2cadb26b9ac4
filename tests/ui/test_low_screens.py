"""The window on a laptop's screen, as it is and at 150 %."""

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot
from support.fakes import DEMO
from support.gui.opened_window import Opener, wait_live

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_at_150_percent_the_window_fits_above_a_taskbar_and_all_of_a_session_can_be_scrolled_to(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window(DEMO)
    assert window.minimumHeight() <= 460
    window.resize(900, 460)
    wait_live(qtbot, window)
    assert window.page.header.isVisible()
    scroll = window.page.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    scroll.ensureWidgetVisible(window.page.trend, 0, 0)
    assert scroll.viewport().height() >= window.page.trend.height()
    assert not window.page.trend.visibleRegion().isEmpty()


def test_six_cards_with_their_words_and_one_message_fit_on_the_start_page(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.resize(1280, 690)
    page = window.start_page
    qtbot.waitUntil(lambda: len(page.cards) == 6)
    roomy = next(iter(page.cards.values())).height()
    page.bar.tell("note", "“Mathematics 7b” ended unexpectedly.\nIts first 58 s were saved.", [("Keep", int)])
    qtbot.waitUntil(lambda: next(iter(page.cards.values())).height() < roomy)
    scroll = page.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0)
    assert len(page.cards) == 6
    page.bar.clear()
    qtbot.waitUntil(lambda: next(iter(page.cards.values())).height() == roomy)
