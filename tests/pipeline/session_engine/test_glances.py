"""A session tells what one look at the class may say, and alerts where they were asked for."""

from functools import partial

import numpy as np
import pytest
from support.clocks import STARTED

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings
from fer_desktop.core.glance.types import Basis, Glance, Group
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Face, Frame, Quality, Reading, Reason, State
from fer_desktop.pipeline.events import Alert, AlertAnswered, Excluded, SessionEvent, Started
from fer_desktop.pipeline.session_engine.recording.glances import Glances
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in

LESSON_S = 900
TURN_S = 600
SMILE = AlertSettings(frozenset({AlertKind.MORE_SMILE}))


class Lesson:
    """A class of which so many smile from a moment on, a frame a second."""

    def __init__(self, faces: int = 23, live_class: bool = True, alerts: AlertSettings | None = None) -> None:
        self.events: list[SessionEvent] = []
        self.faces, self.now_s = faces, 0
        started = Started(STARTED, "call", live_class)
        privacy_filter = partial(withheld, live_class=live_class)
        glances = Glances(live_class, alerts or AlertSettings())
        self.recorder = Recorder([self], started, 0.0, privacy_filter, glances)

    def write(self, event: SessionEvent) -> None:
        self.events.append(event)

    def play(self, seconds: int, smiling: int = 0) -> None:
        for _ in range(seconds):
            self.now_s += 1
            self.recorder.observe(seen_in(picture(float(self.now_s), self.faces, smiling)))
            self.recorder.advance(float(self.now_s))

    @property
    def glances(self) -> list[Glance]:
        return [event for event in self.events if isinstance(event, Glance)]

    @property
    def alerts(self) -> list[Alert]:
        return [event for event in self.events if isinstance(event, Alert)]


def picture(at_s: float, faces: int, smiling: int) -> Analysis:
    face = Face(np.array([0, 0, 50, 50], np.float32), 0.9, np.zeros((5, 2), np.float32))
    readings = []
    for seat in range(faces):
        probabilities = np.full(N_EXPRESSIONS, 0.03, np.float32)
        probabilities[HAPPY if seat < smiling else SAD if seat % 8 == 7 else NEUTRAL] = 0.82
        readings.append(Reading(seat, face, Quality(True, Reason.NONE, 50.0), probabilities))
    frame = Frame(round(at_s), at_s, np.zeros((2, 2, 3), np.uint8))
    return Analysis(frame, tuple(readings), 0.1, seats=faces + 2, cameras_on=faces + 1)


def test_a_glance_is_told_every_five_seconds_and_counts_the_class() -> None:
    lesson = Lesson()
    lesson.play(60, smiling=4)
    times = [glance.elapsed_s for glance in lesson.glances]
    assert max(np.diff(times)) <= 5
    assert len(times) <= 14  # where nothing new can be said there are no more
    last = lesson.glances[-1]
    assert (last.now.smiling, last.now.read, last.no_face, last.camera_off) == (4, 23, 1, 1)
    assert (last.basis, last.change) == (Basis.LEARNING, None)


def test_a_change_is_told_in_the_second_in_which_it_may_be_said() -> None:
    lesson = Lesson()
    lesson.play(TURN_S, smiling=2)
    lesson.play(90, smiling=14)
    told = [glance for glance in lesson.glances if glance.change is not None]
    assert told
    first = told[0].change
    assert first is not None
    assert (first.group, first.more, round(first.usual)) == (Group.SMILING, True, 2)
    assert TURN_S + 20 <= told[0].elapsed_s <= TURN_S + 60


def test_a_gap_is_told_at_once_and_so_is_its_end() -> None:
    lesson = Lesson()
    lesson.play(12)
    lesson.recorder.hold(State.COVERED, 12.0)
    lesson.recorder.advance(20.0)
    lesson.recorder.hold(None, 20.0)
    lesson.now_s = 20
    lesson.play(2)
    states = [(glance.elapsed_s, glance.state) for glance in lesson.glances if glance.elapsed_s > 12]
    assert states[0] == (13.0, State.COVERED)
    assert states[-1][1] is State.LIVE


