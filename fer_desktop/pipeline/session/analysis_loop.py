"""The loop of a session that analyses frames and records."""

import logging
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from fer_desktop.core.errors import FerError
from fer_desktop.core.messages import Message
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.types import Analysis, Frame, State
from fer_desktop.pipeline.clock import SYSTEM_CLOCK, Clock
from fer_desktop.pipeline.events import EndReason, SessionEvent, Started
from fer_desktop.pipeline.frame.rate_limiter import RateLimiter
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.ports import Analyzer, SessionFile
from fer_desktop.pipeline.session.commands import (
    Command,
    Drain,
    Exclude,
    GiveUpSaving,
    Include,
    IncludeEverybody,
    Mark,
    Pause,
    Resume,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session.engine import SessionEngine
from fer_desktop.pipeline.session.inbox import Inbox
from fer_desktop.pipeline.session.plan import SessionPlan
from fer_desktop.pipeline.session.recorder import STALE_S, TICK_S, Recorder
from fer_desktop.pipeline.session.reports import CannotBegin, FileOpened, ModelsLoaded, Problem, Report
from fer_desktop.pipeline.session.session_sinks import SessionSinks
from fer_desktop.pipeline.session.status import FAULT

logger = logging.getLogger(__name__)

POLL_S: Final = 0.5
RETRY_S: Final = 1.0
_FRAME_FAULT: Final = Message(
    "Frames cannot be read because of a fault in the program; the session goes on without them."
)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long there is nothing to do, but for a command, or a frame where that is waited for."""

    at_most_s: float
    for_frame: bool = False


@dataclass(slots=True)
class _Progress:
    """Figures that the loop alone writes; others may read them at any time."""

    updates: int = 0
    latency_s: float = 0.0  # of the last update, from capture to reading
    dropped: int = 0  # updates that were due while an older frame was still being read
    throttled: bool = False  # updates are fewer than they could be, for the sake of the call
    unsaved_s: int = 0  # seconds of the record that wait for room on the disk
    elapsed_s: float = 0.0


class AnalysisLoop:
    """Loads the analyzer, reads the newest frame again and again, and records one summary a second.

    `run` does all of it in the calling thread; `load` and `step` are its parts.
    """

    def __init__(
        self,
        plan: SessionPlan,
        inbox: Inbox,
        analyses: Latest[Analysis],
        tell: Callable[[Report], None],
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """`tell` is called in the loop's own thread.

        Of a live class figures are withheld that would tell of persons.
        """
        self._plan, self._inbox, self._analyses, self._tell, self._clock = plan, inbox, analyses, tell, clock
        self._limiter = RateLimiter(plan.max_updates_hz, plan.cpu_share, os.cpu_count() or 1)
        self._rested = (math.nan, math.nan)  # monotonic and processor time at the end of the last update
        self._paused = self._lost = self._draining = self._stopping = self._finished = self._gives_up = False
        self._analyzer: Analyzer | None = None
        self._engine: SessionEngine | None = None
        self._file: SessionFile | None = None
        self._sink: SessionSinks | None = None
        self._started_s = self._due_s = 0.0
        self._frame_problem: Message | None = None
        self._told_problem: Message | None = None
        self._source_end = EndReason.SOURCE_ENDED
        self.progress = _Progress()

    def run(self) -> None:
        """One session, all in the calling thread."""
        try:
            self.load()
            while (wait := self.step()) is not None:
                self._inbox.wait(wait.at_most_s, wait.for_frame)
        except FerError as error:
            self._tell(CannotBegin(error.message))
        except Exception:  # the top of a thread: what left it would vanish, and the window would wait for ever
            logger.exception("Fault in the session")
            self._tell(CannotBegin(FAULT))
        finally:
            if self._sink is not None:
                self._sink.close()

    def load(self) -> None:
        """Loads detector and network; slow. Raises ModelError."""
        self._analyzer = self._plan.load_analyzer()
        self._tell(ModelsLoaded())

    def step(self) -> Wait | None:
        """Does what is to be done now; None where the session is over.

        Raises StoreError where its file cannot be made.
        """
        for command in self._inbox.take_commands():
            self._obey(command)
        if self._finished:
            return self._save()
        if self._engine is None:
            return self._begin()
        return self._go_on(self._engine, self._next_frame())

    def _begin(self) -> Wait | None:
        """The first frame begins the record; without one there is none."""
        if self._stopping:
            return None
        frame = self._inbox.take_frame()
        if frame is None:
            return None if self._draining else Wait(POLL_S, for_frame=True)
        assert self._analyzer is not None
        self._file = self._plan.create_file()
        store = self._plan.open_store(self._file.path) if self._plan.open_store is not None else None
        self._sink = SessionSinks(self._file, store)
        choice = self._plan.choice
        started = Started(self._clock.now(), choice.name, choice.is_live_class)
        privacy_filter = partial(withheld, live_class=choice.is_live_class)
        # What is shown is on the disk before.
        recorder = Recorder([self._sink, _Telling(self._tell)], started, frame.captured_s, privacy_filter)
        engine = self._engine = SessionEngine(self._analyzer, recorder)
        self._started_s = self._due_s = frame.captured_s
        self._tell(FileOpened(self._file.path))
        self._hold()
        return self._go_on(engine, None if self._held() else frame)

    def _go_on(self, engine: SessionEngine, frame: Frame | None) -> Wait | None:
        if frame is not None:
            self._read_in_time(engine, frame)
        now_s = self._clock.monotonic_s()
        self.progress.elapsed_s = now_s - self._started_s
        engine.advance(now_s)
        self._tell_problem()
        if self._stopping or (self._draining and frame is None):
            engine.finish(now_s, EndReason.STOPPED if self._stopping else self._source_end)
            self._finished = True
            return self._save()
        if self._draining:
            return Wait(0.0)
        if self._held() is not None:
            return Wait(engine.next_tick_s - now_s)
        if now_s >= self._due_s:
            return Wait(engine.next_tick_s - now_s, for_frame=True)
        return Wait(min(engine.next_tick_s, self._due_s) - now_s)

    def _save(self) -> Wait | None:
        """Waits for room on the disk, as long as the user does."""
        assert self._sink is not None
        self._sink.retry()
        self._tell_problem()
        return Wait(RETRY_S) if self._sink.unsaved and not self._gives_up else None

    def _obey(self, command: Command) -> None:
        now_s = self._clock.monotonic_s()
        match command:
            case Pause() | Resume():
                self._paused = isinstance(command, Pause)
                self._hold()
            case SourceLost() | SourceBack():
                self._lost = isinstance(command, SourceLost)
                self._hold()
            case Mark(text):
                if self._engine is not None and not self._finished:
                    self._engine.mark(text, now_s)
            case Exclude() | Include() | IncludeEverybody():
                if self._engine is not None and not self._finished:
                    self._engine.change_exclusion(command, now_s)
            case Drain(failed):
                self._draining = True
                self._source_end = EndReason.SOURCE_FAILED if failed else EndReason.SOURCE_ENDED
            case Stop():
                self._stopping = True
            case GiveUpSaving():
                self._gives_up = True

    def _held(self) -> State | None:
        """What keeps frames from being read."""
        return State.PAUSED if self._paused else State.NO_SOURCE if self._lost else None

    def _hold(self) -> None:
        held = self._held()
        if held is not None and self._engine is not None:
            self._engine.hold(held, self._clock.monotonic_s())

    def _next_frame(self) -> Frame | None:
        """The frame to be read now; while held what comes is let go."""
        if self._held() is not None:
            self._inbox.take_frame()
            return None
        due = self._draining or self._clock.monotonic_s() >= self._due_s
        return self._inbox.take_frame() if due else None

    def _read_in_time(self, engine: SessionEngine, frame: Frame) -> None:
        """Reads a frame, and learns what that costs and when the next one is due."""
        begun_s, begun_cpu_s = self._clock.monotonic_s(), self._clock.process_s()
        self._read(engine, frame, begun_s)
        ended_s, ended_cpu_s = self._clock.monotonic_s(), self._clock.process_s()
        before_s, before_cpu_s = self._rested
        self._rested = ended_s, ended_cpu_s
        if not math.isnan(before_s):  # the first one makes the buffers of all that follow
            self._limiter.update(
                ended_cpu_s - begun_cpu_s, ended_s - begun_s, begun_cpu_s - before_cpu_s, begun_s - before_s
            )
        self.progress.throttled = self._limiter.throttled
        self.progress.dropped += int((ended_s - begun_s) / self._limiter.interval_s)
        self._due_s = begun_s + self._limiter.interval_s

    def _read(self, engine: SessionEngine, frame: Frame, begun_s: float) -> None:
        # A fault with one frame must not end a session of an hour: it is logged, told, and the next frame is tried.
        try:
            analysis = engine.read(frame)
        except FerError as error:
            self._frame_problem = error.message
        except Exception:  # the detector and the network are other people's code, and a lesson cannot be repeated
            logger.exception("Fault while reading frame %d", frame.index)
            self._frame_problem = _FRAME_FAULT
        else:
            now_s = self._clock.monotonic_s()
            # A computer that is slow, or told to be, has a source all the same.
            fresh_for_s = max(STALE_S, 2 * max(self._limiter.interval_s, now_s - begun_s) + TICK_S)
            engine.observe(analysis, fresh_for_s)
            self._analyses.put(analysis)
            self.progress.latency_s = now_s - frame.captured_s
            self.progress.updates += 1
            self._frame_problem = None

    def _tell_problem(self) -> None:
        """Says what does not work where that has changed; what may lose seconds goes first."""
        assert self._sink is not None
        self.progress.unsaved_s = self._sink.unsaved_seconds
        problem = self._sink.problem or self._frame_problem
        if problem != self._told_problem:
            self._told_problem = problem
            self._tell(Problem(problem))


class _Telling:
    """The sink that shows what is recorded."""

    def __init__(self, tell: Callable[[Report], None]) -> None:
        self._tell = tell

    def write(self, event: SessionEvent) -> None:
        self._tell(event)
