"""A message across the window, with buttons for what to do next."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fer_desktop.ui.look.icons import Tone, apply_icons, icon, request_icon
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.widgets.button_rows import ButtonRows

Kind = Literal["note", "done", "problem"]
_ICONS: Final[dict[Kind, tuple[str, Tone]]] = {
    "note": ("information-outline", "link"),
    "done": ("check-circle-outline", "link"),
    "problem": ("alert-circle-outline", "error"),
}
_ICON_PX: Final = 20
_WORDS_FROM_PX: Final = 720  # below it what helps is a sign alone, and the message has the room
_BESIDE_FROM_PX: Final = 600  # below it the buttons are below the message, which has the whole width


Explaining = Callable[[str], Callable[[], object] | None]  # what shows the help on a sentence, where there is any


class MessageBar(QFrame):
    """One message at a time; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._kind: Kind = "note"
        self._icon, self._text = PlainLabel(), PlainLabel()
        self._icon.setFixedSize(_ICON_PX, _ICON_PX)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons, self._shown = ButtonRows(), list[QPushButton]()
        self._close = QToolButton()
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        set_role(self._close, "quiet")
        request_icon(self._close, "close", "muted")
        self._close.clicked.connect(self.clear)
        self._explaining: Explaining = lambda _text: None
        self._explain: Callable[[], object] | None = None
        self._help = QToolButton()
        self._help.setText(self.tr("What helps"))
        self._help.setAccessibleName(self._help.text())
        self._help.setToolTip(self._help.text())
        self._help.hide()
        set_role(self._help, "quiet")
        request_icon(self._help, "help-circle-outline", "link")
        self._help.clicked.connect(self._on_help)
        self._below = QWidget()  # where the buttons are in a narrow window
        below = self._below_row = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, SPACE, 0)
        self._line, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self._line.setSpacing(SPACE + SPACE // 2)
        self._line.addWidget(self._icon)
        self._line.addWidget(self._text, 1)
        self._line.addWidget(self._help)
        self._line.addWidget(self._buttons)
        self._line.addWidget(self._close)
        self._column.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        self._column.setSpacing(SPACE)
        self._column.addLayout(self._line, 1)
        self._column.addWidget(self._below)

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def tell(
        self,
        kind: Kind,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        primary: int | None = None,
        closable: bool = True,
    ) -> None:
        """Shows a message with buttons (label, what it does); `primary` is the index of the one to go on with."""
        self._kind = kind
        self._text.setText(text)
        self.setAccessibleName(text)
        self._close.setAccessibleDescription(text)
        self._empty()
        for index, (label, act) in enumerate(actions):
            button = QPushButton(label)
            if index == primary:
                set_role(button, "primary")
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.add(button)
            self._shown.append(button)
        self._buttons.setVisible(bool(actions))
        self._close.setVisible(closable)
        self._offer_help()
        self._paint_icon()
        self._fit()
        self.show()
        if self.isVisible():
            announce(self, text)

    def explain_with(self, explaining: Explaining) -> None:
        """Offers what helps beside each message that it knows, now and from now on."""
        self._explaining = explaining
        self._offer_help()

    def clear(self) -> None:
        """Hides it."""
        self._empty()
        self.hide()

    def button(self, label: str) -> QPushButton | None:
        """The button of that label, where it is there."""
        return next((button for button in self._shown if button.text() == label), None)

    def focus(self, label: str) -> None:
        """Gives the keyboard to the button of that label, where it is there."""
        if (button := self.button(label)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the room to the message where there is little."""
        super().resizeEvent(event)
        styles = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._help.setToolButtonStyle(styles[self.width() >= _WORDS_FROM_PX])
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and not self.isHidden():
            self._paint_icon()

    def _fit(self) -> None:
        """Puts the buttons below the message where they would leave it less than half the width, or it is narrow."""
        below = self.width() < px(_BESIDE_FROM_PX) or self._buttons.row_px > self.width() / 2
        if below != (self._below_row.indexOf(self._buttons) >= 0):
            if below:
                self._below_row.addWidget(self._buttons)
            else:
                self._line.insertWidget(self._line.indexOf(self._close), self._buttons)
            self._buttons.fill_the_width(below)
        self._below.setVisible(below and bool(self._shown))
        self._buttons.setVisible(bool(self._shown))

    def _offer_help(self) -> None:
        self._explain = self._explaining(self._text.text())
        self._help.setVisible(self._explain is not None)

    def _on_help(self) -> None:
        if self._explain is not None:
            self._explain()

    def _empty(self) -> None:
        while self._shown:
            button = self._shown.pop()
            button.hide()
            button.deleteLater()

    def _paint_icon(self) -> None:
        apply_icons(self)
        size = QSize(_ICON_PX, _ICON_PX)
        self._icon.setPixmap(icon(*_ICONS[self._kind]).pixmap(size, self.devicePixelRatioF()))
