"""Windows to choose from, a row each: title, program, and whether it looks like a call."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fer_desktop.core.sources import SourceChoice, WindowChoice
from fer_desktop.ui.look.icons import icon
from fer_desktop.ui.look.theme import RADIUS, SMALL, SPACE, TEXT, app_font, current_theme, px
from fer_desktop.ui.toolkit.plain import plain_tip

_CHOICE: Final = Qt.ItemDataRole.UserRole
_TAG: Final = Qt.ItemDataRole.UserRole + 1
_ROW_PX, _ICON_PX = 60, 24
# Words of titles and names of programs; a browser has the call in its title.
_CALLS: Final = re.compile(
    r"\b(zoom|teams|meet|webex|jitsi|bigbluebutton|whereby|gotomeeting|skype|bluejeans|edumeet|opentalk)\b",
    re.IGNORECASE,
)


def is_call(window: WindowChoice) -> bool:
    """Whether a window looks like a video call's."""
    return bool(_CALLS.search(window.name) or _CALLS.search(_program(window)))


def calls_first(windows: Sequence[WindowChoice]) -> list[WindowChoice]:
    """Calls before all others; within each, the order stays."""
    return sorted(windows, key=lambda window: not is_call(window))


class WindowRows(QListWidget):
    """The list itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Open windows"))
        self.setItemDelegate(_Row(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def choice(self) -> WindowChoice | None:
        """The window that is chosen."""
        found = self.currentIndex().data(_CHOICE)
        return found if isinstance(found, WindowChoice) else None

    def show_windows(self, windows: Sequence[WindowChoice], last: SourceChoice | None) -> None:
        """Fills the list, calls first; the choice stays, or else is what was used last, or the first."""
        before, rows = self.choice, calls_first(windows)
        used = _closest(rows, last)
        self.blockSignals(True)
        self.clear()
        for window in rows:
            item = QListWidgetItem(window.name)
            item.setData(_CHOICE, window)
            item.setData(_TAG, self._tag(window, used))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{window.name}, {_program(window)}")
            item.setToolTip(plain_tip(window.name))
            self.addItem(item)
        self.blockSignals(False)
        chosen = _closest(rows, before) or used or next(iter(rows), None)
        self.setCurrentRow(rows.index(chosen) if chosen is not None else -1)

    def _tag(self, window: WindowChoice, used: WindowChoice | None) -> str:
        if window == used:
            return self.tr("Last used")
        return self.tr("Call") if is_call(window) else ""


def _closest(windows: Sequence[WindowChoice], wanted: SourceChoice | None) -> WindowChoice | None:
    """The wanted window, or one that its program shows under the same title."""
    if not isinstance(wanted, WindowChoice):
        return None
    of_program = [window for window in windows if window.program == wanted.program]
    same = next((window for window in of_program if window.handle == wanted.handle), None)
    return same or next((window for window in of_program if window.name == wanted.name), None)


def _program(window: WindowChoice) -> str:
    program = window.program
    if program.count(".") >= 2:  # org.gnome.Nautilus
        program = program.rpartition(".")[2]
    return program[:1].upper() + program[1:]


class _Row(QStyledItemDelegate):
    """Paints one window."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows have the same height."""
        return QSize(0, px(_ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws ground, icon, the two lines and the tag."""
        theme = current_theme()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.focus, 2) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.track if selected else theme.hover)
            painter.drawRoundedRect(QRectF(room).adjusted(1, 1, -1, -1), RADIUS - 2, RADIUS - 2)
        window = index.data(_CHOICE)
        place = QRect(room.left() + SPACE + 4, room.center().y() - _ICON_PX // 2, _ICON_PX, _ICON_PX)
        icon("video-outline" if is_call(window) else "application-outline", "muted").paint(painter, place)
        words = room.adjusted(place.right() + SPACE + 4 - room.left(), SPACE, -SPACE - 4, -SPACE)
        self._paint_words(painter, words, window, str(index.data(_TAG)))
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, window: WindowChoice, tag: str) -> None:
        theme = current_theme()
        upper, lower = QRect(room), QRect(room)
        upper.setBottom(room.center().y())
        lower.setTop(room.center().y() + 1)
        if tag:
            painter.setFont(app_font(SMALL, QFont.Weight.DemiBold))
            painter.setPen(theme.link)
            painter.drawText(lower, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tag)
            lower.setRight(lower.right() - QFontMetrics(painter.font()).horizontalAdvance(tag) - SPACE)
        lines = (
            (upper, window.name, app_font(TEXT, QFont.Weight.DemiBold), theme.text),
            (lower, _program(window), app_font(SMALL), theme.muted),
        )
        for line, text, font, colour in lines:
            painter.setFont(font)
            painter.setPen(colour)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
