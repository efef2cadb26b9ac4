"""What a screen reader says by itself, as it comes."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Has the words read out once what is being read is over; nothing happens where no screen reader listens."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
