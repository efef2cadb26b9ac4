"""Fields of forms that the mouse wheel scrolls past, and that screen readers name by what they are for."""

from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWheelEvent
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QDoubleSpinBox, QSlider, QSpinBox

_factories: Final[list[object]] = []  # Qt keeps no reference of its own


class ComboBox(QComboBox):
    """One of several. Its name is what it is for; Qt's own takes what is chosen for the name on Linux and macOS."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # by default the wheel gives it the keyboard
        if not _factories:
            _factories.append(_accessible)
            QAccessible.installFactory(_accessible)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to what scrolls."""
        event.ignore()


class SpinBox(QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to what scrolls."""
        event.ignore()


class DoubleSpinBox(QDoubleSpinBox):
    """A number with decimals."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to what scrolls."""
        event.ignore()


class Slider(QSlider):
    """A number by its place."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to what scrolls."""
        event.ignore()


class _AccessibleComboBox(QAccessibleWidget):
    """What a screen reader is told of a combo box."""

    def __init__(self, box: ComboBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox)
        self._box = box

    def text(self, kind: QAccessible.Text) -> str:
        """Its name and, apart from that, what is chosen."""
        if kind is QAccessible.Text.Name:
            return self._box.accessibleName()
        return self._box.currentText() if kind is QAccessible.Text.Value else super().text(kind)

    def actionNames(self) -> list[str]:  # noqa: N802 (Qt's own name)
        """It can be opened."""
        return [self.showMenuAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:  # noqa: N802 (Qt's own name)
        """Opens it, or what every widget does."""
        if name == self.showMenuAction():
            self._box.showPopup()
        else:
            super().doAction(name)


def _accessible(_class_name: str, of: QObject) -> QAccessibleInterface | Any:
    return _AccessibleComboBox(of) if isinstance(of, ComboBox) else None
