"""A session from start to stop."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, REGION, STREAM, FakeServices, FakeSource

from fer_desktop.core.errors import ModelError, SourceError
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.session.status import REFUSED, Counters, Phase, SessionEnd
from fer_desktop.ui.bridge.session_controller import SessionController


class Told:
    """What a controller told."""

    def __init__(self, session: SessionController) -> None:
        self.phases: list[Phase] = []
        self.sentences: dict[Phase, str] = {}
        self.ends: list[SessionEnd] = []
        self.counters: list[Counters] = []
        self.summaries: list[Summary] = []
        session.phase_changed.connect(self._on_phase)
        session.ended.connect(self.ends.append)
        session.counters.connect(self.counters.append)
        session.summary.connect(self.summaries.append)

    def _on_phase(self, phase: Phase, sentence: str) -> None:
        self.phases.append(phase)
        self.sentences[phase] = sentence


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def session(services: FakeServices) -> Iterator[SessionController]:
    controller = SessionController(services)
    yield controller
    controller.stop()
    controller.give_up_saving()
    services.model_loads.set()
    for source in services.made:
        if isinstance(source, FakeSource):
            source.freed.set()
    assert controller.wait(5000)


@pytest.fixture
def told(session: SessionController) -> Told:
    return Told(session)


def _source(services: FakeServices, kind: SourceKind, source: FakeSource) -> FakeSource:
    services.sources[kind] = lambda: source
    return source


def test_a_session_starts_pauses_resumes_and_stops(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    session.start(DEMO)
    qtbot.waitUntil(lambda: session.phase is Phase.LIVE)
    assert told.phases == [Phase.LOADING, Phase.OPENING, Phase.WAITING, Phase.LIVE]
    qtbot.waitUntil(lambda: len(told.summaries) >= 1)
    session.pause()
    qtbot.waitUntil(lambda: told.summaries[-1].state is State.PAUSED)
    session.resume()
    qtbot.waitUntil(lambda: told.summaries[-1].state is State.LIVE)
    assert told.phases[-2:] == [Phase.PAUSED, Phase.LIVE]
    session.stop()
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].path == services.files[0].path
    assert not told.ends[0].failed
    assert session.phase is Phase.IDLE
    assert session.idle_threads
    assert services.files[0].closed
    assert told.summaries[-1].elapsed_s == services.files[0].rows[-1].elapsed_s


def test_nothing_waits_in_the_windows_thread(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    services.model_loads.clear()
    session.start(DEMO)
    session.stop()
    assert told.phases == [Phase.LOADING, Phase.SAVING]
    assert not told.ends
    services.model_loads.set()
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].path is None
    assert services.files == []
    assert services.analyzer_thread != threading.get_ident()


def test_a_second_session_follows_the_first(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    for count in (1, 2):
        session.start(DEMO)
        session.start(CAMERA)  # nothing while one is running
        qtbot.waitUntil(lambda: session.phase is Phase.LIVE)
        session.stop()
        qtbot.waitUntil(lambda count=count: len(told.ends) == count)  # type: ignore[misc]
    assert [file.path.name for file in services.files] == ["session 1.csv", "session 2.csv"]
    assert len(services.made) == 2


def test_a_source_that_fails_on_open_leaves_a_sentence_and_no_file(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    source = _source(services, SourceKind.CAMERA, FakeSource(reopens=True))
    source.open_failures = ["The camera is used by another program: close it there."]
    session.start(CAMERA)
    qtbot.waitUntil(lambda: bool(told.ends))
    end = told.ends[0]
    assert (end.failed, end.path) == (True, None)
    assert end.sentence == "The camera is used by another program: close it there."
    assert services.files == []


def test_a_choice_that_is_no_source_is_refused(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_choice: SourceChoice) -> FakeSource:
        raise SourceError("No part of the screen is chosen.")

    monkeypatch.setattr(services, "source", refuse)
    session.start(DEMO)
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].sentence == "No part of the screen is chosen."
    assert not session.running


def test_a_model_that_does_not_load_ends_the_session_before_the_camera_is_opened(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    services.model_error = ModelError("The network is missing: choose another.")
    source = _source(services, SourceKind.CAMERA, FakeSource())
    session.start(CAMERA)
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].sentence == "The network is missing: choose another."
    assert source.opened == 0


def test_a_camera_that_is_lost_comes_back(
    qtbot: QtBot,
    services: FakeServices,
    session: SessionController,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fer_desktop.ui.bridge.session_controller.REOPEN_S", 0.2)
    source = _source(services, SourceKind.CAMERA, FakeSource("Camera", reopens=True))
    source.read_failures = [(20, "The camera is gone: plug it in again.")]
    session.start(CAMERA)
    qtbot.waitUntil(lambda: session.phase is Phase.LOST)
    assert told.sentences[Phase.LOST] == "The camera is gone: plug it in again."
    qtbot.waitUntil(lambda: session.phase is Phase.LIVE)
    assert source.opened == 2
    assert not told.ends


def test_a_recording_that_ends_ends_the_session_and_is_saved(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    _source(services, SourceKind.RECORDING, FakeSource(frames=30))
    session.start(SourceChoice(SourceKind.RECORDING, "clip.mp4", "clip.mp4"))
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].path == services.files[0].path
    assert told.ends[0].sentence == ""
    assert services.files[0].rows


def test_a_recording_that_breaks_off_keeps_what_came_before(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    source = _source(services, SourceKind.RECORDING, FakeSource())
    source.read_failures = [(30, "The recording is damaged here.")]
    session.start(SourceChoice(SourceKind.RECORDING, "clip.mp4", "clip.mp4"))
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].sentence == "The recording is damaged here."
    assert services.files[0].rows


def test_a_source_that_does_not_let_go_does_not_keep_the_session_from_ending(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    session._grace.setInterval(100)
    source = _source(services, SourceKind.CAMERA, FakeSource())
    source.hangs = source.deaf = True
    session.start(CAMERA)
    qtbot.waitUntil(lambda: source.opened == 1)
    session.stop()
    qtbot.waitUntil(lambda: bool(told.ends))
    assert not session.running
    assert not session.idle_threads
    source.freed.set()
    qtbot.waitUntil(lambda: session.idle_threads)


@pytest.mark.parametrize("choice", [REGION, STREAM])
def test_a_live_class_is_refused_in_education_in_the_eu(
    services: FakeServices, session: SessionController, told: Told, choice: SourceChoice
) -> None:
    services.put(region="eu", setting="education")
    session.start(choice)
    assert told.ends[0].sentence == REFUSED
    assert told.phases == []
    assert services.made == []


@pytest.mark.parametrize("choice", [DEMO, CAMERA, SourceChoice(SourceKind.RECORDING, "clip.mp4", "clip.mp4")])
def test_demo_own_camera_and_recordings_stay_in_the_eu(
    qtbot: QtBot, services: FakeServices, session: SessionController, choice: SourceChoice
) -> None:
    services.put(region="eu", setting="education", accepted_use=False)
    session.start(choice)
    qtbot.waitUntil(lambda: session.phase is Phase.LIVE)


def test_a_marker_reaches_the_row_of_its_second(
    qtbot: QtBot, services: FakeServices, session: SessionController, told: Told
) -> None:
    assert not session.mark("nothing runs")
    session.start(DEMO)
    qtbot.waitUntil(lambda: session.phase is Phase.LIVE)
    assert session.mark("slide 7")
    qtbot.waitUntil(lambda: bool(told.summaries))
    assert told.summaries[0].marker == "slide 7"
    assert services.files[0].rows[0].marker == "slide 7"


def test_counters_say_how_the_program_keeps_up(qtbot: QtBot, session: SessionController, told: Told) -> None:
    session.start(DEMO)
    qtbot.waitUntil(lambda: len(told.counters) >= 3)
    last = told.counters[-1]
    assert 5 < last.frames_hz < 60
    assert 1 < last.updates_hz <= 6.5
    assert last.dropped == 0
    assert last.latency_s is not None
    assert 0 <= last.latency_s < 1
    assert 0 <= last.cpu_percent <= 100
