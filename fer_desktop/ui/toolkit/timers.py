"""Timers that belong to a widget.

Properties are set by calls, never by keywords of a constructor: PySide fails on those under Turkish and Azerbaijani
locales, where the capital of "i" is not "I".
"""

from PySide6.QtCore import QObject, QTimer


def repeating_timer(parent: QObject, interval_ms: int) -> QTimer:
    """A timer that fires again and again once it is started."""
    timer = QTimer(parent)
    timer.setInterval(interval_ms)
    return timer


def single_shot_timer(parent: QObject, interval_ms: int) -> QTimer:
    """A timer that fires once each time it is started."""
    timer = repeating_timer(parent, interval_ms)
    timer.setSingleShot(True)
    return timer
