"""What a screen reader is told of a window: the tree that Qt hands to the systems' interfaces."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget


@dataclass(frozen=True, slots=True)
class Spoken:
    """One control."""

    widget: QWidget
    role: QAccessible.Role
    name: str
    value: str
    description: str
    focusable: bool
    enabled: bool

    def __str__(self) -> str:
        return f"{self.role.name} | {self.name} | {self.value} | {self.description} | {type(self.widget).__name__}"


def spoken(window: QWidget) -> list[Spoken]:
    """All that is seen in a window and says anything, or can have the keyboard; in no order."""
    shown = (one for one in (window, *window.findChildren(QWidget)) if one.isVisibleTo(window) and _is_in(one, window))
    return [said for one in shown if (said := _told(one)).name or said.value or said.description or said.focusable]


def _is_in(one: QWidget, window: QWidget) -> bool:
    return one is window or (one.window() is window.window() and not one.size().isEmpty())


def _told(one: QWidget) -> Spoken:
    told = QAccessible.queryAccessibleInterface(one)
    assert told is not None, one
    text = QAccessible.Text
    name, value, description = (told.text(kind) for kind in (text.Name, text.Value, text.Description))
    return Spoken(one, told.role(), name, value, description, takes_keyboard(one), one.isEnabled())


def takes_keyboard(one: QWidget) -> bool:
    """Whether Tab stops there."""
    policy = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and one.isEnabled() and one.focusProxy() is None and not isinstance(one, QLabel)


def seen_of(one: QWidget, window: QWidget) -> QSize:
    """How much of it lies within all that it is in."""
    seen, inside = one.rect(), one
    while inside is not window and (parent := inside.parentWidget()) is not None and not inside.isWindow():
        seen = seen.translated(inside.pos()).intersected(parent.rect())
        inside = parent
    return seen.size()
