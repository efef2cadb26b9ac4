"""Stop is undone: the same lesson goes on, and what lies between is a pause."""

from pathlib import Path
from typing import cast

import pytest
from support.fakes import DEMO, REGION, FakeServices
from support.sessions import SteppedAnalysis, SteppedHost, plan_of

from fer_desktop.core.errors import StoreError
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import RecordingChoice, SourceChoice
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import ClassSize, Ended, Excluded, Gap, Marker, Started, TakenUp
from fer_desktop.pipeline.session_engine.channel.commands import (
    Drain,
    Exclude,
    Include,
    Mark,
    Pause,
    SetClassSize,
    Stop,
)
from fer_desktop.pipeline.session_engine.channel.reports import CannotBegin, FileOpened, ModelsLoaded, SourceOpened
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.pipeline.session_engine.loops.stopped import Stopped

FILE = Path("session.csv")


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


def stopped(services: FakeServices, seconds: float = 10.0) -> SteppedAnalysis:
    """A session that was stopped."""
    session = SteppedAnalysis(services, REGION)
    session.run(seconds)
    session.send(Mark("Quiz"))
    session.run(0.5)
    session.send(Stop())
    session.step()
    assert session.over
    session.close()
    return session


def times(services: FakeServices) -> list[tuple[float, State]]:
    return [(row.elapsed_s, row.state) for row in services.files[0].rows]


def test_the_same_record_goes_on_and_the_time_between_is_a_pause(services: FakeServices) -> None:
    before = stopped(services)
    before.clock.sleep(20.0)
    after = before.taken_up(services)
    after.run(5.0)
    after.send(Stop())
    after.step()
    assert len(services.files) == len(services.stores) == 1
    told = services.files[0].events
    kinds = [type(event) for event in told]
    assert (kinds.count(Started), kinds.count(TakenUp), kinds.count(Ended)) == (1, 1, 2)
    ended_s = next(event.elapsed_s for event in told if isinstance(event, Ended))
    gaps = [event for event in told if isinstance(event, Gap)]
    assert [(gap.start_s, gap.reason) for gap in gaps] == [(ended_s, State.PAUSED)]
    assert gaps[0].end_s == pytest.approx(ended_s + 20.0, abs=1.0)
    rising = [at_s for at_s, _ in times(services)]
    assert rising == sorted(set(rising))
    assert {state for at_s, state in times(services) if at_s > gaps[0].end_s} == {State.LIVE}


def test_all_that_happens_is_told_to_the_window_that_runs_it_now(services: FakeServices) -> None:
    before = stopped(services)
    count = len(before.reports)
    after = before.taken_up(services)
    after.run(3.0)
    assert len(before.reports) == count
    kinds = {type(report) for report in after.reports}
    assert {TakenUp, FileOpened, Summary} <= kinds


def test_markers_are_counted_on_and_what_is_usual_is_learnt_anew(services: FakeServices) -> None:
    before = stopped(services)
    after = before.taken_up(services)
    after.run(6.0)
    after.send(Mark("Group work"))
    after.run(1.0)
    told = services.files[0].events
    assert [(event.number, event.text) for event in told if isinstance(event, Marker)] == [
        (1, "Quiz"),
        (2, "Group work"),
    ]
    glances = [event for event in told if isinstance(event, Glance)]
    assert glances[-1].elapsed_s > 10


def test_who_stopped_in_a_pause_goes_on_without_it(services: FakeServices) -> None:
    session = SteppedAnalysis(services, REGION)
    session.run(5.0)
    session.send(Pause())
    session.run(5.0)
    session.send(Stop())
    session.step()
    session.close()
    after = session.taken_up(services)
    after.run(4.0)
    assert after.summaries[-1].state is State.LIVE


def test_where_no_frame_comes_the_lesson_stays_as_it_was(services: FakeServices) -> None:
    before = stopped(services)
    events = list(services.files[0].events)
    after = before.taken_up(services)
    after.run(3.0, frames=False)
    after.send(Stop())
    after.step()
    assert services.files[0].events == events
    assert services.files[0].closed
    assert after.record.stopped is not None


@pytest.mark.parametrize("where", ["file", "store"])
def test_what_was_erased_in_between_does_not_come_back(services: FakeServices, where: str) -> None:
    before = stopped(services)
    kept = (services.files if where == "file" else services.stores)[0]
    kept.erased = True
    events = list(kept.events)
    after = before.taken_up(services)
    with pytest.raises(StoreError, match="no longer stored"):
        after.run(2.0)
    assert kept.events == events
    assert services.files[0].closed


