"""The loop of a session that records: the one clock of its rows, which waits for nobody."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import FerError, StoreError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.types import State
from fer_desktop.pipeline.clock import SYSTEM_CLOCK, Clock
from fer_desktop.pipeline.events import ClassSize, ClockSet, EndReason, Excluded, Note, Started
from fer_desktop.pipeline.ports import EventSink, SessionFile
from fer_desktop.pipeline.session_engine.channel.commands import (
    AnswerAlert,
    Begun,
    ChooseAlerts,
    Command,
    CompareWithMarker,
    Drain,
    Drained,
    EditMarker,
    ExclusionSettled,
    GiveUpSaving,
    Mark,
    Observed,
    Pause,
    QuietAlerts,
    Resume,
    SetClassSize,
    SourceBack,
    SourceLost,
    Stop,
)
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox, Wait
from fer_desktop.pipeline.session_engine.channel.plan import SessionPlan
from fer_desktop.pipeline.session_engine.channel.reports import CannotBegin, FileOpened, Problem, Report
from fer_desktop.pipeline.session_engine.channel.status import FAULT
from fer_desktop.pipeline.session_engine.loops.alerting import follow
from fer_desktop.pipeline.session_engine.loops.stopped import Stopped, Telling
from fer_desktop.pipeline.session_engine.recording.glances import Glances
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.session_sinks import SessionSinks
from fer_desktop.pipeline.session_engine.recording.session_time import SessionTime

logger = logging.getLogger(__name__)

RETRY_S: Final = 1.0
_IDLE_S: Final = 1.0  # before the first frame
_NOTICE_S: Final = 30.0  # what happened to file or store, and cost no row of the file, is told for so long
# Whole sentences in constants of their own: from these the translators' template is made.
_NOT_STORED: Final = "This lesson cannot be added to your saved lessons: {problem} Its CSV file is written."
_SLEPT: Final = "{seconds} s were missed: the computer or the program was asleep."
_SLEPT_LONG: Final = "{minutes} min were missed: the computer or the program was asleep."
_SLEPT_FROM_S: Final = 5.0  # a shorter sleep is seen in the trend alone
_MINUTES_FROM_S: Final = 120.0
_DRAIN_S: Final = 3.0  # the reading of a source's last frame is waited for so long


@dataclass(slots=True)
class _Progress:
    """Figures that the loop alone writes; others may read them at any time."""

    unsaved_s: int = 0  # seconds of the record that wait for room on the disk
    elapsed_s: float = 0.0
    beats: int = 0  # steps that were made


@dataclass(slots=True)
class _Notice:
    """What is told for a while only, since it costs no row of the file."""

    message: Message | None = None
    since_s: float = 0.0

    def recent(self, message: Message | None, now_s: float) -> Message | None:
        """The message as it stands now, where it is not long ago that it was another one."""
        if message != self.message:
            self.message, self.since_s = message, now_s
        return message if now_s - self.since_s < _NOTICE_S else None


class RecordLoop:
    """Records one summary a second, whether or not a frame was read, and says of what was not seen why.

    `run` does all of it in the calling thread; `step` is its part.
    """

    def __init__(
        self,
        plan: SessionPlan,
        inbox: Inbox,
        why_missing: Callable[[], State],
        tell: Callable[[Report], None],
        clock: Clock = SYSTEM_CLOCK,
        stopped: Stopped | None = None,
    ) -> None:
        """`tell` is called in the loop's own thread, as is `why_missing`: why no frame was read of late.

        Of a live class figures are withheld that would tell of persons. `stopped`: a session that this one goes on
        with as soon as there is a frame.
        """
        self._plan, self._inbox, self._why_missing, self._tell, self._clock = plan, inbox, why_missing, tell, clock
        self.stopped = stopped  # what may be gone on with, where nothing was recorded or once it is all saved
        self._time = stopped.time if stopped is not None else SessionTime(clock)
        self._class_size = plan.class_size
        self._asked_s = _IDLE_S
        self._paused = self._stopping = self._drained = self._finished = self._gives_up = False
        self._lost: State | None = None
        self._drain_until_s: float | None = None
        self._recorder: Recorder | None = None
        self._file: SessionFile | None = None
        self._sink: SessionSinks | None = None
        self._telling = Telling(tell)
        self._started_s = 0.0
        self._analyzer = 0
        self._told_problem = Problem(None)
        self._told_path: Path | None = None
        self._lost_again: Message | None = None  # why what was saved cannot be read back
        self._file_notice, self._store_problem, self._store_notice = _Notice(), _Notice(), _Notice()
        self._slept = _Notice()
        self._source_failed: Message | None = None  # why
        self.progress = _Progress(elapsed_s=stopped.elapsed_s if stopped is not None else 0.0)

    def run(self) -> None:
        """One session, all in the calling thread."""
        try:
            while (wait := self.step()) is not None:
                self._inbox.wait(wait.at_most_s, wait.for_frame)
        except FerError as error:
            self._tell(CannotBegin(error.message))
        except BaseException:  # the top of a thread: what leaves it vanishes, and the window would wait for ever
            logger.exception("Fault in the record")
            self._tell(CannotBegin(FAULT))
        finally:
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
        if self._sink is not None:
            self._sink.close_store()
        # The rows of a session are kept in memory for as long as anything knows the file: beside this one nobody does
        # but whoever may go on with it.
        self._file = self._sink = self._recorder = None

    def step(self) -> Wait | None:
        """Does what is to be done now; None where the session is over. Raises StoreError where no file can be made."""
        self.progress.beats += 1
        stopped = self._time.wake(self._asked_s)
        if stopped is not None and self._recorder is not None:
            self._recorder.sleep(*stopped)
            if not self._paused and stopped[1] - stopped[0] >= _SLEPT_FROM_S:
                self._slept = _Notice(_missed(stopped[1] - stopped[0]), self._time.now_s())
        for command in self._inbox.take_commands():
            self._obey(command)
        wait = self._save() if self._finished else self._go_on()
        self._asked_s = wait.at_most_s if wait is not None else 0.0
        self._time.rest()
        return wait

    def _begin(self, captured_s: float) -> None:
        """The first frame begins the record, or goes on with it; without one there is none."""
        if self.stopped is not None:
            self._take_up(self.stopped, captured_s)
            return
        self._file = self._plan.create_file()
        self._sink = SessionSinks(self._file, self._plan.open_store)
        choice = self._plan.choice
        started = Started(self._clock.now(), choice.name, choice.is_live_class)
        self._started_s = self._time.of(captured_s)
        privacy_filter = partial(withheld, live_class=choice.is_live_class)
        # What is shown is on the disk before.
        sinks: list[EventSink] = [self._sink, self._telling]
        glances = Glances(choice.is_live_class, self._plan.alerts, self._plan.learning_s)
        self._recorder = Recorder(sinks, started, self._started_s, privacy_filter, glances)
        if self._class_size:
            self._recorder.record(ClassSize(0.0, self._class_size))
        self._told_path = self._file.path
        self._tell(FileOpened(self._file.path))
        self._hold()

    def _take_up(self, stopped: Stopped, captured_s: float) -> None:
        """Goes on with a session after its end. Raises StoreError where it is not there any more."""
        self.stopped = None
        self._file, self._sink, self._telling = stopped.file, stopped.sinks, stopped.telling
        self._started_s = stopped.started_s
        stopped.take_up(self._time.of(captured_s), self._tell)
        self._recorder = stopped.recorder
        at_s = self._recorder.since_start_s(self._time.of(captured_s))
        self._recorder.record(Excluded(at_s, stopped.exclusion, 0))
        self._told_path = self._file.path
        self._tell(FileOpened(self._file.path))
        self._hold()

    def _go_on(self) -> Wait | None:
        recorder = self._recorder
        if recorder is None:
            return None if self._stopping or self._drained else Wait(_IDLE_S)
        now_s = self._time.now_s()
        self.progress.elapsed_s = now_s - self._started_s
        recorder.miss(self._why_missing())
        self._follow_wall_clock(recorder, now_s)
        recorder.advance(now_s)
        self._tell_problem()
        if self._over(now_s):
            self._end_record(recorder, now_s)
            self._finished = True
            self.stopped = self._stopped(recorder) if self._stopping else None
            return self._save()
        return Wait(max(0.0, min(1.0, recorder.next_tick_s - now_s)))

    def _stopped(self, recorder: Recorder) -> Stopped:
        """All that going on takes."""
        assert self._file is not None
        assert self._sink is not None
        kept = self._file, self._sink, self._telling, self._time
        return Stopped(recorder, *kept, self._started_s, self.progress.elapsed_s)

    def _end_record(self, recorder: Recorder, now_s: float) -> None:
        if self._stopping:
            recorder.finish(now_s, EndReason.STOPPED)
        elif self._source_failed is None:
            recorder.finish(now_s, EndReason.SOURCE_ENDED)
        else:  # whoever looks at it in a week should know that there was more
            recorder.record(Note(str(self._source_failed)))
            recorder.finish(now_s, EndReason.SOURCE_FAILED)

    def _over(self, now_s: float) -> bool:
        late = self._drain_until_s is not None and now_s >= self._drain_until_s
        return self._stopping or self._drained or late

    def _save(self) -> Wait | None:
        """Waits for room on the disk, as long as the user does; it is saved once it was read back."""
        assert self._sink is not None
        assert self._file is not None
        self._sink.retry()
        self._lost_again = None
        if not self._sink.unsaved:
            self._file.close()
            try:
                self._file.verify()
            except StoreError as error:
                self._lost_again = error.message
        self._tell_problem()
        waits = self._sink.unsaved or self._lost_again is not None
        if waits and self._gives_up:
            self.stopped = None
        return Wait(RETRY_S) if waits and not self._gives_up else None

    def _obey(self, command: Command) -> None:
        match command:
            case Begun(captured_s):
                if self._recorder is None and not self._stopping:
                    self._begin(captured_s)
            case Pause() | Resume() | SourceLost() | SourceBack():
                self._hold(command)
            case Drain() | Drained() | Stop() | GiveUpSaving():
                self._end_by(command)
            case SetClassSize(size):
                self._class_size = size
                if self._recorder is not None and not self._finished:
                    self._recorder.record(ClassSize(self._recorder.since_start_s(self._time.now_s()), size))
            case _ if self._recorder is not None and not self._finished:
                self._record(command, self._recorder)
            case _:
                pass

    def _end_by(self, command: Drain | Drained | Stop | GiveUpSaving) -> None:
        match command:
            case Drain(why):
                self._source_failed = why
                self._drain_until_s = self._time.now_s() + _DRAIN_S
            case Drained():
                self._drained = True
            case Stop():
                self._stopping = True
            case GiveUpSaving():
                self._gives_up = True

    def _record(self, command: Command, recorder: Recorder) -> None:
        match command:
            case Mark(text, at_s):
                recorder.mark(text, self._time.now_s(), at_s)
            case ChooseAlerts() | QuietAlerts() | AnswerAlert() | CompareWithMarker():
                follow(command, recorder, self._time.now_s())
            case EditMarker(number, text, colour):
                recorder.edit_marker(number, text, colour)
            case ExclusionSettled(at_s, exclusion, commands):
                recorder.leave_out(Excluded(recorder.since_start_s(self._time.of(at_s)), exclusion, commands))
            case Observed(seen, analyzer):
                if analyzer != self._analyzer:
                    self._analyzer = analyzer
                    recorder.count_on()
                # Where this loop was kept by a slow disk, the seconds it is behind were seen all the same.
                at_s = min(self._time.of(seen.captured_s), self._time.now_s())
                recorder.observe(replace(seen, captured_s=at_s))
            case _:
                pass

    def _hold(self, command: Pause | Resume | SourceLost | SourceBack | None = None) -> None:
        match command:
            case Pause() | Resume():
                self._paused = isinstance(command, Pause)
            case SourceLost(why):
                self._lost = why
            case SourceBack():
                self._lost = None
            case None:
                pass
        if self._recorder is not None and not self._finished:
            self._recorder.hold(State.PAUSED if self._paused else self._lost, self._time.now_s())

    def _follow_wall_clock(self, recorder: Recorder, now_s: float) -> None:
        at = self._time.wall()
        if at is not None:
            recorder.record(ClockSet(recorder.since_start_s(now_s), at))

    def _tell_problem(self) -> None:
        """Says what cannot be saved, or happened to the file, where that has changed."""
        assert self._sink is not None
        assert self._file is not None
        if self._file.path != self._told_path:
            self._told_path = self._file.path
            self._sink.follow(self._file.path)
            self._tell(FileOpened(self._file.path))
        now_s = self._time.now_s()
        recent = self._file_notice.recent(self._file.notice, now_s)
        of_store = self._store_problem.recent(self._sink.store_problem, now_s)
        moved = self._store_notice.recent(self._sink.store_notice, now_s)
        # What was written and is gone waits in the file's own memory.
        self.progress.unsaved_s = self._sink.unsaved_seconds or int(self._lost_again is not None)
        waits = self._sink.problem or self._lost_again
        beside = _not_stored(of_store) if of_store is not None else None
        problem = Problem(waits or recent or beside or moved or self._slept.recent(self._slept.message, now_s))
        problem = replace(problem, waits=waits is not None)
        if problem != self._told_problem:
            self._told_problem = problem
            self._tell(problem)


def _not_stored(problem: Message) -> Message:
    """Why a session is in its file alone. A sentence that names no file says that itself."""
    return message(_NOT_STORED, problem=problem) if problem.values else problem


def _missed(seconds: float) -> Message:
    if seconds < _MINUTES_FROM_S:
        return message(_SLEPT, seconds=round(seconds))
    return message(_SLEPT_LONG, minutes=round(seconds / 60))
