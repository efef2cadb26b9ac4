"""One lesson beside another one of hers, or beside the usual of its class."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.comparison.alignment import By
from fer_desktop.core.comparison.compare import Comparison, compare, compare_with_usual
from fer_desktop.core.comparison.words import rests_on, sentence
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession, SavedSessions
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.compare.chart import CompareChart
from fer_desktop.ui.compare.choice import Choices, choices, lesson_words
from fer_desktop.ui.compare.legend import Legend
from fer_desktop.ui.compare.words import CompareWords
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.screen_geometry import fit
from fer_desktop.ui.widgets.fields import ComboBox

_LEAST_PX: Final = 584  # with a frame it fits a screen of 640 px
_ROW_PX: Final = 18
_USUAL: Final = None  # the reference that is no lesson


def open_compare(parent: QWidget, services: Services, session_id: int, other_id: int | None = None) -> "CompareDialog":
    """Opens the comparison of the stored lesson of that id; with the other one chosen where that is given."""
    dialog = CompareDialog(services.stored, session_id, other_id, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class CompareDialog(QDialog):
    """Reads what is chosen in a job; of several choices the last one counts."""

    looked = Signal()  # a comparison is shown, or why there is none

    def __init__(
        self, stored: SavedSessions, session_id: int, other_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stored, self._id, self._other_id = stored, session_id, other_id
        self._asked = 0  # how many comparisons were wanted; what comes late is not shown
        self._comparison: Comparison | None = None
        self._words = CompareWords(self)
        self.setWindowTitle(self.tr("Compare lessons"))
        self.lesson, self.sentence, self.rests, self.values = PlainLabel(), PlainLabel(), PlainLabel(), PlainLabel()
        self.other, self.chart, self.legend = ComboBox(), CompareChart(), Legend()
        self.by = QButtonGroup(self)
        self.close_button = QPushButton(self.tr("Close"))
        self._make_choices()
        self._lay_out()
        self.other.activated.connect(lambda _index: self._compare())
        self.by.idClicked.connect(lambda _id: self._compare())
        self.chart.pointed.connect(self._on_pointed)
        self.close_button.clicked.connect(self.accept)
        self.sentence.setText(self.tr("Reading the lessons…"))
        run_job(stored.listed, self._on_listed, self._on_failed, self)

    def _make_choices(self) -> None:
        self.other.setAccessibleName(self.tr("Compare with"))
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.other.setMinimumContentsLength(16)
        self.other.setEnabled(False)
        labels = (
            (self.tr("Time"), self.tr("Laid over one another by time")),
            (self.tr("Markers"), self.tr("Laid over one another by markers of the same name")),
        )
        for number, (label, name) in enumerate(labels):
            button = QToolButton()
            button.setText(label)
            button.setCheckable(True)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(button, "segment")
            self.by.addButton(button, number)
        self.by.button(0).setChecked(True)

    def _lay_out(self) -> None:
        self.setMinimumWidth(_LEAST_PX)
        set_role(self.lesson, "muted")
        set_role(self.sentence, "heading")
        for label in (self.rests, self.values):
            set_role(label, "small")
        for label in (self.lesson, self.sentence, self.rests, self.values):
            label.setWordWrap(True)
        self.values.setMinimumHeight(2 * px(_ROW_PX))  # so that nothing moves with the pointer
        asked, laid = PlainLabel(self.tr("Compare &with")), PlainLabel(self.tr("Aligned by"))
        asked.setBuddy(self.other)
        choice = QHBoxLayout()
        choice.setSpacing(SPACE)
        choice.addWidget(asked)
        choice.addWidget(self.other, 1)
        under = QHBoxLayout()
        under.setSpacing(SPACE)
        under.addWidget(laid)
        for button in self.by.buttons():
            under.addWidget(button)
        under.addSpacing(SPACE)
        under.addWidget(self.rests, 1)
        foot = QHBoxLayout()
        foot.setSpacing(2 * SPACE)
        foot.addWidget(self.values, 1)
        self.close_button.setDefault(True)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.lesson)
        column.addLayout(choice)
        column.addWidget(self.sentence)
        column.addLayout(under)
        column.addWidget(self.chart, 1)
        column.addWidget(self.legend)
        column.addLayout(foot)
        for before, after in pairwise((self.other, *self.by.buttons(), self.chart, self.close_button)):
            self.setTabOrder(before, after)
        OneStop(self.by)  # now: Qt puts in order what can have the keyboard

    def sizeHint(self) -> QSize:
        """Wide enough for an hour."""
        return QSize(px(960), px(600))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its room."""
        super().showEvent(event)
        fit(self)

    @property
    def comparison(self) -> Comparison | None:
        """What is shown."""
        return self._comparison

    def _on_listed(self, listed: Sequence[SavedSession]) -> None:
        found = choices(listed, self._id)
        if found is None:
            self._on_failed(self.tr("This lesson is no longer stored."))
            return
        self.lesson.setText(self.tr("This lesson: {lesson}").format(lesson=lesson_words(found.lesson)))
        self._offer(found)
        if self.other.count():
            self._compare()
        else:
            self._show_none(self.tr("There is no other lesson to compare with."))

    def _offer(self, found: Choices) -> None:
        if found.has_class:
            self.other.addItem(self.tr("Usual of {class_name}").format(class_name=found.lesson.class_name), _USUAL)
        for one in found.others:
            self.other.addItem(lesson_words(one), one.id)
        wanted = self._other_id if self._other_id is not None else found.first()
        ids = [self.other.itemData(index) for index in range(self.other.count())]
        if wanted in ids:
            self.other.setCurrentIndex(ids.index(wanted))
        self.other.setEnabled(bool(ids))
        self.other.setFocus()  # it could not have the keyboard before

    def _compare(self) -> None:
        self._asked += 1
        asked, other_id, stored, this = self._asked, self.other.currentData(), self._stored, self._id
        by = (By.TIME, By.MARKERS)[self.by.checkedId()]

        def work() -> Comparison:
            if other_id is None:
                return compare_with_usual(*stored.with_earlier(this), by)
            return compare(*stored.pair(this, other_id), by)

        def then(comparison: Comparison) -> None:
            if asked == self._asked:
                self._show(comparison)

        run_job(work, then, lambda reason: self._on_failed(reason) if asked == self._asked else None, self)

    def _show(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self.sentence.setText(told(sentence(comparison, moment_words)))
        note = self.tr("Other faces, other light: a difference is no verdict on a lesson or a class.")
        self.rests.setText(" ".join([*(told(one) for one in rests_on(comparison)), note]))
        self.legend.show_kind(comparison.usual, beyond=bool(comparison.found))
        self.legend.show()
        self.chart.show()
        self.chart.show_comparison(comparison)
        self.looked.emit()

    def _show_none(self, why: str) -> None:
        self._comparison = None
        self.sentence.setText(why)
        self.rests.clear()
        self.legend.hide()
        self.chart.show_comparison(None)
        self.looked.emit()

    def _on_failed(self, reason: str) -> None:
        self._show_none(reason)

    def _on_pointed(self, stretch: int) -> None:
        if self._comparison is None:
            self.values.clear()
        elif stretch < 0:
            self.values.setText(self.tr("Means over 30 s, of the faces read. Point at the chart for what both show."))
        else:
            self.values.setText(self._words.at(self._comparison, stretch))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.legend.update()
