"""What a screen reader says by itself, as it comes."""

import weakref
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


@dataclass(slots=True)
class _Said:
    about: object = None
    by: "weakref.ref[QWidget] | None" = None


_last: Final = _Said()


def announce(widget: QWidget, words: str, about: object = None) -> bool:
    """Has the words read out once what is being read is over; nothing is heard where no screen reader listens.

    `about` is what they tell of: what two windows tell of it, such as the window and the strip, is read out once.
    False where another one that is seen has said it.
    """
    if about is not None and about is _last.about and _another_says_it(widget):
        return False
    _last.about, _last.by = about, weakref.ref(widget)
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
    return True


def _another_says_it(widget: QWidget) -> bool:
    by = _last.by() if _last.by is not None else None
    return by is not None and by is not widget and isValid(by) and by.isVisible()
