import dataclasses
import math

import numpy as np
import pytest
from support.gui.made_up import shares, summary
from support.scripted_lessons import scripted_lesson, tell

from fer_desktop.core.glance.types import Basis, Glance, GroupCounts
from fer_desktop.core.types import Reason, State, Summary
from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.trend.lesson.data import Column, Missing, Stretch
from fer_desktop.ui.trend.lesson.history import LessonHistory

QUIET = shares(happy=0.3, neutral=0.7)


@pytest.fixture
def history() -> LessonHistory:
    return LessonHistory()


def play(history: LessonHistory, first: int, last: int, **changes: object) -> None:
    """Seconds of 20 readable faces, 6 of which smile."""
    for second in range(first, last + 1):
        history.append(dataclasses.replace(smiling(second, 6), **changes))  # type: ignore[arg-type]


def smiling(second: float, faces: int, of: int = 20) -> Summary:
    return summary(float(second), shares(happy=faces / of, neutral=1 - faces / of), readable=of, cameras_on=of + 2)


def at(history: LessonHistory, elapsed_s: float, column: Column) -> float:
    moment = history.moment(elapsed_s)
    assert moment is not None
    return moment.of(column)


def test_a_row_is_the_mean_of_the_30_seconds_before_it(history: LessonHistory) -> None:
    play(history, 1, 30)
    for second in range(31, 46):
        history.append(smiling(second, 16))
    assert at(history, 30, Column.SMILING) == pytest.approx(6)
    assert at(history, 45, Column.SMILING) == pytest.approx((15 * 6 + 15 * 16) / 30)
    assert at(history, 45, Column.FACES) == 20


def test_the_first_second_is_its_own_mean(history: LessonHistory) -> None:
    play(history, 1, 1)
    assert at(history, 1, Column.SMILING) == 6
    assert history.has_figures


def test_shares_are_of_the_faces_read_and_not_of_the_cameras_on(history: LessonHistory) -> None:
    play(history, 1, 40)
    for second in range(41, 80):
        history.append(smiling(second, 3, of=10))
    points = history.points(0, 100, 1000)
    assert points.share(Column.SMILING)[-1] == pytest.approx(0.3)
    assert points.share(Column.READ, Column.CAMERAS)[0] == pytest.approx(20 / 22)


def test_the_mean_does_not_reach_over_a_gap(history: LessonHistory) -> None:
    play(history, 1, 20)
    play(history, 21, 25, state=State.PAUSED)
    history.append(smiling(26, 18))
    assert at(history, 26, Column.SMILING) == 18
    assert history.missing == [Stretch(20.0, 26.0, Missing.PAUSED)]


@pytest.mark.parametrize(
    ("state", "why"),
    [(State.COVERED, Missing.COVERED), (State.NO_SOURCE, Missing.NO_SOURCE), (State.SLOW, Missing.SLOW)],
)
def test_a_gap_has_its_reason_and_no_figures(history: LessonHistory, state: State, why: Missing) -> None:
    play(history, 1, 20)
    play(history, 21, 40, state=state)
    moment = history.moment(30)
    assert moment is not None
    assert moment.why is why
    assert math.isnan(moment.of(Column.SMILING))
    assert math.isnan(moment.of(Column.READ))


def test_one_row_for_a_long_gap_is_the_whole_gap(history: LessonHistory) -> None:
    play(history, 1, 20)
    play(history, 3600, 3600, state=State.ASLEEP)
    play(history, 3601, 3610)
    assert history.missing == [Stretch(20.0, 3601.0, Missing.ASLEEP)]
    assert len(history.points(0, 4000, 1000).runs) == 2


def test_seconds_that_are_missing_are_a_gap_of_which_nothing_is_known(history: LessonHistory) -> None:
    play(history, 1, 20)
    play(history, 60, 70)
    assert history.missing == [Stretch(20.0, 60.0, Missing.UNSEEN)]
    moment = history.moment(40)
    assert moment is not None
    assert moment.why is Missing.UNSEEN


def test_one_gap_may_follow_another(history: LessonHistory) -> None:
    play(history, 1, 20)
    play(history, 21, 30, state=State.PAUSED)
    play(history, 31, 40, state=State.COVERED)
    play(history, 41, 50)
    assert history.missing == [Stretch(20.0, 31.0, Missing.PAUSED), Stretch(30.0, 41.0, Missing.COVERED)]


def test_where_no_face_is_read_for_a_while_coverage_is_known_and_nothing_else(history: LessonHistory) -> None:
    play(history, 1, 20)
    for second in range(21, 41):
        history.append(summary(float(second)))
    moment = history.moment(39)
    assert moment is not None
    assert moment.why is Missing.NO_FACE
    assert math.isnan(moment.of(Column.SMILING))
    assert moment.of(Column.CAMERAS) > 20


def test_a_second_without_a_readable_face_is_no_gap(history: LessonHistory) -> None:
    play(history, 1, 20)
    history.append(summary(21.0))
    play(history, 22, 30)
    assert history.missing == []


def test_what_is_withheld_has_coverage_alone(history: LessonHistory) -> None:
    play(history, 1, 20)
    play(history, 21, 40, state=State.WITHHELD)
    moment = history.moment(30)
    assert moment is not None
    assert moment.why is Missing.WITHHELD
    assert math.isnan(moment.of(Column.SMILING))
    assert moment.of(Column.READ) == 20


