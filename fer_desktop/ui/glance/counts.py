"""How many faces show what, now and usually: figures to be read on purpose, beside the squares."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from fer_desktop.core.glance.shown import LEAST_LOW, ShownCounts
from fer_desktop.core.glance.types import Basis, Glance, Group, GroupCounts
from fer_desktop.ui.look.group_colours import Mark
from fer_desktop.ui.look.group_words import GroupWords
from fer_desktop.ui.look.theme import SMALL, SPACE, TEXT, app_font, px, resizes_text, set_role
from fer_desktop.ui.look.words import in_sentences
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip
from fer_desktop.ui.widgets.group_marks import paint_mark

_ROWS: Final = (Mark.SMILING, Mark.SURPRISED, Mark.NEUTRAL, Mark.LOW)
_ROW_PX: Final = 24
_SWATCH_PX: Final = 16
_NOTHING: Final = "–"


class Swatch(QWidget):
    """A small square with the mark of a group."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self.setFixedSize(_SWATCH_PX, _SWATCH_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, self.rect().toRectF(), self._mark)
        painter.end()


class CountsTable(QWidget):
    """Four rows with two figures; dashes where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._marked = GroupWords(), False
        self._about, self._now_title = PlainLabel(self.tr("faces, about")), PlainLabel(self.tr("now"))
        self._usual_title = PlainLabel(self.tr("usually"))
        self._names = {mark: PlainLabel(self._words.name(mark)) for mark in _ROWS}
        self._now = {mark: PlainLabel(_NOTHING) for mark in _ROWS}
        self._usual = {mark: PlainLabel(_NOTHING) for mark in _ROWS}
        self.setAccessibleName(self.tr("Faces now and usually"))
        speak_as(self, Role.Grouping)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._about, 0, 0, 1, 2)
        for column, title, figures in ((2, self._now_title, self._now), (3, self._usual_title, self._usual)):
            for row, label in enumerate((title, *(figures[mark] for mark in _ROWS))):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, row, column)
        for title in (self._about, self._now_title, self._usual_title):
            set_role(title, "small")
        for row, mark in enumerate(_ROWS, 1):
            grid.addWidget(Swatch(mark), row, 0)
            grid.addWidget(self._names[mark], row, 1)
            set_role(self._usual[mark], "muted")
        self._grid = grid
        self._fit()

    def _fit(self) -> None:
        """Columns of one width, whatever stands in them: no figure moves anything, or is cut until it is laid out."""
        usual = self.tr("usually"), self.tr("before", "before a marker")
        for title, figures, titles in (
            (self._now_title, self._now, (self.tr("now"),)),
            (self._usual_title, self._usual, usual),
        ):
            for label in (title, *figures.values()):
                label.setFixedWidth(self._widest(*titles))
        for row in range(1, len(_ROWS) + 1):
            self._grid.setRowMinimumHeight(row, px(_ROW_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def _widest(self, *titles: str) -> int:
        """Of a column with one of these titles, in px."""
        figures = QFontMetricsF(app_font(TEXT, QFont.Weight.DemiBold))
        small = QFontMetricsF(app_font(SMALL))
        widths = [figures.horizontalAdvance("0000"), *(small.horizontalAdvance(title) for title in titles)]
        return math.ceil(max(widths)) + SPACE

    def sizeHint(self) -> QSize:
        """Four rows below their titles."""
        return QSize(max(px(290), super().sizeHint().width()), super().sizeHint().height())

    def figures(self, mark: Mark) -> tuple[str, str]:
        """What stands in a group's row: now, usually."""
        return self._now[mark].text(), self._usual[mark].text()

    def show_counts(self, glance: Glance, counts: ShownCounts) -> None:
        """Shows the figures of a glance."""
        self._marked = glance.basis is Basis.MARKER
        self._words.low_is_told = counts.names_low
        self._names[Mark.NEUTRAL].setText(self._words.name(Mark.NEUTRAL))
        self._usual_title.setText(self.tr("before", "before a marker") if self._marked else self.tr("usually"))
        self._usual_title.setToolTip(plain_tip(glance.since_marker) if self._marked else "")
        for mark in _ROWS:
            self._now[mark].setText(_figure(counts.now, mark, counts.names_low))
            usual = counts.usual
            self._usual[mark].setText(_figure(usual, mark, counts.names_low) if usual is not None else _NOTHING)
        self._show_stale(False)

    def clear(self) -> None:
        """Dashes alone."""
        for label in (*self._now.values(), *self._usual.values()):
            label.setText(_NOTHING)
        self._show_stale(False)

    def show_stale(self) -> None:
        """Figures stay as they are, grey: they are not of this moment."""
        self._show_stale(True)

    def _show_stale(self, stale: bool) -> None:
        for label in self._now.values():
            set_role(label, "muted" if stale or label.text() == _NOTHING else "strong")
        rows = [self._row_words(mark) for mark in _ROWS if self._now[mark].text() != _NOTHING]
        words = in_sentences(rows) or self.tr("No figures")
        self.setAccessibleDescription(self.tr("Not of this moment: {faces}").format(faces=words) if stale else words)

    def _row_words(self, mark: Mark) -> str:
        now, usual = self.figures(mark)
        if usual == _NOTHING:
            return self.tr("{group}: about {now}").format(group=self._words.name(mark), now=now)
        text = self.tr("{group}: about {now}, usually {usual}")
        if self._marked:
            text = self.tr("{group}: about {now}, before the marker {usual}")
        return text.format(group=self._words.name(mark), now=now, usual=usual)


def _figure(counts: GroupCounts, mark: Mark, names_low: bool) -> str:
    count = round(counts.of(Group(mark.value)))
    if mark is not Mark.LOW:
        return str(count)
    if not names_low:
        return _NOTHING
    return str(count) if count >= LEAST_LOW else f"0–{LEAST_LOW - 1}"
