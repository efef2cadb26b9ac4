"""How many of 100 faces are misread, as rows with a bar each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.ui.look.theme import SPACE, TEXT, app_font, current_theme, px
from fer_desktop.ui.toolkit.accessible import Role, speak_as

_ROW_PX: Final = 24
_BAR_PX: Final = 8
_LEAST_BAR_PX: Final = 48


class ShareRows(QWidget):
    """Rows of a name, a bar, and the number; read out whole."""

    def __init__(self, rows: Sequence[tuple[str, float]], parent: QWidget | None = None) -> None:
        """`rows`: a name and a share, 0-1, each."""
        super().__init__(parent)
        self.rows = tuple(rows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = self.tr("{name}: {number} of 100")
        told = [row.format(name=name, number=round(100 * share)) for name, share in self.rows]
        self.setAccessibleName(", ".join(told))
        speak_as(self, Role.Chart)

    def sizeHint(self) -> QSize:
        """A row each."""
        return QSize(self._names_px() + self._numbers_px() + 2 * _LEAST_BAR_PX, px(_ROW_PX) * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        """With a short bar."""
        return self.sizeHint() - QSize(_LEAST_BAR_PX, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws name, bar and number."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, numbers = self._names_px(), self._numbers_px()
        place = QRectF(names, 0, self.width() - names - numbers, _BAR_PX)
        for index, (name, share) in enumerate(self.rows):
            row = QRect(0, index * px(_ROW_PX), self.width(), px(_ROW_PX))
            place.moveTop(row.top() + (row.height() - _BAR_PX) / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            filled = QRectF(place)
            filled.setWidth(place.width() * share)
            for bar, colour in ((place, theme.track), (filled, theme.focus)):
                painter.setBrush(colour)
                painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
            painter.setFont(app_font(TEXT))
            painter.setPen(theme.text)
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(app_font(TEXT, QFont.Weight.DemiBold))
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{100 * share:.0f}")

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def _names_px(self) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(name) for name, _ in self.rows), default=0) + 2 * SPACE

    def _numbers_px(self) -> int:
        return self.fontMetrics().horizontalAdvance("100") + SPACE + SPACE // 2
