"""Messages over the foot of the window: they lie over what is there, and nothing moves when one comes or goes."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.widgets.message_bar import MessageBar

_WIDEST_PX: Final = 1128
_EDGE_PX: Final = SPACE + SPACE // 2  # to the window's edges
_CHANGES: Final = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest, QEvent.Type.Resize)


class MessageStack(QWidget):
    """Bars one above the other at the lower edge, over the line of figures that is there in a session."""

    def __init__(self, window: QWidget, bars: Sequence[MessageBar], at_home: Sequence[MessageBar] = ()) -> None:
        """`at_home`: bars that are seen as long as `show_home` says so, whatever they have to say."""
        super().__init__(window)
        self._window, self._bars, self._at_home, self._home = window, tuple(bars), tuple(at_home), QWidget()
        home = QVBoxLayout(self._home)
        home.setContentsMargins(0, 0, 0, 0)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for layout in (home, column):
            layout.setSpacing(SPACE)
        for bar in at_home:
            home.addWidget(bar)
        for widget in (*bars, self._home):
            column.addWidget(widget)
        for bar in (*bars, *at_home):
            set_role(bar, "floating")
            bar.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def show_home(self, on: bool) -> None:
        """Whether what concerns home and the sources alone is seen."""
        self._home.setProperty("away", not on)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the room that its messages need now."""
        if event.type() in _CHANGES and (watched is not self._window or event.type() is QEvent.Type.Resize):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        at_home = not self._home.property("away") and any(not bar.isHidden() for bar in self._at_home)
        self._home.setVisible(at_home)
        if not at_home and all(bar.isHidden() for bar in self._bars):
            self.hide()
            return
        width = min(_WIDEST_PX, self._window.width() - 2 * _EDGE_PX)
        self._column.invalidate()
        height = max(self._column.totalHeightForWidth(width), self._column.totalMinimumSize().height())
        top = max(0, self._window.height() - height - _EDGE_PX // 2)
        self.setGeometry((self._window.width() - width) // 2, top, width, height)
        self.show()
        self.raise_()
