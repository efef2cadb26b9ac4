"""What the loops record of a computer that slept, a program that was stopped, and a clock that was set."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.fakes import FakeServices
from support.sessions import SteppedAnalysis

from fer_desktop.core.types import State
from fer_desktop.pipeline.events import ClockSet, Gap


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def session(services: FakeServices) -> SteppedAnalysis:
    return SteppedAnalysis(services)


@pytest.mark.parametrize("clock_stops", [True, False])
def test_after_eight_hours_of_sleep_there_is_one_gap_and_time_is_the_wall_clocks(
    services: FakeServices, session: SteppedAnalysis, clock_stops: bool
) -> None:
    session.run(3.0)
    before = len(services.files[0].events)
    if clock_stops:
        session.clock.suspend(8 * 3600.0)
    else:
        session.clock.sleep(8 * 3600.0)
    session.run(2.0)
    rows = services.files[0].rows
    assert len(services.files[0].events) - before < 10
    assert [row.state for row in rows[3:]] == [State.ASLEEP, State.LIVE, State.LIVE]
    assert rows[-1].elapsed_s == 8 * 3600 + 5
    (gap,) = [event for event in services.files[0].events if isinstance(event, Gap)]
    assert gap == Gap(3.0, 8 * 3600.0 + 3, State.ASLEEP)
    assert not [event for event in services.files[0].events if isinstance(event, ClockSet)]


def test_a_frame_from_before_the_sleep_makes_no_second_after_it_live(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(3.0)
    session.hangs = True
    session.frame()  # is being read when the computer falls asleep
    session.clock.suspend(7200.0)
    session.step()
    session.hangs = False
    session.step()
    session.run(1.0, frames=False)
    assert [row.state for row in services.files[0].rows[3:]] == [State.ASLEEP, State.NO_SOURCE]


def test_a_program_that_was_stopped_for_nine_seconds_saw_nothing_in_them(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(3.0)
    session.clock.sleep(9.0)
    session.run(1.0)
    states = [row.state for row in services.files[0].rows]
    assert states == [*[State.LIVE] * 3, *[State.ASLEEP] * 9, State.LIVE]
    says = "9 s were missed: the computer or the program was asleep."
    assert session.problems == [says]
    session.run(40.0)
    assert session.problems == [says, ""]


def test_a_wall_clock_that_is_set_is_told_and_the_session_is_as_long_as_it_was(
    services: FakeServices, session: SteppedAnalysis
) -> None:
    session.run(2.0)
    session.clock.set_by = timedelta(hours=-1)
    session.run(1.0)
    (told,) = [event for event in services.files[0].events if isinstance(event, ClockSet)]
    assert told == ClockSet(2.0, STARTED + timedelta(hours=-1, seconds=2))
    assert [row.elapsed_s for row in services.files[0].rows] == [1.0, 2.0, 3.0]
