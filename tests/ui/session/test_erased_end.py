"""A lesson that was erased from the list is no longer said to be saved on the page on which it has just ended."""

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.stored import stored, summary

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.pipeline.ports import SessionFile
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.writer import SessionFacts
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.erasing import Erasure

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ended(qtbot: QtBot, services: FakeServices, open_window: Opener, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window whose session, which is stored, has just ended."""
    services.put(keep_sessions=Retention.MONTH)
    start, begun = services.start_session, datetime.now().astimezone()

    def stored_too() -> SessionFile:
        file = start()
        assert file.path is not None
        facts = SessionFacts("", "", {}, file.path)
        stored(services.stored.store, summary(1.0), Ended(1.0, EndReason.STOPPED), facts=facts, at=begun)
        return file

    monkeypatch.setattr(services, "start_session", stored_too)
    window = open_window(DEMO)
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.model.summary):
        pass
    window.session.stop()
    qtbot.waitUntil(lambda: "Kept with your lessons until" in window.notice.text)
    return window


def erase(window: MainWindow, services: FakeServices) -> None:
    window.saved.erasing.ask(Erasure(tuple(services.stored.listed())))


def test_it_says_that_it_is_erased_and_that_it_is_saved_where_that_is_undone(
    ended: MainWindow, services: FakeServices
) -> None:
    saved = ended.notice.text
    erase(ended, services)
    assert ended.notice.text == "The lesson is erased."
    assert ended.notice.button("New lesson") is not None
    assert ended.notice.button("Open folder") is None
    ended.saved.erasing.undo()
    assert ended.notice.text == saved


def test_once_it_is_gone_nothing_of_it_stays_on_the_page(
    qtbot: QtBot, ended: MainWindow, services: FakeServices
) -> None:
    erase(ended, services)
    assert len(ended.page.chart._history)  # it may still be undone
    ended.saved.erasing.finish()
    qtbot.waitUntil(lambda: ended.page.glance.first.text() == "The lesson is erased")
    assert reader.sessions(services.stored.store) == []
    assert len(ended.page.chart._history) == 0
    assert "erased" in ended.notice.text
    ended.new_session()
    assert ended.notice.text == ""


def test_another_message_is_left_alone(ended: MainWindow, services: FakeServices) -> None:
    ended.tell_problem("The disk is full.")
    erase(ended, services)
    assert ended.notice.text == "The disk is full."


def test_another_lesson_that_is_erased_changes_nothing(ended: MainWindow, services: FakeServices) -> None:
    stored(services.stored.store, summary(1.0), Ended(1.0, EndReason.STOPPED), name="Physics")
    saved = ended.notice.text
    other = next(one for one in services.stored.listed() if one.name == "Physics")
    ended.saved.erasing.ask(Erasure((other,)))
    assert ended.notice.text == saved
