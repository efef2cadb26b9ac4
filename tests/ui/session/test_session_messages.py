"""What a session says across the window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live
from support.stored import FACTS

from fer_desktop.core.messages import Message
from fer_desktop.core.sources import RecordingChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.sessions.store.writer import SessionStore

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_full_disk_is_told_and_the_session_goes_on(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.full_from_start = True
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "The disk is full" in window.trouble.text)
    assert window.session.status.phase is Phase.LIVE
    assert "The session goes on" in window.trouble.text
    window.session.stop()
    qtbot.waitUntil(lambda: window.trouble.button("Leave them out") is not None)
    assert "to be saved" in window.trouble.text
    assert "goes on" not in window.trouble.text
    services.files[0].full = False
    qtbot.waitUntil(lambda: window.notice.text.startswith("Saved to "))
    assert window.trouble.text == ""
    assert services.files[0].rows


def test_what_is_solved_already_is_not_said_to_wait(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    services.files[0].notice = Message("The file of the session was removed: all of it is written again.")
    qtbot.waitUntil(lambda: window.trouble.text != "")
    assert window.trouble.text == "The file of the session was removed: all of it is written again."


def test_a_store_that_cannot_be_opened_is_told_once_in_the_window(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "sessions.db"
    store.mkdir()
    monkeypatch.setattr(services, "open_store", lambda _file: SessionStore(store, FACTS))
    window = open_window(DEMO)
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: window.trouble.text.startswith("This lesson cannot be added to your saved lessons: "))
    assert window.trouble.text.endswith(" Its CSV file is written.")
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert window.notice.text.startswith("Saved to")


def test_rows_without_room_can_be_left_out(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.full_from_start = True
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "The disk is full" in window.trouble.text)
    window.session.stop()
    qtbot.waitUntil(lambda: window.trouble.button("Leave them out") is not None)
    button = window.trouble.button("Leave them out")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: not window.session.status.running)
    assert services.files[0].rows == []
    assert window.trouble.text == ""


def test_rows_can_be_left_out_where_the_disk_is_found_full_only_at_the_end(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    services.files[0].full = True
    window.session.stop()
    qtbot.waitUntil(lambda: window.trouble.button("Leave them out") is not None)
    assert window.trouble.text.startswith("The disk is full: free some space. ")
    assert window.trouble.text.endswith(" to be saved.")


def test_of_a_recording_that_breaks_off_it_is_told_why_and_where_the_rest_is(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    source = FakeSource()
    source.read_failures = [(5, "The recording is damaged here.")]
    services.sources[SourceKind.RECORDING] = lambda: source
    window = open_window(RecordingChoice("lesson.mp4", Path("lesson.mp4")))
    qtbot.waitUntil(lambda: window.notice.text.startswith("The recording is damaged here. What came before is saved"))
    assert str(services.files[0].path) in window.notice.text


def test_a_window_over_the_region_is_asked_to_move(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(REGION)
    qtbot.waitUntil(window.isMinimized)  # there is no room beside the region on so small a screen
    window.away.appearing.bring_back()
    window.move(0, 0)
    qtbot.waitUntil(lambda: "move it aside" in window.notice.text)
    window.move(900, 900)
    qtbot.waitUntil(lambda: "move it aside" not in window.notice.text)
