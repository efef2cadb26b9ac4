"""The thread of a session that analyses frames and records."""

import logging
import math
import os
import threading
import time
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

from fer_desktop.core.errors import FerError
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Frame, State, Summary
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.rate_limiter import RateLimiter
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session.recorder import STALE_S, TICK_S, Recorder
from fer_desktop.pipeline.session.retrying_sink import RetryingSink
from fer_desktop.pipeline.session.status import FAULT
from fer_desktop.ui.bridge.services import Services

logger = logging.getLogger(__name__)

POLL_S: Final = 0.1
RETRY_S: Final = 1.0
_FRAME_FAULT: Final = "Frames cannot be read because of a fault in the program; the session goes on without them."


class AnalysisThread(QThread):
    """Loads the analyzer, reads the newest frame again and again, and records one row a second."""

    ready = Signal()  # detector and network are loaded
    began = Signal(object)  # Path of the session's file; the first frame has come
    summary = Signal(object)  # Summary
    trouble = Signal(str)  # what does not work while the session goes on; empty when it works again
    failed = Signal(str)  # the session cannot begin

    def __init__(
        self,
        services: Services,
        frames: Latest[Frame],
        analyses: Latest[Analysis],
        live_class: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Of a live class figures are withheld that would tell of persons."""
        super().__init__(parent)
        self._services, self._frames, self._analyses = services, frames, analyses
        self._live_class = live_class
        settings = services.settings()
        self._rate = RateLimiter(settings.max_updates_hz, settings.cpu_share, os.cpu_count() or 1)
        self._rested = (math.nan, math.nan)  # monotonic and processor time at the end of the last update
        self._stop, self._drain, self._give_up = threading.Event(), threading.Event(), threading.Event()
        self._recorder: Recorder | None = None
        self._frame_trouble = self._disk_trouble = ""
        self.excluded = Exclusion()  # set from the window's thread, whole, and read once a frame
        self.held: State | None = None  # set from the window's thread: paused or no source; None: live
        # Figures of this thread, which alone writes them.
        self.updates = 0
        self.latency_s = 0.0  # of the last update, from capture to reading
        self.dropped = 0  # updates that were due while an older frame was still being read
        self.throttled = False  # updates are fewer than they could be, for the sake of the call
        self.unsaved = 0  # rows that wait for room on the disk
        self.elapsed_s = 0.0

    def stop(self) -> None:
        """Makes `run` write the last row and return soon; from any thread."""
        self._stop.set()
        self.requestInterruption()

    def finish(self) -> None:
        """As `stop`, but a frame that still waits is read first."""
        self._drain.set()

    def give_up(self) -> None:
        """Lets go of rows that cannot be saved; without this, `run` keeps trying after `stop`."""
        self._give_up.set()

    def mark(self, text: str) -> None:
        """Names the second that is being recorded; nothing before the first frame."""
        recorder = self._recorder
        if recorder is not None:
            recorder.mark(text)

    def run(self) -> None:
        """One session, all in the calling thread."""
        try:
            analyzer = self._services.analyzer()
            self.ready.emit()
            first = self._first_frame()
            if first is not None:
                self._record(analyzer, first)
        except FerError as error:
            self.failed.emit(str(error))
        except Exception:  # a bug: what leaves `run` would end the thread without a word to the window
            logger.exception("Fault in the session")
            self.failed.emit(FAULT)

    def _first_frame(self) -> Frame | None:
        while not self._stop.is_set():
            draining = self._drain.is_set()
            frame = self._frames.take(0.0 if draining else POLL_S)
            if frame is not None or draining:
                return frame
        return None

    def _record(self, analyzer: FrameAnalyzer, first: Frame) -> None:
        file = self._services.start_session()
        try:
            sink = RetryingSink(file)
            privacy_filter = partial(withheld, live_class=self._live_class)
            self._recorder = Recorder([sink], first.captured_s, privacy_filter)
            self.began.emit(file.path)
            self._follow(analyzer, self._recorder, sink, first)
            self._publish(self._recorder.finish(time.monotonic()), sink)
            self._wait_for_room(sink)
        finally:
            self._recorder = None
            file.close()

    def _follow(self, analyzer: FrameAnalyzer, recorder: Recorder, sink: RetryingSink, first: Frame) -> None:
        frame: Frame | None = first
        due_s = started_s = first.captured_s
        while not self._stop.is_set():
            if self.held is not None:
                recorder.set_state(self.held)
            elif frame is not None:
                begun_s = time.monotonic()
                self._read_in_time(analyzer, recorder, frame)
                due_s = self._next_due(begun_s)
                # A computer that is slow, or told to be, has a source all the same.
                recorder.stale_s = max(STALE_S, 2 * max(self._rate.interval_s, time.monotonic() - begun_s) + TICK_S)
            now_s = time.monotonic()
            self.elapsed_s = now_s - started_s
            self._publish(recorder.advance(now_s), sink)
            draining = self._drain.is_set()
            frame = self._frames.take() if draining else self._next_frame(due_s)
            if draining and frame is None:
                return

    def _read_in_time(self, analyzer: FrameAnalyzer, recorder: Recorder, frame: Frame) -> None:
        """Reads a frame, and learns what that costs."""
        begun_s, begun_cpu_s = time.monotonic(), time.process_time()
        ended_s, ended_cpu_s = self._rested
        self._read(analyzer, recorder, frame)
        self._rested = time.monotonic(), time.process_time()
        if not math.isnan(ended_s):  # the first one makes the buffers of all that follow
            cost_s, took_s = self._rested[1] - begun_cpu_s, self._rested[0] - begun_s
            self._rate.update(cost_s, took_s, begun_cpu_s - ended_cpu_s, begun_s - ended_s)
        self.throttled = self._rate.throttled

    def _next_due(self, begun_s: float) -> float:
        """When the next frame is to be read; counts the updates that were missed while the last one was read."""
        missed = int((time.monotonic() - begun_s) / self._rate.interval_s)
        self.dropped += missed
        return begun_s + self._rate.interval_s

    def _next_frame(self, due_s: float) -> Frame | None:
        wait_s = due_s - time.monotonic()
        if wait_s > 0:
            self._stop.wait(min(wait_s, POLL_S))
            return None
        return self._frames.take(POLL_S)

    def _read(self, analyzer: FrameAnalyzer, recorder: Recorder, frame: Frame) -> None:
        # A fault with one frame must not end a session of an hour: it is logged, told, and the next frame is tried.
        try:
            analysis = analyzer.analyze(frame, self.excluded.of(frame.scene).seats)
        except FerError as error:
            self._tell(str(error), self._disk_trouble)
        except Exception:
            logger.exception("Fault while reading frame %d", frame.index)
            self._tell(_FRAME_FAULT, self._disk_trouble)
        else:
            recorder.observe(analysis)
            self._analyses.put(analysis)
            self.latency_s = time.monotonic() - frame.captured_s
            self.updates += 1
            self._tell("", self._disk_trouble)

    def _publish(self, summaries: list[Summary], sink: RetryingSink) -> None:
        for summary in summaries:
            self.summary.emit(summary)
        self.unsaved = sink.unsaved
        self._tell(self._frame_trouble, sink.problem)

    def _tell(self, frame_trouble: str, disk_trouble: str) -> None:
        """Says what does not work where that has changed; what may lose rows goes first."""
        before = self._disk_trouble or self._frame_trouble
        self._frame_trouble, self._disk_trouble = frame_trouble, disk_trouble
        if (now := disk_trouble or frame_trouble) != before:
            self.trouble.emit(now)

    def _wait_for_room(self, sink: RetryingSink) -> None:
        while sink.unsaved and not self._give_up.wait(RETRY_S):
            sink.retry()
            self._publish([], sink)
