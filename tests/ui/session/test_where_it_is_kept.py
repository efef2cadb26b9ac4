"""Where a session is kept is told where it is not as usual: nowhere, in the store alone, in a store written anew."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices
from support.gui.opened_window import Opener, press_card, wait_live
from support.stored import FACTS, stored, summary

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.pipeline.ports import SessionFile
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore
from fer_desktop.sessions.unrecorded import Unrecorded
from fer_desktop.ui.look.times import day_words
from fer_desktop.ui.saved.dialog import SavedDialog
from fer_desktop.ui.sources.thumbnails import card_key

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_it_says_so_as_long_as_it_is_open_and_at_the_end_of_a_session(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> SessionFile:
        return Unrecorded()

    services.records = False
    monkeypatch.setattr(services, "start_session", nowhere)
    before = sorted(tmp_path.rglob("*"))
    window = open_window(DEMO)
    assert window.windowTitle() == "FER Desktop (not recording)"
    says = "Nothing is recorded in this window: the other one does that."
    wait_live(qtbot, window)
    assert window._messages.standing.text == says
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.text == "The session is over. Nothing of it was recorded.")
    assert window.notice.button("New lesson") is not None
    assert window._messages.standing.text == says
    assert services.stores == []
    assert sorted(tmp_path.rglob("*")) == before


def test_once_the_other_window_is_gone_the_next_session_is_recorded(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.records = False
    window = open_window()
    assert window.windowTitle() == "FER Desktop (not recording)"
    services.other_window = False
    press_card(qtbot, window, card_key(DEMO))
    wait_live(qtbot, window)
    assert len(services.stores) == 1
    assert window._messages.standing.text == ""
    assert window.windowTitle() == QApplication.applicationDisplayName() == "FER Desktop"
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.text.startswith("Saved to"))


def test_a_window_that_waits_takes_over_by_itself(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.records = False
    window = open_window()
    services.other_window = False
    window.turn._looking.setInterval(10)
    qtbot.waitUntil(lambda: window.windowTitle() == "FER Desktop")
    assert window._messages.standing.text == ""
    assert not window.turn._looking.isActive()


def test_a_session_that_goes_on_stays_unrecorded_and_says_so(
    qtbot: QtBot, services: FakeServices, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.records = False
    with monkeypatch.context() as patch:
        patch.setattr(services, "start_session", Unrecorded)
        window = open_window(DEMO)
        wait_live(qtbot, window)
    services.other_window = False
    window.turn._looking.setInterval(10)
    qtbot.waitUntil(lambda: window._messages.standing.text == "This session is not recorded. The next one is.")
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.text == "The session is over. Nothing of it was recorded.")
    assert window._messages.standing.text == ""


def test_a_session_that_the_store_alone_keeps_names_no_file(
    qtbot: QtBot, services: FakeServices, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = services.start_session

    def in_the_store() -> SessionFile:
        file = start()
        file.path = services.stored.store
        return file

    services.file_is_store = True
    monkeypatch.setattr(services, "start_session", in_the_store)
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.text == "The session is saved with your lessons.")
    button = window.notice.button("Saved lessons…")
    assert button is not None
    button.click()
    assert window.findChild(SavedDialog) is not None


def test_the_end_of_a_session_says_until_when_it_is_kept(
    qtbot: QtBot, services: FakeServices, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    window.session.stop()
    day = day_words((begun + timedelta(days=30)).date())
    qtbot.waitUntil(lambda: window.notice.text.endswith(f"\nKept with your lessons until {day}."))
    assert window.notice.text.startswith("Saved to ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
def test_a_store_that_is_moved_away_in_the_middle_is_told(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "data" / "sessions.db"
    monkeypatch.setattr(services, "open_store", lambda _file: SessionStore(store, FACTS))
    window = open_window(DEMO)
    qtbot.waitUntil(store.exists)
    wait_live(qtbot, window)
    store.parent.rename(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: window.trouble.text.startswith("The store of sessions was moved, removed or replaced"))
    assert str(store) in window.trouble.text
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.status.running)
    assert [session.state for session in reader.sessions(store)] == ["ended"]
