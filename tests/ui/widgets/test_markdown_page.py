import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.ui.look.theme import DARK, HEADING, LIGHT, apply_theme
from fer_desktop.ui.widgets.markdown_page import MarkdownPage

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = """# Of 100 faces

The file is `expression.tflite`.

| faces | right |
| --- | ---: |
| small | 77 |

[a link](https://example.org)
"""


@pytest.fixture
def page(qtbot: QtBot) -> MarkdownPage:
    shown = MarkdownPage()
    qtbot.addWidget(shown)
    shown.resize(400, 200)
    shown.show()
    shown.show_markdown(TEXT)
    return shown


def format_of(page: MarkdownPage, words: str) -> QTextCharFormat:
    return page.document().find(words).charFormat()


def table_of(page: MarkdownPage) -> QTextTable:
    (table,) = page.document().rootFrame().childFrames()
    assert isinstance(table, QTextTable)
    return table


def test_headings_and_code_have_the_type_of_the_theme(page: MarkdownPage) -> None:
    assert format_of(page, "Of 100 faces").font().pixelSize() == HEADING
    assert "Mono" in format_of(page, "expression.tflite").fontFamilies()[0]
    assert table_of(page).cellAt(1, 1).firstCursorPosition().block().text() == "77"


def test_a_change_of_theme_reaches_what_is_shown_and_keeps_the_place(page: MarkdownPage, qapp: QApplication) -> None:
    def line() -> object:
        return table_of(page).cellAt(1, 0).format().toTableCellFormat().bottomBorderBrush().color()

    page.show_markdown(TEXT + "\nline\n" * 50)
    assert line() == LIGHT.line
    page.verticalScrollBar().setValue(60)
    apply_theme(qapp, "dark")
    assert line() == DARK.line
    assert page.verticalScrollBar().value() == 60


def test_a_link_leads_nowhere(page: MarkdownPage, qtbot: QtBot) -> None:
    page.resize(400, 400)
    words = page.document().find("a link")
    words.setPosition(words.selectionStart() + 2)
    place = page.cursorRect(words).center()
    assert page.anchorAt(place) == "https://example.org"
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.toPlainText().startswith("Of 100 faces")


def test_markup_of_html_is_shown_and_not_obeyed(page: MarkdownPage) -> None:
    page.show_markdown("<b>bold</b>")
    assert page.toPlainText() == "<b>bold</b>"
