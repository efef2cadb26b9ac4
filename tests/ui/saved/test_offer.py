"""A session that did not end is offered at the next start, and what is erased can be undone for a while."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.gui.pseudo_translation import pseudo_language, untranslated_texts
from support.stored import stored, stored_with_csv, summary

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.sessions.store import reader
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.exporting.dialog import ExportDialog
from fer_desktop.ui.main_window import MainWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENDED = Ended(1.0, EndReason.STOPPED)


@pytest.fixture
def path(tmp_path: Path, services: FakeServices) -> Path:
    """A store with a lesson that ended as usual and one that did not, both of long ago and kept for ever."""
    services.put(keep_sessions=Retention.FOR_EVER)
    path = tmp_path / "sessions.db"
    stored(path, summary(1.0), ENDED, name="Physics")
    stored(path, summary(1.0), summary(2.0), name="Mathematics 7b")
    return path


def begun(qtbot: QtBot, open_window: Opener) -> MainWindow:
    window = open_window()
    window.saved.begin()
    qtbot.waitUntil(lambda: window.start_page.bar.text != "")
    return window


def press(window: MainWindow, label: str) -> None:
    button = window.start_page.bar.button(label) or window.saved.undo.button(label)
    assert button is not None
    button.click()


def test_it_is_named_with_its_end_and_how_complete_it_is(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = begun(qtbot, open_window)
    (found,) = reader.unfinished(path)
    words = window.start_page.bar.text
    assert words.startswith("“Mathematics 7b” ended unexpectedly 2 March")
    assert f"{found.last_second:%M}" in words
    assert words.endswith("Its first 2 s were saved, up to the second before.")


def test_kept_it_is_not_offered_again(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = begun(qtbot, open_window)
    press(window, "Keep")
    assert window.start_page.bar.text == ""
    qtbot.waitUntil(lambda: reader.unfinished(path) == [])
    assert [session.state for session in reader.sessions(path)] == ["ended unexpectedly", "ended"]
    again = open_window()
    again.saved.begin()
    again.saved._run(lambda: None, lambda _done: again.status.say("looked"))
    qtbot.waitUntil(lambda: again.start_page.bar.text == "" and bool(again.status._message.text()))


def test_a_copy_is_made_of_the_store_and_then_it_is_kept(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, tmp_path: Path
) -> None:
    services.put(export_folder=str(tmp_path))
    window = begun(qtbot, open_window)
    press(window, "Save a copy…")
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.kinds.kind is FileKind.CSV
    with qtbot.waitSignal(dialog.looked):
        pass
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.work.bar.text.startswith("Saved to "), timeout=15_000)
    (file,) = tmp_path.glob("*.csv")
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 3
    dialog.close()
    qtbot.waitUntil(lambda: reader.unfinished(path) == [])


def test_the_pages_one_primary_button_is_not_in_the_offer(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    assert path.exists()
    window = begun(qtbot, open_window)
    shown = [one for one in window.findChildren(QPushButton) if one.isVisible() and one.property("role") == "primary"]
    assert [one.text() for one in shown] == ["Start a lesson"]


def test_erased_it_is_gone_for_good_after_some_seconds(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = begun(qtbot, open_window)
    window.saved.erasing._grace.setInterval(100)
    press(window, "Erase")
    assert window.saved.undo.text == "“Mathematics 7b” is erased."
    assert window.start_page.bar.text == ""
    qtbot.waitUntil(lambda: window.saved.undo.text == "" and not window.saved.erasing.busy)
    assert [session.name for session in reader.sessions(path)] == ["Physics"]
    assert b"Mathematics" not in path.read_bytes()


def test_until_then_it_can_be_undone(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = begun(qtbot, open_window)
    press(window, "Erase")
    undo = window.saved.undo.button("Undo")
    assert undo is not None
    assert window.focusWidget() is undo
    press(window, "Undo")
    assert window.saved.undo.text == ""
    assert "ended unexpectedly" in window.start_page.bar.text
    assert not window.saved.erasing.busy
    assert len(reader.sessions(path)) == 2


def test_closing_the_window_makes_it_final_first(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = begun(qtbot, open_window)
    press(window, "Erase")
    with qtbot.waitSignal(window.left):
        window.close()
    assert [session.name for session in reader.sessions(path)] == ["Physics"]


def test_several_are_offered_one_after_another(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    stored(path, summary(1.0), name="Chemistry")
    window = begun(qtbot, open_window)
    assert window.start_page.bar.text.startswith("“Chemistry”")
    assert window.start_page.bar.text.endswith("One of 2.")
    press(window, "Keep")
    assert window.start_page.bar.text.startswith("“Mathematics 7b”")
    assert "One of" not in window.start_page.bar.text


def test_a_damaged_store_is_repaired_and_told(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    path.write_bytes(b"\xa5" * 9000)
    window = open_window()
    window.saved.begin()
    qtbot.waitUntil(lambda: window.notice.text.startswith("The store of sessions was damaged"))


def test_a_csv_file_that_was_changed_is_named_when_its_lesson_goes(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path
) -> None:
    file = stored_with_csv(tmp_path / "sessions.db", tmp_path / "documents")  # of long ago
    file.write_text("her own notes", encoding="utf-8")
    window = open_window()
    window.saved.begin()
    qtbot.waitUntil(lambda: str(file) in window.notice.text)
    assert services.stored.listed() == []


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (Retention.MONTH, "2 lessons were erased: they were kept for 30 days."),
        (Retention.LESSON, "1 lesson was erased: it was kept until the next start."),
    ],
)
def test_what_went_by_itself_is_told(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path, keep: Retention, words: str
) -> None:
    services.put(keep_sessions=keep)
    for _ in range(2 if keep is Retention.MONTH else 1):
        stored(tmp_path / "sessions.db", summary(1.0), ENDED)
    window = open_window()
    window.saved.begin()
    qtbot.waitUntil(lambda: window.notice.text == words)


def test_the_lesson_before_goes_when_the_next_begins_where_she_wants_that(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path
) -> None:
    services.put(keep_sessions=Retention.LESSON)
    window = open_window(DEMO)
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: "Physics" not in [session.name for session in reader.sessions(path)])


def test_where_another_window_records_nothing_is_offered(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path
) -> None:
    services.records = False
    window = open_window()
    window.saved.begin()
    window.saved._run(lambda: None, lambda _done: window.status.say("looked"))
    qtbot.waitUntil(lambda: bool(window.status._message.text()))
    assert window.start_page.bar.text == ""
    assert len(reader.unfinished(path)) == 1


@pytest.mark.usefixtures("path")
def test_all_of_it_is_told_in_the_users_language(qtbot: QtBot, open_window: Opener) -> None:
    with pseudo_language():
        window = begun(qtbot, open_window)
        offered = window.start_page.bar.text
        press(window, "⟦Erase⟧")
        assert untranslated_texts(offered, window.saved.undo.text) == []
        press(window, "⟦Undo⟧")
