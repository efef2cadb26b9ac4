"""The class in one second, from the readings of its faces."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.shares import share_interval, shares_of_class
from fer_desktop.core.types import Reading, SharesRule, State, Summary, no_figures


def summarize(
    readings: Sequence[Reading],
    seats: int,
    elapsed_s: float,
    state: State = State.LIVE,
    cameras_on: int | None = None,
    rule: SharesRule | None = None,
) -> Summary:
    """The summary of one second. Faces that are not readable count as faces but not in the shares.

    Without `cameras_on` every seat counts as having its camera on; without `rule` the shares are mean probabilities.
    """
    rule = rule or SharesRule()
    people = seats if cameras_on is None else cameras_on
    readable = [reading.probabilities for reading in readings if reading.quality.readable]
    mean, low, high, counts = no_figures(), no_figures(), no_figures(), np.zeros(N_EXPRESSIONS, dtype=np.int64)
    if readable:
        probabilities = np.stack(readable)
        shares = shares_of_class(probabilities, rule)
        mean = shares.of_faces
        low, high = share_interval(shares, len(readable), max(people, len(readings)), rule)
        counts = np.bincount(probabilities.argmax(axis=1), minlength=N_EXPRESSIONS)
    return Summary(
        elapsed_s=elapsed_s,
        state=state,
        seats=seats,
        cameras_on=people,
        faces=len(readings),
        readable=len(readable),
        mean=mean,
        low=low,
        high=high,
        counts=counts,
        not_read=tuple(Counter(reading.quality.reason for reading in readings if not reading.quality.readable).items()),
    )
