"""The stored lessons as rows under their days, newest first; those of the demo class under a title of their own."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fer_desktop.core.readings.outline import Outline
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.home import facts
from fer_desktop.ui.home.search import Search, haystack_of
from fer_desktop.ui.look.times import day_words
from fer_desktop.ui.saved import words
from fer_desktop.ui.toolkit.plain import plain_tip

LESSON: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Row = SavedSession | str  # a lesson, or the title above some


class LessonsModel(QAbstractListModel):
    """A row a lesson, and one a day above those that began on it."""

    def __init__(self, outline: Callable[[SavedSession], Outline | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outline = outline
        self._all: Sequence[SavedSession] = ()
        self._rows: list[Row] = []
        self._haystacks: dict[str, str] = {}  # by key; made when something is searched
        self.search = Search()

    def show_lessons(self, lessons: Sequence[SavedSession]) -> None:
        """Replaces the rows by those of these lessons that the search finds."""
        if lessons != self._all:
            self._all = lessons
            self._haystacks.clear()
        self._show(self.search)

    def show_found(self, search: Search) -> None:
        """Leaves the lessons that the search finds."""
        self._show(search)

    def _show(self, search: Search) -> None:
        rows = list(self._titled([one for one in self._all if self._is_found(one, search)]))
        if rows == self._rows and search.words == self.search.words:
            return
        self.beginResetModel()
        self._rows, self.search = rows, search
        self.endResetModel()

    def _is_found(self, lesson: SavedSession, search: Search) -> bool:
        if not search.words:
            return True
        if (haystack := self._haystacks.get(lesson.key)) is None:
            haystack = self._haystacks[lesson.key] = haystack_of(lesson)
        return search.finds(haystack)

    def _titled(self, lessons: Sequence[SavedSession]) -> Iterator[Row]:
        before = None
        for lesson in lessons:
            if lesson.is_demo:
                continue
            day = lesson.started.date()
            if day != before:
                title = day_words(day)
                yield title[:1].upper() + title[1:]
                before = day
            yield lesson
        demo = [lesson for lesson in lessons if lesson.is_demo]
        if demo:
            yield self.tr("Demo class: generated faces, nobody's lesson")
            yield from demo

    @property
    def lessons(self) -> list[SavedSession]:
        """Those that are shown."""
        return [row for row in self._rows if isinstance(row, SavedSession)]

    @property
    def count_of_all(self) -> int:
        """How many there are, whatever is searched."""
        return len(self._all)

    def is_lesson(self, row: int) -> bool:
        """Whether that row is one; else it is a title."""
        return isinstance(self._rows[row], SavedSession)

    def row_of(self, key: str) -> int:
        """Where the lesson of that key stands; -1 where it does not."""
        found = (at for at, row in enumerate(self._rows) if isinstance(row, SavedSession) and row.key == key)
        return next(found, -1)

    def nearest(self, row: int) -> int:
        """The lesson at that row or the next one below, else the last above; -1 where there is none."""
        places = [at for at, one in enumerate(self._rows) if isinstance(one, SavedSession)]
        return next((at for at in places if at >= row), places[-1] if places else -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Titles and lessons."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its words, and behind `LESSON` the lesson; None of a title."""
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.name(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return facts.spoken(row, self._outline(row), self.search.marker(row))
            case Qt.ItemDataRole.ToolTipRole:
                told = (words.name(row), row.class_name, words.no_figures(row), facts.kept(row))
                return plain_tip("\n".join(one for one in told if one))
            case _:
                return row if role == LESSON else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A title cannot be chosen."""
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        return able | Qt.ItemFlag.ItemNeverHasChildren