def test_of_a_small_live_class_no_count_is_told_and_of_ones_own_camera_it_is() -> None:
    live, own = Lesson(faces=4), Lesson(faces=4, live_class=False)
    for lesson in (live, own):
        lesson.play(20, smiling=3)
    assert {glance.state for glance in live.glances[1:]} == {State.WITHHELD}
    assert all(not glance.now.read for glance in live.glances)
    assert own.glances[-1].now.smiling == 3


def test_an_alert_is_raised_where_it_was_asked_for_and_can_be_answered() -> None:
    lesson = Lesson(alerts=SMILE)
    lesson.play(TURN_S, smiling=2)
    lesson.play(120, smiling=16)
    (alert,) = lesson.alerts
    assert (alert.number, alert.kind, round(alert.usual)) == (1, AlertKind.MORE_SMILE, 2)
    assert TURN_S < alert.elapsed_s <= TURN_S + 120
    lesson.recorder.answer_alert(1, useful=True)
    lesson.recorder.answer_alert(2, useful=False)
    assert [event for event in lesson.events if isinstance(event, AlertAnswered)] == [AlertAnswered(1, useful=True)]


@pytest.mark.parametrize("alerts", [None, AlertSettings(frozenset({AlertKind.MORE_LOW}))])
def test_what_was_not_asked_for_raises_none(alerts: AlertSettings | None) -> None:
    lesson = Lesson(alerts=alerts)
    lesson.play(TURN_S, smiling=2)
    lesson.play(120, smiling=16)
    assert lesson.alerts == []


def test_alerts_can_be_chosen_while_the_lesson_runs_and_be_quieted() -> None:
    lesson = Lesson()
    lesson.play(TURN_S, smiling=2)
    lesson.recorder.glances.choose_alerts(SMILE)
    lesson.recorder.glances.be_quiet(float(TURN_S))
    lesson.play(120, smiling=16)
    assert lesson.alerts == []
    lesson.play(LESSON_S - TURN_S - 120, smiling=2)
    lesson.play(300, smiling=2)
    lesson.play(120, smiling=16)
    assert len(lesson.alerts) == 1


def test_a_marker_can_be_what_the_class_is_compared_with() -> None:
    lesson = Lesson()
    lesson.play(400, smiling=2)
    lesson.recorder.glances.compare_with(400.0, "slide 7")
    lesson.play(60, smiling=14)
    last = lesson.glances[-1]
    assert (last.basis, last.since_marker) == (Basis.MARKER, "slide 7")
    assert last.change is not None
    lesson.recorder.glances.compare_with(460.0, "")
    lesson.play(10, smiling=14)
    assert lesson.glances[-1].basis is Basis.USUAL


def test_two_seats_that_were_one_count_once() -> None:
    lesson = Lesson(faces=12)
    lesson.play(20)
    merged = seen_in(picture(21.0, 11, 0))
    lesson.recorder.observe(type(merged)(21.0, merged.summary, merged.attendance, ((11, 3),), merged.faces))
    lesson.now_s, lesson.faces = 21, 11
    lesson.play(6)
    assert lesson.glances[-1].now.read == 11


def test_two_seconds_after_somebody_was_left_out_all_counts_are_right() -> None:
    lesson = Lesson()
    lesson.play(61)
    assert lesson.glances[-1].now.read == 23
    told = len(lesson.glances)
    lesson.recorder.leave_out(Excluded(61.0, Exclusion(frozenset({22})), 1))
    lesson.faces = 22
    lesson.play(1)
    assert lesson.glances[-1].now.read == 22
    lesson.play(1)
    assert len(lesson.glances) == told + 2
    assert (lesson.glances[-1].now.read, lesson.glances[-1].no_face) == (22, 1)
