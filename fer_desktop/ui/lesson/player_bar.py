"""Over an opened lesson: play and pause, how fast, at which moment it is, and the way back to the whole of it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QToolButton, QWidget

from fer_desktop.ui.lesson.player import SPEEDS
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel

_ONE_ROW_FROM_PX: Final = 560


class PlayerBar(QWidget):
    """Its words are as wide as its longest, so that nothing moves while it plays."""

    toggled = Signal()
    speed_chosen = Signal(int)
    whole_wanted = Signal()

    def __init__(self, length_s: float, parent: QWidget | None = None) -> None:
        """`length_s`: of the lesson."""
        super().__init__(parent)
        self._length_s = length_s
        self.play = QPushButton()
        self.play.setAutoDefault(False)
        self.play.setEnabled(length_s > 0)
        self.play.setToolTip(self.tr("Play the lesson, or pause it (Space)"))
        self.time, self.whole = PlainLabel(), QPushButton(self.tr("Whole lesson"))
        set_role(self.time, "strong")
        set_role(self.whole, "quiet")
        self.whole.setAutoDefault(False)
        self.whole.setToolTip(self.tr("Show the sentence of the whole lesson again"))
        policy = self.whole.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.whole.setSizePolicy(policy)
        self._group = self._make_speeds()
        self._lay_out()
        self.play.clicked.connect(self.toggled)
        self.whole.clicked.connect(self.whole_wanted)
        self._group.idClicked.connect(self.speed_chosen)
        self.show_playing(False)
        self.show_position(None)

    def _lay_out(self) -> None:
        self._playing, self._where = QWidget(), QWidget()
        playing, where = QHBoxLayout(self._playing), QHBoxLayout(self._where)
        for row in (playing, where):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(SPACE // 2)
        playing.addWidget(self.play)
        playing.addSpacing(SPACE)
        for button in self._group.buttons():
            playing.addWidget(button)
        where.addWidget(self.time, 1)
        where.addWidget(self.whole)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._playing, 0, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_speeds(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for speed in SPEEDS:
            button = QToolButton()
            button.setText(self.tr("{speed}×", "how fast a lesson plays").format(speed=speed))
            button.setCheckable(True)
            button.setChecked(speed == SPEEDS[0])
            button.setAccessibleName(self.tr("{speed} times as fast as it was").format(speed=speed))
            button.setToolTip(button.accessibleName())
            set_role(button, "segment")
            group.addButton(button, speed)
        OneStop(group)
        return group

    def show_playing(self, playing: bool) -> None:
        """What the button does now."""
        words = self.tr("Pause"), self.tr("Play")
        self.play.setText(words[0] if playing else words[1])
        request_icon(self.play, "pause" if playing else "play")
        apply_icons(self.play)
        self._fit()

    def show_position(self, elapsed_s: float | None) -> None:
        """Which moment it is; None: the whole lesson is shown."""
        self.whole.setVisible(elapsed_s is not None)
        if elapsed_s is None:
            self.time.setText(self.tr("The whole lesson"))
        else:
            text = self.tr("{moment} of {length}", "a moment of a lesson, and how long that is")
            length = moment_words(self._length_s)
            self.time.setText(text.format(moment=moment_words(elapsed_s), length=length))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Takes a second row where one has no room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room, and icons the colours of a new theme."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()
        elif event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def _fit(self) -> None:
        one = self.width() >= px(_ONE_ROW_FROM_PX)
        self._grid.addWidget(self._where, 0 if one else 1, 1 if one else 0, 1, 1 if one else 2)
        words, now = (self.tr("Pause"), self.tr("Play")), self.play.text()
        widest = max(self.play.fontMetrics().horizontalAdvance(word) for word in words)
        rest = self.play.sizeHint().width() - self.play.fontMetrics().horizontalAdvance(now)
        self.play.setMinimumWidth(rest + widest)
