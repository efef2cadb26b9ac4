"""A session on a real window of another program that is covered, minimised and free again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.screen.window_desk import ShownWindow, shown, until

from fer_desktop.capture.desktop.window import WindowSource, list_windows
from fer_desktop.core.sources import SourceKind, WindowChoice
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.session_model import SessionModel

PATIENCE_MS = 20000


@pytest.fixture
def call(desk: str) -> Iterator[ShownWindow]:
    with shown(desk, "Zoom Meeting", (200, 150, 640, 480)) as window:
        until(lambda: window.handle in [choice.handle for choice in list_windows()], "it is not listed")
        yield window


@pytest.fixture
def choice(call: ShownWindow) -> WindowChoice:
    return next(choice for choice in list_windows() if choice.handle == call.handle)


@pytest.fixture
def session(tmp_path: Path, choice: WindowChoice) -> Iterator[LiveSession]:
    """A session that reads that window, not started yet."""
    services = FakeServices(tmp_path)
    services.sources[SourceKind.WINDOW] = lambda: WindowSource(choice)
    controller = LiveSession(services, SessionModel(), reopen_s=0.2)
    yield controller
    controller.stop()
    assert controller.wait(5000)


@pytest.fixture
def live(qtbot: QtBot, choice: WindowChoice, session: LiveSession) -> LiveSession:
    session.begin(choice)
    qtbot.waitUntil(lambda: session.status.phase is Phase.LIVE, timeout=PATIENCE_MS)
    return session


def test_a_session_on_a_window_that_is_still_covered_waits_for_it(
    qtbot: QtBot, desk: str, choice: WindowChoice, session: LiveSession
) -> None:
    sentences: list[str] = []
    session.model.status_changed.connect(lambda status: sentences.append(str(status.reason or "")))
    with shown(desk, "Notes", (150, 100, 900, 700), "magenta"):
        session.begin(choice)
        qtbot.waitUntil(lambda: session.status.phase is Phase.LOST, timeout=PATIENCE_MS)
        assert "covers the chosen window" in sentences[-1]
        assert session.updates == 0
    qtbot.waitUntil(lambda: session.status.phase is Phase.LIVE, timeout=PATIENCE_MS)


def test_a_covered_window_is_lost_and_comes_back(qtbot: QtBot, desk: str, call: ShownWindow, live: LiveSession) -> None:
    session = live
    sentences: list[str] = []
    states: list[State] = []

    def keep(summary: Summary) -> None:
        states.append(summary.state)

    session.model.status_changed.connect(lambda status: sentences.append(str(status.reason or "")))
    session.model.summary.connect(keep)
    with shown(desk, "Notes", (150, 100, 900, 700), "magenta"):
        qtbot.waitUntil(lambda: session.status.phase is Phase.LOST, timeout=PATIENCE_MS)
        assert "covers the chosen window" in sentences[-1]
        qtbot.waitUntil(lambda: State.COVERED in states, timeout=PATIENCE_MS)
        call.minimise()
        qtbot.waitUntil(lambda: sentences[-1].startswith("The window is minimised"), timeout=PATIENCE_MS)
        assert session.status.phase is Phase.LOST
        updates = session.updates
        call.bring_up()
        qtbot.waitUntil(lambda: session.status.phase is Phase.LIVE, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: session.updates > updates, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: states[-1] is State.LIVE, timeout=PATIENCE_MS)


def test_a_window_that_grows_is_read_on(qtbot: QtBot, call: ShownWindow, live: LiveSession) -> None:
    call.resize(900, 600)
    qtbot.waitUntil(lambda: _shape(live) == (600, 900, 3), timeout=PATIENCE_MS)
    assert live.status.phase is Phase.LIVE


def _shape(session: LiveSession) -> tuple[int, ...]:
    analysis = session.model.analyses.take()
    return analysis.frame.image.shape if analysis is not None else ()
