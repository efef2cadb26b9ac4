"""A page of Markdown to read, in the theme's type and colours."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from fer_desktop.ui.look.theme import HEADING, SPACE, TEXT, Theme, app_font, current_theme, fixed_font, resizes_text

_FEATURES: Final = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_CODE_FENCE: Final = QTextFormat.Property.BlockCodeFence
_SIZES: Final = {1: HEADING}  # px by level; the others are as tall as the text
_HEAVIER: Final = QFont.Weight.DemiBold


class MarkdownPage(QTextBrowser):
    """Text that can be selected and copied. Links lead nowhere, and nothing is fetched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setOpenLinks(False)

    def show_markdown(self, markdown: str) -> None:
        """Shows the text from its beginning."""
        self._markdown = markdown
        self._render()
        self.verticalScrollBar().setValue(0)

    def scroll_to_heading(self, words: str) -> None:
        """Brings that heading to the top, as far as the page reaches."""
        document = self.document()
        for block in _blocks(document):
            if block.text() == words and block.blockFormat().headingLevel():
                top = document.documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                return

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme, and stays where the reader is."""
        super().changeEvent(event)
        if (event.type() is QEvent.Type.PaletteChange or resizes_text(event)) and self._markdown:
            at = self.verticalScrollBar().value()
            self._render()
            self.verticalScrollBar().setValue(at)

    def _render(self) -> None:
        document = QTextDocument(self)
        document.setDocumentMargin(2 * SPACE)
        document.setDefaultFont(app_font(TEXT))
        document.setIndentWidth(2 * SPACE)
        document.setMarkdown(self._markdown, _FEATURES)
        _style(document, current_theme())
        self.setDocument(document)


def _style(document: QTextDocument, theme: Theme) -> None:
    """Gives headings, tables and code their look: the style sheet of a document acts on HTML alone."""
    for block in _blocks(document):
        _style_block(block, theme)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _style_table(frame, theme)


def _style_block(block: QTextBlock, theme: Theme) -> None:
    cursor, place = QTextCursor(block), QTextBlockFormat()
    level, is_code = block.blockFormat().headingLevel(), block.blockFormat().hasProperty(_CODE_FENCE)
    place.setTopMargin(3 * SPACE if level and block.position() else 0)
    if cursor.currentTable() is None:
        place.setBottomMargin(SPACE / 2 if block.textList() else SPACE)
    if is_code:
        place.setBackground(theme.track)
        place.setNonBreakableLines(False)
    cursor.mergeBlockFormat(place)
    if level:
        _set_font(block.position(), block.length() - 1, block, app_font(_SIZES.get(level, TEXT), _HEAVIER))
    elif is_code:
        _set_font(block.position(), block.length() - 1, block, fixed_font())
    for start, length in _fixed_pitch(block):
        _set_font(start, length, block, fixed_font())


def _set_font(start: int, length: int, block: QTextBlock, font: QFont) -> None:
    cursor, characters = QTextCursor(block), QTextCharFormat()
    characters.setFont(font)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(characters)


def _fixed_pitch(block: QTextBlock) -> list[tuple[int, int]]:
    """Start and length of the block's parts that are code."""
    found, each = [], block.begin()
    while not each.atEnd():
        part = each.fragment()
        if part.charFormat().fontFixedPitch():
            found.append((part.position(), part.length()))
        each += 1
    return found


def _style_table(table: QTextTable, theme: Theme) -> None:
    """A hairline under each row."""
    look = table.format()
    look.setBorder(0)
    look.setBorderCollapse(True)
    look.setCellSpacing(0)
    look.setTopMargin(SPACE)
    look.setBottomMargin(SPACE)
    table.setFormat(look)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            sides = QTextTableCellFormat(cell.format().toTableCellFormat())
            sides.setPadding(SPACE / 2)
            sides.setRightPadding(SPACE)
            sides.setBottomBorder(1)
            sides.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            sides.setBottomBorderBrush(theme.line)
            cell.setFormat(sides)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()