def test_a_glance_that_withholds_is_obeyed_too(history: LessonHistory) -> None:
    play(history, 1, 20)
    history.show_glance(Glance(20.0, State.WITHHELD))
    play(history, 21, 25)
    moment = history.moment(24)
    assert moment is not None
    assert moment.why is Missing.WITHHELD


def test_the_counts_of_a_glance_are_taken_while_it_is_new(history: LessonHistory) -> None:
    play(history, 1, 20)
    history.show_glance(Glance(20.0, State.LIVE, Basis.LEARNING, GroupCounts(smiling=9, neutral=12, low=1)))
    assert at(history, 20, Column.SMILING) == 9
    play(history, 21, 40)
    assert (at(history, 25, Column.SMILING), at(history, 25, Column.FACES)) == (9, 22)
    assert at(history, 35, Column.SMILING) == pytest.approx(6)


def test_usual_is_a_share_from_when_it_was_told(history: LessonHistory) -> None:
    play(history, 1, 20)
    usual = GroupCounts(smiling=5, neutral=12, low=3)
    history.show_glance(Glance(20.0, State.LIVE, Basis.USUAL, GroupCounts(smiling=6, neutral=14), usual=usual))
    play(history, 21, 40)
    assert math.isnan(at(history, 10, Column.USUAL_SMILING))
    assert at(history, 40, Column.USUAL_SMILING) == pytest.approx(5 / 20)
    assert at(history, 40, Column.USUAL_LOW) == pytest.approx(3 / 20)


def test_facts_are_not_told_of_fewer_than_five_cameras(history: LessonHistory) -> None:
    few = dataclasses.replace(smiling(1, 1, of=2), not_read=((Reason.TURNED_AWAY, 1),))
    history.append(few)
    assert math.isnan(at(history, 1, Column.TURNED))
    history.clear()
    history.withholds_few = False
    history.append(few)
    assert at(history, 1, Column.TURNED) == 1


def test_a_marker_of_the_same_number_takes_the_place_of_the_first_and_an_empty_one_takes_it_away(
    history: LessonHistory,
) -> None:
    play(history, 1, 20)
    history.mark(Marker(1, 10.0, "video"))
    history.mark(Marker(1, 10.0, "the video"))
    moment = history.moment(10.5, near_s=1.0)
    assert moment is not None
    assert moment.near == "the video"
    history.mark(Marker(1, 10.0, ""))
    assert history.markers == {}


def test_what_comes_before_the_first_second_that_was_seen_is_left(history: LessonHistory) -> None:
    play(history, 1, 8, state=State.STARTING)
    play(history, 9, 20)
    assert history.start_s == 9
    assert history.missing == []


def test_four_hours_are_small_and_are_handed_out_in_as_many_points_as_wanted(history: LessonHistory) -> None:
    for event in scripted_lesson(4 * 3600).events():
        if isinstance(event, Summary):
            history.append(event)
    points = history.points(0, 4 * 3600, 1000)
    assert 500 <= len(points.elapsed_s) <= 1010
    assert np.all(np.diff(points.elapsed_s) > 0)
    assert len(points.runs) == 3
    assert history._values.nbytes + history._elapsed_s.nbytes < 1_000_000


def test_points_do_not_shimmer_while_the_view_slides(history: LessonHistory) -> None:
    for event in scripted_lesson(3000).summaries[:1300]:
        history.append(event)
    before, after = history.points(100, 1000, 300), history.points(102, 1002, 300)
    common = np.intersect1d(before.elapsed_s, after.elapsed_s)
    assert len(common) >= len(after.elapsed_s) - 4


def test_a_camera_that_flickers_for_hours_still_gives_points(history: LessonHistory) -> None:
    for second in range(1, 7200):
        state = State.COVERED if second % 3 == 0 else State.LIVE
        history.append(dataclasses.replace(smiling(second, 6), state=state))
    points = history.points(0, 7200, 600)
    assert len(points.elapsed_s) <= 1300
    assert np.nanmean(points.share(Column.SMILING)) == pytest.approx(0.3)


def test_a_scripted_lesson_is_known_outside_of_its_two_gaps(history: LessonHistory) -> None:
    for event in scripted_lesson(2880).events():
        tell(history, event)
    assert [stretch.why for stretch in history.missing] == [Missing.PAUSED, Missing.COVERED]
    assert len(history.markers) == 11
    assert len(history.alerts) == 2
    shares_at = history.points(0, 2880, 5000).share(Column.SMILING)
    assert 0.7 < np.nanmax(shares_at) < 1.0


def test_before_all_faces_were_read_for_a_while_nothing_is_known_of_how_they_look(history: LessonHistory) -> None:
    first = Glance(1.0, State.LIVE, Basis.FIRST, GroupCounts(unsure=20))
    for second in range(1, 5):
        play(history, second, second)
        history.show_glance(dataclasses.replace(first, elapsed_s=float(second)))
    assert not history.has_figures
    assert at(history, 3, Column.READ) == 20
    history.show_glance(Glance(5.0, State.LIVE, Basis.LEARNING, GroupCounts(smiling=12, neutral=8)))
    play(history, 5, 6)
    shown = history.points(0, 10, 1000).share(Column.SMILING)
    assert np.isnan(shown[:4]).all()
    assert shown[4:].tolist() == pytest.approx([0.6, 0.6])
