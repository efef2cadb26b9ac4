import dataclasses

import numpy as np
from support.clocks import STARTED

from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.types import Analysis, Attendance, Face, Frame, Quality, Reading, Reason, State, Summary
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker, MarkerColour, MarkerEdited, SessionEvent, Started
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in


class Rows:
    def __init__(self) -> None:
        self.events: list[SessionEvent] = []

    @property
    def rows(self) -> list[Summary]:
        return [event for event in self.events if isinstance(event, Summary)]

    def write(self, event: SessionEvent) -> None:
        self.events.append(event)


def recording(started_s: float = 0.0) -> tuple[Rows, Recorder]:
    sink = Rows()
    return sink, Recorder([sink], Started(STARTED, "call", live_class=False), started_s)


def analysis(at_s: float, faces: int = 2) -> Analysis:
    probabilities = np.full(7, 0.05, np.float32)
    probabilities[HAPPY] = 0.7
    face = Face(np.array([0, 0, 50, 50], np.float32), 0.9, np.zeros((5, 2), np.float32))
    readings = tuple(Reading(i, face, Quality(True, Reason.NONE, 50.0), probabilities) for i in range(faces))
    return Analysis(Frame(0, at_s, np.zeros((2, 2, 3), np.uint8)), readings, 0.1, seats=2, cameras_on=2)


def see(recorder: Recorder, *at_s: float) -> None:
    for time_s in at_s:
        recorder.observe(seen_in(analysis(time_s)))


def rows_of(sink: Rows) -> list[tuple[float, State]]:
    return [(row.elapsed_s, row.state) for row in sink.rows]


def gaps_of(sink: Rows) -> list[Gap]:
    return [event for event in sink.events if isinstance(event, Gap)]


def test_there_is_one_row_for_each_second_whatever_comes() -> None:
    sink, recorder = recording(100.0)
    see(recorder, 100.2)
    recorder.advance(100.9)
    assert sink.rows == []
    see(recorder, 101.8)
    recorder.advance(103.4)
    assert [row.elapsed_s for row in sink.rows] == [1.0, 2.0, 3.0]
    assert [row.readable for row in sink.rows] == [2, 2, 2]


def test_rows_say_what_they_rest_on() -> None:
    sink, recorder = recording()
    recorder.advance(1.0)
    see(recorder, 1.5)
    recorder.advance(2.0)
    recorder.hold(State.PAUSED, 2.0)
    recorder.advance(3.0)
    recorder.hold(State.NO_SOURCE, 3.0)
    recorder.advance(4.0)
    assert [row.state for row in sink.rows] == [State.STARTING, State.LIVE, State.PAUSED, State.NO_SOURCE]
    assert [row.readable for row in sink.rows] == [0, 2, 0, 0]


def test_an_old_analysis_says_nothing_about_now() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.advance(5.0)
    assert [row.state for row in sink.rows] == [State.LIVE, State.LIVE, *[State.SLOW] * 3]
    assert sink.rows[-1].seats == 0


def test_a_marker_comes_before_the_summary_of_its_second() -> None:
    sink, recorder = recording()
    recorder.advance(1.0)
    recorder.mark("slide 7", 1.4)
    recorder.mark("question", 1.6)
    recorder.advance(3.0)
    order = [event.elapsed_s for event in sink.events if isinstance(event, Summary | Marker)]
    assert order == [1.0, 1.4, 1.6, 2.0, 3.0]
    assert [event.number for event in sink.events if isinstance(event, Marker)] == [1, 2]


def test_a_marker_is_edited_by_its_number_and_keeps_its_moment() -> None:
    sink, recorder = recording()
    recorder.mark("slide 7", 0.4)
    recorder.edit_marker(1, "", MarkerColour.GREY)
    recorder.edit_marker(1, "slide 8", MarkerColour.TEAL)
    recorder.edit_marker(2, "never set", MarkerColour.GREY)
    edits = [event for event in sink.events if isinstance(event, MarkerEdited)]
    assert edits == [MarkerEdited(1, "", MarkerColour.GREY, 0.4), MarkerEdited(1, "slide 8", MarkerColour.TEAL, 0.4)]


def test_a_marker_after_the_last_summary_gets_one_of_its_own() -> None:
    sink, recorder = recording()
    recorder.advance(1.0)
    recorder.mark("bell", 1.01)
    recorder.finish(1.02)
    assert [row.elapsed_s for row in sink.rows] == [1.0, 1.02]


