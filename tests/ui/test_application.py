"""The program with its window: it runs, meets faults, ends, and runs by itself."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live
from support.places import RESOURCES

from fer_desktop.core.settings import Settings, Theme
from fer_desktop.core.sources import DemoChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.application import excepthooks_installed, run_app
from fer_desktop.ui.automation.demo_run import run_demo
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.main_window import MainWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_fault_is_logged_and_told_and_the_session_goes_on(
    qtbot: QtBot, open_window: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    with excepthooks_installed(window, Path("fer-desktop.log")):
        error = ZeroDivisionError("a bug")
        sys.excepthook(ZeroDivisionError, error, None)
    qtbot.waitUntil(lambda: "fer-desktop.log" in window.notice.text)
    assert "ZeroDivisionError" in caplog.text
    assert window.session.status.phase is Phase.LIVE


def test_a_fault_in_a_thread_is_told_as_well(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    thread = threading.Thread(target=lambda: 1 / 0)
    with excepthooks_installed(window):
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: "A fault in the program was met" in window.notice.text)


@pytest.mark.usefixtures("qtbot")
def test_the_program_runs_and_ends_with_its_window(
    qapp: QApplication, services: FakeServices, store: QSettings
) -> None:
    def close() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget.isVisible():
                widget.close()

    QTimer.singleShot(600, close)
    icon = RESOURCES / "icon.png"
    assert run_app(services, DEMO, store, icon=icon) == 0
    assert not qapp.windowIcon().isNull()


@pytest.mark.usefixtures("qtbot")
@pytest.mark.usefixtures("qtbot", "qapp")
@pytest.mark.parametrize(("answered", "start"), [(False, None), (True, None), (False, DEMO)])
def test_the_first_start_opens_the_pages_and_no_other_does(
    services: FakeServices, store: QSettings, answered: bool, start: DemoChoice | None
) -> None:
    if not answered:
        services.use_settings(Settings())
    shown: list[bool] = []

    def look(window: MainWindow) -> None:
        shown.append(isinstance(window.flow.dialog, FirstRun))
        window.close()

    with when_ready(look):
        assert run_app(services, start, store) == 0
    assert shown == [not answered and start is None]
    assert services.screens_asked == 0 or answered


@pytest.mark.usefixtures("qtbot", "qapp")
def test_a_window_that_is_closed_beneath_the_pages_leaves_no_thread(
    services: FakeServices, store: QSettings, caplog: pytest.LogCaptureFixture
) -> None:
    services.use_settings(Settings())
    played: list[bool] = []

    def turn(window: MainWindow) -> None:
        pages = window.flow.dialog
        if isinstance(pages, FirstRun):
            pages.turn_to(2)
            played.append(pages.telling.demo.plays)
        QTimer.singleShot(50, window.close)

    with when_ready(turn):
        assert run_app(services, None, store) == 0
    assert played == [True]
    assert "did not end" not in caplog.text


@contextmanager
def when_ready(act: Callable[[MainWindow], None]) -> Iterator[None]:
    """Calls it once with the window that the program opens, as soon as that is ready and what follows was done."""
    looking = QTimer()

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible() and window._page is not None:
                looking.stop()
                act(window)

    looking.timeout.connect(look)
    looking.start(20)
    yield
    looking.stop()


def test_a_demo_run_leaves_its_pictures_and_its_rows(tmp_path: Path) -> None:
    services = FakeServices(tmp_path, Settings(theme=Theme.DARK))
    services.sources[SourceKind.DEMO] = lambda: FakeSource(frames=140)
    files = run_demo(services, DEMO, tmp_path / "out", seconds=3.0)
    assert files.window.read_bytes().startswith(b"\x89PNG")
    assert files.trend.read_bytes().startswith(b"\x89PNG")
    assert files.session == services.files[0].path
    assert len(services.files[0].rows) >= 2
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["trend.png", "window.png"]
