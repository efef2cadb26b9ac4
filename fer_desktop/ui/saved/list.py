"""The stored sessions as a list, each with its markers under it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.look.theme import px
from fer_desktop.ui.look.times import length_words
from fer_desktop.ui.saved import words
from fer_desktop.ui.saved.erasing import Erasing
from fer_desktop.ui.toolkit.plain import plain_tip

_OF: Final = Qt.ItemDataRole.UserRole
_ROW_PX: Final = 32
_INDENT_PX: Final = 20
_LEAST_PX: Final = 88
_LENGTH_COLUMN: Final = 2


class SavedList(QTreeWidget):
    """One row a session, newest first. What is as good as erased is not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels(
            [self.tr("Lesson"), self.tr("Started"), self.tr("Length"), self.tr("State"), self.tr("Kept until")]
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("Saved lessons"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(px(_LEAST_PX))  # where there is no room for more the list scrolls sideways
        self.setIndentation(_INDENT_PX)

    def show_sessions(self, sessions: Sequence[SavedSession], erasing: Erasing) -> None:
        """Replaces the rows; what was chosen and open stays so."""
        chosen, opened = self._place(), self._opened()
        self.clear()
        shown = [session for session in sessions if not erasing.hides(session)]
        minutes = Counter(_minute(session) for session in shown)
        for session in shown:
            self._add(session, erasing, opened, words.when(session, minutes[_minute(session)] > 1))
        self._choose(chosen)

    def show_lengths(self, sessions: Sequence[SavedSession], erasing: Erasing) -> bool:
        """Whether the rows are of these sessions, as they were but for their lengths, which are shown."""
        rows = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        shown = [session for session in sessions if not erasing.hides(session)]
        if [_timeless(row.data(0, _OF)[0]) for row in rows if row is not None] != [_timeless(one) for one in shown]:
            return False
        for row, session in zip(rows, shown, strict=True):
            if row is not None:
                row.setText(_LENGTH_COLUMN, length_words(session.length_s))
        return True

    def choose(self, key: str) -> None:
        """Chooses the session of that key, where it is among them."""
        rows = (self.topLevelItem(index) for index in range(self.topLevelItemCount()))
        row = next((row for row in rows if row is not None and row.data(0, _OF)[0].key == key), None)
        if row is not None:
            self.setCurrentItem(row)

    @property
    def session(self) -> SavedSession | None:
        """The chosen session, or the one that the chosen marker is of."""
        item = self.currentItem()
        found = item.data(0, _OF) if item is not None else None
        return found[0] if found is not None else None

    @property
    def sessions(self) -> Sequence[SavedSession]:
        """All chosen sessions, in the order of the list; of a marker that is chosen, the one that it is of."""
        rows = (self.topLevelItem(index) for index in range(self.topLevelItemCount()))
        chosen = [row.data(0, _OF)[0] for row in rows if row is not None and row.isSelected()]
        if len(chosen) < 2 and self.session is not None:
            return [self.session]
        return chosen

    @property
    def marker(self) -> Marker | None:
        """The chosen marker, where nothing but it is chosen."""
        if len(self.selectedItems()) > 1:
            return None
        item = self.currentItem()
        found = item.data(0, _OF) if item is not None else None
        return found[1] if found is not None else None

    def _add(self, session: SavedSession, erasing: Erasing, opened: set[str], when: str) -> None:
        row = QTreeWidgetItem(
            [
                name_of(session),
                when,
                length_words(session.length_s),
                words.state(session),
                words.kept_until(session),
            ]
        )
        row.setToolTip(0, plain_tip(name_of(session)))
        row.setToolTip(3, words.no_figures(session))
        row.setData(0, _OF, (session, None))
        row.setSizeHint(0, QSize(0, px(_ROW_PX)))
        self.addTopLevelItem(row)
        for marker in session.markers:
            if marker.text and not erasing.hides_marker(session, marker.number):
                under = QTreeWidgetItem(
                    [marker.text, self.tr("after {length}").format(length=length_words(marker.elapsed_s))]
                )
                under.setToolTip(0, plain_tip(marker.text))
                under.setData(0, _OF, (session, marker))
                row.addChild(under)
        row.setExpanded(session.key in opened)

    def _place(self) -> tuple[int, int]:
        """Row of the chosen session and of its marker; -1: none."""
        item = self.currentItem()
        if item is None:
            return 0, -1
        above = item.parent()
        if above is None:
            return self.indexOfTopLevelItem(item), -1
        return self.indexOfTopLevelItem(above), above.indexOfChild(item)

    def _choose(self, place: tuple[int, int]) -> None:
        count = self.topLevelItemCount()
        if not count:
            return
        row = self.topLevelItem(min(place[0], count - 1))
        assert row is not None
        markers = row.childCount()
        under = row.child(min(place[1], markers - 1)) if place[1] >= 0 and markers else None
        self.setCurrentItem(under or row)

    def _opened(self) -> set[str]:
        rows = (self.topLevelItem(index) for index in range(self.topLevelItemCount()))
        return {row.data(0, _OF)[0].key for row in rows if row is not None and row.isExpanded()}


def _minute(session: SavedSession) -> datetime:
    return session.started.replace(second=0, microsecond=0)


def _timeless(session: SavedSession) -> SavedSession:
    return replace(session, length_s=0.0, goes=None)
