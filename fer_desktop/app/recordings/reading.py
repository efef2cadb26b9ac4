"""A whole recording, part after part: what is kept of an interrupted reading first, then the rest."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.unfinished import Unfinished
from fer_desktop.app.recordings.unit import kept, read_recording_part
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.joining import JoinedParts
from fer_desktop.pipeline.parts import PART_S, WARM_UP_S, Part, PartEnd, part_of
from fer_desktop.sessions.part_file import part_frames


@dataclass(frozen=True, slots=True)
class PartLengths:
    """How long parts are."""

    part_s: float = PART_S
    warm_up_s: float = WARM_UP_S


class RecordingReading:
    """The frames of a recording, in order, as one numbering of seats. Constant memory, whatever its length."""

    def __init__(
        self, path: Path, every_s: float, models: LoadedModels, unfinished: Unfinished, lengths: PartLengths
    ) -> None:
        self._path, self._every_s, self._models = path, every_s, models
        self._unfinished, self._lengths = unfinished, lengths
        self._end = PartEnd(is_last=False, end_s=0.0, claimed_s=None, plain=True)  # of the last part that was read

    @property
    def end_s(self) -> float:
        """Up to where it was read, once it was read to its end."""
        return self._end.end_s

    def frames(self) -> Iterator[Analysis]:
        """What they show. Raises SourceError, StoreError."""
        joined, plain = JoinedParts(), True
        for number in itertools.count():
            part = part_of(number, self._lengths.part_s, self._lengths.warm_up_s)
            joined.begin(None)
            known = self._unfinished.end_of(number)
            if known is not None:
                frames, self._end = part_frames(self._unfinished.part(number)), known
            else:
                frames = self._read(part, plain)
            for analysis in frames:
                if analysis.frame.captured_s < part.from_s:
                    joined.begin(analysis)
                else:
                    yield joined.joined(analysis)
            plain = plain and self._end.plain
            if self._end.is_last:
                return

    def _read(self, part: Part, plain: bool) -> Iterator[Analysis]:
        reading = read_recording_part(self._path, part, self._every_s, self._models, from_start=not plain)
        self._end = yield from kept(reading, self._unfinished.part(part.number))
