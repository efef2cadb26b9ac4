"""The stored lessons as rows under their days, newest first."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.theme import RADIUS, SMALL, SPACE, TEXT, app_font, current_theme, px
from fer_desktop.ui.look.times import day_words, length_words, time_words
from fer_desktop.ui.saved import words

LESSON: Final = Qt.ItemDataRole.UserRole
_ROW_PX: Final = 56
_DAY_PX: Final = 36
_DOT: Final = "  ·  "
_Index = QModelIndex | QPersistentModelIndex


class LessonsModel(QAbstractListModel):
    """A row a lesson, and one a day above those that began on it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SavedSession | str] = []

    def show_lessons(self, lessons: Sequence[SavedSession], hides: Callable[[SavedSession], bool]) -> None:
        """Replaces the rows; what is as good as erased is not among them."""
        rows: list[SavedSession | str] = []
        before = None
        for lesson in lessons:
            if hides(lesson):
                continue
            day = lesson.started.date()
            if day != before:
                title = day_words(day)
                rows.append(title[:1].upper() + title[1:])
                before = day
            rows.append(lesson)
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def lessons(self) -> list[SavedSession]:
        """Those that are shown."""
        return [row for row in self._rows if isinstance(row, SavedSession)]

    def row_of(self, key: str) -> int:
        """Where the lesson of that key stands; -1 where it does not."""
        found = (at for at, row in enumerate(self._rows) if isinstance(row, SavedSession) and row.key == key)
        return next(found, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Days and lessons."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its words, and behind `LESSON` the lesson; None of a day."""
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((row.name, *facts(row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.no_figures(row) or row.name
        return row if role == LESSON else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A day cannot be chosen."""
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def facts(lesson: SavedSession) -> list[str]:
    """When it began, how long it is, how it stands, how many markers it has."""
    count = sum(bool(marker.text) for marker in lesson.markers)
    said = (
        time_words(lesson.started),
        length_words(lesson.length_s),
        words.state(lesson),
        Counts().markers(count) if count else "",
    )
    return [one for one in said if one]


class LessonRows(QListView):
    """The list itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(LessonsModel(self))
        self.setItemDelegate(_Row(self))
        self.setAccessibleName(self.tr("Your lessons"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    @property
    def lessons(self) -> LessonsModel:
        """The rows."""
        model = self.model()
        assert isinstance(model, LessonsModel)
        return model

    @property
    def chosen(self) -> SavedSession | None:
        """The lesson that is chosen."""
        found = self.currentIndex().data(LESSON)
        return found if isinstance(found, SavedSession) else None

    def show_lessons(self, lessons: Sequence[SavedSession], hides: Callable[[SavedSession], bool]) -> None:
        """Replaces the rows; the choice stays, or is the newest."""
        before = self.chosen
        model = self.lessons
        model.show_lessons(lessons, hides)
        at = model.row_of(before.key) if before is not None else -1
        if at < 0 and model.rowCount():
            at = 1  # under the first day
        if at >= 0 and self.currentIndex().row() != at:
            self.setCurrentIndex(model.index(at))


class _Row(QStyledItemDelegate):
    """Paints a day or a lesson."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All lessons have the same height."""
        return QSize(0, px(_DAY_PX if index.data(LESSON) is None else _ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A day is small and bold; a lesson is two lines, framed where it is chosen."""
        theme, room = current_theme(), QRect(option.rect)
        lesson = index.data(LESSON)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(lesson, SavedSession):
            painter.setFont(app_font(SMALL, QFont.Weight.DemiBold))
            painter.setPen(theme.muted)
            place = room.adjusted(2 * SPACE, SPACE // 2, -SPACE, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.accent, 2) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(theme.track if selected else theme.hover)
            ground = QRectF(room).adjusted(SPACE / 2, 1, -SPACE / 2, -1)
            painter.drawRoundedRect(ground, RADIUS - 2, RADIUS - 2)
        self._paint_words(painter, room.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE), lesson)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, lesson: SavedSession) -> None:
        theme = current_theme()
        upper, lower = QRect(room), QRect(room)
        upper.setBottom(room.center().y())
        lower.setTop(room.center().y() + 1)
        lines = (
            (upper, lesson.name, app_font(TEXT, QFont.Weight.DemiBold), theme.text),
            (lower, _DOT.join(facts(lesson)), app_font(SMALL), theme.muted),
        )
        for line, text, font, colour in lines:
            painter.setFont(font)
            painter.setPen(colour)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
