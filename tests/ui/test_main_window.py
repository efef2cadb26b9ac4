"""The window: what a user does, from home to the saved session."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QScreen
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, FakeServices, FakeSource
from support.gui.opened_window import Opener, press_card, wait_live

from fer_desktop.core.messages import Message
from fer_desktop.core.sources import RecordingChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.sources.thumbnails import card_key

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_from_a_card_to_a_saved_session_and_back(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window()
    press_card(qtbot, window, card_key(DEMO))
    wait_live(qtbot, window)
    assert window.page.isVisible()
    window.page.header.stop.click()
    qtbot.waitUntil(lambda: window.notice.text.startswith("Saved to "))
    assert str(services.files[0].path) in window.notice.text
    assert window.notice.button("Open folder") is not None
    again = window.notice.button("New lesson")
    assert again is not None
    again.click()
    assert window.pages.home.isVisible()
    assert window.notice.text == ""


def test_a_window_that_opens_for_the_first_time_fits_the_screen(
    monkeypatch: pytest.MonkeyPatch, open_window: Opener
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(1366, 768))
    monkeypatch.setattr(QScreen, "geometry", lambda _screen: QRect(0, 0, 1366, 768))
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: QRect(0, 0, 1366, 768))
    window = open_window()
    assert window.width() == 1280
    assert 600 < window.height() < 768 - 32


def test_the_window_paints_while_the_model_loads(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.model_loads.clear()
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: window.session.status.phase is Phase.LOADING)
    picture = window.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 5
    assert window.page.live.accessibleDescription().startswith("Loading the model")
    services.model_loads.set()
    wait_live(qtbot, window)


def test_a_source_that_fails_brings_back_home_with_its_sentence(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    def taken() -> FakeSource:
        source = FakeSource()
        source.open_failures = ["The camera is used by another program: close it there."] * 2
        return source

    services.sources[SourceKind.CAMERA] = taken
    window = open_window()
    press_card(qtbot, window, card_key(CAMERA))
    qtbot.waitUntil(lambda: window.notice.text == "The camera is used by another program: close it there.")
    assert window.pages.home.isVisible()


def test_closing_while_running_ends_and_saves(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.left):
        window.close()
    assert not window.isVisible()
    assert services.files[0].closed
    assert len(services.files[0].rows) == 1
    assert window.session.idle_threads


def test_a_recording_is_said_to_be_played(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(RecordingChoice("lesson.mp4", Path("lesson.mp4")))
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: window.page.header.state == "Playing")


def test_space_pauses_and_resumes(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    qtbot.keyClick(window.page.live, Qt.Key.Key_Space)
    assert window.page.header.pause.text() == "Resume"
    qtbot.keyClick(window.page, Qt.Key.Key_Space)
    assert window.session.status.phase is Phase.LIVE


def test_space_on_a_button_presses_that_button(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.header.stop.setFocus()
    qtbot.keyClick(window.page.header.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.session.status.running)


def test_the_live_view_is_fed_only_while_it_can_be_seen(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.fold(False)
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
    wait_live(qtbot, window)
    window.page.fold(False)
    window.showMinimized()
    qtbot.waitUntil(lambda: not window.page.pulling)
    window.showNormal()
    qtbot.waitUntil(lambda: window.page.pulling)


def test_counters_stand_in_the_status_bar(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "updates/s" in window.status.figures and "ms" in window.status.figures)
    assert window.status.health != ""
    assert "fps in" in window.status.figures
    assert "0 dropped" in window.status.figures
    assert "CPU" in window.status.figures


def test_geometry_and_fold_are_remembered(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.resize(760, 700)
    window.fold_or_unfold()
    with qtbot.waitSignal(window.left):
        window.close()
    other = open_window()
    assert (other.width(), other.height()) == (760, 700)
    assert other.page.folded


def test_damage_to_what_the_program_came_with_is_told_at_the_start(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.damage = Message("The network is damaged: install the program again.")
    window = open_window()
    qtbot.waitUntil(lambda: window.notice.text == str(services.damage))
