"""A question about the picture, above it, so that it hides no tile; with what is still to be clicked."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QWidget

from fer_desktop.ui.look.theme import SPACE, current_theme, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_TILE_PX: Final = (16, 11)
_GAP_PX: Final = 4
_MOST: Final = 3  # that are drawn; how many there are stands beside them


class EmptyTiles(QAbstractButton):
    """A tile for each that is to be clicked in the picture, filled as they are; a press goes to the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filled = self._many = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_tiles(self, filled: int, many: int) -> None:
        """How many are chosen, of how many."""
        self._filled, self._many = min(filled, many), many
        self.setVisible(many > 0)
        words = self.tr("{chosen} of {many} chosen: go to the picture").format(chosen=self._filled, many=many)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the tiles, and for the ring of the keyboard round them."""
        shown = min(self._many, _MOST)
        return QSize(shown * (_TILE_PX[0] + _GAP_PX) + _GAP_PX, _TILE_PX[1] + 2 * _GAP_PX)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints filled and empty ones; of many the first that are empty are seen."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        skipped = max(0, min(self._filled, self._many - _MOST))
        top = (self.height() - _TILE_PX[1]) / 2
        for number in range(min(self._many, _MOST)):
            box = QRectF(_GAP_PX + number * (_TILE_PX[0] + _GAP_PX), top, *_TILE_PX).adjusted(0.5, 0.5, -0.5, -0.5)
            filled = number + skipped < self._filled
            pen = QPen(theme.accent if filled else theme.strong_line, 1)
            if not filled:
                pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.setBrush(theme.accent if filled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 2, 2)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class QuestionLine(QWidget):
    """One question at a time."""

    skipped = Signal()
    picture_wanted = Signal()  # the keyboard goes to the picture

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self.tiles, self.skip = PlainLabel(), EmptyTiles(), QPushButton(self.tr("Skip"))
        set_role(self._text, "strong")
        self._text.setWordWrap(True)
        set_role(self.skip, "small")
        self.skip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._text, 1)
        row.addWidget(self.tiles)
        row.addWidget(self.skip)
        self.tiles.hide()
        self.skip.clicked.connect(self.skipped)
        self.tiles.clicked.connect(self.picture_wanted)

    @property
    def text(self) -> str:
        """What is asked; empty: nothing."""
        return self._text.text()

    def ask(self, text: str, filled: int = 0, many: int = 0) -> None:
        """Asks that, with so many tiles to be clicked; an empty text asks nothing."""
        self._text.setText(text)
        self.tiles.show_tiles(filled, many)
