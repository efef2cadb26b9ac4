"""No words are cut off in any language, on small screens, at 100 and 150 %; from right to left nothing breaks."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.gui.clipping import clipped
from support.gui.fit_driver import SCREENS, letters
from support.places import ROOT

from fer_desktop.core.settings import Language

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LANGUAGES = [*(language.value for language in Language if language is not Language.SYSTEM), "ar"]
LEAST_PLACES = 20  # pages, menus and dialogs on each screen


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a start each without a fork takes too long")
@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_fit_and_no_letter_is_pressed_for_two_things(language: str) -> None:
    with tempfile.TemporaryDirectory(prefix="fit") as folder:  # pytest's own is a path that no user has
        _walk(Path(folder), language)


def _walk(folder: Path, language: str) -> None:
    driver = ROOT / "tests" / "support" / "gui" / "fit_driver.py"
    done = subprocess.run(
        [sys.executable, str(driver), str(folder), language],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=220,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if "CUT" in line] == []
    assert sum(line.endswith(": looked") for line in lines) >= LEAST_PLACES * len(SCREENS)


def test_words_that_do_not_fit_are_found(qtbot: QtBot) -> None:
    """Else the test above would prove nothing."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    label, button, box = QLabel("Some words"), QPushButton("Some more of them"), QComboBox()
    box.addItem("And a choice that is long", 1)
    for one in (label, button, box):
        row.addWidget(one)
    window.show()
    assert clipped(window) == []
    for one in (label, button, box):
        one.setFixedWidth(30)
    assert len([line for line in clipped(window) if "px wide" in line]) == 3
    label.setFixedWidth(4000)
    window.setFixedWidth(200)
    qtbot.waitUntil(lambda: any("lies beyond" in line for line in clipped(window)))


def test_what_a_widget_paints_itself_is_measured(qtbot: QtBot) -> None:
    class Painting(QWidget):
        def paintEvent(self, _event: object) -> None:
            painter = QPainter(self)
            painter.drawText(QRect(0, 0, 20, 20), Qt.AlignmentFlag.AlignLeft, "Some painted words")
            painter.drawText(QPointF(150, 10), "beyond the edge of the window")
            shortened = painter.fontMetrics().elidedText("Some long words", Qt.TextElideMode.ElideRight, 30)
            painter.drawText(QPointF(0, 60), shortened)
            painter.end()

    window = Painting()
    qtbot.addWidget(window)
    window.resize(200, 100)
    window.show()
    found = clipped(window)
    assert len(found) == 3
    assert {word for word in ("painted", "beyond", "shortened") if any(word in line for line in found)} == {
        "painted",
        "beyond",
        "shortened",
    }


def test_a_letter_for_two_things_is_found(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("&File")
    menu.addAction("&Fold")
    menu.addAction("Sa&ve")
    assert letters(menu) == ["'f' is pressed for two things"]
