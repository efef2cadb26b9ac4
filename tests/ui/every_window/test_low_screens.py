"""The window on a laptop's screen, as it is and at 150 %."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from support.fakes import DEMO
from support.gui.opened_window import Opener, wait_live

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_at_640_by_480_every_button_of_a_session_is_whole_and_lesson_and_picture_take_turns(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window(DEMO)
    window.resize(640, 480)
    assert (window.width(), window.height()) == (640, 480)
    wait_live(qtbot, window)
    assert window.page.header.new.isHidden()  # until it has ended
    for button in set(window.page.header.findChildren(QAbstractButton)) - {window.page.header.new}:
        assert button.isVisible()
        assert window.rect().contains(QRect(button.mapTo(window, QPoint()), button.size())), button.toolTip()
    assert not window.page.chart.visibleRegion().isEmpty()
    window.fold_or_unfold()
    qtbot.waitUntil(lambda: not window.page.live.visibleRegion().isEmpty())


def test_a_message_moves_no_button(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.resize(1000, 690)

    def places() -> dict[QAbstractButton, QPoint]:
        window.grab()  # whatever waits to be laid out is
        QApplication.processEvents()
        shown = [one for one in window.pages.findChildren(QAbstractButton) if one.isVisible()]
        return {one: one.mapToGlobal(QPoint()) for one in shown}

    qtbot.waitUntil(lambda: places() == places())
    before = places()
    assert window.page.header.stop in before
    window.notice.tell("problem", "The disk is full: free some space, and the session goes on. " * 3, [("Look", int)])
    window.trouble.tell("note", "Something covers the call.")
    window.saved.undo.tell("done", "Erased.", [("Undo", int)])
    qtbot.waitUntil(lambda: window.notice.isVisible() and window.notice.height() > 0)
    QApplication.processEvents()
    assert places() == before
    bars = [window.notice, window.trouble, window.saved.undo]
    covered = [QRect(bar.mapToGlobal(QPoint()), bar.size()) for bar in bars]
    for button in (window.page.header.stop, window.page.header.pause, window.page.header.marker):
        assert not any(bar.intersects(QRect(button.mapToGlobal(QPoint()), button.size())) for bar in covered)
    assert not covered[0].intersects(covered[1])
    window.notice.clear()
    window.trouble.clear()
    window.saved.undo.clear()
    assert places() == before
    assert not window._bars.isVisible()


def test_the_offer_of_the_start_page_moves_no_card_and_is_not_seen_in_a_session(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window()
    window.resize(1280, 690)
    page = window.start_page
    window.pages.show_sources()
    qtbot.waitUntil(lambda: len(page.cards) == 6)

    def places() -> dict[str, tuple[QPoint, QSize]]:
        page.grab()  # whatever waits to be laid out is
        QApplication.processEvents()
        return {key: (card.pos(), card.size()) for key, card in page.cards.items()}

    qtbot.waitUntil(lambda: places() == places())
    before = places()
    page.bar.tell("note", "“Mathematics 7b” ended unexpectedly.\nIts first 58 s were saved.", [("Keep", int)])
    qtbot.waitUntil(page.bar.isVisible)
    assert places() == before
    page.chosen.emit(DEMO)
    wait_live(qtbot, window)
    assert not page.bar.isVisible()
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    window.new_session()
    assert page.bar.isVisible()
