"""What a session's page says before anything is read, of a recording, and of too few faces."""

import dataclasses
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import RecordingChoice
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Alert
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus
from fer_desktop.ui.session.coverage import coverage_words
from fer_desktop.ui.toolkit.open_folder import open_folder
from fer_desktop.ui.trend.view import TrendView

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_before_the_first_picture_is_read_nothing_is_live_and_nothing_blank(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    page = window.page
    page.begin(DEMO)
    window.model.feed(SessionStatus(Phase.LIVE, recording=True))
    assert page.header.state == "Starting"
    assert page.live._title == "Reading the first picture"
    window.model.feed(summarize((), 0, 1.0, State.STARTING))
    assert page.header.state == "Starting"
    window.model.feed(summarize((), 0, 2.0, State.LIVE))
    assert page.header.state == "Live"
    assert page.live._title == ""
    del qtbot


def test_what_an_alert_offers_goes_with_its_lesson(open_window: Opener) -> None:
    window = open_window()
    window.show_session(REGION)
    window.model.feed(SessionStatus(Phase.LIVE, recording=True))
    window.model.feed(Alert(1, 420.0, AlertKind.MORE_LOW, 8.0, 22, 3.0))
    assert window.page.alert_line.alert is not None
    window.model.feed(SessionStatus())
    window.model.feed(SessionEnd(REGION, None, 800.0, None, failed=False, unrecorded=True))
    assert window.page.alert_line.alert is None


def test_a_recording_of_one_face_speaks_of_no_camera() -> None:
    seen = summarize((), 1, 1.0, State.LIVE)
    assert coverage_words(seen, of_faces=True) == "0 of 1 face is read"
    assert "camera" in coverage_words(seen)
    gallery = summarize((), 25, 1.0, State.LIVE, cameras_on=23)
    assert coverage_words(gallery, of_faces=True) == "0 of 23 cameras are read"


def test_a_recording_and_ones_own_camera_are_of_faces_and_a_call_of_cameras(open_window: Opener) -> None:
    page = open_window().page
    seen = summarize((), 2, 1.0, State.LIVE)
    for choice, word in ((RecordingChoice("lesson.mp4", Path("lesson.mp4")), "faces"), (REGION, "cameras")):
        page.begin(choice)
        page.coverage.show_summary(seen)
        assert word in page.coverage.text
        assert ("class" in page.trend._title.text()) is (word == "cameras")


def test_three_faces_that_are_withheld_are_not_waited_for(qtbot: QtBot) -> None:
    trend = TrendView()
    qtbot.addWidget(trend)
    trend.append(dataclasses.replace(summarize((), 3, 1.0, State.WITHHELD), readable=3))
    assert "3 faces are read; their figures are withheld." in trend._empty.text()
    assert "as soon as" not in trend._empty.text()
    trend.append(summarize((), 3, 2.0, State.LIVE))
    assert "as soon as a face is read" in trend._empty.text()


def test_this_is_me_is_found_in_the_menu_and_the_next_click_says_who(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    live = window.page.live
    action = window.menus._me
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    assert live.asks_me
    assert live.isVisible()
    qtbot.waitUntil(lambda: live.where() is not None and bool(live._targets))
    assert window.page.read.question.text.startswith("Which is you?")
    assert live.banner == ""  # the hint hides no tile
    QTest.keyClick(live, Qt.Key.Key_Escape)
    assert not live.asks_me
    assert window.model.exclusion == Exclusion()
    action.trigger()
    mapping, target = live.where(), live._targets[2]
    assert mapping is not None
    at = mapping.to_widget(target.xyxy).center().toPoint()
    QTest.mouseClick(live, Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    assert window.model.exclusion.you == target.seat
    assert not live.asks_me


@pytest.mark.parametrize("opener", [None, "exit 3", "exit 0"])
def test_a_folder_that_nothing_can_show_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: str | None
) -> None:
    told: list[bool] = []
    monkeypatch.setattr("sys.platform", "linux")
    program = tmp_path / "xdg-open"
    if opener is not None:
        program.write_text(f"#!/bin/sh\n{opener}\n")
        program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(program) if opener is not None else None)
    app = QApplication.instance()
    assert app is not None
    open_folder(tmp_path, lambda: told.append(True), app)
    if opener == "exit 0":
        qtbot.wait(200)
        assert not told
    else:
        qtbot.waitUntil(lambda: told == [True])


def test_where_no_folder_can_be_shown_the_path_can_be_copied(
    qtbot: QtBot, services: FakeServices, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "fer_desktop.ui.session.session_messages.open_folder", lambda _folder, failed, _parent: failed()
    )
    services.sources["demo"] = lambda: FakeSource(frames=20)
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: window.notice.button("Open folder") is not None, timeout=10_000)
    button = window.notice.button("Open folder")
    assert button is not None
    button.click()
    assert "No program here can show a folder" in window.notice.text
    copy = window.notice.button("Copy the path")
    assert copy is not None
    copy.click()
    assert QApplication.clipboard().text() == str(services.files[0].path)
