"""In which order the settings are asked for."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices

from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.core.settings.sections import SECTIONS
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.settings.dialog import SettingsDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOTE = "These change with the next lesson."


@pytest.fixture
def dialog(qtbot: QtBot, services: FakeServices) -> Iterator[SettingsDialog]:
    made = SettingsDialog(services, SettingsModel(services), running=False)
    qtbot.addWidget(made)
    made.show()
    yield made
    assert wait_for_jobs(5000)  # what it asked of the store and of the log


def test_what_she_wants_comes_first_and_files_of_networks_last(dialog: SettingsDialog) -> None:
    page = dialog._fields_page
    titles = {section.title for section in SECTIONS} | {"Responsible use", "Advanced"}
    headings = [label for label in page.findChildren(QLabel) if label.text() in titles]
    headings.sort(key=lambda label: label.mapTo(page, label.rect().topLeft()).y())
    assert [label.text() for label in headings] == [
        *("Alerts", "Language and appearance", "What is shown", "Recording and lessons", "Responsible use"),
        *("Advanced", "Speed", "Faces", "Network files"),
    ]


def test_every_setting_of_the_dialog_is_in_one_of_its_sections() -> None:
    asked = {setting.info.section for setting in all_settings() if setting.info.section.in_dialog}
    assert asked == set(SECTIONS)
    assert len(SECTIONS) == len(set(SECTIONS))


def test_that_some_change_with_the_next_lesson_is_said_while_one_runs_and_no_longer(dialog: SettingsDialog) -> None:
    note = dialog._note
    assert not note.isVisible()
    for status, said in (
        (SessionStatus(Phase.LIVE, recording=True), True),
        (SessionStatus(Phase.SAVING), False),
        (SessionStatus(), False),
    ):
        dialog.show_status(status)
        assert note.isVisible() is said
    assert note.text() == NOTE
