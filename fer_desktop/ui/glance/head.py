"""What stands above all else on the page of a session: the sentence with its class, and the line of an alert."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from fer_desktop.ui.glance.alert_line import IN_A_ROW_FROM_PX, AlertLine
from fer_desktop.ui.glance.panel import GlancePanel
from fer_desktop.ui.look.theme import px, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_NAMED_FROM_PX: Final = 900  # elsewhere there is room for the source's name


class GlanceHead(QWidget):
    """Where it is narrow an alert stands within the card of the sentence, else below it."""

    changed = Signal()  # it needs another height; told once what is around it was laid out

    def __init__(self, gap_px: int) -> None:
        """`gap_px`: between its parts."""
        super().__init__()
        self.glance, self.alert_line = GlancePanel(), AlertLine()
        self._demo, self._is_demo = PlainLabel(self.tr("Demo class: nobody in it is real.")), False
        set_role(self._demo, "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap_px)
        for widget in (self._demo, self.glance, self.alert_line):
            self._column.addWidget(widget)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.changed)
        for changed in (self.alert_line.changed, self.glance.fitted):
            changed.connect(lambda: self._later.start(0))

    @property
    def at_rest(self) -> bool:
        """Whether it needs no other height than it has told of."""
        return not self._later.isActive()

    def say_demo(self, on: bool) -> None:
        """Whether it is the demo class, which is said where its name has no room elsewhere."""
        self._is_demo = on

    def fit(self, width_px: int, shows_glance: bool = True) -> None:
        """Arranges itself for a page of that width; on a low one the sentence may leave its room to others."""
        self._demo.setVisible(self._is_demo and width_px < px(_NAMED_FROM_PX))
        self.glance.setVisible(shows_glance)
        inside = width_px < px(IN_A_ROW_FROM_PX) and shows_glance
        self.glance.hold(self.alert_line if inside else None)
        if not inside and self._column.indexOf(self.alert_line) < 0:
            self._column.addWidget(self.alert_line)
            self.alert_line.setVisible(self.alert_line.on)

    def height_when(self, counts_folded: bool, drawn_folded: bool) -> int:
        """How high it is with these parts of the glance left out, px."""
        parts = [self._demo.sizeHint().height()] if not self._demo.isHidden() else []
        if not self.glance.isHidden():
            parts.append(self.glance.height_when(counts_folded, drawn_folded))
        if self._column.indexOf(self.alert_line) >= 0 and self.alert_line.on:
            parts.append(self.alert_line.sizeHint().height())
        return sum(parts) + self._column.spacing() * max(0, len(parts) - 1)

    def stand_in(self, place: QBoxLayout, index: int) -> None:
        """Goes there."""
        if place.indexOf(self) < 0:
            place.insertWidget(index, self)
            self.show()

    def leave_at_end(self, room_px: int) -> None:
        """Is narrower by as much as a bar beside what scrolls takes, so that both end at one line."""
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._column.setContentsMargins(room_px if rtl else 0, 0, 0 if rtl else room_px, 0)
