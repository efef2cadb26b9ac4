"""When an alert is raised: the test by kind, how long it must hold, and how often there may be one.

Arrays are (L, ...), one row a lesson.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings, Preset
from fer_desktop.core.glance.changes import KINDS
from fer_desktop.core.glance.face_means import STEP_S, Mask
from fer_desktop.core.glance.groups import LOW
from fer_desktop.core.glance.usual import LEARNING_S, Numbers

# The order of arrays by kind: the first as changes.KINDS, the last as facts.py has them.
ALERT_KINDS: Final = tuple(AlertKind)
NO_ALERT: Final = -1


MOST_A_LESSON: Final = 3
_FIRST_S: Final = LEARNING_S  # none before
# Of 23 faces, by kind: from what likelihood ratio on (its logarithm), and from how many thresholds of the plain rule
# on for facts. Chosen on simulated classes; docs/alerts.md.
_LIMITS: Final = {
    Preset.CALM: (9.0, 13.5, 5.6, 4.0, 1.5, 1.5),
    Preset.NORMAL: (7.3, 12.0, 4.2, 3.2, 1.0, 1.0),
    Preset.SENSITIVE: (4.7, 9.5, 2.5, 1.5, 1.0, 1.0),
}
# What a class without a change reaches by chance depends on its size: by so much a face less than 23.
_OF_CLASS, _A_FACE = 23, np.array([0.12, -0.06, 0.12, 0.1], np.float32)
_LEAST_LIMIT: Final = 1.0
_HELD_S: Final = (10.0, 10.0, 10.0, 10.0, 20.0, 20.0)
_HELD_STEPS: Final = np.array([1 + round(held_s / STEP_S) for held_s in _HELD_S])
# An alert tells counts, and these must differ as well.
_LEAST_DIFFERENCE: Final = 2.0
_LEAST_LOW: Final = 3
_GROUPS: Final = [kind.group for kind in KINDS]
_SIGNS: Final = np.array([1 if kind.more else -1 for kind in KINDS], np.float32)


def passes(together: Numbers, now: Numbers, usual: Numbers, faces: npt.NDArray[np.int64], preset: Preset) -> Numbers:
    """(L, 4) how often the likelihood ratios (L, 4) hold the limit for classes of so many faces (L,).

    0 where the counts by group, now and usual (L, 5), would tell of no difference.
    """
    limits = np.array(_LIMITS[preset][: len(KINDS)], np.float32) + _A_FACE * (_OF_CLASS - faces)[:, None]
    limits = np.maximum(limits, _LEAST_LIMIT)
    tells = (now - usual)[:, _GROUPS] * _SIGNS >= _LEAST_DIFFERENCE
    tells &= (now[:, _GROUPS] >= _LEAST_LOW) | (np.array(_GROUPS) != LOW)
    return np.asarray(np.where(tells, together / limits, 0), np.float32)


def facts_pass(beyond: Numbers, preset: Preset) -> Numbers:
    """(L, 2) the same for facts, from the thresholds (L, 2) that they are beyond usual."""
    return np.asarray(beyond / np.array(_LIMITS[preset][len(KINDS) :], np.float32), np.float32)


class AlertRule:
    """The hold and the limits of each lesson's alerts."""

    def __init__(self, lessons: int, settings: AlertSettings) -> None:
        self.choose(settings)
        self._held = np.zeros((lessons, len(ALERT_KINDS)), np.int64)
        self._last_s = np.full(lessons, -np.inf)
        self._raised = np.zeros(lessons, np.int64)

    def step(self, passed: Numbers, comparable: Mask, at_s: float) -> npt.NDArray[np.int64]:
        """(L,) the kind that is raised in this step, as index into ALERT_KINDS, or NO_ALERT.

        `passed` (L, 6) from 1 on the test of the kind holds; where nothing can be compared (L, 6) none does.
        """
        self._held = np.where(self._chosen & comparable & (passed >= 1), self._held + 1, 0)
        due = self._held >= _HELD_STEPS
        may = (at_s > _FIRST_S) & (at_s - self._last_s >= self._settings.quiet_s) & (self._raised < MOST_A_LESSON)
        raised = due.any(axis=1) & may
        self._last_s = np.where(raised, at_s, self._last_s)
        self._raised = self._raised + raised
        return np.where(raised, np.where(due, passed, -np.inf).argmax(axis=1), NO_ALERT)

    def choose(self, settings: AlertSettings) -> None:
        """Other settings from now on; what was raised still counts."""
        self._settings = settings
        self._chosen = np.array([kind in settings.kinds for kind in ALERT_KINDS])

    def be_quiet(self, lesson: int, at_s: float) -> None:
        """As if an alert had just been raised, without counting it: the teacher asked for quiet."""
        self._last_s[lesson] = at_s
