"""What the strip's buttons stand on: state or arrow, words, the bar and the line below."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.core.glance.types import Change
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.look.theme import GLANCE, SMALL, SPACE, app_font, current_theme, px, resizes_text, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.widgets.group_bar import GroupBar

_SIGN_PX: Final = 24
_BAR_PX: Final = 12
_LEAST_PX: Final = 20  # px, the height of type of long words


class StripSign(QWidget):
    """An arrow while a change is on; else a dot while live, two bars while paused, a ring otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._phase = Phase.IDLE
        self._more: bool | None = None
        self.setFixedSize(_SIGN_PX, _SIGN_PX)

    @property
    def arrow(self) -> bool | None:
        """Whether it points up, for more; None where there is no change."""
        return self._more if self._phase is Phase.LIVE else None

    def show_phase(self, phase: Phase) -> None:
        """What the session is doing."""
        self._phase = phase
        self.update()

    def show_change(self, change: Change | None) -> None:
        """What has changed in the class."""
        self._more = change.more if change is not None else None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = self.rect().toRectF().center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        if self.arrow is not None:
            painter.setBrush(theme.text)
            painter.drawPolygon(QPolygonF([centre + point for point in _arrow(self.arrow)]))
        elif self._phase is Phase.LIVE:
            painter.drawEllipse(centre, 5, 5)
        elif self._phase is Phase.PAUSED:
            painter.setBrush(theme.muted)
            for x in (-5.0, 1.5):
                painter.drawRoundedRect(QRectF(centre + QPointF(x, -6), centre + QPointF(x + 3.5, 6)), 1, 1)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.error if self._phase is Phase.LOST else theme.muted, 2))
            painter.drawEllipse(centre, 5, 5)
        painter.end()


def _arrow(up: bool) -> list[QPointF]:
    """An arrow with a shaft, unlike the triangle that marks a group."""
    corners = [(0, -9), (8, 0), (3, 0), (3, 9), (-3, 9), (-3, 0), (-8, 0)]
    return [QPointF(x, y if up else -y) for x, y in corners]


class StripWords(QLabel):
    """The words, in smaller letters where they are long; shortened where even that does not help, and told whole."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def font_used(self) -> QFont:
        """What the words are painted in: the largest type in which they have room, else the smallest."""
        for size_px in range(GLANCE, _LEAST_PX - 1, -2):
            font = app_font(size_px, QFont.Weight.DemiBold)
            if QFontMetricsF(font).horizontalAdvance(self._whole) <= self.width():
                break
        return font

    @property
    def shown(self) -> str:
        """The words as painted."""
        metrics = QFontMetricsF(self.font_used)
        return str(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(240, math.ceil(QFontMetricsF(app_font(GLANCE, QFont.Weight.DemiBold)).height()))

    def tell(self, words: str) -> None:
        """Shows the words."""
        self._whole = words
        self.setText(words)
        self.setToolTip(words if self.shown != words else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints them."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setFont(self.font_used)
        painter.setPen(current_theme().text)
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.rect(), int(where), self.shown)
        painter.end()


class StripFace(QWidget):
    """Sign and words above the bar, and what is said of the reading below."""

    def __init__(self) -> None:
        super().__init__()
        self.sign, self.words, self.bar, self.note = StripSign(), StripWords(), GroupBar(_BAR_PX), PlainLabel()
        set_role(self.note, "small")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.note.setFixedHeight(px(SMALL) + 4)
        top = QHBoxLayout()
        top.setSpacing(SPACE // 2)
        top.addWidget(self.sign)
        top.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch()
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addStretch()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # the strip is dragged by it

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self.note.setFixedHeight(px(SMALL) + 4)

    def show_note(self, shown: bool) -> None:
        """Whether it says that expressions are being read."""
        self.note.setVisible(shown)
