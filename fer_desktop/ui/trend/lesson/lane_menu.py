"""What else is shown of the lesson so far: the facts in lanes, and the calm mode."""

from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from fer_desktop.ui.look.theme import set_role
from fer_desktop.ui.trend.lesson.lanes import SHOWN_AT_FIRST, Lane
from fer_desktop.ui.trend.lesson.words import LessonWords

_LANES: Final = "trend/lanes"
_CALM: Final = "trend/calm"


class LaneMenu(QObject):
    """A button with a menu of what can be ticked. Coverage is always there: figures without it would mislead."""

    changed = Signal()

    def __init__(self, words: LessonWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QToolButton(parent)
        self.button.setText(self.tr("Lanes…"))
        self.button.setAccessibleName(self.tr("Choose what is shown below the chart"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self.button, "segment")
        menu = QMenu(self.button)
        self._lanes = {lane: self._add(menu, words.lane(lane)) for lane in Lane if lane is not Lane.READ}
        menu.addSeparator()
        self._calm = self._add(menu, self.tr("Smiling and coverage only"))
        self.button.setMenu(menu)
        self._show(SHOWN_AT_FIRST, calm=False)

    def _add(self, menu: QMenu, text: str) -> QAction:
        action = QAction(text, menu)
        action.setCheckable(True)
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)
        return action

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Those that are ticked, and coverage, in their order."""
        return tuple(lane for lane in Lane if lane is Lane.READ or self._lanes[lane].isChecked())

    @property
    def calm(self) -> bool:
        """Whether smiling and coverage alone are wanted."""
        return self._calm.isChecked()

    def choose(self, lanes: tuple[Lane, ...], calm: bool) -> None:
        """Ticks these, and tells."""
        self._show(lanes, calm)
        self._on_triggered()

    def _show(self, lanes: tuple[Lane, ...], calm: bool) -> None:
        for lane, action in self._lanes.items():
            action.setChecked(lane in lanes)
            action.setEnabled(not calm)
        self._calm.setChecked(calm)

    def _on_triggered(self) -> None:
        for action in self._lanes.values():
            action.setEnabled(not self.calm)
        self.changed.emit()

    def save(self, store: QSettings) -> None:
        """Keeps what is ticked."""
        store.setValue(_LANES, ",".join(lane.value for lane in self.lanes))
        store.setValue(_CALM, self.calm)

    def restore(self, store: QSettings) -> None:
        """Ticks what `save` kept; what is not known is left."""
        kept = store.value(_LANES)
        names = str(kept).split(",") if kept is not None else [lane.value for lane in SHOWN_AT_FIRST]
        known = {lane.value: lane for lane in Lane}
        self._show(tuple(known[name] for name in names if name in known), store.value(_CALM, False, type=bool) is True)
