"""The loop that reads a source, called directly where that is enough."""

import threading
from collections.abc import Callable, Iterator

import pytest
from support.clocks import until
from support.fakes import FRAME_S, FakeSource

from fer_desktop.core.errors import CoveredError, HiddenError, OwnWindowError, SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Frame, State
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox
from fer_desktop.pipeline.session_engine.channel.reports import (
    CannotBegin,
    Report,
    SourceBroke,
    SourceOpened,
    SourceOver,
)
from fer_desktop.pipeline.session_engine.channel.status import Unseen
from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop


class Capturing:
    """A capture loop, in a thread where that is wanted."""

    def __init__(self, open_source: Callable[[], FakeSource], reopen_s: float) -> None:
        self.inbox = Inbox()
        self.reports: list[Report] = []
        self.loop = CaptureLoop(open_source, self.inbox, self.reports.append, reopen_s)
        self._thread = threading.Thread(target=self.loop.run)

    def start(self) -> None:
        self._thread.start()

    def ends(self) -> bool:
        self._thread.join(5.0)
        return not self._thread.is_alive()

    def stop(self) -> None:
        self.loop.stop()
        if self._thread.ident is not None:
            assert self.ends()


Capture = Callable[..., Capturing]


@pytest.fixture
def capture() -> Iterator[Capture]:
    """Makes loops that are not started yet; one whose test fails half-way takes no other with it."""
    made: list[Capturing] = []

    def make(open_source: Callable[[], FakeSource], reopen_s: float = 0.01) -> Capturing:
        made.append(Capturing(open_source, reopen_s))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def test_a_source_is_read_to_its_end_and_released_in_the_thread_that_made_it(capture: Capture) -> None:
    made_in: list[int] = []
    source = FakeSource(frames=3)

    def make() -> FakeSource:
        made_in.append(threading.get_ident())
        return source

    run = capture(make)
    run.start()
    assert run.ends()
    newest = run.inbox.take_frame()
    assert newest is not None
    assert (newest.index, run.loop.frames_in) == (3, 3)
    assert source.closed == 1
    assert set(made_in) == source.threads
    assert threading.get_ident() not in source.threads


def test_a_source_that_cannot_be_opened_says_why_and_is_not_tried_again(capture: Capture) -> None:
    source = FakeSource(reopens=True)
    source.open_failures = ["The camera is used by another program: close it there."]
    run = capture(lambda: source)
    run.loop.run()
    assert run.reports == [CannotBegin(Message("The camera is used by another program: close it there."))]
    assert (source.opened, source.closed) == (1, 1)


def test_a_camera_that_breaks_off_is_opened_again_until_it_is_back(capture: Capture) -> None:
    source = FakeSource("Camera", frames=5, reopens=True)
    source.read_failures = [(2, "The camera is gone.")]
    opens = iter([[], ["not yet"], ["not yet"], []])
    real_open = source.open

    def failing_open() -> None:
        source.open_failures = next(opens)
        real_open()

    source.open = failing_open  # type: ignore[method-assign] # the hand that unplugs it
    run = capture(lambda: source)
    run.loop.run()
    told = [SourceBroke(Message("The camera is gone.")), SourceBroke(Message("not yet"))]  # a reason is told once
    assert run.reports == [SourceOpened(), *told, SourceOpened(), SourceOver()]
    assert (source.opened, run.loop.frames_in) == (4, 5)


@pytest.mark.parametrize(
    ("error", "why", "unseen"),
    [
        (CoveredError, State.COVERED, Unseen.COVERED),
        (OwnWindowError, State.COVERED, Unseen.OURS),
        (HiddenError, State.COVERED, Unseen.HIDDEN),
        (SourceError, State.NO_SOURCE, Unseen.NOT),
    ],
)
def test_what_keeps_a_call_from_being_seen_is_told(
    capture: Capture, error: type[SourceError], why: State, unseen: Unseen
) -> None:
    source, failures = FakeSource(frames=1, reopens=True), [error("It cannot be seen.")]
    real_read = source.read

    def read() -> Frame | None:
        if failures:
            raise failures.pop()
        return real_read()

    source.read = read  # type: ignore[method-assign] # what lies in the way
    run = capture(lambda: source)
    run.loop.run()
    assert run.reports[1] == SourceBroke(Message("It cannot be seen."), why, unseen)


def test_a_broken_file_is_not_opened_again(capture: Capture) -> None:
    source = FakeSource(reopens=False)
    source.read_failures = [(2, "The recording breaks off here.")]
    run = capture(lambda: source)
    run.loop.run()
    assert run.reports == [SourceOpened(), SourceOver(Message("The recording breaks off here."))]


def test_a_wait_for_a_lost_source_can_be_interrupted(capture: Capture) -> None:
    source = FakeSource(reopens=True)
    source.read_failures = [(1, "The camera is gone.")]
    run = capture(lambda: source, reopen_s=3600.0)
    run.start()
    until(lambda: SourceBroke(Message("The camera is gone.")) in run.reports)
    run.loop.stop()
    assert run.ends()


def test_a_source_that_hangs_while_it_opens_can_be_cancelled(capture: Capture) -> None:
    source = FakeSource()
    source.hangs = True
    run = capture(lambda: source)
    run.start()
    until(lambda: source.opened == 1)
    run.loop.stop()
    assert run.ends()
    assert source.closed == 1


def test_a_camera_goes_on_and_its_frames_are_let_go_while_paused(capture: Capture) -> None:
    source = FakeSource(reopens=True)
    run = capture(lambda: source)
    run.loop.pause(True)
    run.start()
    until(lambda: run.loop.frames_in >= 3)
    assert run.inbox.take_frame() is None
    run.loop.pause(False)
    until(lambda: run.inbox.take_frame() is not None)


def test_a_recording_stands_still_while_paused(capture: Capture) -> None:
    source = FakeSource(frames=8)
    run = capture(lambda: source)
    run.start()
    until(lambda: run.loop.frames_in >= 2)
    run.loop.pause(True)
    until(lambda: not source.reading.is_set())  # the frame that was being read has come
    read = run.loop.frames_in
    assert not source.reading.wait(5 * FRAME_S)
    assert run.loop.frames_in == read < 8
    run.loop.pause(False)
    assert run.ends()
    assert run.loop.frames_in == 8
    assert run.reports[-1] == SourceOver()


def test_a_paused_recording_can_be_stopped(capture: Capture) -> None:
    run = capture(FakeSource)
    run.loop.pause(True)
    run.start()
    until(lambda: run.reports == [SourceOpened()])
    run.loop.stop()
    assert run.ends()
    assert run.loop.frames_in == 0
    assert run.reports[-1] == SourceOver()


def test_a_stop_while_the_source_is_made_is_not_lost(capture: Capture) -> None:
    source = FakeSource()

    def make() -> FakeSource:
        run.loop.stop()
        return source

    run = capture(make)
    run.loop.run()
    assert (source.opened, source.closed) == (0, 1)


def test_a_fault_in_a_source_is_told_and_its_traceback_logged(
    caplog: pytest.LogCaptureFixture, capture: Capture
) -> None:
    source = FakeSource()
    source.read = lambda: 1 / 0  # type: ignore[assignment,method-assign,return-value] # a bug
    run = capture(lambda: source)
    run.loop.run()
    last = run.reports[-1]
    assert isinstance(last, SourceOver)
    assert "log file" in str(last.reason)
    assert "ZeroDivisionError" in caplog.text
    assert source.closed == 1
