"""What stands in place of the list: the welcome before the first lesson, why there is no list, and nothing found."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_CARD_PX: Final = 440


class Card(QFrame):
    """A title, some words and buttons in the middle of the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.heading, self.text = PlainLabel(), PlainLabel()
        set_role(self.heading, "heading")
        set_role(self.text, "muted")
        for label in (self.heading, self.text):
            label.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE)
        self._buttons.addStretch(1)
        inner = self._inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addLayout(self._buttons)
        column.addStretch(3)
        whole = QHBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(inner, 100)
        whole.addStretch(1)
        self.fit()

    def add_button(self, text: str, primary: bool = False) -> QPushButton:
        """One more button, right of those that there are."""
        button = QPushButton(text)
        if primary:
            set_role(button, "primary")
        button.setAutoDefault(False)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def fit(self) -> None:
        """Takes the room that the words need at their size."""
        self._inner.setMaximumWidth(px(_CARD_PX))


class Welcome(Card):
    """Before the first lesson."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = self.add_button(self.tr("Start a lesson"), primary=True)
        self.demo = self.add_button(self.tr("See the demo class"))
        self.heading.setText(self.tr("How does the class look?"))
        self.text.setText(
            self.tr(
                "Open your video call with the gallery of faces, then start: the call's window is found by itself. You "
                "see in a second what most faces show and whether it has changed. Or look at a made-up class first."
            )
        )


class Unread(Card):
    """The store cannot be read: a lesson can begin all the same."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading.setText(self.tr("Your lessons cannot be shown"))
        self.try_again = self.add_button(self.tr("Try again"))
        self.try_again.clicked.connect(self.again)

    def tell(self, sentence: str) -> None:
        """Why not, with the way out."""
        self.text.setText(sentence)


class NothingFound(Card):
    """No lesson has what is searched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text.setText(self.tr("Names, classes and what markers say are searched. Fewer letters find more."))
        self.show_all = self.add_button(self.tr("Show all lessons"))

    def tell(self, searched: str) -> None:
        """What was searched."""
        self.heading.setText(self.tr("No lesson matches “{text}”").format(text=searched))