def test_a_stretch_without_figures_is_one_gap_with_its_reason() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.advance(1.0)
    recorder.hold(State.PAUSED, 1.2)
    recorder.advance(3.0)
    recorder.hold(None, 3.0)
    see(recorder, 3.5)
    recorder.advance(4.0)
    recorder.hold(State.NO_SOURCE, 4.1)
    recorder.finish(5.5)
    assert gaps_of(sink) == [Gap(1.0, 3.0, State.PAUSED), Gap(4.0, 5.5, State.NO_SOURCE)]


def test_the_first_event_is_the_start_and_the_last_the_end() -> None:
    sink, recorder = recording(10.0)
    recorder.finish(12.0, EndReason.SOURCE_ENDED)
    assert isinstance(sink.events[0], Started)
    assert sink.events[-1] == Ended(2.0, EndReason.SOURCE_ENDED)


def test_the_end_gets_a_row_of_its_own_where_a_second_had_begun() -> None:
    sink, recorder = recording(10.0)
    see(recorder, 12.4)
    recorder.finish(12.5)
    assert [row.elapsed_s for row in sink.rows] == [1.0, 2.0, 2.5]

    whole, recorder = recording()
    recorder.finish(2.0)
    assert [row.elapsed_s for row in whole.rows] == [1.0, 2.0]


def test_the_shortest_session_still_has_a_row() -> None:
    sink, recorder = recording()
    recorder.finish(0.0)
    assert len(sink.rows) == 1


def test_the_counts_of_who_left_outlast_what_was_seen() -> None:
    sink, recorder = recording()
    recorder.advance(1.0)
    recorder.observe(seen_in(dataclasses.replace(analysis(1.5), attendance=Attendance(2, 1))))
    recorder.advance(2.0)
    recorder.hold(State.PAUSED, 2.0)
    recorder.advance(3.0)
    assert [(row.left, row.came_back) for row in sink.rows] == [(0, 0), (2, 1), (2, 1)]


def test_a_second_is_live_by_a_frame_of_its_own_or_of_the_second_before_alone() -> None:
    sink, recorder = recording()
    see(recorder, 1.9)
    recorder.advance(6.0)
    assert [row.state for row in sink.rows[1:]] == [State.LIVE, State.LIVE, *[State.SLOW] * 3]


def test_a_frame_that_is_read_late_makes_no_second_live_that_is_over() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.advance(9.0)
    see(recorder, 0.6)
    recorder.advance(10.0)
    assert [row.state for row in sink.rows[2:]] == [State.SLOW] * 8
    assert [row.readable for row in sink.rows[2:]] == [0] * 8


def test_seconds_that_were_seen_are_live_although_they_are_recorded_late() -> None:
    sink, recorder = recording()
    for tenth in range(1, 50):  # the disk did not answer for five seconds, and the reading went on
        see(recorder, tenth / 10)
    recorder.advance(5.0)
    assert [row.state for row in sink.rows] == [State.LIVE] * 5


def test_what_is_read_while_paused_is_not_recorded() -> None:
    sink, recorder = recording()
    recorder.hold(State.PAUSED, 0.5)
    see(recorder, 0.9)
    recorder.advance(1.0)
    assert rows_of(sink) == [(1.0, State.PAUSED)]


def test_a_second_in_which_a_pause_ended_and_nothing_was_read_is_paused() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.hold(State.PAUSED, 1.2)
    recorder.hold(None, 2.9)
    recorder.advance(4.0)
    assert [state for _, state in rows_of(sink)] == [State.LIVE, State.PAUSED, State.PAUSED, State.STARTING]


def test_after_a_pause_the_first_picture_is_awaited_before_anything_is_called_slow() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.hold(State.PAUSED, 1.0)
    recorder.hold(None, 2.0)
    recorder.advance(14.0)
    states = [state for _, state in rows_of(sink)]
    assert states == [State.LIVE, State.PAUSED, *[State.STARTING] * 10, State.SLOW, State.SLOW]
    see(recorder, 14.5)
    recorder.advance(19.0)  # what was read once and is read no longer is slow
    assert [state for _, state in rows_of(sink)][-2:] == [State.SLOW, State.SLOW]


