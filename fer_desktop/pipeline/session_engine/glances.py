"""The glances of a session: told every few seconds, and at once where what may be said changes."""

import math
from typing import Final

from fer_desktop.core.glance.tracker import GlanceTracker
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.seen import Seen

EVERY_S: Final = 5.0  # oftener, squares that move say nothing and draw the eye
_OBSERVE_EVERY_S: Final = 0.9  # what faces show is followed by the second, however many frames are read


class Glances:
    """Follows what the faces of one session show, and says when a glance is due. One thread.

    Times are the session's own. What it knows of a face lies in memory alone and goes with the session.
    """

    def __init__(self) -> None:
        self._tracker = GlanceTracker()
        self._observed_s = -math.inf
        self._told: Glance | None = None

    def observe(self, at_s: float, seen: Seen) -> None:
        """Takes what a frame of that time showed."""
        for seat, into in seen.merged:
            self._tracker.merge(seat, into)
        if at_s - self._observed_s >= _OBSERVE_EVERY_S:
            self._observed_s = at_s
            self._tracker.observe(at_s, seen.faces)

    def compare_with(self, text: str) -> None:
        """From here on with what was usual until now, under that name; empty: with what is usual again."""
        self._tracker.compare_with(text)

    def due(self, summary: Summary) -> Glance | None:
        """The glance at that second, where it is to be told."""
        glance, told = self._tracker.glance(summary), self._told
        if told is not None and glance.elapsed_s - told.elapsed_s < EVERY_S and _said(glance) == _said(told):
            return None
        self._told = glance
        return glance


def _said(glance: Glance) -> tuple[object, ...]:
    """What of a glance is told at once when it changes."""
    change = glance.change
    return (glance.state, glance.basis, change and (change.group, change.more), glance.past is None)
