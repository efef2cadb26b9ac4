"""How often alerts and sentences are false, and which changes they find, on simulated classes."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings, Preset
from fer_desktop.core.glance.alerts.alert_rule import ALERT_KINDS, AlertRule, facts_pass, passes
from fer_desktop.core.glance.changes import KINDS, NO_CHANGE
from fer_desktop.core.glance.class_statistics import ClassStatistics, Compared
from fer_desktop.core.glance.facts import Facts
from fer_desktop.core.glance.tracker import FEWEST_FOR_CHANGES
from fer_desktop.core.glance.usual import Numbers
from fer_desktop.evaluation.class_simulator.errors import Error
from fer_desktop.evaluation.class_simulator.lessons import Lessons, Step, steps
from fer_desktop.evaluation.class_simulator.simulator import Change

LESSON_S: Final = 3600.0
# The plain rule as an alert: the sentence's threshold and hold alone.
PLAIN: Final = "plain"
RULES: Final = (*(preset.value for preset in Preset), PLAIN)
WITHIN_S: Final = (60, 90, 120)
CHANGE_AT_S: Final = 900.0
_CHANGE_LASTS_S: Final = 300.0
_CLASS: Final = 23  # the size of which the changes' people are told
_TOGETHER: Final = 25  # lessons of one job
_PLAIN_HELD_STEPS: Final = 3  # of five: the others are the rule's own

Numbered = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A change that is to be found."""

    name: str
    people: int  # of 23; of other classes the same share
    expression: int
    kind: AlertKind


SCENARIOS: Final = (
    Scenario("sad_5", 5, SAD, AlertKind.MORE_LOW),
    Scenario("sad_8", 8, SAD, AlertKind.MORE_LOW),
    Scenario("sad_10", 10, SAD, AlertKind.MORE_LOW),
    Scenario("smile_5", 5, HAPPY, AlertKind.MORE_SMILE),
    Scenario("smile_8", 8, HAPPY, AlertKind.MORE_SMILE),
)


