"""A session from start to stop: which threads run, in what phase it is, what comes out."""

import os
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Analysis, Frame, State
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session.status import REFUSED, Counters, Phase, SessionEnd
from fer_desktop.ui.bridge.analysis_thread import AnalysisThread
from fer_desktop.ui.bridge.capture_thread import REOPEN_S, CaptureThread
from fer_desktop.ui.bridge.services import Services

COUNT_EVERY_MS: Final = 1000
# A driver that hangs (a busy camera under Windows) must not keep a session from ending.
CAPTURE_GRACE_MS: Final = 4000


class SessionController(QObject):
    """Runs one session at a time. All methods are called in the window's thread and return at once."""

    phase_changed = Signal(object, str)  # Phase, a sentence or nothing
    summary = Signal(object)  # Summary
    counters = Signal(object)  # Counters, once a second
    trouble = Signal(str)  # something does not work and the session goes on; empty: it works again
    exclusion_changed = Signal(object)  # Exclusion
    ended = Signal(object)  # SessionEnd; both threads are over

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._phase, self._stage = Phase.IDLE, Phase.IDLE
        self._capture: CaptureThread | None = None
        self._analysis: AnalysisThread | None = None
        self._retired: set[QThread] = set()
        self._choice: SourceChoice | None = None
        self.analyses: Latest[Analysis] = Latest()
        self._reset()
        self._counting = QTimer(self, interval=COUNT_EVERY_MS)
        self._counting.timeout.connect(self._count)
        self._grace = QTimer(self, interval=CAPTURE_GRACE_MS, singleShot=True)
        self._grace.timeout.connect(self._retire_capture)

    def _reset(self) -> None:
        self._excluded = Exclusion()
        self._paused = self._lost = self._failed = False
        self._path: Path | None = None
        self._sentence = self._lost_sentence = self._told = ""
        self._elapsed_s = 0.0
        self._counted = (time.monotonic(), time.process_time(), 0, 0)

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return self._phase

    @property
    def running(self) -> bool:
        """Whether a session has begun and is not yet over."""
        return self._phase is not Phase.IDLE

    @property
    def recording(self) -> bool:
        """Whether rows are being made: there is a second to be named, and something to pause."""
        return self._stage is Phase.LIVE

    @property
    def choice(self) -> SourceChoice | None:
        """The source of the running session, or of the last one."""
        return self._choice

    @property
    def excluded(self) -> Exclusion:
        """Who is left out of the running session, or was of the last one."""
        return self._excluded

    @property
    def elapsed_s(self) -> float:
        """Since the first frame."""
        return self._analysis.elapsed_s if self._analysis else self._elapsed_s

    @property
    def updates(self) -> int:
        """Frames analysed so far; 0 where no session runs."""
        return self._analysis.updates if self._analysis else 0

    @property
    def idle_threads(self) -> bool:
        """Whether no thread of any session is left, one that hangs in a driver included."""
        return not self._retired and self._capture is None and self._analysis is None

    def start(self, choice: SourceChoice) -> None:
        """Begins a session; what comes of it is told by signals. Nothing while one is running."""
        if self.running:
            return
        self._reset()
        self.exclusion_changed.emit(self._excluded)
        self._choice = choice
        if choice.is_live_class and not self._services.settings().live_class_allowed:
            self.ended.emit(SessionEnd(choice, None, 0.0, REFUSED, failed=True))
            return
        self._make_threads(choice)
        self._enter(Phase.LOADING)
        self._counting.start()
        if self._analysis:
            self._analysis.start()

    def _make_threads(self, choice: SourceChoice) -> None:
        frames: Latest[Frame] = Latest()
        self.analyses = Latest()
        self._analysis = analysis = AnalysisThread(self._services, frames, self.analyses, choice.is_live_class)
        self._capture = capture = CaptureThread(lambda: self._services.source(choice), frames, reopen_s=REOPEN_S)
        analysis.ready.connect(self._on_ready)
        analysis.began.connect(self._on_began)
        analysis.summary.connect(self.summary)
        analysis.trouble.connect(self.trouble)
        analysis.failed.connect(self._on_failed)
        analysis.finished.connect(self._on_analysis_finished)
        capture.opened.connect(self._on_opened)
        capture.lost.connect(self._on_lost)
        capture.failed.connect(self._on_failed)
        capture.ended.connect(self._on_source_ended)
        capture.finished.connect(self._on_capture_finished)

    def pause(self) -> None:
        """Frames are let go and rows say paused until `resume`."""
        if self._stage is Phase.LIVE and not self._paused:
            self._paused = True
            self._hold()

    def resume(self) -> None:
        """Goes on after `pause`."""
        if self._paused:
            self._paused = False
            self._hold()

    def mark(self, text: str) -> bool:
        """Names the running second; whether there is one."""
        if self._analysis is None or self._stage is not Phase.LIVE:
            return False
        self._analysis.mark(text)
        return True

    def exclude(self, excluded: Exclusion) -> None:
        """Who is left out from the next frame on, of this session alone."""
        self._excluded = excluded
        if self._analysis:
            self._analysis.excluded = excluded
        self.exclusion_changed.emit(excluded)

    def stop(self) -> None:
        """Ends the session and saves it; `ended` follows."""
        if not self.running or self._stage is Phase.SAVING:
            return
        if self._analysis:
            self._analysis.stop()
        self._end()

    def give_up_saving(self) -> None:
        """Lets go of rows for which the disk has no room, so that a stopped session ends."""
        if self._analysis and self._stage is Phase.SAVING:
            self._analysis.give_up()

    @property
    def unsaved(self) -> int:
        """Rows that wait for room on the disk."""
        return self._analysis.unsaved if self._analysis else 0

    def wait(self, limit_ms: int) -> bool:
        """Whether all threads were over within the time. For the end of the program, never while the window is used."""
        threads = [thread for thread in (self._capture, self._analysis, *self._retired) if thread is not None]
        return all(thread.wait(limit_ms) for thread in threads)

    def _enter(self, stage: Phase) -> None:
        self._stage = stage
        self._resolve()

    def _resolve(self) -> None:
        phase, sentence = self._stage, ""
        if phase is Phase.LIVE and self._paused:
            phase = Phase.PAUSED
        elif phase in (Phase.WAITING, Phase.LIVE) and self._lost:
            phase, sentence = Phase.LOST, self._lost_sentence
        if (phase, sentence) != (self._phase, self._told):
            self._phase, self._told = phase, sentence
            self.phase_changed.emit(phase, sentence)

    def _hold(self) -> None:
        if self._analysis:
            self._analysis.held = State.PAUSED if self._paused else State.NO_SOURCE if self._lost else None
        if self._capture:
            self._capture.pause(self._paused)
        self._resolve()

    def _on_ready(self) -> None:
        if self._capture and self._stage is Phase.LOADING:
            self._enter(Phase.OPENING)
            self._capture.start()

    def _on_opened(self) -> None:
        if self._stage is Phase.OPENING:
            self._enter(Phase.WAITING)
        elif self._lost:
            self._lost = False
            self._hold()

    def _on_began(self, path: Path) -> None:
        self._path = path
        if self._stage is Phase.WAITING:
            self._enter(Phase.LIVE)

    def _on_lost(self, sentence: str) -> None:
        self._lost, self._lost_sentence = True, sentence
        self._hold()

    def _on_failed(self, sentence: str) -> None:
        self._sentence, self._failed = sentence, True
        self.stop()

    def _on_source_ended(self, sentence: str) -> None:
        if self._stage is not Phase.SAVING and self._analysis:
            self._sentence = sentence
            self._analysis.finish()
            self._end()

    def _end(self) -> None:
        self._enter(Phase.SAVING)
        if self._capture:
            self._capture.stop()
            if self._capture.isRunning():
                self._grace.start()
            else:
                self._on_capture_finished()

    def _on_capture_finished(self) -> None:
        self._grace.stop()
        _let_go(self._capture)
        self._capture = None
        self._settle()

    def _on_analysis_finished(self) -> None:
        if self._analysis:
            self._elapsed_s = self._analysis.elapsed_s
        _let_go(self._analysis)
        self._analysis = None
        self._settle()

    def _retire_capture(self) -> None:
        """The source does not let go: the session ends without it, the thread is kept until it does."""
        if self._capture is not None:
            self._capture.finished.disconnect(self._on_capture_finished)
            self._capture.finished.connect(self._on_retired_finished)
            self._retired.add(self._capture)
            self._capture = None
            self._settle()

    def _on_retired_finished(self) -> None:
        self._retired = {thread for thread in self._retired if not thread.wait(20)}

    def _settle(self) -> None:
        if self._capture is None and self._analysis is None and self._choice and self._stage is Phase.SAVING:
            self._counting.stop()
            end = SessionEnd(self._choice, self._path, self._elapsed_s, self._sentence, self._failed)
            self._enter(Phase.IDLE)
            self.ended.emit(end)

    def _count(self) -> None:
        capture, analysis = self._capture, self._analysis
        now = (
            time.monotonic(),
            time.process_time(),
            capture.frames_in if capture else 0,
            analysis.updates if analysis else 0,
        )
        wall_s, cpu_s, frames, updates = (new - old for new, old in zip(now, self._counted, strict=True))
        self._counted = now
        if analysis and wall_s > 0:
            counters = Counters(
                frames_hz=max(0.0, frames / wall_s),
                updates_hz=max(0.0, updates / wall_s),
                dropped=analysis.dropped,
                latency_s=analysis.latency_s if analysis.updates else None,
                cpu_percent=100.0 * cpu_s / wall_s / (os.cpu_count() or 1),
                elapsed_s=analysis.elapsed_s,
                throttled=analysis.throttled,
            )
            self.counters.emit(counters)


def _let_go(thread: QThread | None) -> None:
    if thread is not None:
        thread.wait()  # `finished` comes a moment before the thread is gone
        thread.deleteLater()
