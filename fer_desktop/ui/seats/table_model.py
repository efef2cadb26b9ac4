"""The rows of the seat view for Qt's table: what did not change is not touched, whatever the class's size."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from fer_desktop.core.seats.seat_rows import Presence, SeatRow
from fer_desktop.ui.look.theme import current_theme
from fer_desktop.ui.seats.words import (
    camera_words,
    length_since,
    name_words,
    place_words,
    read_words,
    seat_words,
    since_words,
    spoken,
)
from fer_desktop.ui.toolkit.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_QUIET: Final = (Presence.HAS_LEFT, Presence.NOT_SHOWN, Presence.LEFT_OUT)
_ORDER: Final = tuple(Presence)  # what a teacher may look for comes first


class Column(IntEnum):
    """What stands where."""

    SEAT = 0
    CAMERA = 1
    PLACE = 2
    READ = 3
    SINCE = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """A row and the words for it."""

    row: SeatRow
    alias: str
    words: tuple[str, ...]

    @property
    def key(self) -> tuple[SeatRow, str]:
        return self.row, self.alias


class SeatTableModel(QAbstractTableModel):
    """One row a participant, by seat, or as a column was chosen to sort by. In the first column aliases are typed."""

    alias_typed = Signal(int, str)  # seat, text

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._sorted_by, self._descending = Column.SEAT, False
        self._now_s = 0.0
        self._headers = (
            self.tr("Seat"),
            self.tr("Camera"),
            self.tr("Face"),
            self.tr("Read"),
            self.tr("Since"),
        )

    def show_rows(self, rows: Sequence[SeatRow], alias_of: Callable[[int], str], now_s: float) -> None:
        """Shows these from now on, the session's time being that; a row that is chosen or edited stays so."""
        self._now_s = now_s
        before = {line.row.seat: line for line in self._lines}
        lines = {}
        for row in rows:
            alias, known = alias_of(row.seat), before.get(row.seat)
            lines[row.seat] = known if known is not None and known.key == (row, alias) else _line(row, alias)
        self._keep(lines)
        self._add([line for seat, line in lines.items() if seat not in before])
        self._update([lines[line.row.seat] for line in self._lines])
        self._arrange()

    def seat_at(self, index: Index) -> int | None:
        """Whose row that is; None where there is none."""
        return self._lines[index.row()].row.seat if index.isValid() and index.row() < len(self._lines) else None

    def is_out(self, index: Index) -> bool:
        """Whether the participant of that row is left out."""
        return index.isValid() and self._lines[index.row()].row.presence is Presence.LEFT_OUT

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Always the same."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """What the columns are called."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands there."""
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.words[index.column()]
            case Qt.ItemDataRole.EditRole:
                return line.alias
            case Qt.ItemDataRole.ForegroundRole:
                return current_theme().muted if line.row.presence in _QUIET else None
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == Column.SEAT:
                return spoken(line.row, line.alias)
            case Qt.ItemDataRole.ToolTipRole if index.column() == Column.SEAT:
                hint = self.tr("{seat}. F2 gives it an alias").format(seat=seat_words(line.row.seat))
                return plain_tip(f"{line.alias}\n{hint}") if line.alias else hint
            case Qt.ItemDataRole.ToolTipRole if index.column() == Column.READ:
                return plain_tip(spoken(line.row, line.alias))
            case Qt.ItemDataRole.ToolTipRole if index.column() == Column.SINCE:
                return length_since(line.row, self._now_s)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt calls it)
        """Hands an alias on that was typed."""
        seat = self.seat_at(index)
        if role != Qt.ItemDataRole.EditRole or seat is None:
            return False
        self.alias_typed.emit(seat, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be typed in."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.SEAT else flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by that column from now on, and by seat where it says the same."""
        self._sorted_by, self._descending = Column(max(0, column)), order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def _keep(self, seats: Collection[int]) -> None:
        for number in range(len(self._lines) - 1, -1, -1):
            if self._lines[number].row.seat not in seats:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._lines[number]
                self.endRemoveRows()

    def _add(self, lines: list[_Line]) -> None:
        if lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def _update(self, lines: list[_Line]) -> None:
        """Takes the lines, of the same seats, and tells which have changed."""
        changed = [number for number, line in enumerate(lines) if line is not self._lines[number]]
        renamed = [number for number in changed if lines[number].words[0] != self._lines[number].words[0]]
        self._lines = lines
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, Column.CAMERA), self.index(last, Column.SINCE))
        for first, last in _runs(renamed):
            self.dataChanged.emit(self.index(first, Column.SEAT), self.index(last, Column.SEAT))

    def _arrange(self) -> None:
        lines = sorted(self._lines, key=lambda line: line.row.seat)
        lines.sort(key=self._sort_key, reverse=self._descending)
        if all(one is other for one, other in zip(lines, self._lines, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {id(line): number for number, line in enumerate(lines)}
        after = [self.createIndex(places[id(self._lines[one.row()])], one.column()) for one in before]
        self._lines = lines
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sort_key(self, line: _Line) -> tuple[object, ...]:
        row = line.row
        match self._sorted_by:
            case Column.CAMERA | Column.PLACE:
                return (_ORDER.index(row.presence),)
            case Column.READ:
                return (not row.reason, line.words[Column.READ])
            case Column.SINCE:
                return (row.since_s is None, -(row.since_s or 0.0))
        return (row.seat,)


def _line(row: SeatRow, alias: str) -> _Line:
    words = (name_words(row, alias), camera_words(row), place_words(row), read_words(row), since_words(row))
    return _Line(row, alias, words)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as stretches, first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
