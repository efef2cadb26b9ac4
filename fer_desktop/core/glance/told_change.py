"""The change that is told of one lesson, from when on, and for two minutes after a large one that it was."""

from typing import Final

from fer_desktop.core.glance.changes import KINDS, LARGE, NO_CHANGE
from fer_desktop.core.glance.class_statistics import Compared
from fer_desktop.core.glance.groups import GROUPS
from fer_desktop.core.glance.types import Change, PastChange

PAST_S: Final = 120.0


class ToldChange:
    """Follows one comparison."""

    def __init__(self) -> None:
        self.change: Change | None = None
        self._kind, self._beyond = NO_CHANGE, 0.0
        self._largest: Change | None = None
        self._past: PastChange | None = None

    def follow(self, compared: Compared, at_s: float) -> None:
        """Takes a step of the lesson (the only one), at that session time."""
        told = int(compared.told[0])
        if told != self._kind:
            # A class that went out of sight has not changed back.
            self._end(at_s, seen=bool(compared.comparable[0]))
            self._kind = told
        if told == NO_CHANGE:
            return
        since_s = self.change.since_s if self.change is not None else at_s
        self.change = _change(compared, told, since_s)
        beyond = float(compared.beyond[0, told])
        if self._largest is None or beyond > self._beyond:
            self._largest, self._beyond = self.change, beyond

    def past(self, at_s: float) -> PastChange | None:
        """The large change that is over since two minutes at most, where none is on."""
        if self.change is not None or self._past is None or at_s - self._past.until_s > PAST_S:
            return None
        return self._past

    def _end(self, at_s: float, seen: bool) -> None:
        if self._largest is not None and seen and self._beyond >= LARGE:
            self._past = PastChange(self._largest, at_s)
        self.change = self._largest = None


def _change(compared: Compared, kind: int, since_s: float) -> Change:
    group, more = KINDS[kind]
    now, usual = float(compared.now[0, group]), float(compared.usual[0, group])
    return Change(GROUPS[group], more, now, usual, int(compared.faces[0]), since_s)
