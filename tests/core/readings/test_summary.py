from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import Face, Quality, Reading, Reason, SharesRule, State, no_figures

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


def test_the_interval_is_of_all_whose_camera_is_on() -> None:
    faces = [reading(seat, HAPPY) for seat in range(9)]
    all_read, half_read = (summarize(faces, 20, 1.0, cameras_on=cameras) for cameras in (9, 18))
    assert all_read.mean.tolist() == half_read.mean.tolist()
    assert half_read.high[HAPPY] - half_read.low[HAPPY] > all_read.high[HAPPY] - all_read.low[HAPPY] + 0.02


def test_the_shares_follow_the_networks_rule() -> None:
    usual = np.array([0.1, 0.1, 0.1, 0.1, 0.3, 0.1, 0.2], np.float32)
    faces = [reading(seat, HAPPY) for seat in range(9)]
    plain, with_rule = (summarize(faces, 9, 1.0, rule=rule) for rule in (None, SharesRule(usual, 4.0)))
    assert plain.mean[HAPPY] == pytest.approx(0.7)
    assert with_rule.mean[HAPPY] > 0.9
