"""The course of a lesson as shares of the faces read, in as few columns as can be seen."""

import math
from collections.abc import Sequence
from typing import Final

from fer_desktop.core.glance.shown import shown_counts
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.report_page import Column
from fer_desktop.core.types import State

COLUMNS: Final = 240
_HOLDS_S: Final = 15.0  # how long a glance stands for what follows it


def columns(glances: Sequence[Glance], length_s: float, count: int = COLUMNS) -> list[Column | None]:
    """The lesson in columns of equal time; of a glance as much is told as on the page."""
    width_s = max(length_s, 1.0) / count
    found: list[list[Column]] = [[] for _ in range(count)]
    for number, glance in enumerate(glances):
        if glance.state is not State.LIVE or glance.now.read <= 0:
            continue
        ends_s = min(glance.elapsed_s + _HOLDS_S, length_s)
        if number + 1 < len(glances):
            ends_s = min(ends_s, glances[number + 1].elapsed_s)
        first = min(count - 1, int(glance.elapsed_s / width_s))
        last = min(count - 1, max(first, math.ceil(ends_s / width_s) - 1))
        column = _column(glance)
        for place in range(first, last + 1):
            found[place].append(column)
    return [_mean(those) if those else None for those in found]


def _column(glance: Glance) -> Column:
    shown = shown_counts(glance)
    read, usual = shown.now.read or 1.0, shown.usual
    of = (usual.read or 1.0) if usual is not None else 1.0
    # The low group is never shown without its usual.
    low = shown.now.low / read if usual is not None else 0.0
    if usual is None:
        return Column(shown.now.smiling / read, low, None, None)
    return Column(shown.now.smiling / read, low, usual.smiling / of, usual.low / of)


def _mean(those: list[Column]) -> Column:
    usual = [(one.usual_smiling, one.usual_low) for one in those if one.usual_smiling is not None]
    return Column(
        sum(one.smiling for one in those) / len(those),
        sum(one.low for one in those) / len(those),
        sum(smiling or 0.0 for smiling, _ in usual) / len(usual) if usual else None,
        sum(low or 0.0 for _, low in usual) / len(usual) if usual else None,
    )
