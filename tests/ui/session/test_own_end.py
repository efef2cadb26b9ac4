"""A lesson ends by itself, and not without asking."""

import dataclasses

import pytest
from support.stored import summary

from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.session.own_end import ANSWER_S, GONE_S, NOBODY_S, OwnEnd


class Told:
    """What was asked, and how often it was withdrawn or came to its end."""

    def __init__(self, live_class: bool = True) -> None:
        self.model = SessionModel()
        self.own_end = OwnEnd(self.model)
        self.questions: list[str] = []
        self.withdrawn = self.ended = self.now_s = 0
        self.own_end.asked.connect(self.questions.append)
        self.own_end.withdrawn.connect(lambda: setattr(self, "withdrawn", self.withdrawn + 1))
        self.own_end.over.connect(lambda: setattr(self, "ended", self.ended + 1))
        self.model.feed(SessionStatus(Phase.LIVE, recording=True))
        self.own_end.begin(live_class)

    def play(self, seconds: float, state: State = State.LIVE, people: int = 4) -> None:
        for _ in range(round(seconds)):
            self.now_s += 1
            self.model.feed(second(self.now_s, state, people))


def second(at_s: int, state: State, people: int) -> Summary:
    return dataclasses.replace(summary(float(at_s), state=state), cameras_on=people, faces=people)


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_window_that_is_gone_for_five_minutes_ends_the_lesson_a_minute_after_asking(told: Told) -> None:
    told.play(10)
    told.play(GONE_S, State.NO_SOURCE, 0)
    assert told.questions == []
    told.play(1, State.NO_SOURCE, 0)
    assert told.questions == ["The call’s window has been gone for 5 minutes. The lesson ends in a minute."]
    told.play(ANSWER_S - 1, State.NO_SOURCE, 0)
    before = told.ended
    told.play(20, State.NO_SOURCE, 0)
    assert (before, told.ended) == (0, 1)


def test_nobody_in_sight_for_a_quarter_of_an_hour_ends_it_too(told: Told) -> None:
    told.play(NOBODY_S + 1, people=0)
    assert told.questions == ["Nobody has been in sight for 15 minutes. The lesson ends in a minute."]
    told.play(ANSWER_S, people=0)
    assert told.ended == 1


def test_who_comes_back_takes_the_question_back(told: Told) -> None:
    told.play(NOBODY_S + 1, people=0)
    told.play(1)
    assert (told.withdrawn, told.ended) == (1, 0)
    told.play(2 * ANSWER_S, people=0)
    assert told.ended == 0


def test_going_on_begins_the_time_anew(told: Told) -> None:
    told.play(GONE_S + 2, State.NO_SOURCE, 0)
    told.own_end.go_on()
    told.play(GONE_S, State.NO_SOURCE, 0)
    assert len(told.questions) == 1
    told.play(2, State.NO_SOURCE, 0)
    assert len(told.questions) == 2


def test_a_pause_is_no_absence(told: Told) -> None:
    told.play(NOBODY_S - 10, people=0)
    told.play(600, State.PAUSED, 0)
    assert told.questions == []
    told.play(20, people=0)
    assert len(told.questions) == 1


def test_a_session_that_is_over_asks_nothing_more(told: Told) -> None:
    told.play(NOBODY_S + 2, people=0)
    told.model.feed(SessionStatus(Phase.SAVING, recording=True))
    assert told.withdrawn == 1


def test_the_demo_and_ones_own_camera_never_end_by_themselves() -> None:
    told = Told(live_class=False)
    told.play(2 * NOBODY_S, people=0)
    assert (told.questions, told.ended) == ([], 0)
