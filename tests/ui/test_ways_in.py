"""Every way in, of the window and of the commands, with answers that forbid it: each one is refused."""

import inspect
from collections.abc import Callable
from pathlib import Path

import PIL.Image
import pytest
import typer.main
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from support.command_line import run, settings_file
from support.fakes import CAMERA, DEMO, REGION, STREAM, WINDOW, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live

from fer_desktop.app.main import app
from fer_desktop.app.services import AppServices
from fer_desktop.core.errors import SourceError
from fer_desktop.core.policy import REFUSED, Opening, opening_of, verdict
from fer_desktop.core.settings import Context, Jurisdiction, Settings, save_settings
from fer_desktop.core.sources import PicturesChoice, RecordingChoice, Region, Shows, SourceChoice
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.lesson_files import Seen
from fer_desktop.ui.bridge.reading import ReadingOfRecording
from fer_desktop.ui.exporting.moving import ImportDialog
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.sources.own_recording import OwnRecording
from fer_desktop.ui.sources.source_flow import SourceFlow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FORBIDDEN = [Context.EDUCATION, Context.WORK]
RECORDING = RecordingChoice("lesson.mp4", Path("lesson.mp4"))
PICTURES = PicturesChoice("faces", Path("faces"))
OF_OTHERS: tuple[SourceChoice, ...] = (REGION, WINDOW, STREAM, RECORDING, PICTURES)
ALLOWED_IN_THE_FILE_MENU = {
    *("&Demo class", "&Cameras and all others", "&Your lessons", "F&ind a lesson"),
    *("S&ave or erase lessons…", "All less&ons", "S&ettings…", "&Quit", ""),
}
# Commands by whether they read expressions of whoever the user points them at, or take figures of them over. A new one
# must be sorted in here.
READ_PEOPLE = {"analyze", "import"}
READ_NOBODY = {
    *("demo", "self-test", "bench", "audit", "make-demo-faces", "screenshots"),  # generated faces alone
    *("evaluate-alerts",),  # simulated figures
    *(
        "train",
        "evaluate",
        "export-network",
        "study",
        "evaluate-class",
        "evaluate-gallery",
    ),  # labelled faces and galleries
    *("sessions", "export"),  # what was recorded, as figures
}


@pytest.fixture(params=FORBIDDEN)
def window(request: pytest.FixtureRequest, services: FakeServices, open_window: Opener) -> MainWindow:
    services.put(accepted_use=True, jurisdiction="eu", context=request.param)
    opened = open_window()
    opened.flow._on_region(Region(0, 0, 64, 36))  # so that the card of the last region is there too
    opened.notice.clear()
    opened.new_session()
    return opened


