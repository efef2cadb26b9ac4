import dataclasses

import numpy as np
import pytest
from support.gui.glances import glance
from support.gui.made_up import lesson, lesson_markers, shares, summary

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, NEUTRAL, SAD
from fer_desktop.core.glance.types import GroupCounts
from fer_desktop.core.types import State
from fer_desktop.ui.trend.history import History, runs_of_figures


@pytest.fixture
def history() -> History:
    return History()


def test_a_short_session_is_drawn_as_it_was_recorded(history: History) -> None:
    for second in range(1, 11):
        history.append(summary(float(second), shares(happy=second / 20)))
    points = history.points(0.0, 60.0)
    assert points.elapsed_s.tolist() == list(range(1, 11))
    assert points.shares[:, HAPPY] == pytest.approx(np.arange(1, 11) / 20)


def test_only_what_is_in_view_is_drawn_and_one_row_on_each_side(history: History) -> None:
    for second in range(1, 101):
        history.append(summary(float(second), shares(happy=0.3)))
    points = history.points(50.0, 60.0)
    assert (points.elapsed_s[0], points.elapsed_s[-1]) == (49.0, 61.0)


def test_four_hours_are_drawn_in_600_points_with_the_right_means_and_stay_small(history: History) -> None:
    seconds = 4 * 3600
    for second in range(1, seconds + 1):
        history.append(summary(float(second), shares(happy=0.2 if second <= seconds / 2 else 0.6)))
    points = history.points(0.0, float(seconds))
    assert 300 <= len(points.elapsed_s) <= 600
    assert points.shares[:, HAPPY].mean() == pytest.approx(0.4, abs=0.01)
    assert points.elapsed_s[-1] <= seconds
    assert history._shares.nbytes + history._elapsed_s.nbytes < 1_000_000
    for start_s in (0.0, 1.0, 600.5, 7000.0):
        assert len(history.points(start_s, start_s + 5000.0).elapsed_s) <= 600


def test_a_curve_does_not_shimmer_while_it_moves(history: History) -> None:
    rng = np.random.default_rng(0)
    for second in range(1, 3001):
        history.append(summary(float(second), shares(happy=float(rng.uniform(0.1, 0.9)))))
    before, after = history.points(1000.0, 1900.0), history.points(1003.0, 1903.0)
    common = np.intersect1d(before.elapsed_s, after.elapsed_s)
    assert len(common) >= len(after.elapsed_s) - 4
    kept = before.shares[np.isin(before.elapsed_s, common)], after.shares[np.isin(after.elapsed_s, common)]
    assert np.array_equal(*kept)


def test_rows_without_figures_are_gaps(history: History) -> None:
    for second in range(1, 31):
        history.append(summary(float(second), None if 10 <= second < 20 else shares(happy=0.3)))
    points = history.points(0.0, 60.0)
    assert np.isnan(points.shares[9:19]).all()
    assert runs_of_figures(points) == [slice(0, 9), slice(19, 30)]


def test_a_gap_survives_being_drawn_in_fewer_points(history: History) -> None:
    for tick in lesson(6000):
        history.append(tick)
    points = history.points(0.0, 6000.0)
    assert len(runs_of_figures(points)) == 2
    gap = points.elapsed_s[np.isnan(points.shares[:, HAPPY])]
    assert (gap.min(), gap.max()) == pytest.approx((0.46 * 6000, 0.54 * 6000), abs=20)


def test_a_point_that_stands_for_several_rows_needs_figures_in_half_of_them(history: History) -> None:
    readable = [True, True, False, False, True, False, False, False]
    for second, known in enumerate(readable, start=1):
        history.append(summary(float(second), shares(happy=0.3) if known else None))
    points = history.points(0.0, 60.0, at_most=2)
    assert points.elapsed_s.tolist() == [2.5, 6.5]
    assert np.isfinite(points.shares[:, HAPPY]).tolist() == [True, False]


def test_seconds_that_are_missing_are_a_gap_too(history: History) -> None:
    history.append(summary(1.0, shares(happy=0.3)))
    history.append(summary(60.0, shares(happy=0.3)))
    assert runs_of_figures(history.points(0.0, 100.0)) == [slice(0, 1), slice(2, 3)]


@pytest.mark.parametrize("at_s", [1800, 1801, 1805, 1811])
def test_a_night_of_sleep_in_two_hours_of_rows_is_a_gap(history: History, at_s: int) -> None:
    for second in range(1, at_s + 1):
        history.append(summary(float(second), shares(happy=0.3)))
    asleep_s = 8 * 3600.0
    history.append(dataclasses.replace(summary(at_s + asleep_s, None), state=State.ASLEEP))
    for second in range(1, 3601):
        history.append(summary(at_s + asleep_s + second, shares(happy=0.3)))
    points = history.points(0.0, at_s + asleep_s + 3600.0)
    before, after = runs_of_figures(points)
    assert points.elapsed_s[before.stop - 1] <= at_s + 300
    assert points.elapsed_s[after.start] >= at_s + asleep_s - 300


def test_a_second_that_was_not_seen_has_no_figures_whatever_comes_with_it(history: History) -> None:
    history.append(summary(1.0, shares(happy=0.3)))
    history.append(dataclasses.replace(summary(2.0, shares(happy=0.3)), state=State.SLOW))
    assert np.isnan(history.points(0.0, 10.0).shares[1]).all()


def test_markers_are_kept_with_their_time_until_all_is_cleared(history: History) -> None:
    markers = history.markers
    for tick in lesson(100):
        history.append(tick)
    for marker in lesson_markers(100):
        history.mark(marker)
    assert markers == [(20.0, "slide 7"), (70.0, "group work")]
    history.clear()
    assert markers == []
    assert len(history) == 0
    assert len(history.points(0.0, 100.0).elapsed_s) == 0


def test_of_a_live_class_the_members_of_the_low_group_are_drawn_from_three_of_its_faces_on() -> None:
    history = History()
    history.withholds_few = True
    mean = shares(happy=0.2, neutral=0.5, sad=0.18, angry=0.04, fear=0.04, disgust=0.02)
    told = GroupCounts(4, 0, 14, 2), GroupCounts(4, 0, 10, 6), GroupCounts(2, 0, 4, 3)
    for second in range(30):
        history.show_glance(glance(told[second // 10]))
        history.append(summary(float(second + 1), mean))
    drawn = history.points(0.0, 60.0).shares
    low = [SAD, FEAR, ANGRY, DISGUST]
    assert np.isnan(drawn[:10, low]).all()
    assert drawn[5, NEUTRAL] == pytest.approx(0.78)  # theirs is among neutral: no curve gives it away
    np.testing.assert_allclose(drawn[10:20], np.tile(mean, (10, 1)), rtol=1e-6)
    assert np.isnan(np.delete(drawn[20:], HAPPY, axis=1)).all()
    assert np.isfinite(drawn[:, HAPPY]).all()
    assert history.has_figures
    coarse = history.points(0.0, 60.0, at_most=6).shares
    assert np.isnan(coarse[0, low]).all()
    assert np.isfinite(coarse[3, low]).all()


def test_of_a_recording_and_of_the_demo_class_all_is_drawn() -> None:
    history = History()
    mean = shares(sad=0.1)
    history.append(summary(1.0, mean, readable=2))
    np.testing.assert_array_equal(history.points(0.0, 60.0).shares[0], mean)
