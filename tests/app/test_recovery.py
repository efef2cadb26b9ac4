"""The real program is killed in the middle of a lesson; the next start offers it."""

import contextlib
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from pytestqt.qtbot import QtBot
from support.command_line import start, store_file
from support.screen.window_desk import until

from fer_desktop.app.services import AppServices
from fer_desktop.core.errors import StoreError
from fer_desktop.core.settings import Retention, Settings
from fer_desktop.sessions.store import reader
from fer_desktop.ui.application import end_threads
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.main_window import MainWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def is_live(store: Path, seconds: float) -> bool:
    with contextlib.suppress(StoreError):  # it is being made
        newest = reader.sessions(store)[:1]
        return bool(newest) and newest[0].length_s >= seconds
    return False


@pytest.mark.timeout(180)
def test_a_lesson_whose_program_was_killed_is_offered_by_the_next_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    store = store_file(home)
    process = start(home, "demo", QT_QPA_PLATFORM="offscreen")
    try:
        until(lambda: is_live(store, 2.0), "no lesson begins")
    finally:
        process.kill()
        process.communicate()
        killed = datetime.now().astimezone()
    # Even where a lesson is kept until the next start alone.
    services = AppServices(
        Settings(keep_sessions=Retention.LESSON), tmp_path / "settings.json", store_file=store, demo_s=30.0
    )
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "documents"))
    window = MainWindow(services, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.show()
    try:
        window.saved.begin()
        qtbot.waitUntil(lambda: window.start_page.bar.text != "", timeout=20_000)
        assert window.start_page.bar.text.startswith("“Demo class” ended unexpectedly ")
        (found,) = reader.unfinished(store)
        assert 0.0 <= (killed - found.last_second).total_seconds() < 10.0
    finally:
        # Thumbnails and the upkeep of the store may take longer than a closing window gives them; without the window
        # one job of the upkeep begins no other.
        assert window.start_page.wait(30_000)
        assert wait_for_jobs(30_000)
        assert end_threads(window)
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        assert wait_for_jobs(30_000)
