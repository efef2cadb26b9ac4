"""Figures of a live class that rest on too few faces."""

import numpy as np
import pytest
from support.scripted_lessons import wilson_interval

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.withholding import MIN_READABLE, is_withheld, withheld
from fer_desktop.core.types import State, Summary


def _summary(readable: int) -> Summary:
    mean = np.full(N_EXPRESSIONS, 1 / N_EXPRESSIONS, dtype=np.float32)
    counts = np.bincount([0] * readable, minlength=N_EXPRESSIONS)
    return Summary(3.0, State.LIVE, 9, 9, 8, readable, mean, *wilson_interval(mean, max(1, readable)), counts)


@pytest.mark.parametrize("readable", [1, 3, MIN_READABLE - 1])
def test_of_a_live_class_with_few_readable_faces_only_their_number_is_left(readable: int) -> None:
    given = withheld(_summary(readable), live_class=True)
    assert is_withheld(given)
    assert np.isnan([given.mean, given.low, given.high]).all()
    assert given.counts.tolist() == [0] * N_EXPRESSIONS
    assert (given.readable, given.faces, given.seats) == (readable, 8, 9)


@pytest.mark.parametrize(("readable", "live_class"), [(MIN_READABLE, True), (3, False), (0, True)])
def test_all_else_is_given_as_it_is(readable: int, live_class: bool) -> None:
    summary = _summary(readable)
    assert withheld(summary, live_class) is summary
