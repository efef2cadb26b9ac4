"""Withholding of figures that would describe persons rather than a class."""

import dataclasses
import math
from typing import Final

import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import Summary, no_figures

# A mean over fewer faces says something about each of them.
MIN_READABLE: Final = 5


def withheld(summary: Summary, live_class: bool) -> Summary:
    """The summary as it may be shown and stored: without figures for a live class with too few readable faces.

    Mean and interval are then NaN and the counts zero, as where nothing is readable; `readable` stays.
    """
    if not live_class or not 0 < summary.readable < MIN_READABLE:
        return summary
    none = no_figures()
    return dataclasses.replace(summary, mean=none, low=none, high=none, counts=np.zeros(N_EXPRESSIONS, dtype=np.int64))


def is_withheld(summary: Summary) -> bool:
    """Whether faces were readable but their figures were withheld."""
    return summary.readable > 0 and math.isnan(summary.mean[0])
