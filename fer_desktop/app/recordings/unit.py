"""The unit of work: a part of a recording, read with a fresh analyzer.

Whoever distributes the reading of recordings calls this, in whatever process or on whatever computer: what comes out
depends on the file, the part, the models and `every_s` alone.
"""

import contextlib
from pathlib import Path

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.unfinished import end_told
from fer_desktop.pipeline.parts import Part, PartEnd, Reading, read_part
from fer_desktop.sessions.part_file import PartFile


def read_recording_part(
    path: Path, part: Part, every_s: float, models: LoadedModels, from_start: bool = False
) -> Reading:
    """What a part of a recording shows, a frame each `every_s`; see `pipeline.parts.read_part`.

    `from_start`: the file is decoded from its first frame on, since its time stamps lead elsewhere. Raises SourceError.
    """
    from fer_desktop.capture.files.recording import RecordingSource

    def source(begin_s: float) -> RecordingSource:
        return RecordingSource(path, paced=False, every_s=every_s, begin_s=0.0 if from_start else begin_s)

    return read_part(source, models.analyzer(), part)


def kept(reading: Reading, file: Path) -> Reading:
    """The same reading, which is also kept in a file; that is there once the part is read to its end.

    Raises StoreError where it cannot be written, and what the reading raises.
    """
    part = PartFile(file)
    try:
        while True:
            try:
                analysis = next(reading)
            except StopIteration as over:
                end: PartEnd = over.value
                part.finish(end_told(end))
                return end
            part.add(analysis)
            yield analysis
    finally:
        reading.close()
        part.close()


def claimed_length(path: Path) -> float | None:
    """The length that a recording claims; None where it claims none. Raises SourceError where it cannot be opened."""
    from fer_desktop.capture.files.recording import RecordingSource

    with contextlib.closing(RecordingSource(path, paced=False)) as source:
        source.open()
        return source.length_s
