"""The glances of a session: told every few seconds, and at once where what may be said changes; and its alerts."""

import math
from collections.abc import Iterable
from typing import Final

from fer_desktop.core.glance.alerts.alert_detector import AlertDetector, AlertSettings
from fer_desktop.core.glance.tracker import GlanceTracker
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.glance.usual import LEARNING_S
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Alert
from fer_desktop.pipeline.session_engine.recording.seen import Seen

EVERY_S: Final = 5.0  # oftener, squares that move say nothing and draw the eye
_SETTLED_AFTER: Final = 2  # seconds: the first may still rest on a frame of before
_OBSERVE_EVERY_S: Final = 0.9  # what faces show is followed by the second, however many frames are read


class Glances:
    """Follows what the faces of one session show. One thread.

    Times are the session's own. What it knows of a face lies in memory alone and goes with the session.
    """

    def __init__(self, live_class: bool, alerts: AlertSettings, learning_s: float = LEARNING_S) -> None:
        self._live_class, self._learning_s = live_class, learning_s
        self._tracker = GlanceTracker(live_class, learning_s)
        self._detector = AlertDetector(alerts)
        self._observed_s = -math.inf
        self._told: Glance | None = None
        self._at_once = 0  # how many of the next are told however little time has passed
        self._alerts = 0

    def begin_anew(self) -> None:
        """Seats are counted from one again, so that nobody is known by theirs: what is usual is learnt once more."""
        self._tracker = GlanceTracker(self._live_class, self._learning_s)
        self._observed_s, self._told = -math.inf, None

    def observe(self, at_s: float, seen: Seen) -> None:
        """Takes what a frame of that time showed."""
        for seat, into in seen.merged:
            self._tracker.merge(seat, into)
        if at_s - self._observed_s >= _OBSERVE_EVERY_S:
            self._observed_s = at_s
            self._tracker.observe(at_s, seen.faces)

    def leave_out(self, seats: Iterable[int]) -> None:
        """Whoever has one of these seats counts no longer; the next seconds tell so."""
        for seat in seats:
            self._tracker.forget(seat)
        self._at_once = _SETTLED_AFTER

    def compare_with(self, at_s: float, text: str) -> None:
        """From here on with what was usual until then, under that name; empty: with what is usual again."""
        if text:
            self._tracker.mark(at_s, text)
        else:
            self._tracker.unmark()

    def due(self, summary: Summary) -> Glance | None:
        """The glance at that second, where it is to be told."""
        glance, told = self._tracker.glance(summary), self._told
        at_once, self._at_once = self._at_once > 0, self._at_once - 1
        if (
            not at_once
            and told is not None
            and glance.elapsed_s - told.elapsed_s < EVERY_S
            and _said(glance) == _said(told)
        ):
            return None
        self._told = glance
        return glance

    def alert(self, summary: Summary) -> Alert | None:
        """The alert that this second raises, after its glance; None for nearly all."""
        raised = self._detector.update(summary, self._tracker.evidence, self._tracker.on_break)
        if raised is None:
            return None
        self._alerts += 1
        return Alert(self._alerts, summary.elapsed_s, raised.kind, raised.faces, raised.of, raised.usual)

    def choose_alerts(self, settings: AlertSettings) -> None:
        """What is told of from here on; what was learnt stays."""
        self._detector.choose(settings)

    def be_quiet(self, at_s: float) -> None:
        """No alert for the quiet time from then on."""
        self._detector.be_quiet(at_s)

    def has_alert(self, number: int) -> bool:
        """Whether there was an alert of that number."""
        return 1 <= number <= self._alerts


def _said(glance: Glance) -> tuple[object, ...]:
    """What of a glance is told at once when it changes."""
    change = glance.change
    told = change and (change.group, change.more)
    return (glance.state, glance.basis, told, glance.past is None, glance.unsettled, glance.break_since_s)
