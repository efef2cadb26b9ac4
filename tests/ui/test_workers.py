"""The two threads of a session, called directly where that is enough."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui.fakes import FakeServices, FakeSource

from fer_desktop.core.errors import ModelError, StoreError
from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.types import Analysis, Frame, State, Summary
from fer_desktop.pipeline.latest import Latest
from fer_desktop.ui.workers import AnalysisThread, CaptureThread

_threads: list[CaptureThread | AnalysisThread] = []


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    """A test that fails half-way must not take the others with it."""
    _threads.clear()
    yield
    for thread in _threads:
        thread.stop()
        if isinstance(thread, AnalysisThread):
            thread.give_up()
        assert thread.wait(5000)


class Heard:
    """What a thread's signals said, in order."""

    def __init__(self, thread: CaptureThread) -> None:
        self.said: list[tuple[str, str]] = []
        thread.opened.connect(lambda name: self.said.append(("opened", name)))
        thread.failed.connect(lambda sentence: self.said.append(("failed", sentence)))
        thread.lost.connect(lambda sentence: self.said.append(("lost", sentence)))
        thread.ended.connect(lambda sentence: self.said.append(("ended", sentence)))


def _capture(source: FakeSource) -> tuple[CaptureThread, Latest[Frame], Heard]:
    frames: Latest[Frame] = Latest()
    thread = CaptureThread(lambda: source, frames, reopen_s=0.01)
    _threads.append(thread)
    return thread, frames, Heard(thread)


def test_a_source_is_read_to_its_end_and_released_in_the_thread_that_opened_it(qtbot: QtBot) -> None:
    source = FakeSource(frames=3)
    thread, frames, _ = _capture(source)
    with qtbot.waitSignals([thread.ended, thread.finished]):
        thread.start()
    newest = frames.take()
    assert newest is not None
    assert newest.index == 3
    assert thread.frames_in == 3
    assert frames.dropped == 2
    assert source.closed == 1
    assert len(source.threads) == 1
    assert threading.get_ident() not in source.threads


def test_a_source_that_cannot_be_opened_says_why_and_is_not_tried_again() -> None:
    source = FakeSource(reopens=True)
    source.open_failures = ["The camera is used by another program: close it there."]
    thread, _, heard = _capture(source)
    thread.run()
    assert heard.said == [("failed", "The camera is used by another program: close it there.")]
    assert source.opened == 1
    assert source.closed == 1


def test_a_camera_that_breaks_off_is_opened_again_until_it_is_back() -> None:
    source = FakeSource("Camera", frames=5, reopens=True)
    source.read_failures = [(2, "The camera is gone.")]
    thread, _, heard = _capture(source)
    source.open_failures = []
    opens = iter([[], ["not yet"], ["not yet"], []])
    real_open = source.open

    def failing_open() -> None:
        source.open_failures = next(opens)
        real_open()

    source.open = failing_open  # type: ignore[method-assign] # the hand that unplugs it
    thread.run()
    assert [what for what, _ in heard.said] == ["opened", "lost", "opened", "ended"]
    assert heard.said[1] == ("lost", "The camera is gone.")
    assert source.opened == 4
    assert thread.frames_in == 5


def test_a_broken_file_is_not_opened_again() -> None:
    source = FakeSource(reopens=False)
    source.read_failures = [(2, "The recording breaks off here.")]
    thread, _, heard = _capture(source)
    thread.run()
    assert heard.said == [("opened", "Demo class"), ("ended", "The recording breaks off here.")]


def test_a_wait_for_a_lost_source_can_be_interrupted(qtbot: QtBot) -> None:
    source = FakeSource(reopens=True)
    source.read_failures = [(1, "The camera is gone.")]
    thread = CaptureThread(lambda: source, Latest(), reopen_s=3600.0)
    _threads.append(thread)
    with qtbot.waitSignal(thread.lost):
        thread.start()
    with qtbot.waitSignal(thread.finished, timeout=2000):
        thread.stop()
    assert thread.wait(2000)


def test_a_source_that_hangs_while_it_opens_can_be_cancelled(qtbot: QtBot) -> None:
    source = FakeSource()
    source.hangs = True
    thread, _, _ = _capture(source)
    thread.start()
    qtbot.waitUntil(lambda: source.opened == 1)
    thread.stop()
    assert thread.wait(2000)
    assert source.closed == 1


def test_a_camera_goes_on_and_its_frames_are_let_go_while_paused(qtbot: QtBot) -> None:
    source = FakeSource(reopens=True)
    thread, frames, _ = _capture(source)
    thread.pause(True)
    thread.start()
    qtbot.waitUntil(lambda: thread.frames_in >= 3)
    assert frames.take() is None
    thread.pause(False)
    qtbot.waitUntil(lambda: frames.take() is not None)
    thread.stop()
    assert thread.wait(2000)


