"""The outlines of the lessons that are seen, read from the store a few at a time while nobody waits for them."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from fer_desktop.core.errors import StoreError
from fer_desktop.core.readings.outline import Outline
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession, SavedSessions
from fer_desktop.ui.toolkit.timers import single_shot_timer

_BATCH: Final = 6  # lessons, of some 3000 seconds each; a fraction of a second
_MOST: Final = 1000  # that are kept in mind


@dataclass(frozen=True, slots=True)
class _Read:
    length_s: float  # of the lesson then
    outline: Outline | None  # None: it could not be read


class Outlines(QObject):
    """Those that were asked for last are read first, since rows that were scrolled past ask in vain."""

    read = Signal()  # some are there that were not

    def __init__(self, saved: SavedSessions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved = saved
        self._read: OrderedDict[str, _Read] = OrderedDict()
        self._wanted: dict[str, SavedSession] = {}
        self._busy = False
        self._soon = single_shot_timer(self, 0)  # once all rows that are seen have asked
        self._soon.timeout.connect(self._read_next)

    def of(self, lesson: SavedSession) -> Outline | None:
        """The lesson's outline; None where it is not there yet, or cannot be read. To be asked when it is painted."""
        known = self._read.get(lesson.key)
        if known is None or known.length_s != lesson.length_s:
            self._wanted.pop(lesson.key, None)
            self._wanted[lesson.key] = lesson
            if not self._busy and not self._soon.isActive():
                self._soon.start()
        return known.outline if known is not None else None

    def try_again(self) -> None:
        """What could not be read is read as soon as it is asked for."""
        for key in [key for key, known in self._read.items() if known.outline is None]:
            del self._read[key]

    def _read_next(self) -> None:
        wanted = list(self._wanted.values())[: -_BATCH - 1 : -1]
        self._wanted.clear()  # those that are still seen ask again
        if wanted:
            self._busy = True
            run_job(lambda: [(one, self._outline(one)) for one in wanted], self._on_read, self._on_fault, self)

    def _outline(self, lesson: SavedSession) -> Outline | None:
        try:
            return self._saved.outline(lesson)
        except StoreError:  # the list itself says what is wrong with the store
            return None

    def _on_read(self, found: list[tuple[SavedSession, Outline | None]]) -> None:
        self._busy = False
        for lesson, outline in found:
            self._read[lesson.key] = _Read(lesson.length_s, outline)
            self._read.move_to_end(lesson.key)
        while len(self._read) > _MOST:
            self._read.popitem(last=False)
        self.read.emit()

    def _on_fault(self, _sentence: str) -> None:
        """A fault of the program's, which is logged: the rows go without."""
        self._busy = False