def test_how_many_are_in_the_class_is_recorded_at_the_start_and_when_she_says_otherwise(services: FakeServices) -> None:
    session = SteppedAnalysis(services, REGION, class_size=30)
    session.run(3.0)
    session.send(SetClassSize(38))
    session.run(1.0)
    sizes = [event for event in services.files[0].events if isinstance(event, ClassSize)]
    assert [(event.elapsed_s, event.size) for event in sizes] == [(0.0, 30), (pytest.approx(3.0, abs=0.3), 38)]


def test_whoever_was_left_out_stays_so_and_everybody_keeps_their_seat(services: FakeServices) -> None:
    session = SteppedAnalysis(services, REGION)
    session.run(2.0)
    session.send(Exclude(1), Exclude(2, own=True))
    session.run(2.0)
    before = session.analyses.take()
    assert before is not None
    session.send(Stop())
    session.step()
    session.close()
    after = session.taken_up(services)
    after.run(2.0)
    told = [event.exclusion for event in after.reports if isinstance(event, Excluded)]
    assert (told[-1].seats, told[-1].you) == (frozenset({1, 2}), 2)
    again = after.analyses.take()
    assert again is not None
    assert [face.seat for face in again.excluded] == [face.seat for face in before.excluded] == [1, 2]
    after.send(Include(1))
    after.run(1.0)
    told = [event.exclusion for event in after.reports if isinstance(event, Excluded)]
    assert told[-1].seats == {2}


def test_where_the_analysis_died_nobody_is_known_and_nobody_left_out(services: FakeServices) -> None:
    session = SteppedAnalysis(services, REGION)
    session.run(2.0)
    session.send(Exclude(1))
    session.run(2.0)
    session.send(Stop())
    session.step()
    session.close()
    session.loop.leave_reader()
    after = session.taken_up(services)
    after.run(2.0)
    told = [event.exclusion for event in after.reports if isinstance(event, Excluded)]
    assert told[-1].seats == frozenset()


class Record:
    """Of what a controller asks of a record that was stopped."""

    reader = None

    def known_by(self, _reader: object) -> "Record":
        return self

    def __init__(self, host: SteppedHost) -> None:
        self.file, self.time, self.elapsed_s = self, host.record._time, 12.0
        self.path = FILE


def over(host: SteppedHost) -> None:
    for loop in (host.capture, host.analysis, host.record):
        host.controller.loop_ended(loop)


def ended(services: FakeServices, choice: SourceChoice = DEMO) -> SteppedHost:
    """A session that ran and was stopped."""
    host = SteppedHost()
    host.controller.start(plan_of(services, choice))
    host.tell(host.analysis, ModelsLoaded())
    host.tell(host.capture, SourceOpened())
    host.tell(host.record, FileOpened(FILE))
    host.record.stopped = cast(Stopped, Record(host))
    host.controller.stop()
    over(host)
    return host


def test_it_can_be_taken_up_until_it_is_forgotten(services: FakeServices) -> None:
    host = ended(services)
    assert host.controller.status.can_take_up
    host.controller.forget_stopped()
    assert not host.controller.status.can_take_up
    host.controller.take_up(plan_of(services))
    assert host.controller.status.phase is Phase.IDLE


def test_another_session_takes_its_place(services: FakeServices) -> None:
    host = ended(services)
    host.controller.start(plan_of(services))
    host.controller.stop()
    over(host)
    assert not host.controller.status.can_take_up


def test_one_that_cannot_go_on_now_can_be_tried_again(services: FakeServices) -> None:
    host = ended(services)
    host.controller.take_up(plan_of(services))
    host.tell(host.analysis, CannotBegin(Message("The network cannot be read.")))
    over(host)
    end = host.ends[-1]
    assert (end.path, end.elapsed_s, end.failed) == (FILE, 12.0, True)
    assert host.controller.status.can_take_up


def test_a_recording_would_begin_again_and_cannot_be_taken_up(services: FakeServices) -> None:
    host = ended(services, RecordingChoice("lesson.mp4", Path("lesson.mp4")))
    assert not host.controller.status.can_take_up


def test_a_session_that_ends_with_its_source_cannot_either(services: FakeServices) -> None:
    session = SteppedAnalysis(services, DEMO)
    session.run(3.0)
    session.send(Drain())
    session.run(1.0, frames=False)
    assert session.over
    assert session.record.stopped is None
