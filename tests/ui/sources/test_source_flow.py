"""From a wish to a source: what is asked, what is refused, what is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, REGION, STREAM, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.policy import REFUSED
from fer_desktop.core.settings import Context, Jurisdiction
from fer_desktop.core.sources import Region, SourceChoice, SourceKind, WindowChoice
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.sources.choice_text import choice_of_stream

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_before_the_first_live_class_come_the_pages_of_the_first_run(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.put(accepted_use=False, jurisdiction="", context="")
    window = open_window()
    window.flow.request(STREAM)
    pages = window.flow.dialog
    assert isinstance(pages, FirstRun)
    pages.go_on.click()
    assert not pages.go_on.isEnabled()
    pages.law.button(Jurisdiction.OTHER).click()
    assert not pages.go_on.isEnabled()
    pages.law.button(Context.EDUCATION).click()
    pages.go_on.click()
    assert not window.session.status.running
    assert services.saved == []
    pages.go_on.click()
    wait_live(qtbot, window)
    assert services.saved[-1].use_is_settled
    assert len(services.consent_log().entries) == 1


@pytest.mark.parametrize("wanted", [SourceKind.REGION, STREAM, REGION])
def test_a_live_class_stays_off_for_education_in_the_eu(
    qtbot: QtBot, services: FakeServices, open_window: Opener, wanted: SourceChoice | SourceKind
) -> None:
    services.put(accepted_use=True, jurisdiction="eu", context="education")
    window = open_window()
    window.flow.request(wanted)
    assert window.notice.text == str(REFUSED)
    assert not window.session.status.running
    window.flow.request(DEMO)
    wait_live(qtbot, window)


def test_answers_that_forbid_a_live_class_are_kept_and_nothing_is_captured(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.put(accepted_use=False, jurisdiction="eu", context="education")
    window = open_window()
    window.flow.request(REGION)
    pages = window.flow.dialog
    assert isinstance(pages, FirstRun)
    pages.go_on.click()
    assert pages.law.outcome.text() == str(REFUSED)
    pages.go_on.click()
    pages.go_on.click()
    qtbot.waitUntil(lambda: window.notice.text == str(REFUSED))
    assert not window.session.status.running


def test_a_stream_is_named_and_kept_without_its_secrets(qtbot: QtBot, store: QSettings, open_window: Opener) -> None:
    window = open_window()
    window.flow.request(choice_of_stream("rtsp://anna:hush@classroom:8554/1?token=s3cret"))
    wait_live(qtbot, window)
    assert window.page.header._name == "classroom:8554"
    store.sync()
    kept = Path(store.fileName()).read_text()
    assert "classroom:8554/1" in kept
    assert not any(secret in kept for secret in ("anna", "hush", "s3cret"))


def dropped(file: Path) -> tuple[QMimeData, Qt.MouseButton, Qt.KeyboardModifier]:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_a_dropped_picture_is_looked_at(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path
) -> None:
    window = open_window()
    how = dropped(tmp_path / "class.png")
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, *how))
    wait_live(qtbot, window)
    choice = window.session.choice
    assert choice is not None
    assert (choice.kind, choice.name) == (SourceKind.PICTURES, "class.png")
    assert services.made


def test_nothing_can_be_dropped_while_a_session_runs(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    how = dropped(tmp_path / "lesson.mp4")  # Qt's event does not hold the data
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, *how)
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_the_last_source_and_region_are_remembered(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.flow._on_region(Region(10, 20, 400, 300))
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.left):
        window.close()
    other = open_window()
    assert other.flow.last_region() == Region(10, 20, 400, 300)
    assert "again" in other.start_page.cards
    assert other.start_page.cards["again"].line.startswith("400 × 300 px")


@pytest.mark.parametrize("wanted", [CAMERA, STREAM, REGION, SourceKind.REGION, SourceKind.WINDOW, SourceKind.STREAM])
def test_whatever_is_captured_waits_for_responsible_use(
    services: FakeServices, open_window: Opener, wanted: SourceChoice | SourceKind
) -> None:
    services.put(accepted_use=False)
    window = open_window()
    window.flow.request(wanted)
    assert isinstance(window.flow.dialog, FirstRun)
    window.flow.dialog.later.click()
    assert not window.session.status.running
    assert not any(source.opened for source in services.made if isinstance(source, FakeSource) and source.reopens)
    assert services.screens_asked == 0


def test_where_no_trace_is_wanted_no_source_is_kept_and_the_last_one_is_forgotten(
    qtbot: QtBot, services: FakeServices, store: QSettings, open_window: Opener
) -> None:
    window = open_window()
    window.flow._on_region(Region(10, 20, 400, 300))
    wait_live(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    assert window.flow.last_choice() is not None
    window.settings.put(services.settings().changed(keep_last_source=False))
    assert (window.flow.last_choice(), window.flow.last_region()) == (None, None)
    window.flow.request(WindowChoice("Zoom with Anna", 7, "zoom"))
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.left):
        window.close()
    store.sync()
    kept = Path(store.fileName()).read_text(encoding="utf-8")
    assert "Anna" not in kept
    assert "source" not in kept


def test_where_no_trace_is_wanted_the_file_dialog_keeps_no_folder(services: FakeServices, open_window: Opener) -> None:
    services.put(keep_last_source=False)
    window = open_window()
    of_dialogs = QSettings(QSettings.Scope.UserScope, "QtProject")
    of_dialogs.setValue("FileDialog/lastVisited", "file:///before")
    with window.flow._file_dialog():  # what Qt does as such a dialog closes
        of_dialogs.setValue("FileDialog/lastVisited", "file:///home/anna/class 7b")
        of_dialogs.setValue("FileDialog/history", ["file:///home/anna/class 7b"])
    assert of_dialogs.value("FileDialog/lastVisited") == "file:///before"
    assert not of_dialogs.contains("FileDialog/history")
