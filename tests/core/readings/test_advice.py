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
