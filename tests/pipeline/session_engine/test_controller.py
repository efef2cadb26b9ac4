"""A session from start to stop, without threads: what its loops tell is handed in."""

from pathlib import Path

import pytest
from support.fakes import CAMERA, DEMO, REGION, STREAM, FakeServices
from support.sessions import SteppedHost, plan_of

from fer_desktop.core.messages import Message
from fer_desktop.core.policy import REFUSED
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import SourceChoice
from fer_desktop.pipeline.events import Excluded, Marker
from fer_desktop.pipeline.session_engine.channel.commands import (
    Drain,
    Exclude,
    GiveUpSaving,
    IncludeEverybody,
    Mark,
    Pause,
    Resume,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session_engine.channel.reports import (
    CannotBegin,
    FileOpened,
    ModelsLoaded,
    Problem,
    SourceBroke,
    SourceOpened,
    SourceOver,
)
from fer_desktop.pipeline.session_engine.channel.status import Counters, Phase
from fer_desktop.pipeline.session_engine.parts import Loop

FILE = Path("session.csv")


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def host() -> SteppedHost:
    return SteppedHost()


def _go_live(host: SteppedHost, services: FakeServices, choice: SourceChoice = DEMO) -> None:
    host.controller.start(plan_of(services, choice))
    host.tell(host.analysis, ModelsLoaded())
    host.tell(host.capture, SourceOpened())
    host.tell(host.record, FileOpened(FILE))


def _sent(host: SteppedHost) -> tuple[object, ...]:
    """The commands that wait for the analysis."""
    return host.analysis._inbox.take_commands()


def _over(host: SteppedHost, *loops: Loop) -> None:
    for loop in loops:
        host.controller.loop_ended(loop)


def test_a_session_loads_opens_waits_and_is_live(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    assert host.phases == [Phase.LOADING, Phase.OPENING, Phase.WAITING, Phase.LIVE]
    assert host.started == [host.record, host.analysis, host.capture]
    status = host.controller.status
    assert status.can_pause
    assert status.can_mark
    assert status.can_stop
    assert not status.can_start
    assert not status.can_resume


def test_the_source_is_opened_after_the_models_are_loaded(host: SteppedHost, services: FakeServices) -> None:
    host.controller.start(plan_of(services))
    assert host.started == [host.record, host.analysis]
    assert not host.controller.status.can_pause


def test_pause_and_resume_are_commands_in_one_queue(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.controller.pause()
    assert host.capture.paused
    assert host.controller.status.can_resume
    host.controller.pause()  # nothing more
    host.controller.mark("slide 7")
    host.controller.resume()
    assert not host.capture.paused
    assert _sent(host) == (Pause(), Mark("slide 7"), Resume())
    assert host.phases[-2:] == [Phase.PAUSED, Phase.LIVE]


def test_stopping_saves_and_ends_when_both_loops_are_over(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.controller.stop()
    assert _sent(host) == (Stop(),)
    assert host.controller.status.phase is Phase.SAVING
    assert not host.controller.status.can_stop
    _over(host, host.analysis, host.record)
    assert not host.ends
    _over(host, host.capture)
    (end,) = host.ends
    assert (end.path, end.failed, end.reason) == (FILE, False, None)
    assert host.controller.status.can_start
    assert host.controller.all_loops_over


def test_a_stop_before_the_models_are_loaded_opens_no_source(host: SteppedHost, services: FakeServices) -> None:
    host.controller.start(plan_of(services))
    host.controller.stop()
    host.tell(host.analysis, ModelsLoaded())
    assert host.started == [host.record, host.analysis]
    _over(host, host.analysis, host.record)
    assert host.ends[0].path is None


def test_while_one_session_runs_no_other_begins_and_then_one_may(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.controller.start(plan_of(services, CAMERA))
    assert len(host.started) == 3
    host.controller.stop()
    first = host.started[:]
    _over(host, *first)
    host.controller.start(plan_of(services, CAMERA))
    assert len(host.started) == 5
    host.tell(first[2], SourceOver(Message("of the session before")))
    assert host.controller.status.phase is Phase.LOADING


@pytest.mark.parametrize("who", ["analysis", "capture"])
def test_what_keeps_it_from_beginning_ends_it_with_a_sentence(
    host: SteppedHost, services: FakeServices, who: str
) -> None:
    host.controller.start(plan_of(services))
    host.tell(host.analysis, ModelsLoaded())
    host.tell(getattr(host, who), CannotBegin(Message("The camera is used by another program: close it there.")))
    _over(host, host.analysis, host.capture, host.record)
    (end,) = host.ends
    assert (end.failed, end.path) == (True, None)
    assert str(end.reason) == "The camera is used by another program: close it there."


def test_a_lost_source_is_told_with_its_reason_and_comes_back(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services, CAMERA)
    host.tell(host.capture, SourceBroke(Message("The camera is gone: plug it in again.")))
    status = host.controller.status
    assert (status.phase, str(status.reason)) == (Phase.LOST, "The camera is gone: plug it in again.")
    assert status.can_mark
    host.tell(host.capture, SourceBroke(Message("It is used by another program.")))
    assert str(host.controller.status.reason) == "It is used by another program."
    host.tell(host.capture, SourceOpened())
    assert host.controller.status.phase is Phase.LIVE
    assert _sent(host) == (SourceLost(), SourceLost(), SourceBack())


def test_before_the_first_frame_a_lost_source_can_neither_be_paused_nor_marked(
    host: SteppedHost, services: FakeServices
) -> None:
    host.controller.start(plan_of(services, CAMERA))
    host.tell(host.analysis, ModelsLoaded())
    host.tell(host.capture, SourceOpened(), SourceBroke(Message("The camera is gone.")))
    assert host.controller.status.phase is Phase.LOST
    assert not host.controller.status.can_pause
    assert not host.controller.mark("nothing runs")


@pytest.mark.parametrize("reason", [None, Message("The recording is damaged here.")])
def test_a_source_that_is_over_ends_the_session_once_its_last_frame_is_read(
    host: SteppedHost, services: FakeServices, reason: Message | None
) -> None:
    _go_live(host, services)
    host.tell(host.capture, SourceOver(reason))
    assert _sent(host) == (Drain(reason),)
    _over(host, host.capture, host.analysis, host.record)
    assert host.ends[0].reason == reason
    assert not host.ends[0].failed


def test_a_source_that_does_not_let_go_does_not_keep_the_session_from_ending(
    host: SteppedHost, services: FakeServices
) -> None:
    _go_live(host, services, CAMERA)
    host.controller.stop()
    _over(host, host.analysis, host.record)
    host.clock.sleep(3.9)
    host.controller.tick()
    assert not host.ends
    host.clock.sleep(0.2)
    host.controller.tick()
    assert len(host.ends) == 1
    assert host.controller.status.can_start
    assert not host.controller.all_loops_over
    _over(host, host.capture)
    assert host.controller.all_loops_over
    assert len(host.ends) == 1


@pytest.mark.parametrize("choice", [REGION, STREAM])
def test_a_live_class_is_refused_where_it_is_not_allowed(
    host: SteppedHost, services: FakeServices, choice: SourceChoice
) -> None:
    services.forbid_live_classes()
    host.controller.start(plan_of(services, choice))
    assert host.ends[0].reason == REFUSED
    assert host.started == []


@pytest.mark.parametrize("choice", [DEMO, CAMERA])
def test_the_demo_and_ones_own_camera_are_allowed_everywhere(
    host: SteppedHost, services: FakeServices, choice: SourceChoice
) -> None:
    services.forbid_live_classes()
    _go_live(host, services, choice)
    assert host.controller.status.phase is Phase.LIVE


def test_a_choice_to_leave_out_shows_at_once_and_older_answers_do_not_undo_it(
    host: SteppedHost, services: FakeServices
) -> None:
    _go_live(host, services)
    host.controller.change_exclusion(Exclude(3))
    host.controller.change_exclusion(Exclude(5))
    assert host.controller.exclusion.seats == {3, 5}
    assert host.controller.status.can_include_everybody
    host.tell(host.record, Excluded(1.0, Exclusion(frozenset({3})), commands=1))
    assert host.controller.exclusion.seats == {3, 5}
    host.tell(host.record, Excluded(1.0, Exclusion(frozenset({2, 5})), commands=2))
    assert host.controller.exclusion.seats == {2, 5}
    host.controller.change_exclusion(IncludeEverybody())
    assert not host.controller.status.can_include_everybody
    assert _sent(host) == (Exclude(3), Exclude(5), IncludeEverybody())


def test_before_the_first_frame_there_is_nobody_to_leave_out(host: SteppedHost, services: FakeServices) -> None:
    host.controller.start(plan_of(services))
    host.controller.change_exclusion(Exclude(3))
    assert host.controller.exclusion == Exclusion()
    assert _sent(host) == ()


def test_a_new_session_leaves_nobody_out(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.controller.change_exclusion(Exclude(3))
    host.controller.stop()
    _over(host, *host.started)
    assert host.controller.exclusion.seats == {3}
    host.controller.start(plan_of(services))
    assert host.controller.exclusion == Exclusion()
    assert not host.controller.status.anybody_excluded


def test_a_stopped_session_without_room_on_the_disk_can_be_given_up(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.controller.stop()
    _sent(host)
    host.record.progress.unsaved_s = 2
    host.tell(host.record, Problem(Message("The disk is full: free some space.")))
    assert host.controller.status.can_give_up_saving
    assert host.controller.status.unsaved_s == 2
    host.controller.give_up_saving()
    assert _sent(host) == (GiveUpSaving(),)


def test_what_the_session_records_is_shown_as_it_comes(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.tell(host.record, Marker(1, 2.0, "slide 7"))
    assert host.notices[-1] == Marker(1, 2.0, "slide 7")


def test_counters_are_rates_since_the_last_second(host: SteppedHost, services: FakeServices) -> None:
    _go_live(host, services)
    host.capture.frames_in, host.analysis.progress.updates = 15, 5
    host.analysis.progress.latency_s = 0.2
    host.clock.work(0.25)
    host.clock.sleep(0.75)
    host.controller.tick()
    (counters,) = [notice for notice in host.notices if isinstance(notice, Counters)]
    assert (counters.frames_hz, counters.updates_hz) == (15.0, 5.0)
    assert counters.latency_s == 0.2
    assert 0 < counters.cpu_percent <= 25
