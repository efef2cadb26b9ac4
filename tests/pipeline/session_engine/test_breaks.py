"""A break of a live session, from the frames to the store."""

from pathlib import Path

from support.clocks import STARTED
from support.fakes import REGION, FakeServices
from support.sessions import SteppedAnalysis
from support.stored import FACTS

from fer_desktop.core.glance.types import Glance
from fer_desktop.pipeline.events import Ended, EndReason, Started
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.writer import SessionStore

_BEFORE_S, _AWAY_S = 10.0, 70.0


def with_a_break(services: FakeServices) -> list[Glance]:
    """A class of which nobody is in sight for more than a minute."""
    session = SteppedAnalysis(services, REGION)
    session.run(_BEFORE_S)
    services.detector.faces = 0
    session.run(_AWAY_S)
    services.detector.faces = 6
    session.run(5.0)
    return [event for event in services.files[0].events if isinstance(event, Glance)]


def test_it_is_told_once_a_minute_has_passed_and_ends_with_the_first_face(tmp_path: Path) -> None:
    glances = with_a_break(FakeServices(tmp_path))
    told = [glance for glance in glances if glance.break_since_s is not None]
    assert told
    assert {round(glance.break_since_s or 0) for glance in told} <= {round(_BEFORE_S), round(_BEFORE_S) + 1}
    assert 60 <= told[0].elapsed_s - _BEFORE_S <= 64
    assert glances[-1].break_since_s is None
    assert glances[-1].now.read == 6


def test_a_stored_lesson_has_it_too(tmp_path: Path) -> None:
    glances = with_a_break(FakeServices(tmp_path))
    path = tmp_path / "sessions.db"
    store = SessionStore(path, FACTS)
    store.write(Started(STARTED, "call", live_class=True))
    last_s = glances[-1].elapsed_s
    store.write_many((*glances, Ended(last_s, EndReason.STOPPED)))
    store.close()
    assert [event for event in reader.events(path, 1) if isinstance(event, Glance)] == glances
