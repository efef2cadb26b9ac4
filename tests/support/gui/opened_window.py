"""The window as its tests open it, and what they wait for, press and read in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices

from fer_desktop.core.sources import SourceChoice
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.application import end_threads
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.main_window import MainWindow

Opener = Callable[..., MainWindow]


@contextmanager
def opening_windows(qtbot: QtBot, services: FakeServices, store: QSettings) -> Iterator[Opener]:
    """Opens windows, with a source to begin with if one is named; in the end their threads are over."""
    windows: list[MainWindow] = []

    def opened(start: SourceChoice | None = None) -> MainWindow:
        window = MainWindow(services, store, start)
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        return window

    try:
        yield opened
    finally:
        services.model_loads.set()
        for window in windows:
            window.session.stop()
            window.session.give_up_saving()
            assert end_threads(window)
            qtbot.waitUntil(lambda window=window: window.session.idle_threads)  # type: ignore[misc]
            window.close()
            assert wait_for_jobs(5000)  # what was to be erased is, before it closes
            window.deleteLater()


def wait_live(qtbot: QtBot, window: MainWindow) -> None:
    """Until frames of the source are being read."""
    qtbot.waitUntil(lambda: window.session.status.phase is Phase.LIVE)


def press_card(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Chooses a source on the page of all sources, as soon as it is there."""
    window.pages.show_sources()
    qtbot.waitUntil(lambda: key in window.start_page.cards)
    window.start_page.cards[key].click()
