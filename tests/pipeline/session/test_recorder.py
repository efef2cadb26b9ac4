import dataclasses

import numpy as np
from support.clocks import STARTED

from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.types import Analysis, Attendance, Face, Frame, Quality, Reading, Reason, State, Summary
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker, SessionEvent, Started
from fer_desktop.pipeline.session.recorder import Recorder


class Rows:
    def __init__(self) -> None:
        self.events: list[SessionEvent] = []

    @property
    def rows(self) -> list[Summary]:
        return [event for event in self.events if isinstance(event, Summary)]

    def write(self, event: SessionEvent) -> None:
        self.events.append(event)


def recorder_of(sink: Rows, started_s: float) -> Recorder:
    return Recorder([sink], Started(STARTED, "call", live_class=False), started_s)


def analysis(at_s: float, faces: int = 2) -> Analysis:
    probabilities = np.full(7, 0.05, np.float32)
    probabilities[HAPPY] = 0.7
    face = Face(np.array([0, 0, 50, 50], np.float32), 0.9, np.zeros((5, 2), np.float32))
    readings = tuple(Reading(i, face, Quality(True, Reason.NONE, 50.0), probabilities) for i in range(faces))
    return Analysis(Frame(0, at_s, np.zeros((2, 2, 3), np.uint8)), readings, 0.1, seats=2, cameras_on=2)


def test_there_is_one_row_for_each_second_whatever_comes() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 100.0)
    recorder.observe(analysis(100.2))
    recorder.advance(100.9)
    assert sink.rows == []
    recorder.observe(analysis(101.8))
    recorder.advance(103.4)
    assert [row.elapsed_s for row in sink.rows] == [1.0, 2.0, 3.0]
    assert [row.readable for row in sink.rows] == [2, 2, 2]


def test_rows_say_what_they_rest_on() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 0.0)
    recorder.advance(1.0)
    recorder.observe(analysis(1.5))
    recorder.advance(2.0)
    recorder.set_state(State.PAUSED, 2.0)
    recorder.advance(3.0)
    recorder.set_state(State.NO_SOURCE, 3.0)
    recorder.advance(4.0)
    assert [row.state for row in sink.rows] == [State.STARTING, State.LIVE, State.PAUSED, State.NO_SOURCE]
    assert [row.readable for row in sink.rows] == [0, 2, 0, 0]


def test_an_old_analysis_says_nothing_about_now() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 0.0)
    recorder.observe(analysis(0.5))
    recorder.advance(5.0)
    assert [row.state for row in sink.rows] == [State.LIVE, State.LIVE, *[State.NO_SOURCE] * 3]
    assert sink.rows[-1].seats == 0


def test_a_marker_comes_before_the_summary_of_its_second() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 0.0)
    recorder.advance(1.0)
    recorder.mark("slide 7", 1.4)
    recorder.mark("question", 1.6)
    recorder.advance(3.0)
    order = [event.elapsed_s for event in sink.events if isinstance(event, Summary | Marker)]
    assert order == [1.0, 1.4, 1.6, 2.0, 3.0]
    assert [event.number for event in sink.events if isinstance(event, Marker)] == [1, 2]


def test_a_marker_after_the_last_summary_gets_one_of_its_own() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 0.0)
    recorder.advance(1.0)
    recorder.mark("bell", 1.01)
    recorder.finish(1.02)
    assert [row.elapsed_s for row in sink.rows] == [1.0, 1.02]


def test_a_stretch_without_figures_is_one_gap_with_its_reason() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 0.0)
    recorder.observe(analysis(0.5))
    recorder.advance(1.0)
    recorder.set_state(State.PAUSED, 1.2)
    recorder.advance(3.0)
    recorder.observe(analysis(3.5))
    recorder.advance(4.0)
    recorder.set_state(State.NO_SOURCE, 4.1)
    recorder.finish(5.5)
    gaps = [event for event in sink.events if isinstance(event, Gap)]
    assert gaps == [Gap(1.0, 3.0, State.PAUSED), Gap(4.0, 5.5, State.NO_SOURCE)]


def test_the_first_event_is_the_start_and_the_last_the_end() -> None:
    sink = Rows()
    recorder_of(sink, 10.0).finish(12.0, EndReason.SOURCE_ENDED)
    assert isinstance(sink.events[0], Started)
    assert sink.events[-1] == Ended(2.0, EndReason.SOURCE_ENDED)


def test_the_end_gets_a_row_of_its_own_where_a_second_had_begun() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 10.0)
    recorder.observe(analysis(12.4))
    recorder.finish(12.5)
    assert [row.elapsed_s for row in sink.rows] == [1.0, 2.0, 2.5]

    whole = Rows()
    recorder = recorder_of(whole, 0.0)
    recorder.finish(2.0)
    assert [row.elapsed_s for row in whole.rows] == [1.0, 2.0]


def test_the_shortest_session_still_has_a_row() -> None:
    sink = Rows()
    recorder_of(sink, 0.0).finish(0.0)
    assert len(sink.rows) == 1


def test_the_counts_of_who_left_outlast_what_was_seen() -> None:
    sink = Rows()
    recorder = recorder_of(sink, 0.0)
    recorder.advance(1.0)
    recorder.observe(dataclasses.replace(analysis(1.5), attendance=Attendance(2, 1)))
    recorder.advance(2.0)
    recorder.set_state(State.PAUSED, 2.0)
    recorder.advance(3.0)
    assert [(row.left, row.came_back) for row in sink.rows] == [(0, 0), (2, 1), (2, 1)]
