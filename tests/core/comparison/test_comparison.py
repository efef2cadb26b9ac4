"""Two lessons over one another: how they lie, what is said to differ, and when nothing is said."""

from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.core.comparison.alignment import By, anchors, lay_over
from fer_desktop.core.comparison.compare import Comparison, Why, compare, compare_with_usual
from fer_desktop.core.comparison.differences import FACTOR
from fer_desktop.core.comparison.series import LOW, SMILING, STEP_S, Named, Series, Source, few_low, series
from fer_desktop.core.comparison.words import rests_on, sentence
from fer_desktop.core.glance.changes import threshold
from fer_desktop.core.glance.class_statistics import counts_of
from fer_desktop.core.glance.face_means import FaceMeans
from fer_desktop.core.glance.groups import counts_from
from fer_desktop.core.glance.types import Basis, Glance, Group, GroupCounts
from fer_desktop.core.types import State
from fer_desktop.evaluation.class_simulator.errors import Error
from fer_desktop.evaluation.class_simulator.lessons import Lessons, steps

HOUR_S = 3600.0
NOTHING = "Nothing that chance would not explain."


def lesson(
    smiling: float = 4, low: float = 3, faces: float = 23, length_s: float = HOUR_S, moments: tuple[Named, ...] = ()
) -> Series:
    """The same from its beginning to its end."""
    stretches = max(1, round(length_s / STEP_S))
    counts = np.tile([smiling, 1.0, low], (stretches, 1))
    mean = GroupCounts(smiling, 1, faces - smiling - low - 1, low)
    return Series(counts, np.full(stretches, float(faces)), length_s, mean, moments)


def changed(column: int, number: float, start_s: float, end_s: float, of: Series | None = None) -> Series:
    """A lesson in which so many faces of a group are seen for a while."""
    of = of or lesson()
    of.counts[round(start_s / STEP_S) : round(end_s / STEP_S), column] = number
    return of


def said(comparison: Comparison) -> str:
    return str(sentence(comparison))


def test_glances_and_their_gaps_become_stretches_of_half_a_minute() -> None:
    usual = GroupCounts(neutral=20)
    told = [
        Glance(5.0, State.LIVE, Basis.LEARNING, GroupCounts(4, 0, 16, 4)),
        Glance(30.0, State.LIVE, Basis.LEARNING, GroupCounts(6, 0, 14, 4)),
        Glance(60.0, State.PAUSED, Basis.USUAL, GroupCounts(9, 0, 9, 6), usual=usual),
        Glance(80.0, State.LIVE, Basis.USUAL, GroupCounts(5, 1, 10, 8), usual=usual),
    ]
    found = series(told, 85.0, Source.GLANCES)
    assert found.faces[0] == 24
    assert found.counts[0, SMILING] == 5
    assert np.isnan(found.counts[0, LOW])  # not without its usual
    assert np.isnan(found.faces[1])  # paused
    assert found.counts[2].tolist() == [5, 1, 8]


def test_of_a_small_class_the_low_group_is_not_known() -> None:
    small = Glance(10.0, State.LIVE, Basis.USUAL, GroupCounts(1, 0, 4, 4), usual=GroupCounts(neutral=9))
    assert np.isnan(series([small], 30.0, Source.GLANCES).counts[0, LOW])
    assert few_low(np.array([0.0, 2.4, 2.5, 7.0])).tolist() == [0, 0, 2.5, 7.0]


def test_by_time_what_the_other_lesson_does_not_have_is_not_known() -> None:
    laid = lay_over(lesson(), lesson(length_s=1200.0), By.TIME)
    assert laid is not None
    assert np.isfinite(laid.faces[:40]).all()
    assert np.isnan(laid.faces[40:]).all()


def test_between_markers_of_the_same_name_the_other_lesson_is_stretched() -> None:
    here = lesson(moments=(Named(600, "Quiz"), Named(1200, "video"), Named(1800, "only here")))
    there = changed(SMILING, 15, 1500, 2700, lesson(moments=(Named(1500, " quiz"), Named(2700, "Video "))))
    assert [(one.at_s, one.other_s) for one in anchors(here, there, By.MARKERS)] == [(600, 1500), (1200, 2700)]
    laid = lay_over(here, there, By.MARKERS)
    assert laid is not None
    assert laid.shares[20:40, SMILING] == pytest.approx(15 / 23)
    assert laid.shares[40:50, SMILING] == pytest.approx(4 / 23)
    assert laid.seconds[20:40] == pytest.approx(60)
    assert laid.seconds[5:15] == pytest.approx(30)  # before the first marker it goes in its own time


