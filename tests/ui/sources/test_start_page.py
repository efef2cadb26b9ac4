"""The start page: its cards, their pictures, and when a camera is switched on for one."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region, SourceKind, WindowChoice
from fer_desktop.core.types import Image
from fer_desktop.ui.look.theme import SMALL, app_font
from fer_desktop.ui.sources.source_card import in_two_lines
from fer_desktop.ui.sources.thumbnails import ThumbnailThread, card_key

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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
    window.pages.show_sources()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.start_page.cards)
    card = window.start_page.cards[card_key(CAMERA)]
    qtbot.waitUntil(window.start_page.cards["region"].has_image)
    before = len(services.made)
    card.touched.emit(card, True)  # is shown live from now on
    qtbot.waitUntil(lambda: len(services.made) == before + 1)
    let_go.clear()
    card.click()
    qtbot.wait(200)
    assert not window.session.status.running
    let_go.set()
    wait_live(qtbot, window)
    assert services.made[before].closed  # type: ignore[attr-defined]


def test_no_camera_is_switched_on_before_the_user_points_at_it(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    camera = FakeSource("Camera", reopens=True)
    services.sources[SourceKind.CAMERA] = lambda: camera
    window = open_window()
    window.pages.show_sources()
    window.activateWindow()
    key = card_key(CAMERA)
    qtbot.waitUntil(lambda: key in window.start_page.cards)
    assert camera.opened == 0
    window.start_page.cards[key].click()
    wait_live(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.status.running)
    window.pages.show_sources()
    qtbot.waitUntil(lambda: window.start_page.cards[key].hasFocus())
    qtbot.waitUntil(lambda: window.start_page._thread is not None and window.start_page.cards["region"].has_image())
    qtbot.wait(300)
    assert camera.opened == 1
    card = window.start_page.cards[key]
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
    window.pages.show_sources()
    qtbot.waitUntil(lambda: window.start_page.cards["camera"].line.startswith("Plug one in"))
    assert window.start_page.cards["camera"].text() == "No camera found"
    assert window.notice.text == ""
    services.camera_list = [CAMERA]
    window.start_page.cards["camera"].click()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.start_page.cards)


def test_where_the_screen_cannot_be_seen_the_other_sources_still_work(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.screens_error = SourceError("The screen cannot be captured: start this program on a desktop.")
    window = open_window()
    window.pages.show_sources()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.start_page.cards)
    qtbot.waitUntil(window.start_page.cards[card_key(DEMO)].has_image)
    assert not window.start_page.cards["region"].has_image()
    window.start_page.cards["region"].click()
    assert window.notice.text == "The screen cannot be captured: start this program on a desktop."
    assert window.isVisible()


def test_a_fault_while_taking_thumbnails_is_met_once(
    qtbot: QtBot, services: FakeServices, open_window: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    services.screens_error = ZeroDivisionError("a bug")
    window = open_window()
    window.pages.show_sources()
    qtbot.waitUntil(lambda: window.start_page._thread is None)
    qtbot.wait(100)
    assert services.screens_asked == 1
    assert "ZeroDivisionError" in caplog.text
    window.start_page.cards[card_key(DEMO)].click()
    wait_live(qtbot, window)


class Watched(FakeServices):
    """Remembers each time that the screen is captured."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.captured: list[object] = []

    def grab(self, region: Region) -> Image:
        self.captured.append(region)
        return super().grab(region)

    def window_picture(self, window: WindowChoice) -> tuple[Image, float]:
        self.captured.append(window)
        return super().window_picture(window)


def look_everywhere(services: FakeServices, camera: FakeSource) -> ThumbnailThread:
    """A thread that was pointed at the camera, and that ends as soon as it has looked for its picture."""
    services.sources[SourceKind.CAMERA] = lambda: camera
    thread = ThumbnailThread(services, Region(0, 0, 64, 36))
    thread.look_at(CAMERA)
    rounds = iter(range(3))

    def wait(_s: float) -> bool:
        if next(rounds, None) is None:
            thread.stop()
        return False

    thread._changed.wait = wait  # type: ignore[method-assign,assignment]  # no second between the looks
    return thread


def test_nothing_is_captured_before_responsible_use_was_accepted_not_even_for_a_thumbnail(tmp_path: Path) -> None:
    services = Watched(tmp_path)
    services.put(accepted_use=False)
    camera = FakeSource("Camera", frames=2)
    shown: list[str] = []
    thread = look_everywhere(services, camera)
    thread.picture.connect(lambda key, _image: shown.append(key), Qt.ConnectionType.DirectConnection)
    thread.run()
    assert (services.captured, services.screens_asked, camera.opened) == ([], 0, 0)
    assert shown == [card_key(DEMO)]
    services.put(accepted_use=True)
    look_everywhere(services, camera).run()
    assert services.captured
    assert camera.opened


def test_where_a_live_class_is_forbidden_no_picture_is_taken_of_the_screen(tmp_path: Path) -> None:
    services = Watched(tmp_path)
    services.forbid_live_classes()
    camera = FakeSource("Camera", frames=2)
    look_everywhere(services, camera).run()
    assert (services.captured, services.screens_asked) == ([], 0)
    assert camera.opened


def test_a_search_for_a_camera_that_finds_none_is_answered(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.camera_list = []
    window = open_window()
    window.pages.show_sources()
    page = window.start_page
    qtbot.waitUntil(lambda: page.cards["camera"].line == "Plug one in, then press here")
    page.cards["camera"].click()
    assert page.cards["camera"].line == "Looking for cameras"
    qtbot.waitUntil(lambda: page.cards["camera"].line == "Still none. Plug one in, then press here")
    services.camera_list = [CAMERA]
    page.cards["camera"].click()
    qtbot.waitUntil(lambda: "camera" not in page.cards)


def test_the_line_of_a_card_is_whole_where_two_lines_hold_it(qtbot: QtBot) -> None:
    metrics = QFontMetrics(app_font(SMALL))
    width = 232 - 32  # of the narrowest card
    for line in ("Plug one in, then press here", "Still none. Plug one in, then press here", "Looking for cameras"):
        lines = in_two_lines(line, metrics, width).split("\n")
        assert " ".join(lines) == line
        assert len(lines) <= 2
        assert all(metrics.horizontalAdvance(each) <= width for each in lines)
    assert in_two_lines("wordswithoutaspace " * 9, metrics, width).endswith("…")
    del qtbot
