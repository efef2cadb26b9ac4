"""Withholding of figures that would describe persons rather than a class."""

import dataclasses
from typing import Final

import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import State, Summary, no_figures

# A mean over fewer faces says something about each of them.
MIN_READABLE: Final = 5


def withheld(summary: Summary, live_class: bool) -> Summary:
    """The summary as it may be shown and stored: without figures for a live class with too few readable faces.

    Its state is then "withheld". The second was seen: seats, cameras, faces and `readable` stay, no figure does.
    """
    if not live_class or not summary.state.seen or not 0 < summary.readable < MIN_READABLE:
        return summary
    none = no_figures()
    counts = np.zeros(N_EXPRESSIONS, dtype=np.int64)
    return dataclasses.replace(summary, state=State.WITHHELD, mean=none, low=none, high=none, counts=counts)


def is_withheld(summary: Summary) -> bool:
    """Whether faces were readable but their figures were withheld."""
    return summary.state is State.WITHHELD