@dataclass(frozen=True, slots=True)
class Job:
    """Some lessons that are played together, with a change or without."""

    error: Error
    scenario: Scenario | None
    lessons: Lessons


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job."""

    job: Job
    alerts: dict[str, int]  # by rule, of all kinds, without those of a change that was to be found
    by_kind: dict[str, dict[str, int]]  # the same by rule and kind
    sentences: int  # that told of a change
    delays_s: dict[str, list[float]]  # by rule, by lesson: from the change to its alert; infinite where there was none
    said_s: list[float]  # the same for the sentence


def jobs(hours: float, per_change: int, size: int, seed: int) -> Iterator[Job]:
    """The jobs of a study: `hours` of nothing for each error, and `per_change` lessons for each change and error."""
    seeds = np.random.SeedSequence(seed)
    for error in Error:
        for lessons in _blocks(max(1, math.ceil(hours))):
            yield Job(error, None, Lessons(lessons, size, error, _seed(seeds), LESSON_S))
        for scenario in SCENARIOS:
            people = round(scenario.people * size / _CLASS)
            change = Change(CHANGE_AT_S, CHANGE_AT_S + _CHANGE_LASTS_S, people, scenario.expression)
            for lessons in _blocks(per_change):
                lasts_s = CHANGE_AT_S + WITHIN_S[-1] + 5.0
                yield Job(error, scenario, Lessons(lessons, size, error, _seed(seeds), lasts_s, change))


def play(job: Job) -> Outcome:
    """The outcome of a job."""
    return _Player(job).outcome()


class _Player:
    """The statistics of many lessons side by side, under all rules at once."""

    def __init__(self, job: Job) -> None:
        lessons = job.lessons.lessons
        self._job, self._facts = job, Facts(lessons)
        self._statistics = ClassStatistics(lessons, job.lessons.size)
        every = frozenset(AlertKind)
        self._rules = {name: AlertRule(lessons, AlertSettings(every)) for name in RULES}
        self._plain: deque[Numbers] = deque(maxlen=_PLAIN_HELD_STEPS)
        self._alerts = {name: np.zeros(len(ALERT_KINDS), np.int64) for name in RULES}
        self._delays_s = {name: np.full(lessons, np.inf) for name in RULES}
        self._told, self._sentences = np.full(lessons, NO_CHANGE), 0
        self._said_s = np.full(lessons, np.inf)

    def outcome(self) -> Outcome:
        for step in steps(self._job.lessons):
            self._play(step)
        alerts = {name: int(counts.sum()) for name, counts in self._alerts.items()}
        kinds = [kind.value for kind in ALERT_KINDS]
        by_kind = {name: dict(zip(kinds, counts.tolist(), strict=True)) for name, counts in self._alerts.items()}
        delays_s = {name: delays.tolist() for name, delays in self._delays_s.items()}
        return Outcome(self._job, alerts, by_kind, self._sentences, delays_s, self._said_s.tolist())

    def _play(self, step: Step) -> None:
        statistics = self._statistics
        statistics.step(step.sums, step.seconds)
        facts = self._facts.step(step.facts, step.cameras)
        compared = statistics.against_usual
        assert compared is not None  # a step has just been made
        enough = compared.comparable & (statistics.read.sum(axis=1) >= FEWEST_FOR_CHANGES)
        comparable = np.ones((len(enough), len(ALERT_KINDS)), np.bool_)
        comparable[:, : len(KINDS)] = enough[:, None]
        for name, rule in self._rules.items():
            raised = rule.step(self._passed(name, compared, facts), comparable, step.at_s)
            self._count(name, raised, step.at_s)
        self._follow(np.where(enough, compared.told, NO_CHANGE), step.at_s)

    def _passed(self, name: str, compared: Compared, facts: Numbers) -> Numbers:
        """(L, 6) from 1 on an alert holds by this rule."""
        if name == PLAIN:
            self._plain.append(compared.beyond)
            return np.concatenate([np.min(self._plain, axis=0), facts], axis=1)
        preset = Preset(name)
        expressions = passes(self._statistics.together, compared.now, compared.usual, compared.faces, preset)
        return np.concatenate([expressions, facts_pass(facts, preset)], axis=1)

    def _count(self, name: str, raised: Numbered, at_s: float) -> None:
        scenario, delay_s = self._job.scenario, at_s - CHANGE_AT_S
        sought = -1 if scenario is None else ALERT_KINDS.index(scenario.kind)
        found = (raised == sought) & (scenario is not None and delay_s > 0)
        self._delays_s[name] = np.where(found, np.minimum(self._delays_s[name], delay_s), self._delays_s[name])
        false = raised[(raised >= 0) & ~found]
        self._alerts[name] += np.bincount(false, minlength=len(ALERT_KINDS))

    def _follow(self, told: Numbered, at_s: float) -> None:
        scenario, delay_s = self._job.scenario, at_s - CHANGE_AT_S
        self._sentences += int(((told != self._told) & (told != NO_CHANGE)).sum())
        self._told = told
        if scenario is not None and delay_s > 0:
            said = told == ALERT_KINDS.index(scenario.kind)  # the kinds of changes are the first of them
            self._said_s = np.where(said, np.minimum(self._said_s, delay_s), self._said_s)


def poisson_upper(count: int, confidence: float = 0.95) -> float:
    """The one-sided upper bound of a Poisson mean of which `count` were seen (Garwood)."""
    low, high = float(count), count + 10 * math.sqrt(count + 1) + 10
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(count, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, mean: float) -> float:
    """The probability of at most `count` events where `mean` are expected."""
    return sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count + 1)) if mean > 0 else 1.0


def _blocks(lessons: int) -> Sequence[int]:
    full, rest = divmod(lessons, _TOGETHER)
    return [_TOGETHER] * full + [rest] * (rest > 0)


def _seed(seeds: np.random.SeedSequence) -> int:
    return int(seeds.spawn(1)[0].generate_state(1)[0])


def figures(outcomes: Iterable[Outcome]) -> dict[str, dict[str, dict[str, object]]]:
    """By rule and error, the figures that docs/alerts.md explains."""
    played = list(outcomes)
    return {
        rule: {error.value: _figures(rule, [one for one in played if one.job.error is error]) for error in Error}
        for rule in RULES
    }


def _figures(rule: str, played: Sequence[Outcome]) -> dict[str, object]:
    quiet = [one for one in played if one.job.scenario is None]
    hours = sum(one.job.lessons.lessons * one.job.lessons.lasts_s for one in quiet) / 3600
    alerts, sentences = sum(one.alerts[rule] for one in quiet), sum(one.sentences for one in quiet)
    delays_s = {
        scenario.name: [delay for one in played if one.job.scenario == scenario for delay in one.delays_s[rule]]
        for scenario in SCENARIOS
    }
    said_s = {
        scenario.name: [delay for one in played if one.job.scenario == scenario for delay in one.said_s]
        for scenario in SCENARIOS
    }
    within = {str(limit): {name: _share(some, limit) for name, some in delays_s.items()} for limit in WITHIN_S}
    return {
        "false_per_hour": round(alerts / hours, 4),
        "false_per_hour_upper_95": round(poisson_upper(alerts) / hours, 4),
        "false_by_kind": {
            kind.value: round(sum(one.by_kind[rule][kind.value] for one in quiet) / hours, 4) for kind in ALERT_KINDS
        },
        "sentences_per_10_h": round(10 * sentences / hours, 3),
        "sentences_per_10_h_upper_95": round(10 * poisson_upper(sentences) / hours, 3),
        "found": within[str(WITHIN_S[-1])],
        "found_within_s": within,
        "sentence_found": {name: _share(some, WITHIN_S[-1]) for name, some in said_s.items()},
        "delay_s": {name: _median(some) for name, some in delays_s.items()},
    }


def _share(delays_s: Sequence[float], limit_s: float) -> float | None:
    return round(float(np.mean(np.array(delays_s) <= limit_s)), 4) if delays_s else None


def _median(delays_s: Sequence[float]) -> float | None:
    """Of the changes that were found."""
    found = [delay for delay in delays_s if math.isfinite(delay)]
    return float(np.median(found)) if found else None