@pytest.fixture(autouse=True)
def _nothing_is_chosen_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was chosen already would be refused too late."""

    def asked(*_arguments: object) -> None:
        raise AssertionError("a file was asked for before the refusal")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", asked)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", asked)


def assert_refused(qtbot: QtBot, services: FakeServices, window: MainWindow, what: str) -> None:
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert window.notice.text == str(REFUSED), what
    assert window.notice.button("Change answers") is not None, what
    assert not window.session.status.running, what
    assert services.screens_asked == 0, what
    assert window.flow.dialog is None, what
    window.notice.clear()


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, *how))


def file_menu(window: MainWindow) -> list[QAction]:
    menu = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "&File")
    return list(menu.actions())


def test_every_card_but_the_camera_and_the_demo(qtbot: QtBot, services: FakeServices, window: MainWindow) -> None:
    assert {"again", "region", "window", "file", "stream"} <= set(window.start_page.cards)
    for key, card in window.start_page.cards.items():
        if key.split(":")[0] not in ("camera", "demo"):
            card.click()
            assert_refused(qtbot, services, window, key)


def test_every_way_out_of_home_but_the_demo_and_the_cameras(
    qtbot: QtBot, services: FakeServices, window: MainWindow
) -> None:
    home = window.pages.home
    others = [action for action in home.more.menu().actions() if action.text() not in ALLOWED_IN_THE_FILE_MENU]
    assert len(others) == 4
    for press in (home.start.click, home.welcome.start.click, home.region.click, *(one.trigger for one in others)):
        press()
        assert_refused(qtbot, services, window, str(press))


def test_every_entry_of_the_file_menu_that_opens_something(
    qtbot: QtBot, services: FakeServices, window: MainWindow
) -> None:
    opens = [action for action in file_menu(window) if action.text() not in ALLOWED_IN_THE_FILE_MENU]
    assert len(opens) == 6
    for action in opens:
        action.trigger()
        assert_refused(qtbot, services, window, action.text())


def test_figures_of_others_are_not_taken_over(
    qtbot: QtBot, services: FakeServices, window: MainWindow, tmp_path: Path
) -> None:
    with pytest.raises(SourceError) as caught:
        services.lesson_files.import_csv(tmp_path / "session.csv", Seen.CLASS)
    assert caught.value.message == REFUSED
    window.menus.import_csv.trigger()
    dialog = window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    qtbot.addWidget(dialog)
    assert not dialog.seen[Seen.CLASS].isEnabled()
    assert dialog.refusal.text() == str(REFUSED)
    dialog.place.set_text(str(tmp_path / "session.csv"))
    assert not dialog.go_on.isEnabled()  # until she says that nobody else was seen
    dialog.seen[Seen.MYSELF].click()
    assert dialog.go_on.isEnabled()


def test_what_is_dropped_on_the_window(
    qtbot: QtBot, services: FakeServices, window: MainWindow, tmp_path: Path
) -> None:
    for path in (tmp_path, tmp_path / "lesson.mp4", tmp_path / "class.png"):
        drop(window, path)
        assert_refused(qtbot, services, window, path.name)
    assert not services.read
    assert not window.reading.busy


def test_everything_that_the_flow_or_the_session_is_asked_for(
    qtbot: QtBot, services: FakeServices, window: MainWindow, tmp_path: Path
) -> None:
    asked: list[Callable[[], object]] = [lambda: window.flow.open_path(tmp_path / "lesson.mp4")]
    for choice in OF_OTHERS:
        asked += [lambda choice=choice: window.flow.request(choice)]  # type: ignore[misc]
        asked += [lambda choice=choice: window.flow.request(choice.kind)]  # type: ignore[misc]
        asked += [lambda choice=choice: window.session.begin(choice)]  # type: ignore[misc]
    for way in asked:
        way()
        assert_refused(qtbot, services, window, inspect.getsource(way))


@pytest.mark.parametrize("choice", OF_OTHERS, ids=lambda choice: choice.kind)
def test_a_window_that_begins_with_a_source(
    qtbot: QtBot, services: FakeServices, open_window: Opener, choice: SourceChoice
) -> None:
    services.forbid_live_classes()
    window = open_window(choice)
    assert_refused(qtbot, services, window, choice.name)
    assert window.pages.currentWidget() is window.pages.home


@pytest.mark.parametrize("context", FORBIDDEN)
@pytest.mark.parametrize("choice", OF_OTHERS, ids=lambda choice: choice.kind)
def test_what_opens_sources_asks_once_more_whatever_led_there(
    tmp_path: Path, choice: SourceChoice, context: Context
) -> None:
    settings = Settings(accepted_use=True, jurisdiction=Jurisdiction.EU, context=context)
    services = AppServices(settings, tmp_path / "settings.json", store_file=tmp_path / "sessions.db")
    for look in (
        lambda: services.source(choice),
        lambda: services.grab(Region(0, 0, 9, 9)),
        lambda: services.window_picture(WINDOW),
        lambda: services.read_recording(RecordingChoice("a.mp4", tmp_path / "a.mp4", whole=True), ReadingOfRecording()),
    ):
        with pytest.raises(SourceError) as caught:
            look()
        assert caught.value.message == REFUSED
    services.source(CAMERA)
    services.source(RecordingChoice("me.mp4", tmp_path / "me.mp4", Shows.MYSELF))


@pytest.mark.parametrize("choice", [DEMO, CAMERA])
def test_the_demo_and_ones_own_camera_stay(qtbot: QtBot, window: MainWindow, choice: SourceChoice) -> None:
    window.flow.request(choice)
    wait_live(qtbot, window)


@pytest.mark.parametrize("shown", ["lesson.mp4", "class.png"])
def test_a_recording_of_oneself_is_opened_once_that_is_ticked(
    qtbot: QtBot, services: FakeServices, window: MainWindow, tmp_path: Path, shown: str
) -> None:
    drop(window, tmp_path / shown)
    qtbot.waitUntil(lambda: window.notice.text == str(REFUSED))
    only_me = window.notice.button("Only I am in it")
    assert only_me is not None
    only_me.click()
    question = window.flow.dialog
    assert isinstance(question, OwnRecording)
    assert not question.go_on.isEnabled()
    assert not window.session.status.running
    question.tick.click()
    question.go_on.click()
    if shown == "lesson.mp4":
        qtbot.waitUntil(lambda: bool(services.read))
        choice: SourceChoice | None = services.read[0]
    else:
        wait_live(qtbot, window)
        choice = window.session.choice
    assert choice is not None
    assert opening_of(choice) is Opening.OWN_RECORDING
    assert verdict(services.settings(), opening_of(choice)).words_on_faces


def test_a_recording_of_oneself_can_be_chosen_too(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "me.mp4"), ""))
    window.start_page.cards["file"].click()
    only_me = window.notice.button("Only I am in it")
    assert only_me is not None
    only_me.click()
    question = window.flow.dialog
    assert isinstance(question, OwnRecording)
    question.tick.click()
    question.go_on.click()
    wait_live(qtbot, window)
    assert window.session.choice == RecordingChoice("me.mp4", tmp_path / "me.mp4", Shows.MYSELF)


def test_a_live_class_is_never_of_oneself(services: FakeServices, open_window: Opener) -> None:
    services.forbid_live_classes()
    window = open_window()
    window.flow.request(REGION)
    assert window.notice.button("Only I am in it") is None


@pytest.mark.parametrize("wanted", [REGION, RECORDING])
def test_changing_answers_from_the_refusal_starts_nothing_by_itself(
    qtbot: QtBot, services: FakeServices, open_window: Opener, wanted: SourceChoice
) -> None:
    services.forbid_live_classes()
    window = open_window()
    window.flow.request(wanted.kind)
    change = window.notice.button("Change answers")
    assert change is not None
    change.click()
    pages = window.flow.dialog
    assert isinstance(pages, FirstRun)
    pages.law.button(Jurisdiction.OTHER).click()
    pages.go_on.click()
    with qtbot.waitSignal(window.settings.saved):
        pages.go_on.click()
    assert verdict(services.settings(), Opening.LIVE_CLASS).allowed
    qtbot.wait(50)
    assert window.flow.dialog is None
    assert window.flow._overlay is None
    assert not window.session.status.running
    assert wait_for_jobs(5000)


def test_answers_that_come_to_forbid_it_end_nothing_and_keep_the_next_from_beginning(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window(STREAM)
    wait_live(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    services.forbid_live_classes()
    window.session.begin(STREAM)
    qtbot.waitUntil(lambda: window.notice.text == str(REFUSED))


@pytest.mark.parametrize("wanted", [RECORDING, PICTURES, CAMERA, REGION])
def test_before_anything_is_answered_the_window_asks_first(
    services: FakeServices, open_window: Opener, wanted: SourceChoice
) -> None:
    services.use_settings(Settings())
    window = open_window()
    window.flow.request(wanted)
    assert isinstance(window.flow.dialog, FirstRun)
    window.flow.dialog.later.click()
    assert not window.session.status.running
    assert not any(isinstance(source, FakeSource) and source.reopens for source in services.made)


def test_no_way_in_was_added_that_is_not_walked_here() -> None:
    signals = {"chosen", "region_wanted", "window_wanted", "file_wanted", "stream_wanted"}
    assert all(f"page.{name}.connect" in inspect.getsource(SourceFlow.answer) for name in signals)
    assert set(typer.main.get_group(app).commands) == READ_PEOPLE | READ_NOBODY


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "pictures" / "class.png"
    file.parent.mkdir()
    PIL.Image.new("RGB", (640, 360), (90, 90, 90)).save(file)
    return file


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("context", FORBIDDEN)
def test_analyze_reads_nobody_but_oneself(tmp_path: Path, picture: Path, context: Context, accepted: bool) -> None:
    settings = Settings(accepted_use=accepted, jurisdiction=Jurisdiction.EU, context=context)
    save_settings(settings, settings_file(tmp_path))
    out = tmp_path / "out"
    for given in ((picture,), (picture.parent,), (picture, "--faces"), (tmp_path / "none.mp4",)):
        done = run(tmp_path, "analyze", *given, "--out", out)
        assert done.code == 1
        assert done.sentence.startswith(str(REFUSED))
        assert "--recording-of-myself" in done.sentence
    assert not out.exists()
    done = run(tmp_path, "analyze", picture, "--recording-of-myself", "--out", out)
    assert (done.code, done.err) == (0, "")
    assert (out / "session.csv").is_file()


def test_analyze_goes_on_where_the_law_lets_it_and_asks_where_half_is_known(tmp_path: Path, picture: Path) -> None:
    out = tmp_path / "out"
    save_settings(Settings(jurisdiction=Jurisdiction.EU), settings_file(tmp_path))
    done = run(tmp_path, "analyze", picture, "--out", out)
    assert done.code == 1
    assert "open the window" in done.sentence
    for context in (Context.EDUCATION, Context.WORK, Context.OTHER):
        settings = Settings(accepted_use=True, jurisdiction=Jurisdiction.OTHER, context=context)
        save_settings(settings, settings_file(tmp_path))
        assert run(tmp_path, "analyze", picture, "--out", out).code == 0
