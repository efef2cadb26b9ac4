"""What a class's figures are worth: errors of shares and of their changes, and how often intervals hold the truth."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.readings.shares import share_interval, shares_of_class
from fer_desktop.core.types import FloatArray, OnProgress, SharesRule
from fer_desktop.evaluation.class_study.classes import SIZES, Classes, Minute, Mixture, minutes
from fer_desktop.evaluation.class_study.faces import Pool

# What is stored as a float is off by no more; a share that is exactly at an end of its interval is held.
_ROUNDING: Final = 1e-6
_WILSON_Z2: Final = 1.959964**2

Told = tuple[FloatArray, FloatArray, FloatArray]  # (7,) shares and both ends of their intervals


def shown(minute: Minute, rule: SharesRule) -> Told:
    """As the product shows them."""
    shares = shares_of_class(minute.answers, rule)
    low, high = share_interval(shares, len(minute.answers), minute.people, rule)
    return shares.of_faces, low, high


def plain(minute: Minute, _rule: SharesRule) -> Told:
    """Mean probabilities with Wilson's interval, as they were shown before (ADR 5): what the rule is held against."""
    mean, n = minute.answers.mean(axis=0), len(minute.answers)
    centre = (mean + _WILSON_Z2 / (2 * n)) / (1 + _WILSON_Z2 / n)
    spread = np.sqrt(_WILSON_Z2 * (mean * (1 - mean) / n + _WILSON_Z2 / (4 * n**2))) / (1 + _WILSON_Z2 / n)
    return mean, centre - spread, centre + spread


def figures(
    pools: Mapping[str, Pool], rule: SharesRule, classes: int, seed: int, on_progress: OnProgress = lambda _n, _of: None
) -> dict[str, Any]:
    """`share_error`, `change_error`, `interval_coverage` and `interval_width` by size and by pool, as shares of 1.

    `coverage_of_some` is the coverage of expressions that somebody shows: Wilson's interval never holds a share of 0.
    `plain` has the same of mean probabilities with Wilson's interval, `by_mixture` the share errors of both by size,
    pool and mixture, `coverage_by_expression` that of all pools together.
    """
    cells: dict[tuple[int, str], tuple[_Sums, _Sums]] = {}
    keys = [(size, name) for size in SIZES for name in pools]
    for done, (size, name) in enumerate(keys):
        cells[size, name] = _Sums(shown, rule), _Sums(plain, rule)
        for mixture, pair in _played(pools[name], size, classes, seed):
            for sums in cells[size, name]:
                sums.add(mixture, pair)
        on_progress(done + 1, len(keys))
    of_rule, of_plain = ({key: pair[which].told() for key, pair in cells.items()} for which in (0, 1))
    return {
        **_by_size(of_rule),
        "plain": _by_size(of_plain),
        "by_mixture": {
            str(size): {
                name: {
                    mixture: {"shown": one, "plain": of_plain[size, name]["mixtures"][mixture]}
                    for mixture, one in of_rule[size, name]["mixtures"].items()
                }
                for name in pools
            }
            for size in SIZES
        },
        "coverage_by_expression": np.mean([sums.held_each() for sums, _ in cells.values()], axis=0).round(4).tolist(),
    }


def _played(pool: Pool, size: int, classes: int, seed: int) -> Iterator[tuple[Mixture, tuple[Minute, Minute]]]:
    """The same classes for each pool of the same faces."""
    drawing = Classes(pool.truth, seed + size)
    for number in range(classes):
        mixture = list(Mixture)[number % len(Mixture)]
        yield mixture, minutes(pool, drawing.draw(size, mixture))


class _Sums:
    """What one way of telling shares comes to on one pool."""

    def __init__(self, tell: Any, rule: SharesRule) -> None:
        self._tell, self._rule = tell, rule
        self._errors: dict[Mixture, list[float]] = {}
        self._changes: list[float] = []
        self._held: list[npt.NDArray[np.bool_]] = []
        self._of_some: list[npt.NDArray[np.bool_]] = []  # where somebody shows the expression
        self._widths: list[float] = []

    def add(self, mixture: Mixture, pair: tuple[Minute, Minute]) -> None:
        told = [self._tell(minute, self._rule) for minute in pair]
        for minute, (shares, low, high) in zip(pair, told, strict=True):
            self._errors.setdefault(mixture, []).append(float(np.abs(shares - minute.truth).mean()))
            self._held.append((low <= minute.truth + _ROUNDING) & (minute.truth <= high + _ROUNDING))
            self._of_some.append(self._held[-1][minute.truth > 0])
            self._widths.append(float(np.mean(high - low)))
        change = (told[1][0] - told[0][0]) - (pair[1].truth - pair[0].truth)
        self._changes.append(float(np.abs(change).mean()))

    def held_each(self) -> npt.NDArray[np.float64]:
        return np.asarray(np.mean(self._held, axis=0), np.float64)

    def told(self) -> dict[str, Any]:
        return {
            "share_error": round(float(np.mean(np.concatenate(list(self._errors.values())))), 4),
            "change_error": round(float(np.mean(self._changes)), 4),
            "interval_coverage": round(float(np.mean(self._held)), 4),
            "coverage_of_some": round(float(np.mean(np.concatenate(self._of_some))), 4),
            "interval_width": round(float(np.mean(self._widths)), 4),
            "mixtures": {mixture.value: round(float(np.mean(errors)), 4) for mixture, errors in self._errors.items()},
        }


def _by_size(told: Mapping[tuple[int, str], Mapping[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    wanted = ("share_error", "change_error", "interval_coverage", "coverage_of_some", "interval_width")
    names = dict.fromkeys(name for _, name in told)
    return {
        figure: {str(size): {name: told[size, name][figure] for name in names} for size in SIZES} for figure in wanted
    }
