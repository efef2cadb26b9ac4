"""The window: what a user does, from the start page to the saved session."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.fakes import CAMERA, DEMO, REGION, STREAM, FakeServices, FakeSource, rows_of

from fer_desktop.core.errors import SourceError
from fer_desktop.core.settings import Settings
from fer_desktop.core.sources import Region, SourceChoice, SourceKind
from fer_desktop.ui.application import end_threads, faults_told, run_app
from fer_desktop.ui.choices import choice_of_stream
from fer_desktop.ui.demo_run import run_demo
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.responsible_use import ResponsibleUse
from fer_desktop.ui.session_state import REFUSED, Phase
from fer_desktop.ui.thumbnails import ThumbnailThread, card_key

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Opener = Callable[..., MainWindow]


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot: QtBot, services: FakeServices, store: QSettings) -> Iterator[Opener]:
    windows: list[MainWindow] = []

    def opened(start: object = None) -> MainWindow:
        window = MainWindow(services, store, start)  # type: ignore[arg-type]
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        return window

    yield opened
    services.model_loads.set()
    for window in windows:
        window.session.stop()
        window.session.give_up_saving()
        assert end_threads(window)
        qtbot.waitUntil(lambda window=window: window.session.idle_threads)  # type: ignore[misc]
        window.close()
        window.deleteLater()


def _live(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.session.phase is Phase.LIVE)


def _press(qtbot: QtBot, window: MainWindow, key: str) -> None:
    qtbot.waitUntil(lambda: key in window.picker.cards)
    window.picker.cards[key].click()


def test_from_a_card_to_a_saved_session_and_back(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window()
    _press(qtbot, window, card_key(DEMO))
    _live(qtbot, window)
    assert window.page.isVisible()
    window.page.header.stop.click()
    qtbot.waitUntil(lambda: window.notice.text.startswith("Saved to "))
    assert str(services.files[0].path) in window.notice.text
    assert window.notice.button("Open folder") is not None
    again = window.notice.button("New session")
    assert again is not None
    again.click()
    assert window.picker.isVisible()
    assert window.notice.text == ""


def test_the_window_paints_while_the_model_loads(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.model_loads.clear()
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: window.session.phase is Phase.LOADING)
    picture = window.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 5
    assert window.page.live.accessibleDescription().startswith("Loading the model")
    services.model_loads.set()
    _live(qtbot, window)


def test_the_camera_of_a_thumbnail_is_released_before_a_session_opens_it(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    let_go = threading.Event()
    let_go.set()

    class SlowToClose(FakeSource):
        def close(self) -> None:
            let_go.wait(10)
            super().close()

    services.sources[SourceKind.CAMERA] = SlowToClose
    window = open_window()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.picker.cards)
    card = window.picker.cards[card_key(CAMERA)]
    qtbot.waitUntil(window.picker.cards["region"].has_image)
    before = len(services.made)
    card.touched.emit(card, True)  # is shown live from now on
    qtbot.waitUntil(lambda: len(services.made) == before + 1)
    let_go.clear()
    card.click()
    qtbot.wait(200)
    assert not window.session.running
    let_go.set()
    _live(qtbot, window)
    assert services.made[before].closed  # type: ignore[attr-defined]


def test_no_camera_is_switched_on_before_the_user_points_at_it(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    camera = FakeSource("Camera", reopens=True)
    services.sources[SourceKind.CAMERA] = lambda: camera
    window = open_window()
    window.activateWindow()
    key = card_key(CAMERA)
    qtbot.waitUntil(lambda: key in window.picker.cards)
    assert camera.opened == 0
    window.picker.cards[key].click()
    _live(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.running)
    window.new_session()
    qtbot.waitUntil(lambda: window.picker.cards[key].hasFocus())
    qtbot.waitUntil(lambda: window.picker._thread is not None and window.picker.cards["region"].has_image())
    qtbot.wait(300)
    assert camera.opened == 1
    card = window.picker.cards[key]
    assert not card.has_image()
    camera._cancelled.clear()
    card.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    qtbot.waitUntil(card.has_image)
    card.clearFocus()
    qtbot.waitUntil(lambda: camera.closed == 2)


def test_a_thumbnail_that_is_stopped_before_its_source_is_known_opens_nothing(services: FakeServices) -> None:
    source = FakeSource()

    def make() -> FakeSource:
        thread.stop()
        return source

    services.sources[SourceKind.DEMO] = make
    thread = ThumbnailThread(services, None)
    thread.run()
    assert (source.opened, source.closed) == (0, 1)


def test_expected_failures_while_taking_thumbnails_leave_no_traceback(
    services: FakeServices, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> FakeSource:
        thread.stop()
        raise SourceError("The people of the demo class are missing.")

    services.screens_error = SourceError("The screen cannot be captured.")
    services.sources[SourceKind.DEMO] = broken
    thread = ThumbnailThread(services, None)
    thread.run()
    assert "Traceback" not in caplog.text


def test_without_a_camera_the_card_says_so_calmly(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.camera_list = []
    window = open_window()
    qtbot.waitUntil(lambda: window.picker.cards["camera"].line.startswith("Plug one in"))
    assert window.picker.cards["camera"].text() == "No camera found"
    assert window.notice.text == ""
    services.camera_list = [CAMERA]
    window.picker.cards["camera"].click()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.picker.cards)


def test_where_the_screen_cannot_be_seen_the_other_sources_still_work(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.screens_error = SourceError("The screen cannot be captured: start this program on a desktop.")
    window = open_window()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.picker.cards)
    qtbot.waitUntil(window.picker.cards[card_key(DEMO)].has_image)
    assert not window.picker.cards["region"].has_image()
    window.picker.cards["region"].click()
    assert window.notice.text == "The screen cannot be captured: start this program on a desktop."
    assert window.isVisible()


def test_a_fault_while_taking_thumbnails_is_met_once(
    qtbot: QtBot, services: FakeServices, open_window: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    services.screens_error = ZeroDivisionError("a bug")
    window = open_window()
    qtbot.waitUntil(lambda: window.picker._thread is None)
    qtbot.wait(100)
    assert services.screens_asked == 1
    assert "ZeroDivisionError" in caplog.text
    window.picker.cards[card_key(DEMO)].click()
    _live(qtbot, window)


def test_a_source_that_fails_brings_back_the_start_page_with_its_sentence(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    def taken() -> FakeSource:
        source = FakeSource()
        source.open_failures = ["The camera is used by another program: close it there."] * 2
        return source

    services.sources[SourceKind.CAMERA] = taken
    window = open_window()
    _press(qtbot, window, card_key(CAMERA))
    qtbot.waitUntil(lambda: window.notice.text == "The camera is used by another program: close it there.")
    assert window.picker.isVisible()


def test_before_the_first_live_class_comes_the_page_on_responsible_use(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.put(accepted_use=False, region="", setting="")
    window = open_window()
    window.flow.wish(STREAM)
    page = window.flow.dialog
    assert isinstance(page, ResponsibleUse)
    assert not page.go_on.isEnabled()
    page.region.setCurrentIndex(page.region.findData("other"))
    page.setting.setCurrentIndex(page.setting.findData("education"))
    assert not page.go_on.isEnabled()
    page.read.setChecked(True)
    page.go_on.click()
    _live(qtbot, window)
    assert services.saved[-1].live_class_allowed


@pytest.mark.parametrize("wish", [SourceKind.REGION, STREAM, REGION])
def test_a_live_class_stays_off_for_education_in_the_eu(
    qtbot: QtBot, services: FakeServices, open_window: Opener, wish: object
) -> None:
    services.put(accepted_use=True, region="eu", setting="education")
    window = open_window()
    window.flow.wish(wish)  # type: ignore[arg-type]
    assert window.notice.text == REFUSED
    assert not window.session.running
    window.flow.wish(DEMO)
    _live(qtbot, window)


def test_answers_that_forbid_a_live_class_are_kept_and_nothing_is_captured(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.put(accepted_use=False, region="eu", setting="education")
    window = open_window()
    window.flow.wish(REGION)
    page = window.flow.dialog
    assert isinstance(page, ResponsibleUse)
    page.read.setChecked(True)
    assert page.outcome == REFUSED
    page.go_on.click()
    qtbot.waitUntil(lambda: window.notice.text == REFUSED)
    assert not window.session.running


def test_closing_while_running_ends_and_saves(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    with qtbot.waitSignal(window.left):
        window.close()
    assert not window.isVisible()
    assert services.files[0].closed
    assert len(services.files[0].rows) == 1
    assert window.session.idle_threads


def test_a_full_disk_is_told_and_the_session_goes_on(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.full_from_start = True
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "The disk is full" in window.trouble.text)
    assert window.session.phase is Phase.LIVE
    window.session.stop()
    qtbot.waitUntil(lambda: window.trouble.button("Leave them out") is not None)
    assert "to be saved" in window.trouble.text
    services.files[0].full = False
    qtbot.waitUntil(lambda: window.notice.text.startswith("Saved to "))
    assert window.trouble.text == ""
    assert services.files[0].rows


def test_rows_without_room_can_be_left_out(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.full_from_start = True
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "The disk is full" in window.trouble.text)
    window.session.stop()
    qtbot.waitUntil(lambda: window.trouble.button("Leave them out") is not None)
    button = window.trouble.button("Leave them out")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: not window.session.running)


def _marks(services: FakeServices) -> list[str]:
    return [row.marker for row in rows_of(services) if row.marker]


def test_m_and_a_name_mark_the_second(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    line = window._marker_popover._line
    window._marker_popover._opened_s = 0.0  # long ago: M is a letter now
    qtbot.keyClicks(line, "mm slide 7")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _marks(services) == ["mm slide 7"])


def test_m_twice_marks_at_once(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    window.ask_marker()
    qtbot.keyClick(window._marker_popover._line, Qt.Key.Key_M)
    assert not window._marker_popover.isVisible()
    qtbot.waitUntil(lambda: _marks(services) == ["marker 1"])


def test_before_the_first_frame_there_is_nothing_to_pause_or_mark(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    camera = FakeSource("Camera", reopens=True)
    camera.read_failures = [(0, "The camera is gone: plug it in again.")]
    services.sources[SourceKind.CAMERA] = lambda: camera
    window = open_window(CAMERA)
    qtbot.waitUntil(lambda: window.session.phase is Phase.LOST)
    assert not window.page.header.pause.isEnabled()
    assert not window.page.header.marker.isEnabled()
    window.mark("")
    assert "Nothing marked" in window.status._said.text()
    _live(qtbot, window)
    window.mark("")
    qtbot.waitUntil(lambda: _marks(services) == ["marker 1"])


def test_a_recording_is_said_to_be_played(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(SourceChoice(SourceKind.RECORDING, "lesson.mp4", "lesson.mp4"))
    _live(qtbot, window)
    assert window.page.header.state == "Playing"


def test_a_stream_is_named_and_kept_without_its_secrets(qtbot: QtBot, store: QSettings, open_window: Opener) -> None:
    window = open_window()
    window.flow.wish(choice_of_stream("rtsp://anna:hush@classroom:8554/1?token=s3cret"))
    _live(qtbot, window)
    assert window.page.header._name == "classroom:8554"
    store.sync()
    kept = Path(store.fileName()).read_text()
    assert "classroom:8554/1" in kept
    assert not any(secret in kept for secret in ("anna", "hush", "s3cret"))


def test_esc_leaves_without_a_marker(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    window.ask_marker()
    qtbot.keyClick(window._marker_popover, Qt.Key.Key_Escape)
    assert not window._marker_popover.isVisible()
    qtbot.waitUntil(lambda: len(list(rows_of(services))) >= 1)
    assert _marks(services) == []


def test_space_pauses_and_resumes(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    qtbot.keyClick(window.page.live, Qt.Key.Key_Space)
    assert window.page.header.pause.text() == "Resume"
    qtbot.keyClick(window.page, Qt.Key.Key_Space)
    assert window.session.phase is Phase.LIVE


def test_space_on_a_button_presses_that_button(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    window.page.header.stop.setFocus()
    qtbot.keyClick(window.page.header.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.session.running)


def test_the_live_view_is_fed_only_while_it_can_be_seen(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    assert window.page.pulling
    window.hide()
    assert not window.page.pulling
    window.show()
    assert window.page.pulling
    window.fold_or_unfold()
    assert not window.page.pulling
    window.fold_or_unfold()
    assert window.page.pulling
    window.pause_or_resume()
    assert not window.page.pulling


def test_a_minimised_window_is_not_fed(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    window.showMinimized()
    qtbot.waitUntil(lambda: not window.page.pulling)
    window.showNormal()
    qtbot.waitUntil(lambda: window.page.pulling)


def test_counters_stand_in_the_status_bar(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "updates/s" in window.status.figures and "ms" in window.status.figures)
    assert "fps in" in window.status.figures
    assert "0 dropped" in window.status.figures
    assert "CPU" in window.status.figures


def test_a_dropped_file_is_looked_at(qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path) -> None:
    window = open_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "lesson.mp4"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    _live(qtbot, window)
    choice = window.session.choice
    assert choice is not None
    assert (choice.kind, choice.name) == (SourceKind.RECORDING, "lesson.mp4")
    assert services.made


def test_the_last_source_and_region_are_remembered(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.flow._on_region(Region(10, 20, 400, 300))
    _live(qtbot, window)
    with qtbot.waitSignal(window.left):
        window.close()
    other = open_window()
    assert other.flow.last_region() == Region(10, 20, 400, 300)
    assert "again" in other.picker.cards
    assert other.picker.cards["again"].line.startswith("400 × 300 px")


def test_geometry_and_fold_are_remembered(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.resize(880, 700)
    window.fold_or_unfold()
    with qtbot.waitSignal(window.left):
        window.close()
    other = open_window()
    assert (other.width(), other.height()) == (880, 700)
    assert other.page.folded


def test_a_window_over_the_region_is_asked_to_move(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(REGION)
    window.move(0, 0)
    qtbot.waitUntil(lambda: "move it aside" in window.notice.text)
    window.move(900, 900)
    qtbot.waitUntil(lambda: window.notice.text == "")


def test_a_fault_is_logged_and_told_and_the_session_goes_on(
    qtbot: QtBot, open_window: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_window(DEMO)
    _live(qtbot, window)
    with faults_told(window, Path("fer-desktop.log")):
        error = ZeroDivisionError("a bug")
        sys.excepthook(ZeroDivisionError, error, None)
    qtbot.waitUntil(lambda: "fer-desktop.log" in window.notice.text)
    assert "ZeroDivisionError" in caplog.text
    assert window.session.phase is Phase.LIVE


def test_the_program_runs_and_ends_with_its_window(
    qtbot: QtBot, qapp: QApplication, services: FakeServices, store: QSettings
) -> None:
    def close() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget.isVisible():
                widget.close()

    QTimer.singleShot(600, close)
    icon = Path(__file__).resolve().parents[2] / "resources" / "icon.png"
    assert run_app(services, DEMO, store, icon=icon) == 0
    assert not qapp.windowIcon().isNull()
    assert qtbot is not None


def test_a_demo_run_leaves_its_pictures_and_its_rows(tmp_path: Path, qtbot: QtBot) -> None:
    services = FakeServices(tmp_path, Settings(theme="dark"))
    services.sources[SourceKind.DEMO] = lambda: FakeSource(frames=140)
    files = run_demo(services, DEMO, tmp_path / "out", seconds=3.0)
    assert files.window.read_bytes().startswith(b"\x89PNG")
    assert files.trend.read_bytes().startswith(b"\x89PNG")
    assert files.session == services.files[0].path
    assert len(services.files[0].rows) >= 2
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["trend.png", "window.png"]
    assert qtbot is not None
