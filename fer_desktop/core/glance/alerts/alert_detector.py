"""Alerts of one live lesson, once the teacher has switched them on, and their words."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings, Preset
from fer_desktop.core.glance.alerts.alert_rule import ALERT_KINDS, NO_ALERT, AlertRule, facts_pass, passes
from fer_desktop.core.glance.breaks import BREAK_S
from fer_desktop.core.glance.changes import KINDS
from fer_desktop.core.glance.face_means import STEP_S
from fer_desktop.core.glance.facts import N_FACTS, OUT_OF_VIEW, TURNED_AWAY, Facts
from fer_desktop.core.glance.shown import LEAST_LOW, about
from fer_desktop.core.glance.tracker import Evidence
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import Reason, Summary

__all__ = ["AlertDetector", "AlertKind", "AlertRaised", "AlertSettings", "Preset", "alert_message", "alert_title"]

_MESSAGES: Final = {
    AlertKind.MORE_SMILE: Message(
        "More faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading."
    ),
    AlertKind.STOPPED_SMILING: Message(
        "Fewer faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading."
    ),
    AlertKind.MORE_LOW: Message(
        "More faces than usual look sad, afraid or angry (about {now} of {of}, usually {usual}). May be a misreading."
    ),
    AlertKind.MORE_SURPRISED: Message(
        "More faces than usual look surprised (about {now} of {of}, usually {usual}). May be a misreading."
    ),
    AlertKind.TURNED_AWAY: Message(
        "More faces than usual are turned away (about {now} of {of}, usually {usual}). May be a misreading."
    ),
    AlertKind.OUT_OF_VIEW: Message(
        "More cameras than usual show no face (about {now} of {of}, usually {usual}). May be a misreading."
    ),
}
# How the choice is called: "Tell me when more faces than usual …".
_TITLES: Final = {
    AlertKind.MORE_SMILE: Message("smile"),
    AlertKind.STOPPED_SMILING: Message("have stopped smiling"),
    AlertKind.MORE_LOW: Message("look sad, afraid or angry"),
    AlertKind.MORE_SURPRISED: Message("look surprised"),
    AlertKind.TURNED_AWAY: Message("are turned away"),
    AlertKind.OUT_OF_VIEW: Message("are not in view"),
}


@dataclass(frozen=True, slots=True)
class AlertRaised:
    """An alert as it was raised."""

    kind: AlertKind
    at_s: float  # session time
    faces: float  # that do so now
    of: int  # faces compared; of facts, cameras that are on
    usual: float  # of the same faces


def alert_message(alert: AlertRaised) -> Message:
    """The alert's sentence."""
    low = alert.kind is AlertKind.MORE_LOW
    now, usual = about(alert.faces), about(alert.usual)
    few: object = "0–2" if low and usual < LEAST_LOW else usual
    return message(_MESSAGES[alert.kind].text, now=now, of=alert.of, usual=few)


def alert_title(kind: AlertKind) -> Message:
    """How the kind is called after "Tell me when more faces than usual"."""
    return _TITLES[kind]


class AlertDetector:
    """Decides once every 5 s whether there is an alert."""

    def __init__(self, settings: AlertSettings) -> None:
        self._preset, self._rule = settings.preset, AlertRule(1, settings)
        self._facts, self._seconds = Facts(1), 0
        self._counts, self._cameras = np.zeros(N_FACTS, np.float32), 0.0
        self._step, self._on_break = -1, False

    def update(self, summary: Summary, evidence: Evidence | None, on_break: bool = False) -> AlertRaised | None:
        """Takes a second and GlanceTracker.evidence of then; the alert that it raises, if any.

        Of seconds that were not seen, or that belong to a break, nothing is learnt, and none raises an alert.
        """
        if not summary.state.seen:
            return None
        if on_break:
            if not self._on_break:
                self._forget_minute()
            self._on_break = True
            return None
        self._on_break = False
        turned = dict(summary.not_read).get(Reason.TURNED_AWAY, 0)
        self._counts += (turned, max(0, summary.cameras_on - summary.faces))
        self._cameras += summary.cameras_on
        self._seconds += 1
        if evidence is None or evidence.step == self._step:
            return None
        self._step = evidence.step
        return self._decide(evidence)

    def choose(self, settings: AlertSettings) -> None:
        """Other settings from now on; what was learnt and raised stays."""
        self._preset = settings.preset
        self._rule.choose(settings)

    def be_quiet(self, at_s: float) -> None:
        """No alert for the quiet time from now on."""
        self._rule.be_quiet(0, at_s)

    def _forget_minute(self) -> None:
        """The minute after which a break is known to be one belongs to it."""
        self._facts.forget(round(BREAK_S / STEP_S))
        self._counts[:], self._cameras, self._seconds = 0, 0.0, 0

    def _decide(self, evidence: Evidence) -> AlertRaised | None:
        cameras = self._cameras / self._seconds
        counts = np.asarray(self._counts[None] / self._seconds, np.float32)
        beyond = self._facts.step(counts, np.array([cameras], np.float32))
        self._counts[:], self._cameras, self._seconds = 0, 0.0, 0
        together, now, usual = (row[None] for row in (evidence.together, evidence.now, evidence.usual))
        expressions = passes(together, now, usual, np.array([evidence.faces]), self._preset)
        passed = np.concatenate([expressions, facts_pass(beyond, self._preset)], axis=1)
        comparable = np.array([[evidence.comparable] * len(KINDS) + [True] * N_FACTS])
        kind = int(self._rule.step(passed, comparable, evidence.at_s)[0])
        return None if kind == NO_ALERT else self._raised(kind, evidence, round(cameras))

    def _raised(self, kind: int, evidence: Evidence, cameras: int) -> AlertRaised:
        if kind < len(KINDS):
            group = KINDS[kind].group
            now, usual, of = evidence.now[group], evidence.usual[group], evidence.faces
        else:
            fact = (TURNED_AWAY, OUT_OF_VIEW)[kind - len(KINDS)]
            now, usual, of = self._facts.now[0, fact], self._facts.usual[0, fact], cameras
        return AlertRaised(ALERT_KINDS[kind], evidence.at_s, float(now), of, float(usual))
