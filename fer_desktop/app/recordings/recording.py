"""One recording from its first frame to the last row, and to the stored lesson."""

import contextlib
from pathlib import Path
from typing import Final

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.lesson import LessonBeside, facts_of, recording_key
from fer_desktop.app.recordings.reading import PartLengths, RecordingReading
from fer_desktop.app.recordings.results import Results, finished_run, note_finished
from fer_desktop.app.recordings.run import Options, Run, Watcher
from fer_desktop.app.recordings.unfinished import Unfinished
from fer_desktop.app.recordings.unit import claimed_length
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.errors import SourceError
from fer_desktop.pipeline.batch import RecordOfRecording
from fer_desktop.pipeline.events import EndReason, Started
from fer_desktop.pipeline.ports import EventSink
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.sessions.store.taking_in import lesson_of, take_in

_DEFAULT: Final = PartLengths()


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
    key = recording_key(recording.path, models, options.every_s)
    before = finished_run(recording.name, folder, key, options)
    known = lesson_of(store, key) if store is not None else None
    if before is not None and (store is None or known is not None):
        before.lesson = known
        return before
    claimed_s = claimed_length(recording.path)
    unfinished = Unfinished(folder, key)
    with contextlib.ExitStack() as opened:
        results = Results(recording.name, folder, options, unfinished.replaced)
        opened.callback(results.close)
        sinks: list[EventSink] = [results.session]
        if store is not None and known is None:
            lesson = LessonBeside(unfinished.lesson, facts_of(models, key, options.every_s))
            opened.callback(lesson.close)
            sinks.append(lesson)
        recorder = Recorder(sinks, Started(unfinished.started, recording.name, live_class=False), 0.0)
        reading = RecordingReading(recording.path, options.every_s, models, unfinished, lengths)
        _read(recording, reading, RecordOfRecording(recorder, options.every_s), results, watcher, claimed_s)
    run = results.run
    if run.stopped:
        return run
    run.lesson = known
    if store is not None and known is None and run.frames:
        run.lesson = take_in(store, unfinished.lesson)
    note_finished(folder, key, run)
    unfinished.remove()
    return run


def _read(
    recording: Input,
    reading: RecordingReading,
    record: RecordOfRecording,
    results: Results,
    watcher: Watcher,
    claimed_s: float | None,
) -> None:
    """Reads and records all of it, or as far as it can be read, or until it is to stop."""
    from fer_desktop.capture.files.completeness import note_on_length

    run, end_s, reason = results.run, 0.0, EndReason.SOURCE_ENDED
    try:
        for analysis in reading.frames():
            record.take(analysis)
            end_s = analysis.frame.captured_s
            results.count(recording.name, end_s, analysis)
            watcher.update(end_s, claimed_s)
            run.stopped = watcher.stopped
            if run.stopped:
                break
        if not run.stopped:
            end_s = max(end_s, reading.end_s)
            watcher.update(end_s, end_s)
            run.note = note_on_length(recording.path, str(recording.path), claimed_s, end_s)
    except SourceError as error:
        run.problems[str(recording.path)] = str(error)
        reason = EndReason.SOURCE_FAILED
    record.finish(end_s, EndReason.STOPPED if run.stopped else reason)
    run.length_s = end_s
