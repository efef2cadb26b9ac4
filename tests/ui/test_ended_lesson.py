"""After Stop: where the lesson is, going on with it, and nothing of it in the present."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, WINDOW, FakeServices
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, TakenUp
from fer_desktop.pipeline.session_engine.channel.commands import Exclude
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.main_window import MainWindow


def stopped(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The session was read, and stopped."""
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: window.session.updates > 1)
    window.mark("Quiz")
    qtbot.waitUntil(lambda: window.model.markers != ())
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.phase is Phase.IDLE and window.notice.text != "")
    return window


def test_resume_undoes_stop(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = stopped(qtbot, open_window(WINDOW))
    seconds = len(window.page.chart._history)
    button = window.notice.button("Resume")
    assert button is not None
    button.click()
    wait_live(qtbot, window)
    file = services.files[0]
    qtbot.waitUntil(lambda: any(isinstance(event, TakenUp) for event in file.events))
    qtbot.waitUntil(lambda: file.rows[-1].state is State.LIVE and not isinstance(file.events[-1], Ended))
    assert len(services.files) == 1
    assert len(window.page.chart._history) >= seconds
    assert [marker.text for marker in window.model.markers] == ["Quiz"]
    assert window.notice.text == ""


@pytest.mark.parametrize("way", ["key", "header", "menu after going home"])
def test_there_are_other_ways_to_it(qtbot: QtBot, services: FakeServices, open_window: Opener, way: str) -> None:
    window = stopped(qtbot, open_window(CAMERA))
    if way == "key":
        QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    elif way == "header":
        assert window.page.header.pause.accessibleName() == "Resume"
        window.page.header.pause.click()
    else:
        window.new_session()
        assert window.menus._take_up.isEnabled()
        window.menus._take_up.trigger()
    wait_live(qtbot, window)
    assert window.page.isVisible()
    qtbot.waitUntil(lambda: any(isinstance(event, TakenUp) for event in services.files[0].events))


def test_after_ten_minutes_it_is_gone(qtbot: QtBot, open_window: Opener) -> None:
    window = stopped(qtbot, open_window(DEMO))
    assert window.ended.lately.isActive()
    assert window.ended.lately.interval() == 600_000
    window.ended.lately.timeout.emit()
    assert not window.session.status.can_take_up
    assert window.notice.button("Resume") is None
    assert window.notice.button("New lesson") is not None
    assert not window.menus._take_up.isEnabled()
    assert not window.page.header.pause.isVisible()


def test_another_session_ends_it(qtbot: QtBot, open_window: Opener) -> None:
    window = stopped(qtbot, open_window(DEMO))
    window.new_session()
    window.flow.decided.emit(CAMERA)
    wait_live(qtbot, window)
    assert not window.ended.lately.isActive()
    assert not window.menus._take_up.isEnabled()


def test_what_was_erased_is_said_to_be_gone(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = stopped(qtbot, open_window(DEMO))
    services.files[0].erased = True
    window.ended.take_up()
    qtbot.waitUntil(lambda: "no longer stored" in window.notice.text)
    assert window.session.status.phase is Phase.IDLE
    assert not window.session.status.can_take_up


def test_whoever_was_left_out_stays_left_out(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.session.change_exclusion(Exclude(2))
    qtbot.waitUntil(lambda: window.model.exclusion.seats == {2})
    stopped(qtbot, window)
    window.ended.take_up()
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: window.model.exclusion.seats == {2})
    assert window.session.status.anybody_excluded
    assert "read again" not in window.notice.text


def test_where_nobody_is_known_any_more_it_is_said_that_they_are_read_again(qtbot: QtBot, open_window: Opener) -> None:
    window = stopped(qtbot, open_window(DEMO))
    window.ended.left_out_before = True
    controller = window.session._controller
    controller._show_status(replace(controller.status, seats_known=False))
    window.ended.take_up()
    assert "read again" in window.notice.text


def test_the_class_was_told_in_this_call_and_not_in_the_next(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(WINDOW)
    wait_live(qtbot, window)
    window.page.read.told.tick.click()
    assert window.own_windows.told
    stopped(qtbot, window)
    window.ended.take_up()
    wait_live(qtbot, window)
    assert window.own_windows.told
    stopped(qtbot, window)
    window.new_session()
    window.flow.decided.emit(WINDOW)
    wait_live(qtbot, window)
    assert not window.own_windows.told
    assert not window.page.read.told.told


def test_the_page_of_a_lesson_that_has_ended_speaks_in_the_past(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: window.page.read.coverage.text == "6 of 6 cameras are read")
    stopped(qtbot, window)
    page = window.page
    assert page.read.coverage.text == "About 6 of 6 cameras were read"
    assert page.read._title.text() == "What was read"
    assert page.chart._title.text() == "The lesson"
    assert page.read.advice == ""
    words = [word.text for word in page.chart.plot.item.picture.words] if page.chart.plot.item.picture else []
    assert not [word for word in words if "about" in word or "learning" in word]
    assert "Learning" not in page.chart.footer.text


def test_the_message_at_the_end_can_be_closed_and_hides_nothing(qtbot: QtBot, open_window: Opener) -> None:
    window = stopped(qtbot, open_window(DEMO))
    qtbot.waitUntil(lambda: window.page._column.contentsMargins().bottom() > 0)
    page, bars = window.page, window._bars
    qtbot.waitUntil(lambda: page.chart.mapTo(window, QPoint(0, page.chart.height())).y() <= bars.y())
    assert window.notice._close.isVisible()
    window.notice._close.click()
    assert page._column.contentsMargins().bottom() == 0
    assert page.header.new.isVisible()
    page.header.new.click()
    assert window.pages.home.isVisible()