def test_after_a_pause_a_lost_source_is_told_at_once() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.hold(State.PAUSED, 1.0)
    recorder.hold(None, 2.0)
    recorder.miss(State.NO_SOURCE)
    recorder.advance(4.0)
    assert [state for _, state in rows_of(sink)][2:] == [State.NO_SOURCE] * 2


def test_a_marker_can_be_of_a_moment_that_has_passed_and_of_none_to_come() -> None:
    sink, recorder = recording()
    recorder.advance(9.0)
    recorder.mark("the change", 9.5, at_s=4.0)
    recorder.mark("later", 9.5, at_s=20.0)
    assert [event.elapsed_s for event in sink.events if isinstance(event, Marker)] == [4.0, 9.5]


def test_eight_hours_of_sleep_are_one_summary_and_one_gap() -> None:
    sink, recorder = recording()
    see(recorder, 0.6, 1.6)
    recorder.advance(2.0)
    recorder.sleep(2.0, 28_802.0)
    recorder.advance(28_802.0)
    see(recorder, 28_802.5)
    recorder.advance(28_803.0)
    assert rows_of(sink)[2:] == [(28_802.0, State.ASLEEP), (28_803.0, State.LIVE)]
    assert gaps_of(sink) == [Gap(2.0, 28_802.0, State.ASLEEP)]


def test_a_pause_in_which_the_computer_sleeps_stays_one_pause() -> None:
    sink, recorder = recording()
    see(recorder, 0.5)
    recorder.advance(1.0)
    recorder.hold(State.PAUSED, 1.0)
    recorder.advance(3.0)
    recorder.sleep(3.0, 7203.0)
    recorder.advance(7203.0)
    recorder.hold(None, 7203.0)
    see(recorder, 7203.5)
    recorder.finish(7204.0)
    assert gaps_of(sink) == [Gap(1.0, 7203.0, State.PAUSED)]
    assert len(sink.rows) == 5


def test_one_far_stamp_is_no_million_rows() -> None:
    sink, recorder = recording()
    see(recorder, 0.5, 1e9)
    recorder.finish(1e9)
    assert len(sink.rows) <= 5
    assert gaps_of(sink)[0].end_s == 1e9 - 1 or gaps_of(sink)[0].end_s == 1e9


def test_a_fresh_analyzer_counts_on_from_those_who_had_left() -> None:
    sink, recorder = recording()
    recorder.observe(seen_in(dataclasses.replace(analysis(0.5), attendance=Attendance(3, 1))))
    recorder.count_on()
    recorder.observe(seen_in(dataclasses.replace(analysis(1.5), attendance=Attendance(1, 0))))
    recorder.advance(2.0)
    assert [(row.left, row.came_back) for row in sink.rows] == [(3, 1), (4, 1)]


def test_withheld_seconds_are_seen_and_no_gap() -> None:
    sink = Rows()
    started = Started(STARTED, "call", live_class=True)
    recorder = Recorder([sink], started, 0.0, lambda summary: withheld(summary, live_class=True))
    see(recorder, 0.5)
    recorder.advance(1.0)
    (row,) = sink.rows
    assert (row.state, row.readable, row.seats) == (State.WITHHELD, 2, 2)
    recorder.finish(1.0)
    assert gaps_of(sink) == []


def covered(seen: Analysis, faces: int) -> Analysis:
    """The same with a window over so many of its faces."""
    out = Quality(False, Reason.COVERED, 50.0)
    hidden = [dataclasses.replace(one, quality=out) for one in seen.readings[:faces]]
    return dataclasses.replace(seen, readings=(*hidden, *seen.readings[faces:]))


def test_a_second_with_a_window_over_every_face_is_part_of_a_gap() -> None:
    sink, recorder = recording()
    for second in range(6):
        faces = 2 if 2 <= second < 4 else 1
        recorder.observe(seen_in(covered(analysis(second + 0.5), faces)))
        recorder.advance(second + 1.0)
    states = [row.state for row in sink.rows]
    assert states == [State.LIVE] * 2 + [State.COVERED] * 2 + [State.LIVE] * 2
    assert [row.readable for row in sink.rows] == [1, 1, 0, 0, 1, 1]
    assert [(gap.start_s, gap.end_s, gap.reason) for gap in gaps_of(sink)] == [(2.0, 4.0, State.COVERED)]
