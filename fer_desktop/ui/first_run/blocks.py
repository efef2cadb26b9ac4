"""What the pages consist of: labels, cards, lists."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, Role, px, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_NARROW_PX: Final = 456
_FRAME_PX: Final = 6 * SPACE  # beside what stands in a card


class Page(QWidget):
    """One page: a title for above it, and a column that may be scrolled."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._rows: list[QBoxLayout] = []
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, SPACE + SPACE // 2, SPACE // 2)
        self.column.setSpacing(SPACE + SPACE // 2)

    def beside(self, gap: int = 3 * SPACE) -> QBoxLayout:
        """A row of what is to stand side by side, and in one column where the page is narrow."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(gap)
        self._rows.append(row)
        return row

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is given; how high that makes it is asked apart by what scrolls it."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts side by side what has room for it."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Puts side by side what has room for it; to be called when something was added."""
        room = self.width() - _FRAME_PX
        for row in self._rows:
            narrow = self.width() < px(_NARROW_PX) or _least_width(row) > room
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def first_focus(self) -> QWidget | None:
        """What the keyboard is on when the page is turned to; None: the button that goes on."""
        return None


def _least_width(row: QBoxLayout) -> int:
    """What stands in it needs that side by side, whichever way it stands now; px."""
    items = [item for index in range(row.count()) if (item := row.itemAt(index)) is not None]
    return sum(item.minimumSize().width() for item in items) + row.spacing() * (len(items) - 1)


def words(text: str, role: Role | None = None) -> QLabel:
    """Text that wraps."""
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    # As wide as there is room for, and as high as that takes.
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    if role is not None:
        set_role(label, role)
    return label


def part(title: str, sentences: Iterable[str]) -> QVBoxLayout:
    """A heading and sentences under it."""
    column = QVBoxLayout()
    column.setSpacing(SPACE // 2)
    column.addWidget(words(title, "strong"))
    for sentence in sentences:
        column.addWidget(words(sentence, "muted"))
    column.addStretch(1)
    return column


def card() -> tuple[QFrame, QVBoxLayout]:
    """A panel and its column."""
    frame = QFrame()
    set_role(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
    column.setSpacing(SPACE)
    return frame, column
