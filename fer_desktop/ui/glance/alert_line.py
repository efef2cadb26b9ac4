"""The line of an alert: quiet, in a room of its own once alerts are switched on, so that it moves nothing."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from fer_desktop.core.messages import Message
from fer_desktop.ui.glance.alert_answers import AlertAnswers
from fer_desktop.ui.glance.sentence_label import SentenceLabel
from fer_desktop.ui.look.theme import RADIUS, SMALL, SPACE, TEXT, current_theme, px, resizes_text
from fer_desktop.ui.look.words import told, without_figures
from fer_desktop.ui.toolkit.announcing import announce

_ROW_PX: Final = 44  # of all of it in one row
_LINE_PX: Final = 18  # of words
_LOW_LINES: Final = 2.6  # of these: two lines, or three in smaller type
_EDGE_PX: Final = 4
_PAD: Final = SPACE // 2
_STACKED, _BELOW, _BESIDE = range(3)  # where the buttons are
_FLAG_PX: Final = 4 * SPACE  # room for the flag
_LOW_FLAG_PX: Final = 3 * SPACE
_BESIDE_FROM_PX: Final = 900  # words and four buttons have room beside each other
IN_A_ROW_FROM_PX: Final = 520  # the words have two lines; below it they are within the card of the sentence


class AlertLine(QWidget):
    """One alert at a time, with what can be done about it; hidden until alerts are switched on."""

    mark_wanted = Signal()  # this moment
    quiet_wanted = Signal()  # no more for a while
    judged = Signal(bool)  # whether it was useful
    announced = Signal(str)  # what a screen reader was asked to say
    changed = Signal()  # it says something else, or needs another room

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alert: Message | None = None
        self._at = ""
        self._on = self._over = False
        self._text = SentenceLabel(TEXT, least_px=TEXT, lines=2)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.answers = AlertAnswers()
        self.mark, self.quiet = self.answers.mark, self.answers.quiet
        self.useful, self.not_useful = self.answers.useful, self.answers.not_useful
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._shape = -1
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.answers)
        self._arrange(self.width())
        self.answers.mark_wanted.connect(self.mark_wanted)
        self.answers.quiet_wanted.connect(self.quiet_wanted)
        self.answers.judged.connect(self._on_judged)
        self.setAccessibleName(self.tr("Alert"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_parts()
        self.hide()

    def _leave_room_for_the_flag(self) -> None:
        flag = _LOW_FLAG_PX if self._shape == _STACKED else _FLAG_PX + SPACE
        left, right = _EDGE_PX + flag, SPACE
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        self._row.setContentsMargins(left, _PAD, right, _PAD)

    def _arrange(self, width: int) -> None:
        """Buttons beside the words, or below them."""
        shape = (width >= px(IN_A_ROW_FROM_PX)) + (width >= px(_BESIDE_FROM_PX))
        self.answers.fit(width - _EDGE_PX - _LOW_FLAG_PX - SPACE)
        if shape != self._shape:
            self._shape = shape
            beside = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._row.setDirection(beside[shape != _BESIDE])
            self._row.setSpacing(2 * SPACE if shape == _BESIDE else 0)
            self._leave_room_for_the_flag()
        if shape == _STACKED:
            self._text.take(round(_LOW_LINES * px(_LINE_PX)), SMALL)
        else:
            self._text.reserve(2)
        self._row.activate()  # what has room goes by the width of now
        self._say()
        if self._height() != self.maximumHeight():
            self.setFixedHeight(self._height())
            self.changed.emit()

    @property
    def alert(self) -> Message | None:
        """What is said."""
        return self._alert

    @property
    def on(self) -> bool:
        """Whether room is kept for it: alerts are switched on, and the lesson goes on."""
        return self._on and not self._over

    def switch_on(self, on: bool) -> None:
        """Gives it its room while alerts are on, and takes it back."""
        self._on = on
        self._keep_room()

    def show_ended(self, ended: bool = True) -> None:
        """After the end of a lesson none can come, and no room is kept; or it goes on."""
        self._over = ended
        self._keep_room()

    def _keep_room(self) -> None:
        if not self.on:
            self.clear()
        self.setVisible(self.on)
        self.changed.emit()

    def show_alert(self, alert: Message, at: str = "") -> None:
        """Says it, instead of what was said before.

        `at` is when that was: it still stands there when it is no longer so.
        """
        self._alert, self._at = alert, at
        self.answers.forget()
        self._show_parts()
        if self.isVisible():
            self._announce(told(alert))

    def clear(self) -> None:
        """Says nothing; the room stays."""
        self._alert = None
        self._show_parts()

    def _on_judged(self, good: bool) -> None:
        self.judged.emit(good)
        self._announce(self.tr("Noted: useful") if good else self.tr("Noted: not useful"))

    def _announce(self, words: str) -> None:
        announce(self, words)
        self.announced.emit(words)

    def _show_parts(self) -> None:
        self._say()
        self.setAccessibleDescription(self._dated(told(self._alert)))
        self.answers.setVisible(self._alert is not None)
        self.update()
        self.changed.emit()

    def _say(self) -> None:
        """All of it, or where that has no room all but its figures: the sentence has them too."""
        words = self._dated(told(self._alert))
        self._text.tell(words, SMALL if self._shape == _STACKED else None)
        if not self._text.whole:
            self._text.tell(self._dated(without_figures(told(self._alert))), SMALL)
            self._text.setToolTip(words)

    def _dated(self, words: str) -> str:
        return f"{self._at} · {words}" if self._at and words else words

    def sizeHint(self) -> QSize:
        """A row, or two where it is narrow."""
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(0, self._height())

    def _height(self) -> int:
        if self._shape == _BESIDE:
            return px(_ROW_PX)
        return self._text.sizeHint().height() + self.answers.sizeHint().height() + 2 * _PAD

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
        flag = _LOW_FLAG_PX if self._shape == _STACKED else _FLAG_PX
        middle = edge.left() - flag / 2 if rtl else edge.right() + flag / 2 + 1
        words = self._text.geometry()
        _paint_flag(painter, QPointF(middle, words.center().y() + 0.5))
        painter.end()


def _paint_flag(painter: QPainter, centre: QPointF) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.link, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawLine(centre + QPointF(-5, -8), centre + QPointF(-5, 8))
    painter.setBrush(theme.link)
    corners = [QPointF(-5, -8), QPointF(7, -8), QPointF(3.5, -4), QPointF(7, 0), QPointF(-5, 0)]
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
