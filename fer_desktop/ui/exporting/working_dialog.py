"""A dialog that does slow work: it closes once nothing is being written any more."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.ui.exporting.work_area import WorkArea
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.keyboard import FollowFocus
from fer_desktop.ui.toolkit.screen_geometry import fit

_ROOM_PX: Final = 64  # left round it for its frame and the desktop's bars


class WorkingDialog(QDialog):
    """Above its foot it is its own, and scrolls where there is little room; `column` takes that."""

    def __init__(self, width_px: int, parent: QWidget | None = None) -> None:
        """`width_px`: at the plain size of text."""
        super().__init__(parent)
        self._closes = False  # once the work is over
        self._own_size = QSize()  # which she has not changed
        self.work = WorkArea()
        self.close_button, self.go_on = QPushButton(self.tr("Close")), QPushButton()
        set_role(self.go_on, "primary")
        self.go_on.setDefault(True)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.work.running_changed.connect(self._on_running)
        self.work.told.connect(self._on_told)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go_on)
        self._width_px, self._content = width_px, QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._content)
        FollowFocus(scroll)
        self.setMinimumWidth(px(width_px))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(SPACE)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.work)
        whole.addSpacing(SPACE)
        whole.addLayout(buttons)

    def name(self, title: str, go_on: str) -> None:
        """What it is called, and what its one button does."""
        self.setWindowTitle(title)
        self.go_on.setText(go_on)

    def can_go_on(self, can: bool) -> None:
        """Whether the one button can be pressed while nothing runs."""
        self.go_on.setEnabled(can and not self.work.running)

    def sizeHint(self) -> QSize:
        """As high as its sentences are at its width, and what it says below them."""
        width = max(self.width() if self.isVisible() else 0, px(self._width_px) + 6 * SPACE)
        inside = width - 6 * SPACE
        foot = super().sizeHint().height() - self._scroll.sizeHint().height()
        bar = self.work.bar
        if not bar.isHidden():  # which is higher where its sentence has two lines
            foot += max(0, bar.heightForWidth(inside) - bar.sizeHint().height())
        return QSize(width, max(self._content.heightForWidth(inside), self._content.minimumSizeHint().height()) + foot)

    def reject(self) -> None:
        """Closes, after what is being written is whole."""
        if self.work.running:
            self._closes = True
            self.work.ask_stop()
        else:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its room and its icons."""
        super().showEvent(event)
        fit(self)
        self._own_size = self.size()
        apply_icons(self)

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def make_room(self) -> None:
        """Is as high as what it says now, where the screen has room for it and she gave it no other size."""
        if self.size() == self._own_size:
            room = self.screen().availableSize() - QSize(_ROOM_PX, _ROOM_PX)
            self.resize(self.size().expandedTo(self.sizeHint().boundedTo(room)))
            self._own_size = self.size()

    def _on_told(self, kind: str) -> None:
        """Where all went well Enter does not do it again."""
        self.make_room()
        if kind == "done":
            self.close_button.setDefault(True)
            self.close_button.setFocus()

    def _on_running(self, running: bool) -> None:
        self.go_on.setEnabled(not running)
        self.make_room()
        if not running and self._closes:
            super().reject()
