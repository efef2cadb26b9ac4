"""No cell of an export of a live class tells of one child."""

import numpy as np
import pytest
from support.stored import summary
from support.stored_lessons import second

from fer_desktop.core.expressions import FEAR, HAPPY, NEUTRAL, SAD
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Marker, SessionEvent
from fer_desktop.sessions.exports.limits import NOT_TOLD, limited


def limited_seconds(*seconds: Summary) -> list[Summary]:
    return [one for one in limited(seconds, live_class=True) if isinstance(one, Summary)]


@pytest.mark.parametrize("low", [0, 1, 2])
def test_one_or_two_low_faces_are_not_told_and_no_difference_gives_them_away(low: int):
    (told,) = limited_seconds(second(1.0, low=low))
    assert told.counts[SAD] == NOT_TOLD
    assert told.counts[NEUTRAL] == 9  # as if nobody looked sad
    assert sum(count for count in told.counts if count != NOT_TOLD) == told.readable


def test_three_are_told():
    (told,) = limited_seconds(second(1.0, low=3, afraid=2))
    assert (told.counts[SAD], told.counts[FEAR], told.counts[HAPPY]) == (3, NOT_TOLD, 3)


def test_means_are_those_of_thirty_seconds():
    seconds = [second(float(at), low=4 if at == 7 else 0) for at in range(1, 61)]
    told = limited_seconds(*seconds)
    assert [float(one.mean[SAD]) for one in told[:30]] == pytest.approx([4 / 12 / 30] * 30, abs=1e-4)
    assert {float(one.mean[SAD]) for one in told[30:]} == {0.0}
    assert all(one.low[SAD] - 1e-6 <= one.mean[SAD] <= one.high[SAD] for one in told)


def test_a_mean_counts_faces_and_not_seconds():
    told = limited_seconds(second(1.0, low=3, smiling=0, faces=6), second(2.0, low=0, smiling=0, faces=12))
    assert float(told[0].mean[SAD]) == pytest.approx(3 / 18, abs=1e-4)


def test_what_was_limited_once_stays_the_same():
    once = limited_seconds(*(second(at + 0.004, low=int(at) % 5) for at in range(1, 100)))
    again = [np.where(one.counts == NOT_TOLD, 0, one.counts) for one in once]  # as a file is read
    twice = limited_seconds(*(_with(one, counts) for one, counts in zip(once, again, strict=True)))
    for first, after in zip(once, twice, strict=True):
        assert first.counts.tolist() == after.counts.tolist()
        assert first.mean.tolist() == after.mean.tolist()
        assert first.low.tolist() == after.low.tolist()


def _with(summary: Summary, counts: np.ndarray) -> Summary:
    from dataclasses import replace

    return replace(summary, counts=counts)


def test_others_than_live_classes_are_not_limited():
    events: list[SessionEvent] = [Marker(1, 0.5, "quiz"), second(1.0, low=1)]
    assert limited(events, live_class=False) == events


def test_seconds_without_figures_stay_as_they_are():
    withheld, empty = summary(1.0, readable=0, state=State.WITHHELD), summary(2.0, readable=0)
    assert limited([withheld, empty], live_class=True) == [withheld, empty]