def test_a_recording_stands_still_while_paused(qtbot: QtBot) -> None:
    source = FakeSource(frames=8)
    thread, _, heard = _capture(source)
    thread.start()
    qtbot.waitUntil(lambda: thread.frames_in >= 2)
    thread.pause(True)
    qtbot.wait(60)  # the frame that was being read
    read = thread.frames_in
    qtbot.wait(300)
    assert thread.frames_in == read < 8
    thread.pause(False)
    qtbot.waitUntil(lambda: ("ended", "") in heard.said)
    assert thread.frames_in == 8


def test_a_paused_recording_can_be_stopped(qtbot: QtBot) -> None:
    thread, _, heard = _capture(FakeSource())
    thread.start()
    qtbot.waitUntil(lambda: thread.frames_in >= 1)
    thread.pause(True)
    thread.stop()
    assert thread.wait(2000)
    qtbot.waitUntil(lambda: heard.said[-1] == ("ended", ""))


def test_a_source_is_made_in_the_thread_that_reads_it(qtbot: QtBot) -> None:
    made_in: list[int] = []

    def make() -> FakeSource:
        made_in.append(threading.get_ident())
        return source

    source = FakeSource(frames=1)
    thread = CaptureThread(make, Latest())
    _threads.append(thread)
    with qtbot.waitSignal(thread.finished):
        thread.start()
    assert set(made_in) == source.threads


def test_a_stop_while_the_source_is_made_is_not_lost() -> None:
    source = FakeSource()

    def make() -> FakeSource:
        thread.stop()
        return source

    thread = CaptureThread(make, Latest())
    thread.run()
    assert source.opened == 0
    assert source.closed == 1


def test_a_fault_in_a_source_is_told_and_its_traceback_logged(caplog: pytest.LogCaptureFixture) -> None:
    source = FakeSource()
    source.read = lambda: 1 / 0  # type: ignore[assignment,method-assign,return-value] # a bug
    thread, _, heard = _capture(source)
    thread.run()
    assert heard.said[-1][0] == "ended"
    assert "log file" in heard.said[-1][1]
    assert "ZeroDivisionError" in caplog.text
    assert source.closed == 1


class Analysing:
    """An analysis thread with a hand that feeds it."""

    def __init__(self, services: FakeServices) -> None:
        self.services = services
        self.frames: Latest[Frame] = Latest()
        self.analyses: Latest[Analysis] = Latest()
        self.thread = AnalysisThread(services, self.frames, self.analyses)
        self.source = FakeSource()
        self.capture = CaptureThread(lambda: self.source, self.frames)
        _threads.extend([self.capture, self.thread])
        self.summaries: list[Summary] = []
        self.troubles: list[str] = []
        self.failures: list[str] = []
        self.thread.summary.connect(self.summaries.append)
        self.thread.trouble.connect(self.troubles.append)
        self.thread.failed.connect(self.failures.append)

    def start(self) -> None:
        self.thread.start()
        self.capture.start()

    def stop(self) -> None:
        self.capture.stop()
        self.thread.stop()
        assert self.capture.wait(5000)
        assert self.thread.wait(5000)


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


def test_a_second_of_frames_is_one_row_and_the_model_loads_in_the_thread(qtbot: QtBot, services: FakeServices) -> None:
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) >= 2)
    run.stop()
    first = services.files[0].rows[0]
    assert first.elapsed_s == 1.0
    assert first.state is State.LIVE
    assert first.readable == 6
    assert first.mean.argmax() == HAPPY
    assert services.files[0].closed
    assert services.analyzer_thread not in (0, threading.get_ident())
    assert run.analyses.take() is not None


def test_updates_keep_to_the_limit_of_the_settings(qtbot: QtBot, services: FakeServices) -> None:
    services.put(max_updates_hz=4.0)
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) >= 2)
    run.stop()
    assert run.thread.updates <= 4 * run.thread.elapsed_s + 2
    assert run.thread.dropped == 0
    assert run.frames.dropped > 0


def test_updates_that_come_too_late_are_counted_as_dropped(services: FakeServices) -> None:
    services.put(max_updates_hz=10.0)
    run = Analysing(services)
    slow = services.detector.detect

    def detect(image: object) -> object:
        time.sleep(0.35)
        run.thread.finish()
        return slow(image)  # type: ignore[arg-type]

    services.detector.detect = detect  # type: ignore[assignment,method-assign]
    run.frames.put(Frame(1, time.monotonic(), FakeServices(services.folder).grab(services.screens()[0])))
    run.thread.run()
    assert run.thread.updates == 1
    assert 3 <= run.thread.dropped <= 8


