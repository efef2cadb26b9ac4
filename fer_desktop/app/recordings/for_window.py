"""A recording that was dropped on the window: a lesson, and no file beside it."""

import contextlib
import shutil
from pathlib import Path
from typing import Final

from fer_desktop.app import paths
from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.lesson import recording_key
from fer_desktop.app.recordings.recording import Work, read_through
from fer_desktop.app.recordings.unfinished import Unfinished
from fer_desktop.app.recordings.unit import claimed_length
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.sources import RecordingChoice
from fer_desktop.core.types import Analysis
from fer_desktop.sessions.store.taking_in import lesson_of
from fer_desktop.ui.bridge.reading import ReadingOfRecording, ReadLesson

EVERY_S: Final = 0.5  # as `analyze` does


def read_lesson(choice: RecordingChoice, models: LoadedModels, store: Path, reading: ReadingOfRecording) -> ReadLesson:
    """Makes a lesson of a recording, or goes on with it; one that is stored already is found again.

    Raises SourceError where it cannot be read, StoreError where the lesson cannot be stored.
    """
    claimed_length(choice.path)
    key = recording_key(choice.path, models, EVERY_S)
    if lesson_of(store, key) is not None:
        return ReadLesson(known=True)
    folder = paths.readings_folder(store) / key[:16]
    work = Work(Input(choice.path, choice.name), models, EVERY_S, key, Unfinished(folder, key), store)
    ended = read_through(work, [reading], _on_frame, reading)
    if ended.stopped:
        return ReadLesson(stopped=True, end_s=ended.end_s)
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):  # another one waits there
        folder.parent.rmdir()
    return ReadLesson(end_s=ended.end_s, problem=ended.problem)


def _on_frame(_name: str, _elapsed_s: float, _analysis: Analysis) -> None:
    """The class is shown, and nobody's face."""
