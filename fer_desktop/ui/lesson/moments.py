"""The moments of a lesson as rows: her markers, alerts, the largest changes, and stretches that were not seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from fer_desktop.core.glance.alerts.alert_detector import AlertRaised, alert_message
from fer_desktop.core.glance.lesson_changes import length_s_of, past_change_words
from fer_desktop.pipeline.events import Alert, Marker
from fer_desktop.ui.lesson.content import LessonContent
from fer_desktop.ui.look.icons import icon
from fer_desktop.ui.look.times import length_words, moment_words
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.plain import plain_tip
from fer_desktop.ui.trend.lesson.words import LessonWords
from fer_desktop.ui.widgets.marker_flag import marker_colour

Index = QModelIndex | QPersistentModelIndex
LONGEST_NAME: Final = 80  # characters of a marker


class Column(IntEnum):
    """What a row says."""

    TIME = 0
    WHAT = 1


class Kind(StrEnum):
    """What a moment is."""

    MARKER = "marker"
    ALERT = "alert"
    CHANGE = "change"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Row:
    """A moment in words."""

    elapsed_s: float
    kind: Kind
    text: str
    marker: Marker | None = None

    def is_same(self, other: "Row") -> bool:
        """Whether it is that moment, whatever it is called now."""
        return (self.elapsed_s, self.kind) == (other.elapsed_s, other.kind)


_MARKER_ICON: Final = "bookmark"
_ICONS: Final = {Kind.ALERT: "flag-outline", Kind.CHANGE: "chart-line-variant", Kind.GAP: "dots-horizontal"}


class MomentsModel(QAbstractTableModel):
    """A row a moment, in the order of their time; a marker's name can be typed over."""

    renamed = Signal(object, str)  # Marker, its new name

    def __init__(self, content: LessonContent, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = LessonWords(self)
        self._others = [*self._alerts(content.alerts), *self._changes(content), *self._gaps(content)]
        self._rows: list[Row] = []
        self.show_markers(content.markers)

    def _alerts(self, alerts: Iterable[Alert]) -> Iterator[Row]:
        for alert in alerts:
            raised = AlertRaised(alert.kind, alert.elapsed_s, alert.faces, alert.of, alert.usual)
            yield Row(alert.elapsed_s, Kind.ALERT, told(alert_message(raised)))

    def _changes(self, content: LessonContent) -> Iterator[Row]:
        for past in content.changes:
            words = past_change_words(past, length_words(length_s_of(past)))
            yield Row(past.change.since_s, Kind.CHANGE, told(words))

    def _gaps(self, content: LessonContent) -> Iterator[Row]:
        for gap in content.gaps:
            why = self.tr("stopped") if content.is_stop(gap) else self._words.why(gap.why)
            text = self.tr("{why}, for {length}", "why a lesson was not seen, and for how long")
            length = length_words(gap.end_s - gap.start_s)
            yield Row(gap.start_s, Kind.GAP, text.format(why=why[:1].upper() + why[1:], length=length))

    def show_markers(self, markers: Iterable[Marker]) -> None:
        """Takes the markers as they are now."""
        named = [Row(marker.elapsed_s, Kind.MARKER, marker.text, marker) for marker in markers]
        rows = sorted([*named, *self._others], key=lambda row: row.elapsed_s)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    @property
    def rows(self) -> list[Row]:
        """All of them."""
        return self._rows

    def row_of(self, number: int) -> int:
        """Where the marker of that number stands; -1 where it does not."""
        found = (at for at, row in enumerate(self._rows) if row.marker is not None and row.marker.number == number)
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """The moments."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """When, and what."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return {Column.TIME: self.tr("Time"), Column.WHAT: self.tr("What")}[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its words; what kind of moment it is a sign says, and a word to a screen reader."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.TIME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if index.column() == Column.TIME:
            return moment_words(row.elapsed_s) if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.text
            case Qt.ItemDataRole.DecorationRole:
                return self._sign(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._spoken(row))
        return None

    def _sign(self, row: Row) -> QIcon:
        if row.marker is not None:
            return icon(_MARKER_ICON, marker_colour(row.marker.colour))
        return icon(_ICONS[row.kind], "muted")

    def _spoken(self, row: Row) -> str:
        kinds = {
            Kind.MARKER: self.tr("Marker"),
            Kind.ALERT: self.tr("Alert"),
            Kind.CHANGE: self.tr("Change"),
            Kind.GAP: self.tr("Gap"),
        }
        return self.tr("{kind}: {text}", "a kind of moment, and what it was").format(
            kind=kinds[row.kind], text=row.text
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A marker's name can be typed over."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == Column.WHAT and self._rows[index.row()].marker is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's own name)
        """Asks for another name; it is shown once it is stored. An empty one is none."""
        marker, text = self._rows[index.row()].marker, str(value).strip()[:LONGEST_NAME]
        if role != Qt.ItemDataRole.EditRole or marker is None or not text or text == marker.text:
            return False
        self.renamed.emit(marker, text)
        return True
