"""One source to choose from: a picture, a title, a line under it."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from fer_desktop.ui.look.icons import icon
from fer_desktop.ui.look.theme import RADIUS, SMALL, SPACE, TEXT, app_font, current_theme, px
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.plain import plain_tip
from fer_desktop.ui.widgets.chips import chip_size, paint_chip

_TEXT_PX: Final = 60  # height of the two lines with their margins
_ICON_PX: Final = 40
_LEAST_PICTURE_PX: Final = 80


def in_two_lines(words: str, metrics: QFontMetrics, width: int) -> str:
    """The words as they fit into two lines; what is more ends in dots."""
    if metrics.horizontalAdvance(words) <= width:
        return words
    first = ""
    for word in words.split(" "):
        longer = f"{first} {word}".strip()
        if metrics.horizontalAdvance(longer) > width and first:
            break
        first = longer
    rest = words[len(first) :].strip()
    lines = (metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in (first, rest) if line)
    return "\n".join(lines)


class SourceCard(QAbstractButton):
    """A button with a picture. It draws an icon until it is given one."""

    touched = Signal(object, bool)  # itself, whether the pointer or the keyboard is on it

    def __init__(self, key: str, title: str, line: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._line, self._icon_name = key, line, icon_name
        self._image: QImage | None = None
        self._may_load_icon = self._by_keyboard = False
        self._badge = ""
        self.setText(title)
        self.setAccessibleName(title)
        speak_as(self, Role.Button)
        self.setAccessibleDescription(line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def line(self) -> str:
        """The line under the title."""
        return self._line

    def set_line(self, line: str) -> None:
        """Replaces the line under the title."""
        self._line = line
        self.setAccessibleDescription(line)
        self.setToolTip(plain_tip(line))
        self.update()

    def set_badge(self, badge: str) -> None:
        """A word over the picture, such as "Last used"; empty: none."""
        self._badge = badge
        self.update()

    def set_image(self, image: QImage | None) -> None:
        """The picture; None: the icon again."""
        self._image = image
        self.update()

    def has_image(self) -> bool:
        """Whether it shows a picture of the source."""
        return self._image is not None

    def apply_icons(self) -> None:
        """From now on the icon may be drawn: the window has been painted once."""
        self._may_load_icon = True
        self.update()

    def heightForWidth(self, width: int) -> int:
        """A picture of 16:9 and the two lines."""
        return width * 9 // 16 + px(_TEXT_PX)

    def least_height(self) -> int:
        """A low picture and the two lines."""
        return _LEAST_PICTURE_PX + px(_TEXT_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Says that the pointer is on it."""
        super().enterEvent(event)
        self.touched.emit(self, True)

    def leaveEvent(self, event: QEvent) -> None:
        """Says that the pointer has left it."""
        super().leaveEvent(event)
        self.touched.emit(self, self._by_keyboard)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Says that the user has moved the focus here; focus that the program sets does not count."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._by_keyboard = True
            self.touched.emit(self, True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Says that the focus has left it."""
        super().focusOutEvent(event)
        self._by_keyboard = False
        self.touched.emit(self, self.underMouse())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws card, picture and words."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.fillPath(shape, theme.hover if self.underMouse() or self.isDown() else theme.card)
        painter.save()
        painter.setClipPath(shape)
        self._paint_picture(painter, QRect(0, 0, self.width(), self.height() - px(_TEXT_PX)))
        painter.restore()
        painter.setPen(QPen(theme.focus if self.hasFocus() else theme.line, 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        self._paint_words(painter)

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        theme = current_theme()
        painter.fillRect(room, theme.track)
        if self._image is not None:
            whole = QSize(self._image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), whole)
            place.moveCenter(room.center())
            painter.drawImage(place, self._image)
        elif self._may_load_icon:
            place = QRect(0, 0, _ICON_PX, _ICON_PX)
            place.moveCenter(room.center())
            icon(self._icon_name, "muted").paint(painter, place)
        if self._badge:
            self._paint_badge(painter, room)

    def _paint_badge(self, painter: QPainter, room: QRect) -> None:
        font = app_font(SMALL, QFont.Weight.DemiBold)
        corner = QPointF(room.topLeft()) + QPointF(SPACE, SPACE)
        paint_chip(painter, QRectF(corner, chip_size(self._badge, font)), self._badge, font)

    def _paint_words(self, painter: QPainter) -> None:
        theme = current_theme()
        left, width = 2 * SPACE, self.width() - 4 * SPACE
        painter.setFont(app_font(SMALL))
        one_line = painter.fontMetrics().horizontalAdvance(self._line) <= width
        top = self.height() - px(_TEXT_PX) + px(SPACE + 2 if one_line else SPACE // 2)
        painter.setFont(app_font(TEXT, QFont.Weight.DemiBold))
        painter.setPen(theme.text)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, px(20)), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(app_font(SMALL))
        painter.setPen(theme.muted)
        room = QRect(left, top + px(21), width, px(20) if one_line else 2 * painter.fontMetrics().lineSpacing())
        where = Qt.AlignmentFlag.AlignVCenter if one_line else Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(where), in_two_lines(self._line, painter.fontMetrics(), width))
