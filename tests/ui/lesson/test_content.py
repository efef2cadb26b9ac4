"""What an opened lesson consists of: the same as its session told, with gaps as gaps and moments that matter."""

import pytest
from support.clocks import STARTED
from support.scripted_lessons import scripted_lesson
from support.stored import summary
from support.stored_lessons import second

from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Gap, Marker, SessionEvent, TakenUp
from fer_desktop.ui.bridge.saved import OpenedLesson, SavedSession, SavedState
from fer_desktop.ui.lesson.content import LessonContent, content_of
from fer_desktop.ui.lesson.moments import MomentsModel
from fer_desktop.ui.trend.lesson.data import Missing
from fer_desktop.ui.trend.lesson.history import LessonHistory


def of(*events: SessionEvent, length_s: float = 900.0, live_class: bool = True) -> LessonContent:
    saved = SavedSession("key", "Maths", STARTED, length_s, SavedState.ENDED)
    return content_of(OpenedLesson(saved, live_class, "", events))


def changed(at_s: float, faces: float, since_s: float) -> Glance:
    now = GroupCounts(smiling=faces, neutral=23 - faces)
    change = Change(Group.SMILING, True, faces, 3.0, 23, since_s)
    return Glance(at_s, State.LIVE, Basis.USUAL, now, usual=GroupCounts(smiling=3, neutral=20), change=change)


def test_a_lesson_draws_as_its_session_did() -> None:
    lesson, live = scripted_lesson(600), LessonHistory()
    for event in lesson.events():
        if isinstance(event, Summary):
            live.append(event)
        elif isinstance(event, Glance):
            live.show_glance(event)
    stored = of(*lesson.events()).history
    drawn, before = stored.points(0, 600, 900), live.points(0, 600, 900)
    assert (drawn.elapsed_s == before.elapsed_s).all()
    assert drawn.values.tobytes() == before.values.tobytes()
    assert stored.missing == live.missing


def test_a_gap_is_empty_in_both_charts_and_a_moment_where_it_is_long() -> None:
    seconds: list[SessionEvent] = [second(float(at)) for at in (*range(1, 60), *range(120, 180), *range(184, 240))]
    gaps = Gap(59.0, 119.0, State.PAUSED), Gap(179.0, 183.0, State.SLOW), Gap(240.0, 244.0, State.SLOW)
    content = of(*sorted([*seconds, *gaps], key=_end), length_s=244.0)
    assert [(gap.start_s, gap.end_s, gap.why) for gap in content.gaps] == [(59.0, 120.0, Missing.PAUSED)]
    moment = content.history.moment(90.0)
    assert moment is not None
    assert moment.why is Missing.PAUSED
    assert content.glance_at(90.0).state is State.PAUSED
    assert content.seconds.last_s == 244.0


@pytest.mark.usefixtures("qapp")
def test_the_time_until_it_was_resumed_is_called_what_it_is() -> None:
    seconds: list[SessionEvent] = [second(float(at)) for at in (*range(1, 60), *range(80, 120), *range(150, 160))]
    pause, stop = Gap(59.0, 79.0, State.PAUSED), Gap(119.0, 149.0, State.PAUSED)
    content = of(*sorted([*seconds, pause, stop, TakenUp(119.4)], key=_end), length_s=160.0)
    assert [row.text.split(",")[0] for row in MomentsModel(content).rows] == ["Paused", "Stopped"]


def _end(event: SessionEvent) -> float:
    return event.end_s if isinstance(event, Gap) else getattr(event, "elapsed_s", 0.0)


def test_of_many_changes_the_three_largest_are_moments() -> None:
    glances = [
        one
        for at, faces in ((300, 9), (400, 20), (500, 8), (600, 15))
        for one in (changed(at, faces, at), calm(at + 5))
    ]
    assert [past.change.faces for past in of(*glances).changes] == [9, 20, 15]


def calm(at_s: float) -> Glance:
    usual = GroupCounts(smiling=3, neutral=20)
    return Glance(at_s, State.LIVE, Basis.USUAL, usual, usual=usual)


def test_a_moment_is_what_the_last_glance_before_it_said_as_long_as_that_holds() -> None:
    content = of(second(1.0), calm(5.0), changed(10.0, 15, 10.0), second(12.0))
    assert content.glance_at(9.9).change is None
    assert content.glance_at(10.0).change is not None
    assert content.glance_at(19.0).change is not None
    assert content.glance_at(25.0).change is None
    assert [str(line) for line in content.lines(content.glance_at(10.0))] == [
        "Mostly smiling.",
        "More faces than usual smile: about 15, usually 3.",
    ]


def test_a_lesson_out_of_a_file_shows_means_of_30_s_and_says_what_it_does_not_know() -> None:
    seconds = [second(float(at), smiling=12 if at % 2 else 0, faces=12) for at in range(1, 121)]
    content = of(*seconds, length_s=120.0)
    assert content.from_file
    glance = content.glance_at(100.0)
    assert glance.now.smiling == pytest.approx(6.0, abs=0.5)
    assert str(content.lines(glance)[1]) == "It came from a file, which does not say what was usual."
    assert str(content.sentence[1]) == "It came from a file, which does not say what was usual."
    assert content.changes == ()


def test_of_a_class_too_small_to_be_told_nothing_is_shown() -> None:
    seconds = [summary(float(at), state=State.WITHHELD) for at in range(1, 61)]
    content = of(*seconds, length_s=60.0)
    assert content.glance_at(30.0).state is State.WITHHELD
    assert content.glance_at(30.0).now == GroupCounts()
    assert str(content.lines(content.glance_at(30.0))[0]) == "Not enough faces."


@pytest.mark.parametrize("events", [(), (second(1.0),), (summary(1.0, readable=0),), (Marker(1, 0.2, "quiz"),)])
def test_next_to_nothing_is_a_lesson_too(events: tuple[SessionEvent, ...]) -> None:
    content = of(*events, length_s=1.0)
    assert str(content.sentence[0]) == "Too little was seen to say."
    assert content.gaps == []
    for at_s in (0.0, 0.5, 1.0):
        assert content.lines(content.glance_at(at_s))
