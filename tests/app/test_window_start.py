"""Who starts the program from its icon sees no terminal: what keeps it from starting is told in a window."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from support.gui.pseudo_translation import CLOSE, OPEN, pseudo_language

from fer_desktop.app.commands.window import settings_or_defaults
from fer_desktop.core.errors import SettingsError
from fer_desktop.core.settings import Settings

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.qt_log_ignore("propagateSizeHints")]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    file = tmp_path / "settings.json"
    file.write_text("{", encoding="utf-8")
    return file


def answer(button: str, told: list[str]) -> None:
    """Presses that button of the box as soon as it is there."""
    box = QApplication.activeModalWidget()
    if not isinstance(box, QMessageBox):
        QTimer.singleShot(20, lambda: answer(button, told))
        return
    told += [box.text(), box.informativeText()]
    next(one for one in box.buttons() if one.text() == button).click()


def test_corrupt_settings_can_be_left_for_the_defaults(broken: Path) -> None:
    told: list[str] = []
    QTimer.singleShot(0, lambda: answer("Start with the defaults", told))
    assert settings_or_defaults(broken) == Settings()
    assert str(broken) in told[0]
    assert "settings.json.bad" in told[1]
    assert not broken.exists()
    assert broken.with_name("settings.json.bad").read_text(encoding="utf-8") == "{"


def test_corrupt_settings_are_left_alone_where_the_user_wants(broken: Path) -> None:
    QTimer.singleShot(0, lambda: answer("Close", []))
    with pytest.raises(SettingsError):
        settings_or_defaults(broken)
    assert broken.read_text(encoding="utf-8") == "{"


def test_good_settings_are_asked_nothing_about(tmp_path: Path) -> None:
    assert settings_or_defaults(tmp_path / "settings.json") == Settings()


def test_the_question_is_asked_in_the_users_language(broken: Path) -> None:
    told: list[str] = []
    with pseudo_language():
        QTimer.singleShot(0, lambda: answer(f"{OPEN}Close{CLOSE}", told))
        with pytest.raises(SettingsError):
            settings_or_defaults(broken)
    assert [text[0] + text[-1] for text in told] == [OPEN + CLOSE] * 2
