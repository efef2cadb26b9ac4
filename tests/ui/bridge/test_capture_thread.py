"""The thread that reads a source, called directly where that is enough."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import FakeSource

from fer_desktop.core.types import Frame
from fer_desktop.pipeline.latest import Latest
from fer_desktop.ui.bridge.capture_thread import CaptureThread


class Heard:
    """What a thread's signals said, in order."""

    def __init__(self, thread: CaptureThread) -> None:
        self.said: list[tuple[str, str]] = []
        thread.opened.connect(lambda name: self.said.append(("opened", name)))
        thread.failed.connect(lambda sentence: self.said.append(("failed", sentence)))
        thread.lost.connect(lambda sentence: self.said.append(("lost", sentence)))
        thread.ended.connect(lambda sentence: self.said.append(("ended", sentence)))


Capturing = Callable[..., tuple[CaptureThread, Latest[Frame], Heard]]


@pytest.fixture
def capture() -> Iterator[Capturing]:
    """Makes threads that are not started yet; one whose test fails half-way takes no other with it."""
    threads: list[CaptureThread] = []

    def made(make: Callable[[], FakeSource], reopen_s: float = 0.01) -> tuple[CaptureThread, Latest[Frame], Heard]:
        frames: Latest[Frame] = Latest()
        thread = CaptureThread(make, frames, reopen_s=reopen_s)
        threads.append(thread)
        return thread, frames, Heard(thread)

    yield made
    for thread in threads:
        thread.stop()
        assert thread.wait(5000)


def test_a_source_is_read_to_its_end_and_released_in_the_thread_that_opened_it(
    qtbot: QtBot, capture: Capturing
) -> None:
    source = FakeSource(frames=3)
    thread, frames, _ = capture(lambda: source)
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


def test_a_source_that_cannot_be_opened_says_why_and_is_not_tried_again(capture: Capturing) -> None:
    source = FakeSource(reopens=True)
    source.open_failures = ["The camera is used by another program: close it there."]
    thread, _, heard = capture(lambda: source)
    thread.run()
    assert heard.said == [("failed", "The camera is used by another program: close it there.")]
    assert source.opened == 1
    assert source.closed == 1


def test_a_camera_that_breaks_off_is_opened_again_until_it_is_back(capture: Capturing) -> None:
    source = FakeSource("Camera", frames=5, reopens=True)
    source.read_failures = [(2, "The camera is gone.")]
    thread, _, heard = capture(lambda: source)
    source.open_failures = []
    opens = iter([[], ["not yet"], ["not yet"], []])
    real_open = source.open

    def failing_open() -> None:
        source.open_failures = next(opens)
        real_open()

    source.open = failing_open  # type: ignore[method-assign] # the hand that unplugs it
    thread.run()
    told = [("lost", "The camera is gone."), ("lost", "not yet")]  # a reason is told once
    assert heard.said == [("opened", "Camera"), *told, ("opened", "Camera"), ("ended", "")]
    assert source.opened == 4
    assert thread.frames_in == 5


def test_a_broken_file_is_not_opened_again(capture: Capturing) -> None:
    source = FakeSource(reopens=False)
    source.read_failures = [(2, "The recording breaks off here.")]
    thread, _, heard = capture(lambda: source)
    thread.run()
    assert heard.said == [("opened", "Demo class"), ("ended", "The recording breaks off here.")]


def test_a_wait_for_a_lost_source_can_be_interrupted(qtbot: QtBot, capture: Capturing) -> None:
    source = FakeSource(reopens=True)
    source.read_failures = [(1, "The camera is gone.")]
    thread, _, _ = capture(lambda: source, reopen_s=3600.0)
    with qtbot.waitSignal(thread.lost):
        thread.start()
    with qtbot.waitSignal(thread.finished, timeout=2000):
        thread.stop()
    assert thread.wait(2000)


def test_a_source_that_hangs_while_it_opens_can_be_cancelled(qtbot: QtBot, capture: Capturing) -> None:
    source = FakeSource()
    source.hangs = True
    thread, _, _ = capture(lambda: source)
    thread.start()
    qtbot.waitUntil(lambda: source.opened == 1)
    thread.stop()
    assert thread.wait(2000)
    assert source.closed == 1


def test_a_camera_goes_on_and_its_frames_are_let_go_while_paused(qtbot: QtBot, capture: Capturing) -> None:
    source = FakeSource(reopens=True)
    thread, frames, _ = capture(lambda: source)
    thread.pause(True)
    thread.start()
    qtbot.waitUntil(lambda: thread.frames_in >= 3)
    assert frames.take() is None
    thread.pause(False)
    qtbot.waitUntil(lambda: frames.take() is not None)
    thread.stop()
    assert thread.wait(2000)


def test_a_recording_stands_still_while_paused(qtbot: QtBot, capture: Capturing) -> None:
    source = FakeSource(frames=8)
    thread, _, heard = capture(lambda: source)
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


def test_a_paused_recording_can_be_stopped(qtbot: QtBot, capture: Capturing) -> None:
    thread, _, heard = capture(FakeSource)
    thread.pause(True)
    thread.start()
    qtbot.waitUntil(lambda: heard.said == [("opened", "Demo class")])
    qtbot.wait(20)  # now it stands still
    thread.stop()
    assert thread.wait(2000)
    assert thread.frames_in == 0
    qtbot.waitUntil(lambda: heard.said[-1] == ("ended", ""))


def test_a_source_is_made_in_the_thread_that_reads_it(qtbot: QtBot, capture: Capturing) -> None:
    made_in: list[int] = []

    def make() -> FakeSource:
        made_in.append(threading.get_ident())
        return source

    source = FakeSource(frames=1)
    thread, _, _ = capture(make)
    with qtbot.waitSignal(thread.finished):
        thread.start()
    assert set(made_in) == source.threads


def test_a_stop_while_the_source_is_made_is_not_lost(capture: Capturing) -> None:
    source = FakeSource()

    def make() -> FakeSource:
        thread.stop()
        return source

    thread, _, _ = capture(make)
    thread.run()
    assert source.opened == 0
    assert source.closed == 1


def test_a_fault_in_a_source_is_told_and_its_traceback_logged(
    caplog: pytest.LogCaptureFixture, capture: Capturing
) -> None:
    source = FakeSource()
    source.read = lambda: 1 / 0  # type: ignore[assignment,method-assign,return-value] # a bug
    thread, _, heard = capture(lambda: source)
    thread.run()
    assert heard.said[-1][0] == "ended"
    assert "log file" in heard.said[-1][1]
    assert "ZeroDivisionError" in caplog.text
    assert source.closed == 1
