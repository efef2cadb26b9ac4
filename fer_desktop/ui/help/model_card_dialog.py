"""Help → About the model: how far the network in use can be trusted, first in plain words, then in figures."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import ModelCard, Services
from fer_desktop.ui.help.model_card_details import details
from fer_desktop.ui.help.model_card_text import NOT_FOR, POOR_PICTURES, WHAT_IT_DOES, CardText, Share, card_text
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import SPACE, Role, current_theme, fixed_font, set_role
from fer_desktop.ui.widgets.screen_geometry import fit

_NAME_PX: Final = 120
_FIGURE_PX: Final = 80
_REMARK_PX: Final = 208


class ModelCardDialog(QDialog):
    """A page to read; the card comes from a worker."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle("About the model")
        self._content, self._body = QWidget(), QVBoxLayout()
        self._body.setSpacing(SPACE)
        self.waiting = _label("Reading the card of the model", "muted")
        self.technical, self.copy = _TechnicalPart(), QPushButton("Copy")
        self.unfold = QPushButton("Technical details")
        self.close_button = QPushButton("Close")
        self._lay_out()
        self.unfold.toggled.connect(self._on_unfold)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        job = Job(services.model_card)
        job.done.connect(self._show_card)
        job.failed.connect(self._show_failure)
        job.begin()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 2 * SPACE, 0)
        column.setSpacing(3 * SPACE)
        column.addWidget(self.waiting)
        column.addLayout(self._body)
        column.addWidget(self.technical)
        column.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("About the model")
        self._scroll.setWidget(self._content)
        self.unfold.setCheckable(True)
        self.copy.setAccessibleName("Copy the technical details")
        for button in (self.unfold, self.copy):
            button.setAutoDefault(False)
            button.hide()
        request_icon(self.unfold, "chevron-right", "muted")
        request_icon(self.copy, "content-copy", "muted")
        self.close_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.unfold)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)
        order = (self._scroll, self.unfold, self.copy, self.technical, self.close_button)
        for before, after in itertools.pairwise(order):
            self.setTabOrder(before, after)

    def sizeHint(self) -> QSize:
        """A page to read."""
        return QSize(680, 704)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the room that the screen has, and its icons."""
        super().showEvent(event)
        fit(self)
        apply_icons(self)
        self._scroll.setFocus()  # arrows and Page Down turn the page, Enter closes it

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    @property
    def words(self) -> str:
        """All that is written on the page, technical details left out."""
        return "\n".join(label.text() for label in self._content.findChildren(QLabel) if not label.isHidden())

    def _show_failure(self, sentence: str) -> None:
        self.waiting.setText(sentence)
        set_role(self.waiting, "error")
        self._scroll.setAccessibleDescription(self.words)

    def _show_card(self, card: ModelCard) -> None:
        # What is added to a page that is seen has no size before the next event.
        self._content.hide()
        self.waiting.hide()
        self._fill(card_text(card, self._services.settings().min_height_px))
        self.technical.setPlainText(details(card))
        self._content.show()
        self.unfold.show()
        # Sideways nothing scrolls: the rows have their room however small the window.
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self._content.minimumSizeHint().width() + bar)
        self._scroll.setAccessibleDescription(self.words)
        apply_icons(self)

    def _fill(self, text: CardText) -> None:
        if text.warning:
            self._body.addWidget(_framed(_label(text.warning, "error")))
            self._body.addSpacing(SPACE)
        self._body.addWidget(_label(text.headline, "heading"))
        self._body.addWidget(_label(text.basis, "muted"))
        if text.command:
            self._body.addWidget(_framed(_typed(text.command)))
        self._section("What it does", WHAT_IT_DOES)
        if text.by_expression:
            self._section("How well it knows each expression", [text.expressions_say], _rows(text.by_expression))
        if text.by_height:
            self._section("Small faces", [text.heights_say], _rows(text.by_height))
        else:
            self._section("Small faces", [text.heights_say])
        if text.by_condition:
            self._section("Poor pictures", [POOR_PICTURES], _rows(text.by_condition))
        self._section("What it must not be used for", [], _points(NOT_FOR))
        self._section("What it learnt from", text.origin[:1], _points(text.origin[1:]))

    def _section(self, title: str, paragraphs: Sequence[str], rows: QLayout | None = None) -> None:
        self._body.addSpacing(2 * SPACE)
        self._body.addWidget(_label(title, "strong"))
        for words in paragraphs:
            self._body.addWidget(_label(words, "muted"))
        if rows is not None:
            self._body.addLayout(rows)

    def _on_unfold(self, wanted: bool) -> None:
        self.technical.setVisible(wanted)
        self.copy.setVisible(wanted)
        self.copy.setText("Copy")
        request_icon(self.unfold, "chevron-down" if wanted else "chevron-right", "muted")
        apply_icons(self.unfold)
        if wanted:
            QTimer.singleShot(0, self._turn_to_technical)  # once the page has grown

    def _turn_to_technical(self) -> None:
        self._scroll.verticalScrollBar().setValue(self.technical.y() - SPACE)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.technical.toPlainText())
        self.copy.setText("Copied")


class _TechnicalPart(QPlainTextEdit):
    """Text in letters of one width, as tall as it is long: the page scrolls, not the text."""

    def __init__(self) -> None:
        super().__init__(readOnly=True, tabChangesFocus=True)
        self.setFont(fixed_font())
        self.setAccessibleName("Technical details")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # By keyboard too it can be read and marked.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grows with the lines that a narrower page makes."""
        super().resizeEvent(event)
        lines = self.document().size().height()  # of a plain text document in lines
        margins = self.contentsMargins() + self.viewportMargins()
        around = 2 * self.document().documentMargin() + margins.top() + margins.bottom() + 2 * SPACE
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + around))