def test_gaps_of_the_other_lesson_lie_where_it_does() -> None:
    here = lesson(moments=(Named(600, "quiz"), Named(1200, "video")))
    there = replace(lesson(moments=(Named(1500, "quiz"), Named(2700, "video"))), gaps=((1460.0, 1478.0), (1600, 1700)))
    stretched, same = lay_over(here, there, By.MARKERS), lay_over(here, there, By.TIME)
    assert stretched is not None
    assert same is not None
    assert same.gaps == there.gaps
    assert stretched.gaps == ((560, 578), (650, 700))


def test_names_in_another_order_tie_as_many_moments_as_they_can() -> None:
    here = lesson(moments=tuple(Named(60.0 * at, name) for at, name in enumerate("abcd", start=1)))
    there = lesson(moments=tuple(Named(60.0 * at, name) for at, name in enumerate("bacd", start=1)))
    assert [one.name for one in anchors(here, there, By.MARKERS)] in (["a", "c", "d"], ["b", "c", "d"])
    assert lay_over(here, lesson(), By.MARKERS) is None
    assert "No markers have the same name" in said(compare(here, lesson(), By.MARKERS))


def test_a_large_difference_that_lasts_is_said_with_its_time_and_both_numbers() -> None:
    found = compare(changed(SMILING, 14, 900, 1200), lesson(faces=20), By.TIME)
    assert said(found) == (
        "More faces smiled than in the other lesson, from 15:00 to 20:00: about 14 of 23, there 4 of 20."
    )
    assert [(one.group, one.more) for one in found.found] == [(Group.SMILING, True)]
    turned = compare(lesson(), changed(SMILING, 14, 900, 1200), By.TIME)
    assert said(turned).startswith("Fewer faces smiled than in the other lesson, from 15:00 to 20:00")


def test_what_is_small_or_does_not_last_is_chance() -> None:
    assert said(compare(lesson(), lesson(), By.TIME)) == NOTHING
    assert said(compare(changed(SMILING, 20, 900, 1050), lesson(), By.TIME)) == NOTHING  # 150 s
    beyond = int(threshold(23)) * FACTOR
    assert said(compare(changed(SMILING, 4 + beyond - 0.5, 0, 3600), lesson(), By.TIME)) == NOTHING
    assert said(compare(changed(SMILING, 4 + beyond + 0.5, 0, 3600), lesson(), By.TIME)) != NOTHING


def test_a_moment_that_was_not_seen_ends_no_difference_and_counts_nothing() -> None:
    interrupted = changed(SMILING, 20, 900, 1200)
    interrupted.faces[35] = np.nan
    assert "from 15:00 to 20:00" in said(compare(interrupted, lesson(), By.TIME))
    interrupted.faces[34:37] = np.nan  # what lasts before and after it is short
    assert said(compare(interrupted, lesson(), By.TIME)) == NOTHING
    short = changed(SMILING, 20, 900, 1080)
    assert said(compare(short, lesson(), By.TIME)) != NOTHING
    short.faces[33] = np.nan
    assert said(compare(short, lesson(), By.TIME)) == NOTHING


def test_what_lasts_in_the_stretched_lesson_alone_is_not_long() -> None:
    here = changed(SMILING, 16, 1200, 1800, lesson(moments=(Named(1200, "a"), Named(1800, "b"))))
    short = lesson(moments=(Named(600, "a"), Named(720, "b")))  # two of its minutes lie over these ten
    assert said(compare(here, short, By.MARKERS)) == NOTHING
    assert said(compare(here, lesson(moments=here.moments), By.MARKERS)) != NOTHING


def test_the_low_group_is_named_from_three_faces_on() -> None:
    assert said(compare(changed(LOW, 11, 900, 1500), lesson(low=1), By.TIME)) == (
        "More faces looked sad, afraid or angry than in the other lesson, from 15:00 to 25:00: "
        "about 11 of 23, there 0–2 of 23."
    )


def test_what_lasts_for_the_whole_lesson_is_told_without_times() -> None:
    assert "most of the time" in said(compare(lesson(smiling=14), lesson(), By.TIME))


def test_usual_takes_three_earlier_lessons() -> None:
    two = compare_with_usual(lesson(smiling=20), [lesson(), lesson()], By.TIME)
    assert said(two) == "What is usual takes 3 earlier lessons of this class. So far: 2. Nothing is compared."
    assert two.reference is None
    three = compare_with_usual(changed(SMILING, 16, 600, 1200), [lesson(3), lesson(4), lesson(5)], By.TIME)
    assert said(three) == (
        "More faces smiled than is usual in this class, from 10:00 to 20:00: about 16 of 23, usually 4."
    )
    assert str(rests_on(three)[0]).startswith("Usual: the median and the middle 80 % of 3 earlier lessons")
    one_short = compare_with_usual(lesson(), [lesson(), lesson(), lesson(length_s=600)], By.TIME)
    assert one_short.reference is not None
    assert np.isnan(one_short.reference.shares[25:]).all()  # two lessons are not enough there