def test_a_last_frame_is_read_although_the_source_has_ended(services: FakeServices) -> None:
    run = Analysing(services)
    run.frames.put(Frame(1, time.monotonic(), services.grab(services.screens()[0])))
    run.thread.finish()
    run.thread.run()
    assert run.thread.updates == 1
    assert [row.readable for row in services.files[0].rows] == [6]


def test_without_a_frame_no_file_is_left(services: FakeServices) -> None:
    run = Analysing(services)
    run.thread.finish()
    run.thread.run()
    assert services.files == []
    assert run.failures == []


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("model_error", ModelError("The network is missing: choose another.")),
        ("start_error", StoreError("The sessions' folder cannot be written: choose another.")),
    ],
)
def test_what_keeps_a_session_from_beginning_is_told(services: FakeServices, where: str, error: Exception) -> None:
    setattr(services, where, error)
    run = Analysing(services)
    run.frames.put(Frame(1, time.monotonic(), services.grab(services.screens()[0])))
    run.thread.run()
    assert run.failures == [str(error)]


def test_a_full_disk_stops_nothing_and_loses_nothing(qtbot: QtBot, services: FakeServices) -> None:
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) >= 1)
    file = services.files[0]
    file.full = True
    qtbot.waitUntil(lambda: len(run.summaries) >= 3)
    assert run.troubles == ["The disk is full: free some space."]
    assert run.thread.unsaved >= 1
    file.full = False
    qtbot.waitUntil(lambda: run.troubles[-1] == "")
    run.stop()
    times = [row.elapsed_s for row in file.rows]
    assert times[:3] == [1.0, 2.0, 3.0]
    assert times == sorted(set(times))


def test_after_stop_unsaved_rows_wait_for_room_on_the_disk(qtbot: QtBot, services: FakeServices) -> None:
    services.full_from_start = True
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: run.thread.updates >= 1)
    run.capture.stop()
    run.thread.stop()
    qtbot.waitUntil(lambda: run.thread.unsaved >= 1)
    assert run.thread.isRunning()
    services.files[0].full = False
    assert run.thread.wait(5000)
    assert len(services.files[0].rows) >= 1
    assert run.capture.wait(5000)


def test_rows_for_which_there_is_no_room_can_be_given_up(qtbot: QtBot, services: FakeServices) -> None:
    services.full_from_start = True
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: run.thread.updates >= 1)
    run.capture.stop()
    run.thread.stop()
    run.thread.give_up()
    assert run.thread.wait(5000)
    assert services.files[0].rows == []
    assert services.files[0].closed
    assert run.capture.wait(5000)


def test_a_fault_with_one_frame_does_not_end_the_session(
    qtbot: QtBot, services: FakeServices, caplog: pytest.LogCaptureFixture
) -> None:
    services.detector.failures = [ZeroDivisionError("a bug")]
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: run.troubles[-1:] == [""])
    run.stop()
    assert "the session goes on" in run.troubles[0]
    assert run.thread.updates >= 1
    assert "ZeroDivisionError" in caplog.text


def _states(services: FakeServices) -> Callable[[], list[State]]:
    return lambda: [row.state for file in services.files for row in file.rows]


def test_paused_and_lost_seconds_have_rows_without_figures(qtbot: QtBot, services: FakeServices) -> None:
    run, states = Analysing(services), _states(services)
    run.start()
    qtbot.waitUntil(lambda: states()[-1:] == [State.LIVE])
    run.thread.held = State.PAUSED
    qtbot.waitUntil(lambda: states()[-1] is State.PAUSED)
    run.thread.held = State.NO_SOURCE
    qtbot.waitUntil(lambda: states()[-1] is State.NO_SOURCE)
    run.thread.held = None
    qtbot.waitUntil(lambda: states()[-1] is State.LIVE)
    run.stop()
    rows = services.files[0].rows
    assert all(row.readable == 0 for row in rows if row.state in (State.PAUSED, State.NO_SOURCE))


def test_few_updates_a_second_are_not_taken_for_a_lost_source(qtbot: QtBot, services: FakeServices) -> None:
    services.put(max_updates_hz=0.5)
    run = Analysing(services)
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) >= 4, timeout=8000)
    run.stop()
    assert {row.state for row in run.summaries} == {State.LIVE}


def test_a_marker_stands_in_the_row_of_its_second(qtbot: QtBot, services: FakeServices) -> None:
    run = Analysing(services)
    run.thread.mark("too early")
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) == 1)
    run.thread.mark("slide 7")
    qtbot.waitUntil(lambda: len(run.summaries) >= 3)
    run.stop()
    assert [row.marker for row in services.files[0].rows if row.marker] == ["slide 7"]
    assert services.files[0].rows[1].marker == "slide 7"
