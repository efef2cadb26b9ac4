"""What is advised, when, and that it goes again."""

import dataclasses

import pytest
from support.stored import summary

from fer_desktop.core.messages import Message
from fer_desktop.core.readings.advice import Advisor
from fer_desktop.core.types import Reason, State, Summary


def second(at_s: int, faces: int = 25, **reasons: int) -> Summary:
    not_read = tuple((Reason[name.upper()], count) for name, count in reasons.items())
    return dataclasses.replace(summary(float(at_s)), faces=faces, not_read=not_read)


def advised(*seconds: Summary) -> Message | None:
    advisor, last = Advisor(), None
    for each in seconds:
        last = advisor.update(each)
    return last


def test_many_faces_that_stay_too_small_are_told_with_what_helps() -> None:
    told = advised(*(second(at_s, too_small=14) for at_s in range(20)))
    assert str(told) == "Make the call’s window larger: 14 of 25 faces are too small to read."


def test_what_lasts_for_less_than_twenty_seconds_needs_no_advice() -> None:
    assert advised(*(second(at_s, too_small=14) for at_s in range(19))) is None
    broken = [second(at_s, too_small=0 if at_s == 10 else 14) for at_s in range(20)]
    assert advised(*broken) is None


@pytest.mark.parametrize(("faces", "count"), [(25, 6), (4, 2)])
def test_a_few_faces_need_none(faces: int, count: int) -> None:
    assert advised(*(second(at_s, faces, too_small=count) for at_s in range(20))) is None


def test_the_reason_of_most_faces_is_told() -> None:
    told = advised(*(second(at_s, too_small=7, too_dark=9) for at_s in range(20)))
    assert str(told).startswith("9 of 25 faces are too dark")


def test_a_gap_begins_anew() -> None:
    seconds = [second(at_s, too_small=14) for at_s in range(30)]
    seconds[15] = dataclasses.replace(seconds[15], state=State.COVERED)
    assert advised(*seconds) is None


def test_another_window_over_some_pictures_is_told_after_two_seconds_and_goes_with_it() -> None:
    told = advised(second(0, covered=3), second(1, covered=3))
    assert str(told) == "Another window covers 3 of 25 pictures: move it aside to read them."
    one = advised(second(0, covered=2), second(1, covered=1))
    assert str(one) == "Another window covers 1 of 25 pictures: move it aside to read it."
    assert advised(second(0, covered=3)) is None
    assert advised(second(0, covered=3), second(1, covered=3), second(2)) is None


def test_of_a_second_that_was_not_seen_nothing_is_said_of_windows() -> None:
    gap = dataclasses.replace(second(2, covered=3), state=State.PAUSED)
    assert advised(second(0, covered=3), second(1, covered=3), gap) is None
