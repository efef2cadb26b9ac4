"""The whole window in another language: in no state of a session does a text of it stay English."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.gui.pseudo_translation import CLOSE, OPEN, untranslated

from fer_desktop.ui.application import excepthooks_installed
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.sources.thumbnails import card_key

# The platform without a display says so of what it lacks.
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("in_brackets")]

# The program's name, and what sources are called.
NAMES = {
    "MainWindow: FER Desktop",
    *(f"{kind}: {name}" for name in (CAMERA.name, DEMO.name) for kind in ("SourceCard", "QLabel")),
}


def english(window: MainWindow) -> list[str]:
    return [text for text in untranslated(window) if text not in NAMES]


def said(window: MainWindow) -> list[str]:
    return [label.text() for label in window.status.findChildren(QLabel)]


def test_home(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    qtbot.waitUntil(window.pages.home.welcome.isVisible)
    assert english(window) == []


def test_all_sources(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.pages.show_sources()
    qtbot.waitUntil(lambda: card_key(CAMERA) in window.start_page.cards)
    assert english(window) == []


def test_a_model_that_loads(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.model_loads.clear()
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: window.session.status.running)
    assert english(window) == []


def test_a_live_session(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: "ms" in window.status.figures)
    assert english(window) == []


def test_a_paused_session_with_a_marker(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.mark("")
    window.pause_or_resume()
    assert english(window) == []
    assert f"{OPEN}Marked: {OPEN}marker 1{CLOSE}{CLOSE}" in said(window)


def test_a_saved_session(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: "ms" in window.status.figures)
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert english(window) == []


def test_a_marker_before_the_first_frame(open_window: Opener) -> None:
    window = open_window()
    window.mark("")
    assert f"{OPEN}Nothing marked: no frame has come yet{CLOSE}" in said(window)


@pytest.mark.parametrize("log_file", [None, Path("fer-desktop.log")])
def test_a_fault(qtbot: QtBot, open_window: Opener, log_file: Path | None) -> None:
    window = open_window()
    with excepthooks_installed(window, log_file):
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("a bug"), None)
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert window.notice.text[0] + window.notice.text[-1] == OPEN + CLOSE
    assert english(window) == []
