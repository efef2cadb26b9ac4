"""The markers that were set so far: each can be renamed, coloured, taken away, and brought back."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from fer_desktop.pipeline.events import Marker
from fer_desktop.pipeline.session_engine.channel.commands import EditMarker
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import SPACE, resizes_text, set_role
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import listed
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.widgets.marker_flag import MarkerFlag

LONGEST_NAME: Final = 80  # characters
_SHOWN: Final = 6  # rows; older ones are in the lesson's own list


class MarkerRow(QWidget):
    """One marker: its colour, its moment, its name to be typed over, and a button that takes it away."""

    edited = Signal(object)  # EditMarker
    removed = Signal(object)  # Marker

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker = marker
        time = self._time = PlainLabel(moment_words(marker.elapsed_s))
        self.flag, self.name = MarkerFlag(marker.colour, marker.elapsed_s), QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.remove = QToolButton()
        self.remove.setToolTip(self.tr("Remove this marker"))
        words = self.tr("Remove the marker at {time}").format(time=moment_words(marker.elapsed_s))
        self.remove.setAccessibleName(words)
        set_role(self.remove, "quiet")
        request_icon(self.remove, "close", "muted")
        set_role(time, "muted")
        time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for widget in (self.flag, time, self.name, self.remove):
            row.addWidget(widget, 1 if widget is self.name else 0)
        self._fit()
        self.show_marker(marker)
        self.flag.clicked.connect(self._colour)
        self.name.editingFinished.connect(self._rename)
        self.remove.clicked.connect(lambda: self.removed.emit(self.marker))

    def _fit(self) -> None:
        self._time.setFixedWidth(self._time.fontMetrics().horizontalAdvance(moment_words(10 * 3600)))
        self.flag.setFixedSize(self.flag.sizeHint())

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the keyboard stops at, in its order."""
        return self.flag, self.name, self.remove

    def show_marker(self, marker: Marker) -> None:
        """Takes the marker as it is now; what is being typed stays."""
        self.marker = marker
        self.flag.show_colour(marker.colour)
        self.flag.setAccessibleDescription(listed((marker.text, self.flag.toolTip())))
        if not self.name.hasFocus():
            self.name.setText(marker.text)
            self.name.setCursorPosition(0)  # of a long name the beginning is seen
        words = self.tr("Name of the marker at {time}").format(time=moment_words(marker.elapsed_s))
        self.name.setAccessibleName(words)
        self.remove.setAccessibleDescription(marker.text)

    def _colour(self) -> None:
        self.edited.emit(EditMarker(self.marker.number, self.marker.text, self.flag.next_colour))

    def _rename(self) -> None:
        text = self.name.text().strip()
        if not text:  # to take one away there is a button, which can be undone
            self.name.setText(self.marker.text)
        elif text != self.marker.text:
            self.edited.emit(EditMarker(self.marker.number, text, self.marker.colour))


class MarkerList(QWidget):
    """The last markers, newest first, and a way back for the one that was taken away last."""

    edit_wanted = Signal(object)  # EditMarker
    resized = Signal()  # it needs another height
    done = Signal()  # Enter was pressed in a name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[int, MarkerRow] = {}
        self._gone: Marker | None = None
        self._chosen = 0  # the number of one that is shown however old it is
        self._rows, self._undo_row = QVBoxLayout(), QWidget()
        self._rows.setSpacing(SPACE // 2)
        self._told, self.undo = PlainLabel(), QPushButton(self.tr("Undo"))
        set_role(self._told, "muted")
        undo = QHBoxLayout(self._undo_row)
        undo.setContentsMargins(0, 0, 0, 0)
        undo.addWidget(self._told, 1)
        undo.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(self._rows)
        column.addWidget(self._undo_row)
        self._undo_row.hide()
        self.undo.clicked.connect(self._bring_back)
        self.hide()

    def choose(self, number: int) -> None:
        """Has that one among those that are shown next, also where it is older than these."""
        self._chosen = number

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Shows them as they are now."""
        newest = sorted(markers, key=lambda one: -one.elapsed_s)
        seen = [one for place, one in enumerate(newest) if place < _SHOWN or one.number == self._chosen]
        shown = {marker.number: marker for marker in seen}
        for number in [number for number in self.rows if number not in shown]:
            row = self.rows.pop(number)
            row.hide()
            row.deleteLater()
        for place, (number, marker) in enumerate(shown.items()):
            if number not in self.rows:
                self._add(place, marker)
            self.rows[number].show_marker(marker)
        stops = [stop for number in shown for stop in self.rows[number].stops]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        if self._gone is not None and self._gone.number in shown:
            self._forget()
        self.setVisible(bool(shown) or self._gone is not None)
        self.resized.emit()

    def clear(self) -> None:
        """Forgets what could be undone: another session begins."""
        self._forget()
        self.show_markers(())

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def _add(self, place: int, marker: Marker) -> None:
        self.rows[marker.number] = row = MarkerRow(marker)
        row.edited.connect(self.edit_wanted)
        row.removed.connect(self._remove)
        row.name.returnPressed.connect(self.done)
        self._rows.insertWidget(place, row)
        apply_icons(row)

    def _remove(self, marker: Marker) -> None:
        self._gone = marker
        self._told.setText(self.tr("Removed: {name}").format(name=marker.text))
        self._undo_row.show()
        self.edit_wanted.emit(EditMarker(marker.number, "", marker.colour))
        self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self) -> None:
        if self._gone is not None:
            self.edit_wanted.emit(EditMarker(self._gone.number, self._gone.text, self._gone.colour))

    def _forget(self) -> None:
        self._gone = None
        self._undo_row.hide()
