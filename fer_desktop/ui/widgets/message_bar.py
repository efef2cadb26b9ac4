"""A message across the window, with buttons for what to do next."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from fer_desktop.ui.look.icons import Tone, apply_icons, icon, request_icon
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.toolkit.announcing import announce

Kind = Literal["note", "done", "problem"]
_ICONS: Final[dict[Kind, tuple[str, Tone]]] = {
    "note": ("information-outline", "link"),
    "done": ("check-circle-outline", "link"),
    "problem": ("alert-circle-outline", "error"),
}
_ICON_PX: Final = 20
_WORDS_FROM_PX: Final = 720  # below it what helps is a sign alone, and the message has the room


Explaining = Callable[[str], Callable[[], object] | None]  # what shows the help on a sentence, where there is any


class MessageBar(QFrame):
    """One message at a time; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._kind: Kind = "note"
        self._icon, self._text = QLabel(), QLabel()
        self._icon.setFixedSize(_ICON_PX, _ICON_PX)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE)
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
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        words, row = QHBoxLayout(), QHBoxLayout(self)
        for one in (words, self._said, row):
            one.setSpacing(SPACE + SPACE // 2)
        words.addWidget(self._icon)
        words.addWidget(self._text, 1)
        words.addWidget(self._help)
        self._said.addLayout(words, 1)
        self._said.addLayout(self._buttons)
        self._said.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.addLayout(self._said, 1)
        row.addWidget(self._close)

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
            self._buttons.addWidget(button)
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
        for index in range(self._buttons.count()):
            widget = self._widget(index)
            if isinstance(widget, QPushButton) and widget.text() == label:
                return widget
        return None

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
        """Puts the buttons below the message where they would leave it less than half the width."""
        below = self._buttons.sizeHint().width() > self.width() / 2
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._said.direction() != way:
            self._said.setDirection(way)

    def _offer_help(self) -> None:
        self._explain = self._explaining(self._text.text())
        self._help.setVisible(self._explain is not None)

    def _on_help(self) -> None:
        if self._explain is not None:
            self._explain()

    def _widget(self, index: int) -> QWidget | None:
        item = self._buttons.itemAt(index)
        return item.widget() if item is not None else None

    def _empty(self) -> None:
        while self._buttons.count():
            widget = self._widget(0)
            self._buttons.takeAt(0)
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _paint_icon(self) -> None:
        apply_icons(self)
        size = QSize(_ICON_PX, _ICON_PX)
        self._icon.setPixmap(icon(*_ICONS[self._kind]).pixmap(size, self.devicePixelRatioF()))
