"""What a screen reader is told of widgets that paint themselves: what they are, and what they show, in words."""

from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

Role = QAccessible.Role
_ROLE: Final = "accessible_role"
_factories: Final[list[object]] = []  # Qt keeps no reference of its own


def speak_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Gives a widget that paints itself a role; its accessible description is told as its value as well.

    A button of its own kind can be pressed by a screen reader too.
    """
    if not _factories:
        _factories.append(_accessible)
        QAccessible.installFactory(_accessible)
    widget.setProperty(_ROLE, role.value)


class _Painted(QAccessibleWidget):
    """A picture, a chart, a bar: its value is what it shows."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role(widget.property(_ROLE)))
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        """Its name, and in words what is seen in it."""
        return self._widget.accessibleDescription() if kind is QAccessible.Text.Value else super().text(kind)


class _Pressed(QAccessibleWidget):
    """A button that paints itself."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, QAccessible.Role(button.property(_ROLE)))
        self._button = button

    def actionNames(self) -> list[str]:  # noqa: N802 (Qt's own name)
        """It can be pressed."""
        return [self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:  # noqa: N802 (Qt's own name)
        """Presses it, or what every widget does."""
        if name == self.pressAction():
            self._button.animateClick()
        else:
            super().doAction(name)


def _accessible(_class_name: str, of: QObject) -> QAccessibleInterface | Any:
    if not isinstance(of, QWidget) or of.property(_ROLE) is None:
        return None
    return _Pressed(of) if isinstance(of, QAbstractButton) else _Painted(of)
