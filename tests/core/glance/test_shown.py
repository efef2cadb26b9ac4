"""Nothing that is shown gives a few faces away that look sad, afraid or angry."""

import numpy as np
import pytest
from support.gui.glances import LEARNING, LOW, SMALL, USUAL, glance

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.core.glance.shown import rounded, shown_counts, shown_shares
from fer_desktop.core.glance.types import GroupCounts


def test_from_three_faces_on_the_low_group_is_shown_beside_its_usual() -> None:
    shown = shown_counts(LOW)
    assert shown.names_low
    assert (shown.now.low, shown.now.neutral) == (8, 10)
    assert shown.usual is not None
    assert shown.usual.low == 3


@pytest.mark.parametrize("low", [0, 1, 2, 2.4])
def test_fewer_are_among_the_neutral_ones_wherever_they_are_counted(low: float) -> None:
    shown = shown_counts(glance(GroupCounts(smiling=4, neutral=16, low=low), USUAL))
    assert shown.now.low == 0
    assert shown.now.neutral == 16 + round(low)
    assert shown.names_low  # as "0–2"


def test_without_its_usual_it_is_not_shown() -> None:
    shown = shown_counts(LEARNING)
    assert not shown.names_low
    assert (shown.now.low, shown.now.neutral) == (0, 17)


def test_in_a_class_of_fewer_than_ten_it_is_not_shown() -> None:
    shown = shown_counts(SMALL)
    assert not shown.names_low
    assert shown.now == GroupCounts(smiling=2, neutral=6)
    assert shown.usual == GroupCounts(smiling=2, neutral=6)


def test_the_seven_shares_of_a_class_are_drawn_as_far_as_its_counts_are_told() -> None:
    mean = np.full(N_EXPRESSIONS, 0.1, np.float32)
    mean[NEUTRAL] = 0.4
    low = [SAD, FEAR, ANGRY, DISGUST]
    np.testing.assert_array_equal(shown_shares(mean, glance(GroupCounts(4, 1, 14, 3))), mean)
    few = shown_shares(mean, glance(GroupCounts(4, 1, 14, 2)))
    assert np.isnan(few[low]).all()
    assert few[NEUTRAL] == pytest.approx(0.8)
    assert np.nansum(few) == pytest.approx(1.0)
    for small in (glance(GroupCounts(2, 0, 4, 3)), None):
        alone = shown_shares(mean, small)
        assert alone[HAPPY] == pytest.approx(0.1)
        assert np.isnan(np.delete(alone, HAPPY)).all()
    assert mean[SAD] == pytest.approx(0.1)  # what is stored is left as it is


def test_rounding_loses_nobody() -> None:
    assert rounded([4, 0.5, 14, 3.2, 2.5]) == [4, 1, 14, 3, 2]
    assert rounded([0.4, 0.4, 0.4]) == [1, 0, 0]
    assert rounded([2.0, 3.0]) == [2, 3]
