"""One recording from its first frame to the last row, and to the stored lesson."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.lesson import LessonBeside, facts_of, recording_key
from fer_desktop.app.recordings.reading import PartLengths, ReadParts, RecordingReading, read_here
from fer_desktop.app.recordings.results import Results, finished_run, note_finished
from fer_desktop.app.recordings.run import Options, Run, Watcher
from fer_desktop.app.recordings.unfinished import Unfinished
from fer_desktop.app.recordings.unit import claimed_length
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.batch import RecordOfRecording
from fer_desktop.pipeline.events import EndReason, Started
from fer_desktop.pipeline.ports import EventSink
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.sessions.store.taking_in import lesson_of, take_in

_DEFAULT: Final = PartLengths()


@dataclass(frozen=True, slots=True)
class Begun:
    """A recording that is to be read, and where its results go."""

    recording: Input
    models: LoadedModels
    folder: Path
    options: Options
    key: str
    unfinished: Unfinished
    store: Path | None  # where its lesson goes; None: there is to be none, or it is there
    lesson: int | None  # its number, where it is there


def analyze_recording(
    recording: Input,
    models: LoadedModels,
    folder: Path,
    options: Options,
    watcher: Watcher,
    store: Path | None = None,
    lengths: PartLengths = _DEFAULT,
) -> Run:
    """Reads a frame every `every_s`, writes a row every second, and puts the lesson into the store.

    An interrupted reading of the same recording into the same folder goes on; a lesson is not made twice.
    `store`: None where no lesson is wanted. Raises SourceError where the recording cannot be opened, StoreError where
    rows cannot be written. A recording that breaks off keeps its rows up to there and adds a problem to the run.
    """
    begun = begin_recording(recording, models, folder, options, store)
    return begun if isinstance(begun, Run) else finish_recording(begun, watcher, lengths)


def begin_recording(
    recording: Input, models: LoadedModels, folder: Path, options: Options, store: Path | None
) -> Begun | Run:
    """What is there of it so far, or its run where all of it is there. Raises SourceError, StoreError."""
    key = recording_key(recording.path, models, options.every_s)
    before = finished_run(recording.name, folder, key, options)
    known = lesson_of(store, key) if store is not None else None
    if before is not None and (store is None or known is not None):
        before.lesson = known
        return before
    claimed_length(recording.path)  # nothing is begun for what cannot be opened
    wanted = store if known is None else None
    return Begun(recording, models, folder, options, key, Unfinished(folder, key), wanted, known)


def finish_recording(
    begun: Begun, watcher: Watcher, lengths: PartLengths = _DEFAULT, read: ReadParts | None = None
) -> Run:
    """Its rows and its lesson. `read` reads the parts that are missing; None: this process does."""
    recording, folder, options, unfinished = begun.recording, begun.folder, begun.options, begun.unfinished
    with contextlib.closing(Results(recording.name, folder, options, unfinished.replaced)) as results:
        work = Work(recording, begun.models, options.every_s, begun.key, unfinished, begun.store, lengths, read)
        ended = read_through(work, [results.session], results.count, watcher)
    run = results.run
    run.stopped, run.length_s, run.note, run.lesson = (
        ended.stopped,
        ended.end_s,
        ended.note,
        ended.lesson or begun.lesson,
    )
    if ended.problem is not None:
        run.problems[str(recording.path)] = str(ended.problem)
    if not run.stopped:
        note_finished(folder, begun.key, run)
        unfinished.remove()
    return run


@dataclass(frozen=True, slots=True)
class Work:
    """A recording, how it is read, and where that is kept until it is done."""

    recording: Input
    models: LoadedModels
    every_s: float
    key: str
    unfinished: Unfinished
    store: Path | None  # where its lesson goes; None: there is to be none
    lengths: PartLengths = _DEFAULT
    read: ReadParts | None = None  # reads the parts that are missing; None: this process does


@dataclass(frozen=True, slots=True)
class EndOfWork:
    """How far it came."""

    end_s: float
    stopped: bool = False
    problem: Message | None = None  # it breaks off
    note: str = ""  # what the user should know and need not act on
    lesson: int | None = None  # its number in the store


def read_through(
    work: Work, sinks: Sequence[EventSink], on_frame: Callable[[str, float, Analysis], None], watcher: Watcher
) -> EndOfWork:
    """Reads all of it, or as far as it can be read, or until it is to stop; what is read is told as a session's events.

    `on_frame` is told of each frame, with the recording's name and its time. Raises StoreError, and SourceError where
    the recording is gone.
    """
    with contextlib.ExitStack() as opened:
        told = list(sinks)
        if work.store is not None:
            lesson = LessonBeside(work.unfinished.lesson, facts_of(work.models, work.key, work.every_s))
            opened.callback(lesson.close)
            told.append(lesson)
        ended, frames = _recorded(work, told, on_frame, watcher)
    if work.store is None or ended.stopped or not frames:
        return ended
    return replace(ended, lesson=take_in(work.store, work.unfinished.lesson))


def _recorded(
    work: Work, sinks: Sequence[EventSink], on_frame: Callable[[str, float, Analysis], None], watcher: Watcher
) -> tuple[EndOfWork, int]:
    """How it ended, and how many frames were read."""
    from fer_desktop.capture.files.completeness import note_on_length

    path, name = work.recording.path, work.recording.name
    read = work.read or read_here(path, work.every_s, work.models, work.lengths)
    reading = RecordingReading(work.unfinished, work.lengths, read)
    recorder = Recorder(sinks, Started(work.unfinished.started, name, live_class=False), 0.0)
    record = RecordOfRecording(recorder, work.every_s)
    claimed_s = claimed_length(path)
    frames, end_s, note, problem = 0, 0.0, "", None
    try:
        with contextlib.closing(reading.frames()) as shown:
            for analysis in shown:
                record.take(analysis)
                frames, end_s = frames + 1, analysis.frame.captured_s
                on_frame(name, end_s, analysis)
                watcher.update(end_s, claimed_s)
                if watcher.stopped:
                    record.finish(end_s, EndReason.STOPPED)
                    return EndOfWork(end_s, stopped=True), frames
        end_s = max(end_s, reading.end_s)
        watcher.update(end_s, end_s)
        note = note_on_length(path, str(path), claimed_s, end_s)
    except SourceError as error:
        problem = error.message
    record.finish(end_s, EndReason.SOURCE_ENDED if problem is None else EndReason.SOURCE_FAILED)
    return EndOfWork(end_s, False, problem, note), frames
