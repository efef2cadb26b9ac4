"""The unit of work: a part of a recording, read with a fresh analyzer.

Whoever distributes the reading of recordings calls this, in whatever process or on whatever computer: what comes out
depends on the file, the part, the models and `every_s` alone.
"""

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path

from fer_desktop.app.compose import LoadedModels
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.parts import Part, PartEnd, PartOf, Reading, read_part, read_parts
from fer_desktop.pipeline.read_ahead import RecordedSource


def read_recording_part(
    path: Path, part: Part, every_s: float, models: LoadedModels, from_start: bool = False
) -> Reading:
    """What a part of a recording shows, a frame each `every_s`; see `pipeline.parts.read_part`.

    `from_start`: the file is decoded from its first frame on, since its time stamps lead elsewhere. Raises SourceError.
    """
    return read_part(_source_of(path, every_s, from_start), models.analyzer(), part)


def read_recording_parts(
    path: Path, first: int, parts: PartOf, every_s: float, models: LoadedModels, from_start: bool = False
) -> Generator[tuple[int, Analysis | PartEnd], None, None]:
    """The same of that part and all that follow, decoded once; see `pipeline.parts.read_parts`."""
    return read_parts(_source_of(path, every_s, from_start), models.analyzer, first, parts)


def _source_of(path: Path, every_s: float, from_start: bool) -> Callable[[float], RecordedSource]:
    from fer_desktop.capture.files.recording import RecordingSource

    def source(begin_s: float) -> RecordingSource:
        return RecordingSource(path, paced=False, every_s=every_s, begin_s=0.0 if from_start else begin_s)

    return source


def claimed_length(path: Path) -> float | None:
    """The length that a recording claims; None where it claims none. Raises SourceError where it cannot be opened."""
    from fer_desktop.capture.files.recording import RecordingSource

    with contextlib.closing(RecordingSource(path, paced=False)) as source:
        source.open()
        return source.length_s
