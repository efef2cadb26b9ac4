"""The thread that analyses and records, called directly where that is enough."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices, FakeSource, picture

from fer_desktop.core.errors import ModelError, StoreError
from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.types import Analysis, Face, Frame, Image, State, Summary
from fer_desktop.pipeline.latest import Latest
from fer_desktop.ui.bridge.analysis_thread import AnalysisThread
from fer_desktop.ui.bridge.capture_thread import CaptureThread


class Analysing:
    """An analysis thread with a hand that feeds it."""

    def __init__(self, services: FakeServices) -> None:
        self.frames: Latest[Frame] = Latest()
        self.analyses: Latest[Analysis] = Latest()
        self.thread = AnalysisThread(services, self.frames, self.analyses)
        self.capture = CaptureThread(FakeSource, self.frames)
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


Analyse = Callable[[], Analysing]


@pytest.fixture
def analyse(services: FakeServices) -> Iterator[Analyse]:
    """Makes threads with the settings of that moment; one whose test fails half-way takes no other with it."""
    runs: list[Analysing] = []

    def made() -> Analysing:
        runs.append(Analysing(services))
        return runs[-1]

    yield made
    for run in runs:
        run.thread.give_up()
        run.stop()


def _frame() -> Frame:
    return Frame(1, time.monotonic(), picture())


def test_a_second_of_frames_is_one_row_and_the_model_loads_in_the_thread(
    qtbot: QtBot, services: FakeServices, analyse: Analyse
) -> None:
    run = analyse()
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


def test_updates_keep_to_the_limit_of_the_settings(qtbot: QtBot, services: FakeServices, analyse: Analyse) -> None:
    services.put(max_updates_hz=4.0)
    run = analyse()
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) >= 2)
    run.stop()
    assert run.thread.updates <= 4 * run.thread.elapsed_s + 2
    assert run.thread.dropped == 0
    assert run.frames.dropped > 0


def test_heavy_frames_are_read_less_often_where_the_share_of_the_processor_is_small(
    qtbot: QtBot, services: FakeServices, analyse: Analyse, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.put(max_updates_hz=15.0, cpu_share=0.1)
    quick = services.detector.detect

    def detect(image: Image) -> list[Face]:
        until_s = time.thread_time() + 0.1
        while time.thread_time() < until_s:
            pass
        return quick(image)

    monkeypatch.setattr(services.detector, "detect", detect)
    run = analyse()
    run.start()
    qtbot.waitUntil(lambda: run.thread.throttled)
    run.stop()


def test_updates_that_come_too_late_are_counted_as_dropped(services: FakeServices, analyse: Analyse) -> None:
    services.put(max_updates_hz=10.0)
    run = analyse()
    slow = services.detector.detect

    def detect(image: object) -> object:
        time.sleep(0.35)
        run.thread.finish()
        return slow(image)  # type: ignore[arg-type]

    services.detector.detect = detect  # type: ignore[assignment,method-assign]
    run.frames.put(_frame())
    run.thread.run()
    assert run.thread.updates == 1
    assert 3 <= run.thread.dropped <= 8


def test_a_last_frame_is_read_although_the_source_has_ended(services: FakeServices, analyse: Analyse) -> None:
    run = analyse()
    run.frames.put(_frame())
    run.thread.finish()
    run.thread.run()
    assert run.thread.updates == 1
    assert [row.readable for row in services.files[0].rows] == [6]


def test_without_a_frame_no_file_is_left(services: FakeServices, analyse: Analyse) -> None:
    run = analyse()
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
def test_what_keeps_a_session_from_beginning_is_told(
    services: FakeServices, where: str, error: Exception, analyse: Analyse
) -> None:
    setattr(services, where, error)
    run = analyse()
    run.frames.put(_frame())
    run.thread.run()
    assert run.failures == [str(error)]


def test_a_full_disk_stops_nothing_and_loses_nothing(qtbot: QtBot, services: FakeServices, analyse: Analyse) -> None:
    run = analyse()
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


def test_after_stop_unsaved_rows_wait_for_room_on_the_disk(
    qtbot: QtBot, services: FakeServices, analyse: Analyse
) -> None:
    services.full_from_start = True
    run = analyse()
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


def test_rows_for_which_there_is_no_room_can_be_given_up(
    qtbot: QtBot, services: FakeServices, analyse: Analyse
) -> None:
    services.full_from_start = True
    run = analyse()
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
    qtbot: QtBot, services: FakeServices, caplog: pytest.LogCaptureFixture, analyse: Analyse
) -> None:
    services.detector.failures = [ZeroDivisionError("a bug")]
    run = analyse()
    run.start()
    qtbot.waitUntil(lambda: run.troubles[-1:] == [""])
    run.stop()
    assert "the session goes on" in run.troubles[0]
    assert run.thread.updates >= 1
    assert "ZeroDivisionError" in caplog.text


def _states(services: FakeServices) -> Callable[[], list[State]]:
    return lambda: [row.state for file in services.files for row in file.rows]


def test_paused_and_lost_seconds_have_rows_without_figures(
    qtbot: QtBot, services: FakeServices, analyse: Analyse
) -> None:
    run, states = analyse(), _states(services)
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


def test_few_updates_a_second_are_not_taken_for_a_lost_source(
    qtbot: QtBot, services: FakeServices, analyse: Analyse
) -> None:
    services.put(max_updates_hz=0.5)
    run = analyse()
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) >= 4, timeout=8000)
    run.stop()
    assert {row.state for row in run.summaries} == {State.LIVE}


def test_a_marker_stands_in_the_row_of_its_second(qtbot: QtBot, services: FakeServices, analyse: Analyse) -> None:
    run = analyse()
    run.thread.mark("too early")
    run.start()
    qtbot.waitUntil(lambda: len(run.summaries) == 1)
    run.thread.mark("slide 7")
    qtbot.waitUntil(lambda: len(run.summaries) >= 3)
    run.stop()
    assert [row.marker for row in services.files[0].rows if row.marker] == ["slide 7"]
    assert services.files[0].rows[1].marker == "slide 7"
