"""The class as a bar, for panels too narrow for squares."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.core.glance.shown import ShownCounts
from fer_desktop.core.glance.types import Group
from fer_desktop.ui.look.group_colours import Mark
from fer_desktop.ui.look.group_words import GroupWords
from fer_desktop.ui.look.theme import px, resizes_text, set_role
from fer_desktop.ui.look.words import listed
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.widgets.group_bar import GroupBar, bar_parts

_BAR_PX: Final = 24
_LEFT: Final = (Mark.SMILING, Mark.SURPRISED, Mark.NEUTRAL, Mark.UNSURE)
_GAP_PX: Final = 2  # between both
_WORDS_PX: Final = 32  # two lines: no sentence moves anything


class LabelledBar(QWidget):
    """The bar with ticks at usual, and the words of its two ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = GroupWords()
        self._bar = GroupBar(_BAR_PX)
        self._left, self._right, self._note = PlainLabel(), PlainLabel(), PlainLabel()
        ends = QHBoxLayout()
        for label in (self._left, self._right, self._note):
            set_role(label, "small")
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        ends.addWidget(self._note, 2)
        ends.addWidget(self._left, 3)  # its words are of up to four groups
        ends.addWidget(self._right, 2)
        self._right.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # smiling stands left, as everywhere
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addStretch()
        column.addWidget(self._bar)
        column.addLayout(ends)
        column.addStretch()
        self.setAccessibleName(self.tr("Faces now"))
        speak_as(self, Role.Graphic)
        self._fit()

    def _fit(self) -> None:
        for label in (self._left, self._right, self._note):
            label.setMinimumHeight(px(_WORDS_PX))

    def changeEvent(self, event: QEvent) -> None:
        """The words have their room in any size."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    @property
    def bar(self) -> GroupBar:
        """The bar itself."""
        return self._bar

    def sizeHint(self) -> QSize:
        """Told outright: a layout's own hint is as tall as long words would be in a narrow one."""
        return QSize(240, self._bar.sizeHint().height() + _GAP_PX + px(_WORDS_PX))

    def hasHeightForWidth(self) -> bool:
        """None: its words have the same room at every width. Else a page that scrolls would be as tall as it wishes."""
        return False

    def show_counts(self, counts: ShownCounts) -> None:
        """Shows the class."""
        parts = bar_parts(counts)
        self._bar.show_parts(parts)
        self._words.low_is_told = counts.names_low
        told = [self._counted(mark, round(counts.now.of(Group(mark.value)))) for mark in (*_LEFT, Mark.LOW)]
        left = listed(told[:-1]) if parts else ""
        self._left.setText(self._about(left))
        self._right.setText(told[-1] if left else self._about(told[-1]))
        self._tell(listed((self._left.text(), self._right.text())), noted=False)

    def _counted(self, mark: Mark, count: int) -> str:
        """How many, or nothing: a zero says less than what is there."""
        return self._words.counted(mark, count) if count else ""

    def _about(self, faces: str) -> str:
        """They are estimates, and beside them stands no table that says so; once, before all of them."""
        return self.tr("about {faces}", "faces such as 3 smiling, 9 neutral").format(faces=faces) if faces else ""

    def show_note(self, words: str) -> None:
        """Shows an empty bar with a sentence below."""
        self._bar.show_parts(None)
        self._note.setText(words)
        self._note.setToolTip(words)
        self._tell(words, noted=True)

    def show_stale(self) -> None:
        """The bar stays as it is, pale: it is not of this moment."""
        self._bar.show_parts(self._bar.parts, stale=True)
        if self._bar.parts is not None:
            words = listed((self._left.text(), self._right.text()))
            self.setAccessibleDescription(self.tr("Not of this moment: {faces}").format(faces=words))

    def _tell(self, words: str, noted: bool) -> None:
        self._note.setVisible(noted)
        self._left.setVisible(not noted)
        self._right.setVisible(not noted and bool(self._right.text()))
        self.setAccessibleDescription(words)