class _Bar(QWidget):
    """A share as a length, in its expression's colour."""

    def __init__(self, shown: Share) -> None:
        super().__init__()
        self._shown = shown
        self.setMinimumSize(8 * SPACE, SPACE + SPACE // 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A bar beside a line of text."""
        return QSize(200, SPACE + SPACE // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the bar."""
        super().paintEvent(event)
        theme, place = current_theme(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.track)
        painter.drawRoundedRect(place, 4, 4)
        painter.setClipRect(QRectF(place.left(), place.top(), self._shown.share * place.width(), place.height()))
        expression = self._shown.expression
        painter.setBrush(theme.accent if expression is None else theme.expressions[expression])
        painter.drawRoundedRect(place, 4, 4)
        painter.end()


def _rows(shares: Iterable[Share]) -> QGridLayout:
    """Name, bar, figure and remark, a row each."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * SPACE)
    grid.setVerticalSpacing(SPACE // 2)
    for row, shown in enumerate(shares):
        figure = _label(f"{100 * shown.share:.0f} of 100")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        cells = (_label(shown.name), _Bar(shown), figure, _label(shown.remark, "small"))
        for column, cell in enumerate(cells):
            grid.addWidget(cell, row, column)
        for cell, width_px in zip((cells[0], figure, cells[3]), (_NAME_PX, _FIGURE_PX, _REMARK_PX), strict=True):
            cell.setFixedWidth(width_px)
    grid.setColumnStretch(1, 1)
    return grid


def _points(sentences: Iterable[str]) -> QGridLayout:
    """A list with a dot before each sentence."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE)
    grid.setVerticalSpacing(SPACE // 2)
    for row, words in enumerate(sentences):
        grid.addWidget(_label("•", "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_label(words, "muted"), row, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _framed(label: QLabel) -> QFrame:
    frame = QFrame()
    set_role(frame, "card")
    row = QHBoxLayout(frame)
    row.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
    row.addWidget(label)
    return frame


def _typed(words: str) -> QLabel:
    label = _label(words)
    label.setFont(fixed_font())
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName("Command")
    return label


def _label(words: str, role: Role | None = None) -> QLabel:
    label = QLabel(words, textFormat=Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role is not None:
        set_role(label, role)
    return label
