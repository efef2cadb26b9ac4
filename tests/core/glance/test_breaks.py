"""Nobody in sight for a minute is a break, and changes nothing of what is usual."""

import pytest
from support.scripted_classes import Lesson, looks, second

from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings
from fer_desktop.core.glance.alerts.alert_detector import AlertDetector
from fer_desktop.core.glance.breaks import BREAK_S, Breaks
from fer_desktop.core.glance.lesson import lesson_sentence
from fer_desktop.core.glance.sentence import sentence, strip_words
from fer_desktop.core.glance.types import Basis
from fer_desktop.core.types import State, Summary

CALM = looks(happy=4, neutral=15, sad=3, surprise=1)
LEARNT_S = 330.0


def played(breaks: Breaks, seconds: list[Summary]) -> list[float | None]:
    return [breaks.update(each) for each in seconds]


def empty(*at_s: float, cameras_on: int = 0) -> list[Summary]:
    return [second(each, 0, cameras_on=cameras_on) for each in at_s]


@pytest.mark.parametrize("cameras_on", [0, 23])
def test_a_minute_without_a_face_is_a_break_since_the_last_one(cameras_on: int) -> None:
    breaks = Breaks()
    breaks.update(second(10.0, 8))
    told = played(breaks, empty(*range(11, 11 + BREAK_S), cameras_on=cameras_on))
    assert told == [None] * (BREAK_S - 1) + [10.0]
    assert breaks.update(second(90.0, 0, faces=1)) is None


def test_before_anybody_came_there_is_no_break() -> None:
    assert set(played(Breaks(), empty(*range(1, 200)))) == {None}


def test_seconds_that_were_not_seen_neither_begin_nor_end_one() -> None:
    breaks = Breaks()
    breaks.update(second(10.0, 8))
    covered = [second(float(at_s), 0, State.COVERED) for at_s in range(11, 311)]
    assert set(played(breaks, covered)) == {None}
    assert played(breaks, empty(*range(311, 311 + BREAK_S)))[-1] == 10.0
    assert played(breaks, covered[:5]) == [None] * 5
    assert played(breaks, empty(500)) == [10.0]


def test_a_break_is_said_and_ends_with_the_first_face() -> None:
    lesson = Lesson()
    lesson.show(CALM, LEARNT_S)
    assert lesson.show({}, 50).break_since_s is None
    glance = lesson.show({}, 20)
    assert glance.break_since_s == LEARNT_S
    first, second_line = sentence(glance)
    assert str(first) == "A break: nobody is in sight."
    assert str(second_line) == "Since 5:30. It changes nothing of what is usual."
    assert str(strip_words(glance)) == "Break"
    assert lesson.show(CALM, 1).break_since_s is None


def test_what_was_usual_before_a_long_break_is_usual_after_it() -> None:
    lesson = Lesson()
    lesson.show(CALM, LEARNT_S + 120)
    before = lesson.glance
    lesson.show({}, 1800)
    after = lesson.show(CALM, 60)
    assert (after.basis, after.usual, after.change) == (Basis.USUAL, before.usual, None)
    assert [glance.change for glance in lesson.glances] == [None] * len(lesson.glances)


def test_who_is_away_for_ten_minutes_of_the_lesson_is_forgotten_all_the_same() -> None:
    lesson = Lesson()
    lesson.show(CALM, LEARNT_S)
    lesson.show({}, 600)
    others = {seat: expression for seat, expression in CALM.items() if seat > 5}
    lesson.show(others, 660)
    glance = lesson.show(CALM, 40)
    assert glance.usual is not None
    assert glance.usual.read == len(others)


def test_the_lesson_s_sentence_leaves_breaks_out() -> None:
    lesson = Lesson()
    lesson.show(looks(happy=20), LEARNT_S)
    lesson.show({}, 1800)
    assert str(lesson_sentence(lesson.glances)[0]) == "Over the whole lesson nearly all smiled."


def test_no_alert_is_raised_in_a_break_or_by_coming_back_from_it() -> None:
    out_of_view = AlertSettings(frozenset({AlertKind.OUT_OF_VIEW}), quiet_s=0.0)
    lesson = Lesson(detector=AlertDetector(out_of_view))
    lesson.show(CALM, 900)
    lesson.show({}, 1)  # so that the minute before it is a break tells of cameras that are off
    lesson.show({}, 600)
    lesson.show(CALM, 120)
    assert lesson.alerts == []
