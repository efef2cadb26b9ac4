"""Somebody is left out in the middle of a lesson: what was recorded before is told of, and can be erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION, FakeServices
from support.gui.opened_window import Opener, opening_windows, wait_live

from fer_desktop.core.sources import SourceChoice
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, Include
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.session import objection

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SAID = "Left out from now on. The seconds before hold figures of the class, and none of a person."


class RealFiles(FakeServices):
    """The program with its real file and its real store."""

    def start_session(self) -> SessionCsv:  # type: ignore[override]
        return SessionCsv(self.folder / "live.csv")

    def open_store(self, file: Path) -> SessionStore:  # type: ignore[override]
        return SessionStore(self.folder / "sessions.db", SessionFacts("", "", {}, file))


@pytest.fixture
def real(qtbot: QtBot, tmp_path: Path, store: QSettings) -> Iterator[Opener]:
    with opening_windows(qtbot, RealFiles(tmp_path), store) as opener:
        yield opener


def recorded(qtbot: QtBot, window: MainWindow, choice: SourceChoice = REGION) -> None:
    """A lesson of which a second is recorded."""
    window._begin(choice)
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.model.summary):
        pass


def press(window: MainWindow, label: str) -> None:
    button = window.notice.button(label)
    assert button is not None
    button.click()


def test_it_is_said_of_a_lesson_that_has_lasted(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    recorded(qtbot, window)
    live = window.page.live
    live.exclusion_wanted.emit(Exclude(1))
    assert window.notice.text != SAID  # there are hardly any seconds before
    window._who.objection._recorded_s = objection.FROM_S
    live.exclusion_wanted.emit(Exclude(2, own=True))
    live.exclusion_wanted.emit(Include(1))
    assert window.notice.text != SAID
    live.exclusion_wanted.emit(Exclude(1))
    assert window.notice.text == SAID
    assert window.notice.button("Erase the lesson…") is not None


@pytest.mark.parametrize("why", ["demo", "not recorded"])
def test_it_is_not_said_where_nothing_is_kept_of_others(
    qtbot: QtBot, services: FakeServices, open_window: Opener, why: str
) -> None:
    services.records = why == "demo"
    window = open_window()
    recorded(qtbot, window, DEMO if why == "demo" else REGION)
    window._who.objection._recorded_s = 60.0
    window.page.live.exclusion_wanted.emit(Exclude(1))
    assert window.notice.text != SAID


def test_the_lesson_can_be_erased_whole_and_for_some_seconds_be_undone(
    qtbot: QtBot, real: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objection, "FROM_S", 0.5)
    window = real()
    recorded(qtbot, window)
    window.page.live.exclusion_wanted.emit(Exclude(1))
    press(window, "Erase the lesson…")
    assert window.notice.text == "The lesson ends now and is erased, with all of its figures."
    assert window.session.status.recording  # nothing has happened yet
    press(window, "End and erase")
    qtbot.waitUntil(lambda: window.saved.undo.button("Undo") is not None)
    assert window.notice.text == "The lesson was ended."
    assert len(reader.sessions(tmp_path / "sessions.db")) == 1
    window.saved.erasing.finish()
    qtbot.waitUntil(lambda: not window.saved.erasing.busy)
    assert reader.sessions(tmp_path / "sessions.db") == []
    assert not (tmp_path / "live.csv").exists()
    press(window, "New lesson")
    assert window.pages.currentWidget() is window.pages.home


def test_it_goes_on_where_she_thinks_better_of_it(
    qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objection, "FROM_S", 0.5)
    window = open_window()
    recorded(qtbot, window)
    window.page.live.exclusion_wanted.emit(Exclude(1))
    press(window, "Erase the lesson…")
    press(window, "Go on")
    assert window.notice.text == ""
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    assert not window.saved.erasing.busy


def test_a_window_that_is_closed_at_once_erases_first(
    qtbot: QtBot, real: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objection, "FROM_S", 0.5)
    window = real()
    recorded(qtbot, window)
    window.page.live.exclusion_wanted.emit(Exclude(1))
    press(window, "Erase the lesson…")
    press(window, "End and erase")
    with qtbot.waitSignal(window.left):
        window.close()
    assert reader.sessions(tmp_path / "sessions.db") == []
    assert not (tmp_path / "live.csv").exists()
