"""A live session in Qt's threads, from start to stop."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, FakeServices, FakeSource
from support.inputs.clips import write_noise

from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import RecordingChoice, SourceChoice, SourceKind
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Ended, EndReason, Marker, Note, Started
from fer_desktop.pipeline.ports import Analyzer, Source
from fer_desktop.pipeline.session_engine.channel.reports import SourceOpened
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus
from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.session_model import SessionModel


class Told:
    """What the model told, and in which thread."""

    def __init__(self, model: SessionModel) -> None:
        self.phases: list[Phase] = []
        self.ends: list[SessionEnd] = []
        self.summaries: list[Summary] = []
        self.markers: list[Marker] = []
        self.starts: list[Started] = []
        self.threads: set[int] = set()
        model.status_changed.connect(self._on_status)
        model.ended.connect(self.ends.append)
        model.summary.connect(self._on_summary)
        model.marked.connect(self.markers.append)
        model.started.connect(self.starts.append)

    def _on_status(self, status: SessionStatus) -> None:
        if self.phases[-1:] != [status.phase]:
            self.phases.append(status.phase)

    def _on_summary(self, summary: Summary) -> None:
        self.threads.add(threading.get_ident())
        self.summaries.append(summary)


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def session(services: FakeServices) -> Iterator[LiveSession]:
    live = LiveSession(services, SessionModel(), capture_grace_s=0.1, reopen_s=0.2)
    yield live
    live.stop()
    live.give_up_saving()
    services.model_loads.set()
    for source in services.made:
        if isinstance(source, FakeSource):
            source.freed.set()
    assert live.wait(5000)


@pytest.fixture
def told(session: LiveSession) -> Told:
    return Told(session.model)


def _source(services: FakeServices, kind: SourceKind, source: FakeSource) -> FakeSource:
    services.sources[kind] = lambda: source
    return source


def test_a_session_starts_pauses_resumes_and_stops(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told
) -> None:
    session.begin(DEMO)
    qtbot.waitUntil(lambda: session.status.phase is Phase.LIVE)
    assert told.phases == [Phase.LOADING, Phase.OPENING, Phase.WAITING, Phase.LIVE]
    assert session.mark("slide 7")
    qtbot.waitUntil(lambda: len(told.summaries) >= 1)
    session.pause()
    qtbot.waitUntil(lambda: told.summaries[-1].state is State.PAUSED)
    session.resume()
    qtbot.waitUntil(lambda: told.summaries[-1].state is State.LIVE)
    session.stop()
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.phases[4:] == [Phase.PAUSED, Phase.LIVE, Phase.SAVING, Phase.IDLE]
    assert told.ends[0].path == services.files[0].path
    assert not told.ends[0].failed
    qtbot.waitUntil(lambda: session.idle_threads)
    assert services.files[0].closed
    assert [summary.elapsed_s for summary in told.summaries] == [row.elapsed_s for row in services.files[0].rows]
    assert [marker.text for marker in told.markers] == ["slide 7"]
    assert [start.source for start in told.starts] == [DEMO.name]
    assert told.threads == {threading.get_ident()}


def test_nothing_waits_in_the_windows_thread(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told
) -> None:
    services.model_loads.clear()
    session.begin(DEMO)
    session.stop()
    assert told.phases == [Phase.LOADING, Phase.SAVING]
    assert not told.ends
    services.model_loads.set()
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].path is None
    assert services.files == []
    assert services.analyzer_thread != threading.get_ident()


def test_a_second_session_follows_the_first(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told
) -> None:
    for count in (1, 2):
        session.begin(DEMO)
        session.begin(CAMERA)  # nothing while one is running
        qtbot.waitUntil(lambda: session.status.phase is Phase.LIVE)
        session.stop()
        qtbot.waitUntil(lambda count=count: len(told.ends) == count)  # type: ignore[misc]
    assert [file.path.name for file in services.files] == ["session 1.csv", "session 2.csv"]
    assert len(services.made) == 2


def test_a_choice_that_is_no_source_is_refused(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_choice: SourceChoice) -> FakeSource:
        raise SourceError("No part of the screen is chosen.")

    monkeypatch.setattr(services, "source", refuse)
    session.begin(DEMO)
    qtbot.waitUntil(lambda: bool(told.ends))
    assert str(told.ends[0].reason) == "No part of the screen is chosen."
    assert session.status.can_start


def test_a_camera_that_is_lost_comes_back(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told
) -> None:
    source = _source(services, SourceKind.CAMERA, FakeSource("Camera", reopens=True))
    source.read_failures = [(20, "The camera is gone: plug it in again.")]
    session.begin(CAMERA)
    qtbot.waitUntil(lambda: session.status.phase is Phase.LOST)
    assert str(session.status.reason) == "The camera is gone: plug it in again."
    qtbot.waitUntil(lambda: session.status.phase is Phase.LIVE)
    assert source.opened == 2
    assert not told.ends


def test_a_source_that_does_not_let_go_does_not_keep_the_session_from_ending(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told
) -> None:
    source = _source(services, SourceKind.CAMERA, FakeSource())
    source.hangs = source.deaf = True
    session.begin(CAMERA)
    qtbot.waitUntil(lambda: source.opened == 1)
    session.stop()
    qtbot.waitUntil(lambda: bool(told.ends))
    assert session.status.can_start
    assert not session.idle_threads
    source.freed.set()
    qtbot.waitUntil(lambda: session.idle_threads)


def test_a_recording_that_ends_ends_the_session_and_is_saved(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told
) -> None:
    _source(services, SourceKind.RECORDING, FakeSource(frames=30))
    session.begin(RecordingChoice("clip.mp4", Path("clip.mp4")))
    qtbot.waitUntil(lambda: bool(told.ends))
    assert told.ends[0].path == services.files[0].path
    assert told.ends[0].reason is None
    assert services.files[0].rows


def test_a_recording_that_is_cut_off_is_told_at_its_end_and_in_the_record(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told, tmp_path: Path
) -> None:
    cut = write_noise(tmp_path / "lesson.mpg", "mpeg1video")
    cut.write_bytes(cut.read_bytes()[:-20000])
    services.sources[SourceKind.RECORDING] = lambda: RecordingSource(cut, paced=True)
    session.begin(RecordingChoice("lesson.mpg", cut))
    qtbot.waitUntil(lambda: bool(told.ends), timeout=20_000)
    sentence = str(told.ends[0].reason)
    assert sentence.startswith("The recording lesson.mpg breaks off at ")
    assert told.ends[0].path == services.files[0].path
    events = services.files[0].events
    assert [event for event in events if isinstance(event, Note)] == [Note(sentence)]
    end = events[-1]
    assert isinstance(end, Ended)
    assert end.reason is EndReason.SOURCE_FAILED


def test_a_session_that_is_over_leaves_no_network_and_no_source_to_the_collector_of_circles(
    qtbot: QtBot, services: FakeServices, session: LiveSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[weakref.ref[object]] = []
    analyzer, source = services.analyzer, services.source

    def watched_analyzer() -> Analyzer:
        made = analyzer()
        kept.append(weakref.ref(made))
        return made

    def watched_source(choice: SourceChoice) -> Source:
        made = source(choice)
        kept.append(weakref.ref(made))
        services.made.clear()  # which would hold it
        return made

    monkeypatch.setattr(services, "analyzer", watched_analyzer)
    monkeypatch.setattr(services, "source", watched_source)
    was_on = gc.isenabled()
    gc.disable()
    try:
        session.begin(DEMO)
        qtbot.waitUntil(lambda: len(told.summaries) >= 1)
        session.stop()
        qtbot.waitUntil(lambda: session.idle_threads)
        session.forget_stopped()  # until then it may go on, with everybody at their seat
        assert [one() for one in kept] == [None, None]
    finally:
        if was_on:
            gc.enable()


class _Loop(CaptureLoop):
    """A loop that does one thing."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do

    def run(self) -> None:
        self._do()

    def stop(self) -> None:
        pass


def test_what_a_loop_says_last_is_heard_before_its_end_though_another_ended_just_before(
    qtbot: QtBot, session: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(session._controller, "handle", lambda loop, report: heard.append((loop, report)))
    monkeypatch.setattr(session._controller, "loop_ended", heard.append)
    first = _Loop(lambda: None)

    def speak() -> None:
        first_thread.wait()
        session.post(second, SourceOpened())

    second = _Loop(speak)
    session.start(first)
    first_thread = session._threads[first]
    session.start(second)
    session._threads[second].wait()  # the window is busy until both are over
    qtbot.waitUntil(lambda: session.idle_threads)
    assert heard == [first, (second, SourceOpened()), second]
