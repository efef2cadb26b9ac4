"""The seat view as a pane of the session's page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.core.readings.withholding import MIN_READABLE
from fer_desktop.core.seats.seat_rows import SeatRow, class_counts
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.seats.table import SeatTable
from fer_desktop.ui.seats.table_model import SeatTableModel
from fer_desktop.ui.seats.words import counts_words
from fer_desktop.ui.toolkit.plain import PlainLabel


class SeatPane(QFrame):
    """What it is, the counts of the class, a row for each participant, and whether aliases are kept."""

    hide_wanted = Signal()
    keep_wanted = Signal(bool)  # whether aliases are kept over the lesson's end

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.model = SeatTableModel(self)
        self.table = SeatTable(self.model)
        self._title, self.hide_button = PlainLabel(self.tr("Seats")), QPushButton(self.tr("Hide"))
        set_role(self._title, "strong")
        set_role(self.hide_button, "segment")
        self.hide_button.setToolTip(self.tr("Show or hide the seats (Ctrl+T)"))
        self.hide_button.clicked.connect(self.hide_wanted)
        self._what = PlainLabel(
            self.tr("What is seen of each camera now, never an expression. Nothing of it is kept, and it may be wrong.")
        )
        self._counts = PlainLabel()
        for label in (self._what, self._counts):
            label.setWordWrap(True)
            set_role(label, "small")
        self.keep = QCheckBox(self.tr("Keep the aliases for 7 days"))
        explained = self.tr(
            "Else they are gone when the lesson ends. Kept ones are offered as you type; whose they are is not kept."
        )
        self.keep.setToolTip(explained)
        self.keep.setAccessibleDescription(explained)
        self.keep.clicked.connect(self.keep_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.hide_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._what)
        column.addWidget(self._counts)
        column.addWidget(self.table, 1)
        column.addWidget(self.keep)

    @property
    def counts(self) -> str:
        """What it says of the class."""
        return self._counts.text()

    def show_rows(self, rows: Sequence[SeatRow], alias_of: Callable[[int], str], now_s: float) -> None:
        """Shows these participants, at that time of the session."""
        self.model.show_rows(rows, alias_of, now_s)
        words = counts_words(class_counts(rows), MIN_READABLE) if rows else ""
        if words != self.counts:
            self._counts.setText(words)

    def wait(self, why: str) -> None:
        """Says that instead of rows, where none is shown yet; empty: somebody may be seen at any moment."""
        self.table.wait(why)

    def show_kept(self, aliases: Sequence[str], keeps: bool) -> None:
        """Offers the aliases that are kept, and says whether those of this lesson are to be."""
        self.table.offer(aliases)
        self.keep.setChecked(keeps)
