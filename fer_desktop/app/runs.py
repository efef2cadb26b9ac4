"""Recordings and pictures from their first frame to the last row, without Qt."""

import contextlib
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.app.terminal.outputs import rotate_existing
from fer_desktop.core.errors import FerError, SourceError
from fer_desktop.core.messages import message
from fer_desktop.core.types import Analysis, Frame, State
from fer_desktop.pipeline.batch import read_all
from fer_desktop.pipeline.events import EndReason, Marker, Started
from fer_desktop.pipeline.ports import Source
from fer_desktop.pipeline.session_engine.engine import SessionEngine
from fer_desktop.pipeline.session_engine.recording.recorder import STALE_S, TICK_S, Recorder, summary_of
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.faces_csv import FacesCsv
from fer_desktop.sessions.tiles_csv import TilesCsv

logger = logging.getLogger(__name__)

FAULT_IN_FILE: Final = "{path} met a fault in the program: please report it; what else was given is read."


class Watcher(Protocol):
    """Shows how far a run is, and can stop it."""

    @property
    def stopped(self) -> bool:
        """Whether the user has asked to stop."""

    def update(self, done: float, of: float | None) -> None:
        """How much is done, in seconds or pictures; `of` is None where the length is unknown."""


@dataclass(frozen=True, slots=True)
class Options:
    """What applies to all inputs."""

    with_faces: bool
    every_s: float  # between frames that are read of a recording
    with_tiles: bool = False


@dataclass(slots=True)
class Run:
    """The result of one recording, or of all pictures."""

    name: str
    session: Path
    faces_file: Path | None
    tiles_file: Path | None
    frames: int = 0
    faces: int = 0
    length_s: float | None = None  # of the part of a recording that was read
    took_s: float = 0.0
    note: str = ""  # what the user should know and need not act on
    problems: dict[str, str] = field(default_factory=dict)  # by path of what could not be read: why, in a sentence


class _Results:
    """The open files of one run, and its counts."""

    def __init__(self, name: str, folder: Path, options: Options) -> None:
        session_file, faces_file, tiles_file = (folder / f"{kind}.csv" for kind in ("session", "faces", "tiles"))
        for file in (session_file, faces_file, tiles_file):
            rotate_existing(file)
        with contextlib.ExitStack() as opened:
            self.session = SessionCsv(session_file)
            opened.callback(self.session.close)
            self._details: list[FacesCsv | TilesCsv] = []
            if options.with_faces:
                self._details.append(FacesCsv(faces_file))
                opened.callback(self._details[-1].close)
            if options.with_tiles:
                self._details.append(TilesCsv(tiles_file))
                opened.callback(self._details[-1].close)
            self._opened = opened.pop_all()
        self.run = Run(
            name,
            session_file,
            faces_file if options.with_faces else None,
            tiles_file if options.with_tiles else None,
        )
        self._started_s = time.monotonic()

    def count(self, source: str, elapsed_s: float, analysis: Analysis) -> None:
        self.run.frames += 1
        self.run.faces += len(analysis.readings)
        for detail in self._details:
            detail.write(source, elapsed_s, analysis)

    def close(self) -> None:
        self.run.took_s = time.monotonic() - self._started_s
        self._opened.close()


def analyze_recording(recording: Input, models: LoadedModels, folder: Path, options: Options, watcher: Watcher) -> Run:
    """Reads a frame every `every_s` and writes a row every second.

    Raises SourceError where it cannot be opened, StoreError where rows cannot be written. A recording that breaks off
    keeps its rows up to there and adds a problem to the run.
    """
    from fer_desktop.capture.files.completeness import note_on_length
    from fer_desktop.capture.files.recording import RecordingSource

    source = RecordingSource(recording.path, paced=False, every_s=options.every_s)
    with contextlib.closing(source):
        source.open()
        with contextlib.closing(_Results(recording.name, folder, options)) as results:
            started = Started(datetime.now().astimezone(), recording.name, live_class=False)
            engine = SessionEngine(models.analyzer(), Recorder([results.session], started, 0.0))
            # What stands still is given again after twice that time, and holds until then.
            fresh_for_s = max(STALE_S, 2 * options.every_s + TICK_S)
            claimed_s, end_s, reason = source.length_s, 0.0, EndReason.SOURCE_ENDED

            def on_read(analysis: Analysis) -> None:
                nonlocal end_s
                end_s = analysis.frame.captured_s
                results.count(recording.name, end_s, analysis)
                watcher.update(end_s, source.length_s)

            try:
                read_all(_frames(source, watcher), engine, fresh_for_s, on_read)
                if not watcher.stopped:
                    end_s = max(end_s, source.length_s or 0.0)
                    watcher.update(end_s, end_s)
                    results.run.note = note_on_length(recording.path, str(recording.path), claimed_s, end_s)
            except SourceError as error:
                results.run.problems[str(recording.path)] = str(error)
                reason = EndReason.SOURCE_FAILED
            engine.finish(end_s, EndReason.STOPPED if watcher.stopped else reason)
            results.run.length_s = end_s
    return results.run


def analyze_pictures(
    pictures: Sequence[Input], models: LoadedModels, folder: Path, options: Options, watcher: Watcher
) -> Run:
    """Writes a row for each picture that can be read, with its number for the time and its name for the marker.

    Raises StoreError where rows cannot be written. Pictures that cannot be read are problems in the run.
    """
    from fer_desktop.capture.files.picture_file import read_picture

    with contextlib.closing(_Results("pictures", folder, options)) as results:
        results.session.write(Started(datetime.now().astimezone(), "pictures", live_class=False))
        for done, picture in enumerate(pictures, start=1):
            if watcher.stopped:
                break
            number = float(results.run.frames + 1)
            try:
                image = read_picture(picture.path)
                # Pictures are not moments of one scene: nothing is carried over from one to the next.
                analysis = models.analyzer().analyze(Frame(results.run.frames, number, image))
            except FerError as error:
                results.run.problems[str(picture.path)] = str(error)
                watcher.update(done, len(pictures))
                continue
            except Exception:  # a fault of ours, which one picture brings to light: the others are still to be read
                logger.exception("Fault while reading a picture")
                results.run.problems[str(picture.path)] = str(message(FAULT_IN_FILE, path=picture.path))
                watcher.update(done, len(pictures))
                continue
            results.session.write(Marker(results.run.frames + 1, number, picture.name))
            results.session.write(summary_of(analysis, number, State.LIVE))
            results.count(picture.name, number, analysis)
            watcher.update(done, len(pictures))
    return results.run


def _frames(source: Source, watcher: Watcher) -> Iterator[Frame]:
    while not watcher.stopped and (frame := source.read()) is not None:
        yield frame