def test_the_median_and_the_middle_are_those_of_the_earlier_lessons() -> None:
    found = compare_with_usual(lesson(), [lesson(smiling) for smiling in range(10)], By.TIME).reference
    assert found is not None
    assert found.shares[0, SMILING] == pytest.approx(4.5 / 23)
    assert (found.low[0, SMILING], found.high[0, SMILING]) == pytest.approx((0.9 / 23, 8.1 / 23))


def test_what_other_lessons_had_too_is_usual() -> None:
    earlier = [lesson(14), lesson(14), lesson(4), lesson(4), lesson(4)]
    assert said(compare_with_usual(lesson(14), earlier, By.TIME)) == NOTHING


@pytest.mark.parametrize(("here", "there"), [(9, 23), (23, 6)])
def test_of_fewer_than_ten_faces_only_what_most_show_is_told(here: int, there: int) -> None:
    found = compare(lesson(smiling=here - 2, low=0, faces=here), lesson(smiling=0, low=0, faces=there), By.TIME)
    assert found.why is Why.SMALL
    shown = "Mostly smiling." if here == 9 else "Nearly all smile."
    assert said(found) == (
        "Of fewer than 10 faces only what most of them show is told. "
        f"This lesson: {shown} The other lesson: Mostly neutral."
    )
    assert not found.found


def test_a_withheld_class_is_not_compared() -> None:
    told = [Glance(at, State.WITHHELD) for at in (10.0, 20.0)]
    found = compare(lesson(), series(told, 900.0, Source.GLANCES), By.TIME)
    assert said(found) == "Figures of fewer than 5 faces would tell of persons: nothing is compared."


def test_without_faces_or_with_little_of_both_nothing_is_compared() -> None:
    nobody = series([], 900.0, Source.GLANCES)
    assert said(compare(nobody, lesson(), By.TIME)).startswith("No face was read in one of them")
    for short_s in (1.0, 240.0):
        found = compare(lesson(length_s=short_s), lesson(length_s=86400.0), By.TIME)
        assert said(found) == "Less than 5 min of both were seen: too little to compare."
        assert said(compare(lesson(length_s=86400.0), lesson(length_s=short_s), By.TIME)) == said(found)


def test_what_different_networks_read_is_not_said_to_differ() -> None:
    one, other = (
        Series(found.counts, found.faces, HOUR_S, found.mean, (), name)
        for found, name in ((lesson(smiling=20), "a"), (lesson(), "b"))
    )
    assert "Different networks" in said(compare(one, other, By.TIME))
    assert not compare(one, other, By.TIME).found


def test_a_day_is_compared_with_a_day_and_chance_has_more_occasions_in_it() -> None:
    beyond = int(threshold(23)) * FACTOR + 4.5
    day = lesson(length_s=86400.0)
    assert said(compare(changed(SMILING, beyond, 900, 2000, day), lesson(length_s=86400.0), By.TIME)) == NOTHING
    day = lesson(length_s=86400.0)
    found = compare(changed(SMILING, 18, 43200, 45000, day), lesson(length_s=86400.0), By.TIME)
    assert "from 12:00:00 to 12:30:00" in said(found)


def simulated(size: int, error: Error, seed: int, lessons: int = 20) -> list[Series]:
    means, told = FaceMeans(lessons, size), [list[Glance]() for _ in range(lessons)]
    plan = Lessons(lessons, size, error, seed, 2400.0)
    for step in steps(plan):
        shares = means.step(step.sums, step.seconds)
        for glances, counts in zip(told, counts_of(shares, ~np.isnan(shares[..., 0])), strict=True):
            glances.append(
                Glance(step.at_s, State.LIVE, Basis.USUAL, counts_from(counts), usual=GroupCounts(neutral=1))
            )
    return [series(glances, plan.lasts_s, Source.GLANCES) for glances in told]


def test_of_simulated_lessons_in_which_nothing_differs_hardly_any_pair_says_anything() -> None:
    home, hard = simulated(23, Error.HOME, 11), simulated(18, Error.HARD, 12)
    found = [compare(one, other, By.TIME) for one in home for other in hard]
    # Pairs of the same lessons are not independent: twice of what holds over many.
    assert np.mean([bool(one.found) for one in found]) <= 0.1
    assert all(one.why is None for one in found)
