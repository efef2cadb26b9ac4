"""What can be done about an alert: four small buttons, in one row where they fit."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from fer_desktop.ui.look.icons import icon
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role

_CHECK_PX: Final = 12
_GAP_PX: Final = SPACE // 2
_ANSWERS: Final = 2  # that can be given: it is marked, and whether it was useful


class AlertAnswers(QWidget):
    """The answer that was given is seen: its button has a check and an edge in the accent until the next alert."""

    mark_wanted = Signal()
    quiet_wanted = Signal()
    judged = Signal(bool)  # whether it was useful

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate  # of the line whose part this is
        self._whole, self._short = translate("AlertLine", "Mark this moment"), translate("AlertLine", "Mark")
        self.mark, self.quiet = _button(self._whole), _button(translate("AlertLine", "Quiet"))
        self.useful, self.not_useful = (
            _button(translate("AlertLine", "Useful")),
            _button(translate("AlertLine", "Not useful")),
        )
        self.mark.setAccessibleName(self._whole)
        self.mark.setToolTip(translate("AlertLine", "Marks the moment of the alert, not this one"))
        self.quiet.setToolTip(translate("AlertLine", "No alert for a while"))
        self.mark.setCheckable(True)
        self.mark.clicked.connect(self._on_mark)
        self.quiet.clicked.connect(self.quiet_wanted)
        for button, good in ((self.useful, True), (self.not_useful, False)):
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, good=good: self._judge(good))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        self._rows, self._marked = 0, False
        self._lay_out(1)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """In the order in which they stand."""
        return self.mark, self.quiet, self.useful, self.not_useful

    def fit(self, width_px: int) -> None:
        """Says less on the first button where all four have no room in one row; where even that fails, in two."""
        self.mark.setText(self._whole)
        if self._row_px() > width_px:
            self.mark.setText(self._short)
        self._lay_out(1 if self._row_px() <= width_px else 2)

    def _row_px(self) -> int:
        """With room for the checks of what may be answered."""
        given = self.mark.isChecked() + (self.useful.isChecked() or self.not_useful.isChecked())
        checks = (_ANSWERS - given) * (px(_CHECK_PX) + _GAP_PX)
        return sum(button.sizeHint().width() + _GAP_PX for button in self.buttons) + checks

    def _lay_out(self, rows: int) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        for index, button in enumerate(self.buttons):
            row, column = (0, index) if rows == 1 else divmod(index, 2)
            self._grid.addWidget(button, row, column)
        self._grid.setColumnStretch(4, 1)
        self._grid.invalidate()
        self.updateGeometry()

    def forget(self) -> None:
        """Another alert came: nothing was answered."""
        self._marked = False
        self._show_answer(None)

    def show_marked(self) -> None:
        """The moment is marked: the button says so, and marks it no second time."""
        self._marked = True
        _check(self.mark, True)

    def _on_mark(self) -> None:
        _check(self.mark, self._marked)
        if not self._marked:
            self.mark_wanted.emit()

    def _judge(self, good: bool) -> None:
        self._show_answer(good)
        self.judged.emit(good)

    def _show_answer(self, good: bool | None) -> None:
        for button, stands_for in ((self.useful, True), (self.not_useful, False)):
            _check(button, good is stands_for)
        _check(self.mark, self._marked)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme and the size of text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange or resizes_text(event):
            answer = True if self.useful.isChecked() else False if self.not_useful.isChecked() else None
            self._show_answer(answer)


def _check(button: QPushButton, given: bool) -> None:
    button.setChecked(given)
    button.setIconSize(QSize(px(_CHECK_PX), px(_CHECK_PX)))
    button.setIcon(icon("check-bold", "link") if given else QIcon())


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    set_role(button, "small")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space away from Pause
    return button
