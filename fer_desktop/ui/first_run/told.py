"""Whether the class was told in this call, and what it was told."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.first_run.notice import NoticeCard
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE, px, set_role

_POPOVER_PX = 416


class ToldTick(QWidget):
    """A tick that holds for one call, and the text of the notice one click away."""

    told_changed = Signal(bool)  # whether the class has been told

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = QCheckBox(self.tr("The class has been told"))
        self.what = QPushButton(self.tr("What others were told"))
        self.what.setAutoDefault(False)
        set_role(self.what, "quiet")
        self.popover = NoticePopover(self)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.tick)
        self._row.addWidget(self.what, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        self.tick.toggled.connect(self.told_changed)
        self.what.clicked.connect(lambda: self.popover.open_at(self.what))

    def lie_in_a_row(self, on: bool) -> None:
        """Beside one another; else one above the other: below a small picture both have no room in a line."""
        way = QBoxLayout.Direction.LeftToRight if on else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._row.setSpacing(2 * SPACE if on else 0)

    @property
    def told(self) -> bool:
        """Whether it is ticked."""
        return self.tick.isChecked()

    def begin_call(self) -> None:
        """Another call begins, whose class has not been told yet."""
        self.popover.hide()
        self.tick.setChecked(False)


class NoticePopover(QFrame):
    """The notice over the window; a click elsewhere or Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName(self.tr("What others were told"))
        self.notice = NoticeCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)

    def open_at(self, anchor: QWidget) -> None:
        """Shows it under a widget, or above it, within the screen."""
        self.notice.copied.setText("")
        room = anchor.screen().availableGeometry()
        self.setFixedWidth(min(px(_POPOVER_PX), room.width() - 2 * SPACE))
        layout = self.layout()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()) if layout is not None else 0)
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + SPACE // 2))
        if corner.y() + self.height() > room.bottom():
            corner.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - SPACE // 2 - self.height())
        corner.setX(max(room.left() + SPACE, min(corner.x(), room.right() - self.width() - SPACE)))
        corner.setY(max(room.top(), corner.y()))
        self.move(corner)
        self.show()
        self.notice.copy.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Gets its icons."""
        super().showEvent(event)
        apply_icons(self)
