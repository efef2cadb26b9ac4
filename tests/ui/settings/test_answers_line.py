"""What the settings show of the answers, and the log of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_window import Opener
from support.gui.pseudo_translation import pseudo_language, untranslated

from fer_desktop.core.settings import Settings
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.settings.answers_line import AnswersLine
from fer_desktop.ui.settings.dialog import SettingsDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def model(services: FakeServices) -> SettingsModel:
    services.put(jurisdiction="eu", context="work")
    return SettingsModel(services)


@pytest.fixture
def line(qtbot: QtBot, services: FakeServices, model: SettingsModel) -> Iterator[AnswersLine]:
    services.log_answers(services.settings())
    made = AnswersLine(services, model)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.log.text() != "")
    yield made
    assert wait_for_jobs(5000)
    qtbot.wait(1)


def test_the_answers_and_the_log_are_told(
    qtbot: QtBot, services: FakeServices, model: SettingsModel, line: AnswersLine
) -> None:
    assert line.given.text() == "In the EU or EEA · Work"
    assert "has one entry. The last is of" in line.log.text()
    services.log_answers(services.settings())
    with services.consent_file.open("a") as opened:
        opened.write("torn")
    model.put(services.settings().changed(context="other"))
    qtbot.waitUntil(lambda: "2 entries" in line.log.text())
    assert "One line is damaged and cannot be read; it is kept as it is." in line.log.text()
    assert line.given.text() == "In the EU or EEA · Something else"


def test_without_answers_it_says_so(qtbot: QtBot, services: FakeServices, tmp_path: Path) -> None:
    services.use_settings(Settings())
    line = AnswersLine(services, SettingsModel(services))
    qtbot.addWidget(line)
    qtbot.waitUntil(lambda: "is empty" in line.log.text())
    assert "Nothing is answered yet" in line.given.text()
    assert not line.save_copy.isEnabled()
    line.save_to(tmp_path / "none" / "copy.jsonl")
    qtbot.waitUntil(lambda: "cannot be saved" in line.log.text())
    assert wait_for_jobs(5000)
    qtbot.wait(1)


def test_a_copy_is_saved_where_she_says(
    qtbot: QtBot, services: FakeServices, line: AnswersLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    line.save_copy.click()
    qtbot.waitUntil(lambda: line.log.text() == f"A copy is saved to {copy}")
    assert copy.read_bytes() == services.consent_file.read_bytes()


def test_the_answers_are_changed_from_the_settings_and_what_is_typed_there_stays(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window()
    window.open_settings()
    settings = next(child for child in window.children() if isinstance(child, SettingsDialog))
    settings.fields["min_score"].set(0.8)
    settings.answers.change.click()
    pages = window.flow.dialog
    assert isinstance(pages, FirstRun)
    services.log_answers(services.settings().changed(context="work"))
    window.settings.put(services.settings().changed(context="work"))
    pages.later.click()
    with qtbot.waitSignal(settings.accepted):
        settings.save.click()
    assert (services.settings().context, services.settings().min_score) == ("work", 0.8)
    assert wait_for_jobs(5000)
    qtbot.wait(1)


def test_it_is_in_the_users_language(qtbot: QtBot, services: FakeServices, model: SettingsModel) -> None:
    services.log_answers(services.settings())
    with services.consent_file.open("a") as opened:
        opened.write("torn\ntorn\n")
    with pseudo_language():
        line = AnswersLine(services, model)
        qtbot.addWidget(line)
        qtbot.waitUntil(lambda: "damaged" in line.log.text())
        assert untranslated(line) == []
    assert wait_for_jobs(5000)
    qtbot.wait(1)
