"""What an export of a live class leaves out, so that no cell of it tells of one child."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, NEUTRAL, SAD
from fer_desktop.core.glance.shown import LEAST_LOW
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import SessionEvent

WINDOW_S: Final = 30
NOT_TOLD: Final = -1  # of a count
LOW: Final = (ANGRY, DISGUST, FEAR, SAD)
_DIGITS: Final = 4  # of a mean in a file

Sums = npt.NDArray[np.float64]


def limited(events: Iterable[SessionEvent], live_class: bool) -> list[SessionEvent]:
    """The events as they may leave the program; of a live class the seconds are told less of, all else as it is.

    Means are those of the stretch of 30 s that a second lies in, counted from the lesson's start: those of the last
    30 s would give each second away by their differences. Fewer than three sad, afraid, angry or disgusted faces are
    NOT_TOLD, and among the neutral ones. None of either too: were it told, a cell without a number would say that there
    are one or two. What was limited once is the same when it is limited again.
    """
    told = list(events)
    if not live_class:
        return told
    means = _means(event for event in told if isinstance(event, Summary))
    return [_limited(event, means) if isinstance(event, Summary) and _has_figures(event) else event for event in told]


def stretch_of(elapsed_s: float) -> int:
    """The stretch of 30 s that a second ends in. Times are rounded as in a file, so that a file has the same ones."""
    return math.ceil(round(elapsed_s, 2) / WINDOW_S)


def _has_figures(summary: Summary) -> bool:
    return summary.state is State.LIVE and summary.readable > 0 and not np.isnan(summary.mean).any()


def _means(summaries: Iterable[Summary]) -> dict[int, Sums]:
    """(3, 7) shares and both ends of their interval in each stretch, as means over all faces that were read in it."""
    sums: dict[int, tuple[Sums, int]] = {}
    for summary in filter(_has_figures, summaries):
        stretch = stretch_of(summary.elapsed_s)
        figures = np.stack([summary.mean, summary.low, summary.high]).astype(np.float64)
        total, faces = sums.get(stretch, (np.zeros_like(figures), 0))
        sums[stretch] = total + figures * summary.readable, faces + summary.readable
    return {stretch: np.round(total / faces, _DIGITS) for stretch, (total, faces) in sums.items()}


def _limited(summary: Summary, means: dict[int, Sums]) -> Summary:
    mean, low, high = means[stretch_of(summary.elapsed_s)].astype(np.float32)
    counts = summary.counts.copy()
    for expression in LOW:
        if counts[expression] < LEAST_LOW:
            counts[NEUTRAL] += counts[expression]
            counts[expression] = NOT_TOLD
    return replace(summary, mean=mean, low=low, high=high, counts=counts)
