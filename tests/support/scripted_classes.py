"""Classes whose faces show what a test says, second by second, as GlanceTracker is told of them."""

from collections.abc import Callable, Mapping

import numpy as np

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.glance.alerts.alert_detector import AlertDetector, AlertRaised
from fer_desktop.core.glance.tracker import GlanceTracker
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import FloatArray, Reason, State, Summary, no_figures

Looks = Mapping[int, str]  # what each seat shows


def row(expression: str, share: float = 0.8) -> FloatArray:
    """(7,) probabilities that name the expression; the others share the rest."""
    rest = (1 - share) / (N_EXPRESSIONS - 1)
    return np.array([share if name == expression else rest for name in EXPRESSIONS], np.float32)


def second(
    at_s: float,
    readable: int,
    state: State = State.LIVE,
    seats: int | None = None,
    cameras_on: int | None = None,
    turned: int = 0,
    faces: int | None = None,
) -> Summary:
    """The summary of a second, of which the glance takes counts alone."""
    seats = readable + turned if seats is None else seats
    cameras_on = seats if cameras_on is None else cameras_on
    none, counts = no_figures(), np.zeros(N_EXPRESSIONS, np.int64)
    not_read = ((Reason.TURNED_AWAY, turned),) if turned else ()
    found = readable + turned if faces is None else faces
    return Summary(at_s, state, seats, cameras_on, found, readable, none, none, none, counts, not_read)


class Lesson:
    """One lesson that goes on from call to call."""

    def __init__(self, live_class: bool = True, detector: AlertDetector | None = None) -> None:
        self.tracker, self.detector, self.at_s = GlanceTracker(live_class), detector, 0.0
        self.glances: list[Glance] = []
        self.alerts: list[AlertRaised] = []

    @property
    def glance(self) -> Glance:
        """The last one."""
        return self.glances[-1]

    def show(self, looks: Looks | Callable[[float], Looks], for_s: float, turned: int = 0) -> Glance:
        """The class looks so for some seconds; the last glance."""
        for _ in range(round(for_s)):
            self.at_s += 1.0
            now = looks(self.at_s) if callable(looks) else looks
            self.tracker.observe(self.at_s, {seat: row(expression) for seat, expression in now.items()})
            self._tell(second(self.at_s, len(now), turned=turned))
        return self.glance

    def gap(self, state: State, for_s: float) -> Glance:
        """Nothing is seen for some seconds; the last glance."""
        for _ in range(round(for_s)):
            self.at_s += 1.0
            self._tell(second(self.at_s, 0, state))
        return self.glance

    def _tell(self, summary: Summary) -> None:
        self.glances.append(self.tracker.glance(summary))
        if self.detector is not None:
            alert = self.detector.update(summary, self.tracker.evidence, self.tracker.on_break)
            self.alerts += [] if alert is None else [alert]


def looks(**counts: int) -> dict[int, str]:
    """Seats from 1 on, so many of each expression in that order."""
    shown = [expression for expression, count in counts.items() for _ in range(count)]
    return dict(enumerate(shown, start=1))
