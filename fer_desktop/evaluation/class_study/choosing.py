"""Chooses how a network's answers become shares of a class, from faces and degradations that no figure is of."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from fer_desktop.core.types import FloatArray, OnProgress, SharesRule
from fer_desktop.evaluation.class_study.faces import Pool
from fer_desktop.evaluation.class_study.figures import figures

WEIGHTS: Final = (1.0, 2.0, 4.0, 8.0, 16.0)
COMMONS: Final = tuple((common, unclear) for common in (0.0, 0.01, 0.02, 0.03) for unclear in (0.0, 0.1, 0.2, 0.3, 0.5))
# A larger weight is safer where a class is what the network takes for usual: it may cost so much of the error.
_WORTH: Final = 1.05
# So many of the intervals hold the truth on faces of each kind, whatever the size of the class.
_HELD: Final = 0.9


def choose(
    pools: Mapping[str, Pool],
    usual: FloatArray,
    classes: int,
    seed: int,
    on_progress: OnProgress = lambda _n, _of: None,
) -> SharesRule:
    """The rule: the largest weight whose share error is near the least, then the narrowest intervals that hold.

    `usual` (7,) is the mean of the network's answers at home. Where no intervals hold, those are taken that hold most.
    """
    steps = len(WEIGHTS) + len(COMMONS)
    errors = {}
    for done, weight in enumerate(WEIGHTS, 1):
        errors[weight] = _mean(figures(pools, SharesRule(usual, weight), classes, seed)["share_error"])
        on_progress(done, steps)
    weight = max(one for one in WEIGHTS if errors[one] <= _WORTH * min(errors.values()))
    tried = []
    for done, (common, unclear) in enumerate(COMMONS, len(WEIGHTS) + 1):
        rule = SharesRule(usual, weight, common, unclear)
        told = figures(pools, rule, classes, seed)
        held = min(np.mean([row[name] for row in told["interval_coverage"].values()]) for name in pools)
        tried.append((min(held, _HELD), -_mean(told["interval_width"]), rule))
        on_progress(done, steps)
    return max(tried, key=lambda one: one[:2])[2]


def _mean(by_size: Mapping[str, Mapping[str, float]]) -> float:
    return float(np.mean([value for row in by_size.values() for value in row.values()]))
