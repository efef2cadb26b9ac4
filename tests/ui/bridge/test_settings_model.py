"""The one place where settings change."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_window import Opener

from fer_desktop.core.errors import StoreError
from fer_desktop.core.settings import Settings
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.theme import current_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def _no_save_left_running() -> Iterator[None]:
    yield
    assert wait_for_jobs(5000)


def test_settings_are_in_force_at_once_and_saved_in_a_worker(qtbot: QtBot, services: FakeServices) -> None:
    model = SettingsModel(services)
    told: list[Settings] = []
    model.changed.connect(told.append)
    wanted = model.current.changed(threads=5)
    with qtbot.waitSignal(model.saved):
        model.put(wanted)
        assert told == [wanted]
        assert model.current == services.settings() == wanted
    assert services.saved == [wanted]


def test_settings_that_cannot_be_saved_are_in_force_all_the_same(qtbot: QtBot, services: FakeServices) -> None:
    model = SettingsModel(services)
    services.save_error = StoreError("The settings cannot be saved: check the folder.")
    with qtbot.waitSignal(model.not_saved) as told:
        model.put(model.current.changed(threads=5))
    assert told.args == ["The settings cannot be saved: check the folder."]
    assert model.current.threads == 5


def test_the_last_of_many_changes_is_what_the_disk_keeps(qapp: QApplication, tmp_path: Path) -> None:
    class SlowDisk(FakeServices):
        ready = threading.Event()

        def save_settings(self, settings: Settings) -> None:
            self.ready.wait()
            super().save_settings(settings)

    del qapp  # there must be one
    services = SlowDisk(tmp_path)
    model = SettingsModel(services)
    for threads in range(1, 9):
        model.put(model.current.changed(threads=threads))
    services.ready.set()
    assert wait_for_jobs(5000)
    assert services.saved[-1].threads == 8
    assert len(services.saved) <= 2  # the first may have begun before the last was wanted


def test_the_window_takes_on_what_changes(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window()
    assert not current_theme().is_dark
    with qtbot.waitSignal(window.settings.saved):
        window.settings.put(services.settings().changed(theme="dark", seat_view=True))
    assert current_theme().is_dark
    assert window.menus.seats.isChecked()
    assert window.page.live._shows_seats


def test_the_window_says_what_could_not_be_saved(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window()
    services.save_error = StoreError("The settings cannot be saved: check the folder.")
    window.menus.seats.trigger()
    qtbot.waitUntil(lambda: window.notice.text == "The settings cannot be saved: check the folder.")
    assert window.page.live._shows_seats
