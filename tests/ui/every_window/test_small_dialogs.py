"""Every dialog on a screen of 640x480: its buttons are whole, and what is more than that scrolls."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices

from fer_desktop.core.settings import Settings
from fer_desktop.ui.bridge.jobs import _Outcome, wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.exporting.dialog import ExportDialog
from fer_desktop.ui.exporting.moving import BackupDialog
from fer_desktop.ui.help.help_pages import about_page
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.saved.dialog import Offers, SavedDialog
from fer_desktop.ui.saved.erasing import Erasing
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.sources.stream_dialog import StreamDialog
from fer_desktop.ui.sources.window_dialog import WindowDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROOM = QSize(624, 432)  # 640x480 less a frame


def _saved(services: FakeServices) -> QDialog:
    erasing = Erasing(services.stored, QObject(QApplication.instance()))
    return SavedDialog(services.stored, erasing, Offers(*[lambda *_: None] * 5))


DIALOGS: dict[str, Callable[[FakeServices], QDialog]] = {
    "saved lessons": _saved,
    "copies": lambda services: ExportDialog(services, []),
    "backup": BackupDialog,
    "settings": lambda services: SettingsDialog(services, SettingsModel(services), running=True),
    "window": lambda services: WindowDialog(services, None),
    "stream": lambda _services: StreamDialog("rtsp://192.168.0.20:554/stream"),
    "model card": ModelCardDialog,
    "about": lambda _services: about_page(),
}


def _scrolls(button: QWidget) -> bool:
    parent = button.parentWidget()
    while parent is not None and not isinstance(parent, QDialog):
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_fits_a_screen_of_640_by_480_with_its_buttons_whole(
    qtbot: QtBot, services: FakeServices, name: str
) -> None:
    services.use_settings(Settings())
    dialog = DIALOGS[name](services)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(ROOM)
    QApplication.processEvents()
    assert dialog.size() == ROOM
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and not _scrolls(one)]
    assert buttons
    for button in buttons:
        assert button.visibleRegion().boundingRect() == button.rect(), button.text()
        assert button.width() >= button.sizeHint().width(), button.text()
    # What jobs found is handed on while the dialog lives.
    qtbot.waitUntil(lambda: wait_for_jobs(0) and not dialog.findChildren(_Outcome))
