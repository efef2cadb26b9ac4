"""Circles of objects are collected in the windows' thread alone.

Python collects in whichever thread happens to allocate. A widget that is part of a circle would then be destroyed in a
thread that reads frames, and Qt crashes, mostly much later.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject

from fer_desktop.ui.toolkit.timers import repeating_timer

_NAME: Final = "garbage_collector"
_EVERY_MS: Final = 500
_OLDEST_EVERY: Final = 20  # looks: the oldest generation takes some ten milliseconds


def collect_here(owner: QObject) -> None:
    """From now on, as long as `owner` lives, in this thread; may be called again."""
    if owner.findChild(QObject, _NAME) is not None:
        return
    gc.disable()
    gc.collect()
    gc.freeze()  # modules and what they hold stay: they need not be looked through again and again
    timer = repeating_timer(owner, _EVERY_MS)
    timer.setObjectName(_NAME)
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        if looks % _OLDEST_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect(1)

    timer.timeout.connect(look)
    timer.start()
