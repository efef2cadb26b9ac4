"""The page of a recording that is being read: how far it is, how long it takes yet, and the class up to there."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Alert, SessionEvent
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.times import length_words, moment_words
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.widgets.fields import Slider

_STEP_S: Final = 10  # of the arrow keys
_PAGE_S: Final = 60
_MILLE: Final = 1000


class ReadingPage(QWidget):
    """Told from outside how far it is; says when it is to stop and when it is to be left."""

    cancel_wanted = Signal()
    home_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.told = PlainLabel(), PlainLabel()
        self.bar = QProgressBar()
        self.chart = LessonChart()
        self.seek, self.place = Slider(Qt.Orientation.Horizontal), PlainLabel()
        self.cancel, self.home = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Your lessons"))
        self._read_s, self._follows = 0, True
        self._lay_out()
        self.cancel.clicked.connect(self.cancel_wanted)
        self.home.clicked.connect(self.home_wanted)
        self.seek.valueChanged.connect(self._on_sought)

    def _lay_out(self) -> None:
        set_role(self.name, "display")
        set_role(self.told, "muted")
        set_role(self.place, "muted")
        set_role(self.home, "primary")
        self.told.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the recording is read"))
        self.seek.setAccessibleName(self.tr("A moment of the recording"))
        self.seek.setToolTip(self.tr("Drag to a moment that is read: the chart says what faces showed there"))
        self.seek.setSingleStep(_STEP_S)
        self.seek.setPageStep(_PAGE_S)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.name, 1)
        head.addWidget(self.cancel)
        head.addWidget(self.home)
        seeking = QHBoxLayout()
        seeking.setSpacing(SPACE)
        seeking.addWidget(self.seek, 1)
        seeking.addWidget(self.place)
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        inside.setSpacing(SPACE)
        inside.addWidget(self.chart, 1)
        inside.addLayout(seeking)
        column = QVBoxLayout(self)
        # Below there is room for a message of the window.
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 6 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.bar)
        column.addWidget(card, 1)

    def begin(self, name: str) -> None:
        """A recording of that name is read from here on."""
        self.name.setText(name)
        self.chart.clear()
        self.chart.withhold_few(live_class=False)
        self.chart.set_view("lesson")
        self._read_s, self._follows = 0, True
        self.seek.setRange(0, 0)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.home.hide()
        self.told.setText(self.tr("The recording is looked through before it is read."))
        self._say_place()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def append(self, events: Sequence[SessionEvent]) -> None:
        """What was read since."""
        self.chart.hold(True)
        for event in events:
            if isinstance(event, Summary):
                self.chart.append(event)
                self._read_s = max(self._read_s, int(event.elapsed_s))
            elif isinstance(event, Glance):
                self.chart.show_glance(event)
            elif isinstance(event, Alert):
                self.chart.alert(event)
        self.chart.hold(False)

    def show_progress(self, done_s: float, of_s: float | None, left_s: float | None) -> None:
        """How far it is, how long it is, and how long it takes yet, where these are known."""
        if of_s is None:
            self.bar.setRange(0, 0)
            self.told.setText(self.tr("{done} read").format(done=moment_words(done_s)))
        else:
            self.bar.setRange(0, _MILLE)
            self.bar.setValue(round(_MILLE * min(1.0, done_s / max(of_s, 1e-6))))
            words = self.tr("{done} of {length} read").format(done=moment_words(done_s), length=moment_words(of_s))
            if left_s is not None:
                words = self.tr("{progress} · about {left} left").format(progress=words, left=length_words(left_s))
            self.told.setText(words)
        self.bar.setAccessibleDescription(self.told.text())
        self._stretch(round(max(done_s, of_s or 0.0)))

    def _stretch(self, length_s: int) -> None:
        """The seek bar is as long as the recording; its handle goes with the reading unless she has moved it."""
        self.seek.setMaximum(max(length_s, self._read_s))
        if self._follows:
            before = self.seek.blockSignals(True)
            self.seek.setValue(self._read_s)
            self.seek.blockSignals(before)
        self._say_place()

    def end(self, words: str) -> None:
        """Nothing more is read; why, in a sentence."""
        self.told.setText(words)
        self.bar.setRange(0, _MILLE)
        self.bar.setValue(round(_MILLE * self._read_s / max(1, self.seek.maximum())))
        self.chart.show_ended()
        self.cancel.hide()
        self.home.show()
        self.home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sought(self, wanted_s: int) -> None:
        """Beyond what is read there is nothing to be seen yet: the handle goes back to there."""
        self._follows = wanted_s >= self._read_s
        if wanted_s > self._read_s:
            before = self.seek.blockSignals(True)
            self.seek.setValue(self._read_s)
            self.seek.blockSignals(before)
        plot, at_s = self.chart.plot, float(wanted_s)
        plot.point_at(None if self._follows else at_s)
        if not self._follows and not plot.span[0] <= at_s <= plot.span[1]:
            plot.wanted.emit(at_s)  # brings it into view
        self._say_place()

    def _say_place(self) -> None:
        words = self.tr("{moment} of {length}").format(
            moment=moment_words(self.seek.value()), length=moment_words(self.seek.maximum())
        )
        self.place.setText(words)
        self.seek.setAccessibleDescription(words)
