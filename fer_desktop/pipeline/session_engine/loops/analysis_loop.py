"""The loop of a session that analyses frames."""

import logging
import math
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.core.errors import FerError
from fer_desktop.core.messages import Message
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Frame
from fer_desktop.pipeline.clock import SYSTEM_CLOCK, Clock
from fer_desktop.pipeline.frame.rate_limiter import RateLimiter
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.commands import (
    Begun,
    Command,
    Drain,
    Drained,
    Exclude,
    ExclusionSettled,
    Include,
    IncludeEverybody,
    Observed,
    Pause,
    Resume,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox, Wait
from fer_desktop.pipeline.session_engine.channel.plan import SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import CannotBegin, ModelsLoaded, Problem, Report
from fer_desktop.pipeline.session_engine.channel.status import FAULT
from fer_desktop.pipeline.session_engine.loops.reader import FrameReader
from fer_desktop.pipeline.session_engine.recording.seen import seen_in

logger = logging.getLogger(__name__)

POLL_S: Final = 0.5
# Far more than a folder has pictures: a fresh analyzer knows nobody, so what it reads is another scene to it.
_SCENES_APART: Final = 1_000_000
_FRAME_FAULT: Final = Message("Frames cannot be read because of a fault in the program.")


@dataclass(slots=True)
class _Progress:
    """Figures that the loop alone writes; others may read them at any time."""

    updates: int = 0
    latency_s: float = 0.0  # of the last update, from capture to reading
    dropped: int = 0  # updates that were due while an older frame was still being read
    throttled: bool = False  # updates are fewer than they could be, for the sake of the call
    begun: int = 0  # frames whose reading has begun
    busy: bool = False  # a frame is being read
    loaded: bool = False
    commands: int = 0  # choices of the teacher's that were taken


@dataclass(slots=True)
class _Standing:
    """What another loop needs to know that takes over."""

    paused: bool = False
    lost: bool = False
    draining: bool = False
    begun: bool = False


class AnalysisLoop:
    """Loads the analyzer, and reads the newest frame again and again; what it sees goes to the record.

    `run` does all of it in the calling thread; `load` and `step` are its parts.
    """

    def __init__(
        self,
        plan: SessionPlan,
        inbox: Inbox,
        record: Inbox,
        analyses: Latest[Analysis],
        tell: Callable[[Report], None],
        clock: Clock = SYSTEM_CLOCK,
        before: "AnalysisLoop | None" = None,
        reader: FrameReader | None = None,
    ) -> None:
        """`tell` is called in the loop's own thread. `before` is a loop that hung or died, which this one replaces.

        `reader`: of the session that goes on, which knows everybody; None where one is to be loaded.
        """
        self._plan, self._inbox, self._record, self._analyses, self._tell = plan, inbox, record, analyses, tell
        self._clock = clock
        self._limiter = RateLimiter(plan.max_updates_hz, plan.cpu_share, os.cpu_count() or 1)
        self._rested = (math.nan, math.nan)  # monotonic and processor time at the end of the last update
        self.standing = _Standing()
        self._stopping = False
        self._retired = threading.Event()
        self._reader: FrameReader | None = None
        self._known = reader
        self._left: FrameReader | None = None  # once it is over
        self._due_s = 0.0
        self._told_problem: Message | None = None
        self.progress = _Progress()
        self.number = 0  # of its analyzer in this session
        if before is not None:
            self.number = before.number + 1
            self.standing = replace(before.standing)
            old = before.progress
            self.progress = _Progress(old.updates, old.latency_s, old.dropped, old.throttled, commands=old.commands)

    def retire(self) -> None:
        """Nothing that it still reads counts; from any thread. A loop that hangs cannot be ended, but left alone."""
        self._retired.set()

    def leave_reader(self) -> FrameReader | None:
        """What knows everybody, for a session that goes on, once this loop is over; it forgets it."""
        left, self._left = self._left, None
        if left is not None:
            left.let_go()  # of this loop
        return left

    def run(self) -> None:
        """One session, all in the calling thread; returns when it is over."""
        try:
            self.load()
            while (wait := self.step()) is not None:
                self._inbox.wait(wait.at_most_s, wait.for_frame)
        except FerError as error:
            self._end_with(error.message)
        except BaseException:  # the top of a thread: what leaves it vanishes, and a sys.exit of a library does too
            logger.exception("Fault in the analysis")
            self._end_with(FAULT)
        finally:
            # Loop and reader know one another: Python would keep the network until it looks for circles, which it does
            # so seldom that seven sessions came together, of 80 MB each.
            self._reader = None
            self._inbox.take_frame()

    def _end_with(self, reason: Message) -> None:
        if not self._retired.is_set():
            self._tell(Problem(reason) if self.number or self.progress.loaded else CannotBegin(reason))

    def load(self) -> None:
        """Loads detector and network; slow. Raises ModelError."""
        self._reader, self._known = self._known, None
        if self._reader is not None:
            self._reader.hand_over(self._on_exclusion)
        else:
            self._reader = FrameReader(self._plan.load_analyzer(), self._on_exclusion, self.progress.commands)
        self.progress.loaded = True
        if not self._retired.is_set():
            if self.number:
                # Whom the teacher left out has another seat now, which nobody knows.
                self._on_exclusion(self._clock.monotonic_s(), Exclusion(), self.progress.commands)
            self._tell(ModelsLoaded())

    def step(self) -> Wait | None:
        """Does what is to be done now; None where there is nothing more to do."""
        if self._retired.is_set():
            return None
        assert self._reader is not None
        for command in self._inbox.take_commands():
            self._obey(command, self._reader)
        if self._stopping:
            self._left = self._reader if not self.number else None
            return None
        frame = self._next_frame()
        if frame is not None:
            if not self.standing.begun:
                self.standing.begun = True
                self._record.send(Begun(frame.captured_s))
            self._read_in_time(self._reader, frame)
            if self._retired.is_set():
                return None
        if self.standing.draining:
            if frame is None:
                self._record.send(Drained())
                return None
            return Wait(0.0)
        left_s = self._due_s - self._clock.monotonic_s()
        return Wait(POLL_S, for_frame=True) if left_s <= 0 or self._held else Wait(min(POLL_S, left_s))

    def _obey(self, command: Command, reader: FrameReader) -> None:
        match command:
            case Pause() | Resume():
                self.standing.paused = isinstance(command, Pause)
            case SourceLost() | SourceBack():
                self.standing.lost = isinstance(command, SourceLost)
            case Exclude() | Include() | IncludeEverybody():
                reader.change_exclusion(command, self._clock.monotonic_s())
                self.progress.commands = reader.commands
            case Drain():
                self.standing.draining = True
            case Stop():
                self._stopping = True
            case _:
                pass  # is the record's

    @property
    def _held(self) -> bool:
        return self.standing.paused or self.standing.lost

    def _next_frame(self) -> Frame | None:
        """The frame to be read now; while held what comes is let go."""
        if self._held:
            self._inbox.take_frame()
            return None
        due = self.standing.draining or self._clock.monotonic_s() >= self._due_s
        return self._inbox.take_frame() if due else None

    def _read_in_time(self, reader: FrameReader, frame: Frame) -> None:
        """Reads a frame, and learns what that costs and when the next one is due."""
        begun_s, begun_cpu_s = self._clock.monotonic_s(), self._clock.process_s()
        self._read(reader, frame)
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

    def _read(self, reader: FrameReader, frame: Frame) -> None:
        # A fault with one frame must not end a session of an hour: it is logged, told, and the next frame is tried.
        if self.number:
            frame = replace(frame, scene=frame.scene + _SCENES_APART * self.number)
        problem: Message | None = None
        self.progress.begun += 1
        self.progress.busy = True
        try:
            analysis = reader.read(frame)
        except FerError as error:
            problem = error.message
        except Exception:  # the detector and the network are other people's code, and a lesson cannot be repeated
            logger.exception("Fault while reading frame %d", frame.index)
            problem = _FRAME_FAULT
        else:
            self._take(analysis)
        finally:
            self.progress.busy = False
        if problem != self._told_problem and not self._retired.is_set():
            self._told_problem = problem
            self._tell(Problem(problem))

    def _take(self, analysis: Analysis) -> None:
        if self._retired.is_set():  # while it was reading: another has taken over
            return
        self._record.send(Observed(seen_in(analysis), self.number))
        self._analyses.put(analysis)
        self.progress.latency_s = self._clock.monotonic_s() - analysis.frame.captured_s
        self.progress.updates += 1

    def _on_exclusion(self, at_s: float, exclusion: Exclusion, commands: int) -> None:
        if not self._retired.is_set():
            self._record.send(ExclusionSettled(at_s, exclusion, commands))
