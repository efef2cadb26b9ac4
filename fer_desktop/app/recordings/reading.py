"""A whole recording, part after part: what is kept of an interrupted reading first, then the rest."""

import itertools
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.unfinished import Unfinished, end_told
from fer_desktop.app.recordings.unit import read_recording_parts
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.joining import JoinedParts
from fer_desktop.pipeline.parts import PART_S, WARM_UP_S, Part, PartEnd, part_of
from fer_desktop.sessions.part_file import PartFile, part_frames


@dataclass(frozen=True, slots=True)
class PartLengths:
    """How long parts are."""

    part_s: float = PART_S
    warm_up_s: float = WARM_UP_S

    def part(self, number: int) -> Part:
        """The part of that number, from 0."""
        return part_of(number, self.part_s, self.warm_up_s)


# That part and all that follow, each as `read_recording_parts` gives it; whether the file is to be decoded from its
# first frame on.
ReadParts = Callable[[int, bool], Generator[tuple[int, Analysis | PartEnd], None, None]]


def read_here(path: Path, every_s: float, models: LoadedModels, lengths: PartLengths) -> ReadParts:
    """Reads them in this process, in one pass."""
    return lambda first, from_start: read_recording_parts(path, first, lengths.part, every_s, models, from_start)


class RecordingReading:
    """The frames of a recording, in order, as one numbering of seats. Constant memory, whatever its length."""

    def __init__(self, unfinished: Unfinished, lengths: PartLengths, read: ReadParts) -> None:
        """`read`: reads what is missing."""
        self._unfinished, self._lengths, self._read = unfinished, lengths, read
        self._next, self._plain = 0, True  # the first part that is not read yet; whether time stamps made sense so far
        self._end = PartEnd(is_last=False, end_s=0.0, claimed_s=None, plain=True)  # of the last part that was read

    @property
    def end_s(self) -> float:
        """Up to where it was read, once it was read to its end."""
        return self._end.end_s

    def frames(self) -> Generator[Analysis, None, None]:
        """What they show; to be closed, which a second Ctrl+C ends too. Raises SourceError, StoreError."""
        joined, number = JoinedParts(), -1
        # Left to the collector, an interruption while they close would be swallowed.
        with closing(self._known()) as known, closing(self._rest()) as rest:
            for part, analysis in itertools.chain(known, rest):
                if part != number:
                    number = part
                    joined.begin(None)
                if analysis.frame.captured_s < self._lengths.part(part).from_s:
                    joined.begin(analysis)
                else:
                    yield joined.joined(analysis)

    def _known(self) -> Generator[tuple[int, Analysis], None, None]:
        """What is kept of the parts that are read, up to the first that is missing."""
        while not self._end.is_last and (end := self._unfinished.end_of(self._next)) is not None:
            for analysis in part_frames(self._unfinished.part(self._next)):
                yield self._next, analysis
            self._take(end)

    def _take(self, end: PartEnd) -> None:
        self._end, self._plain, self._next = end, self._plain and end.plain, self._next + 1

    def _rest(self) -> Generator[tuple[int, Analysis], None, None]:
        """All others, each of which is kept once it is read to its end."""
        if self._end.is_last:
            return
        told = self._read(self._next, not self._plain)
        file = PartFile(self._unfinished.part(self._next))
        try:
            with closing(told):
                for number, one in told:
                    if isinstance(one, PartEnd):
                        file.finish(end_told(one))
                        self._take(one)
                        if not one.is_last:
                            file = PartFile(self._unfinished.part(self._next))
                    else:
                        file.add(one)
                        yield number, one
        finally:
            file.close()
