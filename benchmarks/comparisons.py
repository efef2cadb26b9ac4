"""Prints how often a comparison of two simulated lessons says that they differ: where nothing does, and where it does.

`PYTHONPATH=. python benchmarks/comparisons.py [lessons] [seed]`. Each lesson is of people of its own, so that two
have in common how a class is and nothing else; half of the pairs are read with different errors.
"""

import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from fer_desktop.core.comparison.alignment import By
from fer_desktop.core.comparison.compare import Comparison, compare, compare_with_usual
from fer_desktop.core.comparison.series import Named, Series, Source, series
from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.core.glance.class_statistics import counts_of
from fer_desktop.core.glance.face_means import FaceMeans
from fer_desktop.core.glance.groups import counts_from
from fer_desktop.core.glance.types import Basis, Glance, Group, GroupCounts
from fer_desktop.core.types import State
from fer_desktop.evaluation.class_simulator.errors import Error
from fer_desktop.evaluation.class_simulator.lessons import Lessons, steps
from fer_desktop.evaluation.class_simulator.simulator import Change

HOUR_S: Final = 3600.0
MARKED: Final = (Named(700.0, "quiz"), Named(2100.0, "video"))
MARKED_ELSEWHERE: Final = (Named(400.0, "quiz"), Named(2700.0, "video"))
CHANGE_AT_S: Final = 1200.0


def simulated(plan: Lessons, moments: Sequence[Named] = ()) -> list[Series]:
    """The lessons as they would be stored."""
    means, told = FaceMeans(plan.lessons, plan.size), [list[Glance]() for _ in range(plan.lessons)]
    for step in steps(plan):
        shares = means.step(step.sums, step.seconds)
        for glances, counts in zip(told, counts_of(shares, ~np.isnan(shares[..., 0])), strict=True):
            # That something is usual lets the low group be told.
            glances.append(
                Glance(step.at_s, State.LIVE, Basis.USUAL, counts_from(counts), usual=GroupCounts(neutral=1))
            )
    return [series(glances, plan.lasts_s, Source.GLANCES, moments) for glances in told]


def main(lessons: int, seed: int) -> None:
    """Plays the classes and prints."""
    seeds = iter(np.random.SeedSequence(seed).generate_state(100).tolist())

    def played(size: int, error: Error, lasts_s: float = HOUR_S, moments: Sequence[Named] = ()) -> list[Series]:
        return simulated(Lessons(lessons, size, error, next(seeds), lasts_s), moments)

    for here, there in ((10, 10), (12, 12), (23, 23), (45, 45), (90, 90), (12, 30), (23, 18)):
        of = [(played(here, error), played(there, error)) for error in Error]
        nothing = [
            pair
            for a, b in ((of[0][0], of[0][1]), (of[1][0], of[1][1]), (of[0][0], of[1][1]), (of[1][0], of[0][1]))
            for pair in zip(a, b, strict=True)
        ]
        say(f"nothing differs, {here} and {there} faces, 60 min", (compare(a, b, By.TIME) for a, b in nothing))
    for minutes in (20, 45, 90, 180):
        home, hard = (played(23, error, 60.0 * minutes) for error in Error)
        pairs = [*zip(home, hard, strict=True), *pairwise(home), *pairwise(hard)]
        say(f"nothing differs, 23 faces, {minutes} min", (compare(a, b, By.TIME) for a, b in pairs))
    home, hard = played(23, Error.HOME, moments=MARKED), played(23, Error.HARD, moments=MARKED_ELSEWHERE)
    pairs = [*zip(home, hard, strict=True), *zip(hard, home[1:] + home[:1], strict=True)]
    say("nothing differs, 23 faces, by markers", (compare(a, b, By.MARKERS) for a, b in pairs))
    either = [one for pair in zip(home, hard, strict=True) for one in pair]
    for count in (3, 10):
        shown = (
            compare_with_usual(one, [either[(at + 1 + k) % len(either)] for k in range(count)], By.TIME)
            for at, one in enumerate(either)
        )
        say(f"nothing differs, 23 faces, usual of {count}", shown)
    for people, expression, lasts_s in (
        (8, HAPPY, 900),
        (12, HAPPY, 300),
        (12, HAPPY, 900),
        (10, SAD, 900),
        (10, SAD, 2000),
    ):
        change = Change(CHANGE_AT_S, CHANGE_AT_S + lasts_s, people, expression)
        group = Group.SMILING if expression == HAPPY else Group.LOW
        for error in Error:
            changed = simulated(Lessons(lessons, 23, error, next(seeds), HOUR_S, change))
            other = played(23, error)
            what = f"{people} of 23 {'smile' if expression == HAPPY else 'sad'} for {lasts_s // 60} min, {error}"
            say(what, (compare(a, b, By.TIME) for a, b in zip(changed, other, strict=True)), group)
            usual = (
                compare_with_usual(a, [other[(at + k) % len(other)] for k in range(10)], By.TIME)
                for at, a in enumerate(changed)
            )
            say(what + ", usual of 10", usual, group)


def say(what: str, shown: Iterable[Comparison], group: Group | None = None) -> None:
    """How many say anything, or that there was more of this group while it changed."""
    told = [one.found for one in shown]
    right = [any(group is None or (one.group is group and one.more) for one in found) for found in told]
    sys.stdout.write(f"{what:<60} {100 * np.mean(right):5.1f} % of {len(right)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
