"""What the tests of the list of saved lessons begin with."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.fakes import FakeServices
from support.stored import stored, summary

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason, Marker

ENDED = Ended(1.0, EndReason.STOPPED)


@pytest.fixture(name="path")
def _path(tmp_path: Path, services: FakeServices) -> Path:
    """A lesson with two markers and one that ended unexpectedly after it, kept for ever."""
    services.put(keep_sessions=Retention.FOR_EVER)
    path = tmp_path / "sessions.db"
    stored(path, Marker(1, 0.2, "slide 7"), Marker(2, 0.5, "quiz"), summary(1.0), ENDED, name="Physics")
    stored(path, summary(90.0), at=STARTED + timedelta(days=1), name="Mathematics 7b")
    return path
