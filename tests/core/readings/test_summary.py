from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.core.expressions import EXPRESSIONS, HAPPY, NEUTRAL, SAD
from fer_desktop.core.readings.summary import summarize, wilson_interval
from fer_desktop.core.types import Face, Quality, Reading, Reason, State, no_figures

REASONS = (Reason.TOO_SMALL, Reason.TOO_DARK)


def reading(seat: int, expression: int | None) -> Reading:
    face = Face(np.array([0, 0, 50, 50], np.float32), 0.9, np.zeros((5, 2), np.float32))
    probabilities = no_figures()
    if expression is not None:
        probabilities = np.full(7, 0.05, np.float32)
        probabilities[expression] = 0.7
    return Reading(seat, face, Quality(expression is not None, Reason.NONE, 50.0), probabilities)


def test_faces_that_cannot_be_read_count_as_faces_and_not_in_the_mean() -> None:
    summary = summarize([reading(1, HAPPY), reading(2, HAPPY), reading(3, SAD), reading(4, None)], 5, 1.0)
    assert (summary.seats, summary.faces, summary.readable) == (5, 4, 3)
    assert summary.counts.tolist() == [2 if i == HAPPY else 1 if i == SAD else 0 for i in range(7)]
    assert summary.mean.sum() == pytest.approx(1.0)
    assert summary.mean[HAPPY] == pytest.approx((0.7 + 0.7 + 0.05) / 3)


def test_it_is_kept_why_faces_cannot_be_read() -> None:
    small, dark = (replace(reading(1, None), quality=Quality(False, reason, 20.0)) for reason in REASONS)
    summary = summarize([small, reading(2, HAPPY), dark, small], 4, 1.0)
    assert dict(summary.not_read) == {Reason.TOO_SMALL: 2, Reason.TOO_DARK: 1}
    assert summarize([reading(2, HAPPY)], 1, 1.0).not_read == ()


def test_without_a_readable_face_there_are_no_figures() -> None:
    summary = summarize([reading(1, None)], 1, 2.0, State.LIVE)
    assert np.isnan(summary.mean).all()
    assert np.isnan(summary.low).all()
    assert summary.counts.sum() == 0


def test_the_interval_is_wilsons() -> None:
    # Published example: 5 of 10 gives 0.2366 to 0.7634.
    low, high = wilson_interval(np.array([0.5], np.float32), 10)
    assert (low[0], high[0]) == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))


def test_the_interval_stays_in_bounds_and_narrows_with_more_faces() -> None:
    mean = np.array([0.0, 0.02, 0.5, 1.0], np.float32)
    widths = []
    for faces in (1, 5, 49):
        low, high = wilson_interval(mean, faces)
        assert (low >= 0).all()
        assert (high <= 1).all()
        assert (low <= mean + 1e-6).all()
        assert (high >= mean - 1e-6).all()
        widths.append((high - low).mean())
    assert widths[0] > widths[1] > widths[2] > 0


def test_the_order_of_the_seven_is_that_of_fer_2013() -> None:
    assert EXPRESSIONS == ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
    assert EXPRESSIONS[NEUTRAL] == "neutral"
