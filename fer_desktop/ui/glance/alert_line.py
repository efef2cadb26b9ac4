"""The line of an alert: quiet, in a room of its own once alerts are switched on, so that it moves nothing."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QSizePolicy, QWidget

from fer_desktop.core.messages import Message
from fer_desktop.ui.glance.sentence_label import SentenceLabel
from fer_desktop.ui.look.theme import RADIUS, SPACE, TEXT, current_theme, px, resizes_text, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.announcing import announce

_ROW_PX: Final = 44
_BUTTON_PX: Final = 32
_LINE_PX: Final = 18  # of words
_EDGE_PX: Final = 4
_PAD: Final = SPACE // 2
_STACKED, _BELOW, _BESIDE = range(3)  # where the buttons are
_FLAG_PX: Final = 4 * SPACE  # room for the flag
_BESIDE_FROM_PX: Final = 960  # words and four buttons have room beside each other
_IN_A_ROW_FROM_PX: Final = 560  # the buttons have


class AlertLine(QWidget):
    """One alert at a time, with what can be done about it; hidden until alerts are switched on."""

    mark_wanted = Signal()  # this moment
    quiet_wanted = Signal()  # no more for a while
    judged = Signal(bool)  # whether it was useful
    announced = Signal(str)  # what a screen reader was asked to say

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alert: Message | None = None
        self._text = SentenceLabel(TEXT, least_px=TEXT, lines=2)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.mark = self._button(self.tr("Mark this moment"), self.mark_wanted)
        self.quiet = self._button(self.tr("Quiet"), self.quiet_wanted)
        self.useful = self._button(self.tr("Useful"))
        self.not_useful = self._button(self.tr("Not useful"))
        self.quiet.setToolTip(self.tr("No alert for a while"))
        for button, good in ((self.useful, True), (self.not_useful, False)):
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, good=good: self._judge(good))
        self._row, self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight, self), QGridLayout()
        self._shape = -1
        self._lay_out()
        self.setAccessibleName(self.tr("Alert"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_parts()
        self.hide()

    def _lay_out(self) -> None:
        self._leave_room_for_the_flag()
        self._row.addWidget(self._text, 1)
        self._row.addLayout(self._buttons)
        self._buttons.setSpacing(SPACE // 2)
        self._arrange(self.width())

    def _leave_room_for_the_flag(self) -> None:
        left, right = _EDGE_PX + _FLAG_PX + SPACE, SPACE
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        self._row.setContentsMargins(left, _PAD, right, _PAD)

    def _arrange(self, width: int) -> None:
        """Buttons beside the words, below them, or in two rows there."""
        shape = (width >= px(_IN_A_ROW_FROM_PX)) + (width >= px(_BESIDE_FROM_PX))
        if shape == self._shape:
            return
        self._shape = shape
        beside = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(beside[shape != _BESIDE])
        self._row.setSpacing(2 * SPACE if shape == _BESIDE else 0)
        # In two rows the first button has one alone: its words are long in some languages.
        own_row = int(shape == _STACKED)
        self._buttons.addWidget(self.mark, 0, 0, 1, 4 if own_row else 1, Qt.AlignmentFlag.AlignLeft)
        for index, button in enumerate((self.quiet, self.useful, self.not_useful)):
            self._buttons.addWidget(button, own_row, index + 1 - own_row)
        self._buttons.setColumnStretch(4, 1)
        self._text.reserve(4 if shape == _STACKED else 2)
        self.setFixedHeight(self._height())

    def _button(self, words: str, wanted: SignalInstance | None = None) -> QPushButton:
        button = QPushButton(words)
        set_role(button, "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space away from Pause
        if wanted is not None:
            button.clicked.connect(wanted)
        return button

    @property
    def alert(self) -> Message | None:
        """What is said."""
        return self._alert

    def switch_on(self, on: bool) -> None:
        """Gives it its room while alerts are on, and takes it back."""
        if not on:
            self.clear()
        self.setVisible(on)

    def show_alert(self, alert: Message) -> None:
        """Says it, instead of what was said before."""
        self._alert = alert
        for button in (self.useful, self.not_useful):
            button.setChecked(False)
        self._show_parts()
        if self.isVisible():
            announce(self, told(alert))
            self.announced.emit(told(alert))

    def clear(self) -> None:
        """Says nothing; the room stays."""
        self._alert = None
        self._show_parts()

    def _judge(self, good: bool) -> None:
        self.useful.setChecked(good)
        self.not_useful.setChecked(not good)
        self.judged.emit(good)

    def _show_parts(self) -> None:
        words = told(self._alert)
        self._text.tell(words)
        self.setAccessibleDescription(words)
        for button in (self.mark, self.quiet, self.useful, self.not_useful):
            button.setVisible(self._alert is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """A row, or two where it is narrow."""
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(0, self._height())

    def _height(self) -> int:
        if self._shape == _BESIDE:
            return px(_ROW_PX)
        lines, rows = (4, 2) if self._shape == _STACKED else (2, 1)
        return lines * px(_LINE_PX) + rows * (px(_BUTTON_PX) + SPACE // 2) + 2 * _PAD

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the buttons below the words where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def changeEvent(self, event: QEvent) -> None:
        """The flag is on the other side where one reads from the right."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._leave_room_for_the_flag()
        elif resizes_text(event):
            self._shape = -1
            self._arrange(self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the ground with its edge and flag, where there is an alert."""
        if self._alert is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS, RADIUS)
        painter.fillPath(shape, theme.track)
        painter.setClipPath(shape)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        edge = QRectF(box.right() - _EDGE_PX if rtl else box.left(), box.top(), _EDGE_PX, box.height())
        painter.fillRect(edge, theme.accent)
        middle = edge.left() - _FLAG_PX / 2 if rtl else edge.right() + _FLAG_PX / 2 + 2
        beside = self._shape == _BESIDE
        _paint_flag(painter, QPointF(middle, self.height() / 2 if beside else px(_ROW_PX) / 2))
        painter.end()


def _paint_flag(painter: QPainter, centre: QPointF) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.link, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawLine(centre + QPointF(-5, -8), centre + QPointF(-5, 8))
    painter.setBrush(theme.link)
    corners = [QPointF(-5, -8), QPointF(7, -8), QPointF(3.5, -4), QPointF(7, 0), QPointF(-5, 0)]
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
