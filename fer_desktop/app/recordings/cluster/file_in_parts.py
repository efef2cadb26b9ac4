"""How far a recording is whose parts are read anywhere and come back in any order."""

import math
from collections.abc import Generator, Iterator
from typing import Final

from fer_desktop.app.recordings.cluster.worker import PartRead
from fer_desktop.app.recordings.reading import PartLengths
from fer_desktop.app.recordings.recording import Begun
from fer_desktop.app.recordings.unfinished import end_of
from fer_desktop.core.errors import SourceError
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.parts import PartEnd
from fer_desktop.sessions.part_file import part_frames, write_part

# A length that a damaged file claims may be anything: more parts than a day has are asked for as earlier ones end.
_MOST_AHEAD: Final = 200


class FileInParts:
    """The parts of one recording: those that are read, in files; those that are asked for; those that are missing."""

    def __init__(self, begun: Begun, claimed_s: float | None, lengths: PartLengths) -> None:
        """`claimed_s`: the length that the recording claims; None: each part tells whether there is another."""
        self._begun, self._lengths = begun, lengths
        self._ends: dict[int, PartEnd] = {}
        self._asked: dict[int, bool] = {}  # by number: whether it was asked for from the file's first frame on
        self._broken: dict[int, PartRead] = {}  # in which it breaks off
        self._claimed_s = claimed_s
        self.took_s = 0.0  # by all workers together, for what was read in this call
        self.planned = max(1, math.ceil((claimed_s or 0.0) / lengths.part_s))
        self._take_up()

    @property
    def from_start(self) -> bool:
        """Whether its time stamps lead elsewhere, so that parts are decoded from its first frame on."""
        return not all(end.plain for end in self._ends.values())

    @property
    def is_complete(self) -> bool:
        """Whether all parts are there, up to its end or to where it breaks off."""
        return self._first_missing() is None

    @property
    def done_s(self) -> float:
        """How much of it is read."""
        done_s = sum(end.end_s - self._lengths.part(number).from_s for number, end in self._ends.items())
        return min(done_s, self._claimed_s or math.inf)

    def missing(self) -> Iterator[int]:
        """The parts that are to be asked for now, in order."""
        first = self._first_missing()
        if first is None:
            return
        for number in range(first, max(first + 1, min(self.planned, first + _MOST_AHEAD))):
            if number not in self._ends and number not in self._asked and number not in self._broken:
                yield number
            if number in self._broken or (number in self._ends and self._ends[number].is_last):
                return

    def ask(self, number: int) -> bool:
        """That part is being read from here on; whether from the file's first frame on."""
        self._asked[number] = self.from_start
        return self.from_start

    def give_up(self, number: int) -> None:
        """That part was not read after all."""
        self._asked.pop(number, None)

    def take(self, number: int, read: PartRead) -> bool:
        """Keeps what a part shows; False where it came for nothing. Raises StoreError."""
        was_from_start = self._asked.pop(number, None)
        if was_from_start is None or (self.from_start and not was_from_start and number > self._first_odd()):
            return False
        self.took_s += read.took_s
        end = end_of(read.data)
        if end is None:
            self._broken[number] = read
            return True
        write_part(self._begun.unfinished.part(number), read.data)
        self._ends[number] = end
        if not end.plain and not was_from_start:
            self._forget_after(number)
        return True

    def is_wanted(self, number: int) -> bool:
        """Whether what is being read of that part is still of use."""
        if number not in self._asked:
            return False
        ended = [at for at, end in self._ends.items() if end.is_last]
        return number <= min([*ended, *self._broken], default=number)

    def read_rest(self, first: int, _from_start: bool) -> Generator[tuple[int, Analysis | PartEnd], None, None]:
        """Of the part in which it breaks off, what there is; as a `ReadParts`. Raises SourceError."""
        broken = self._broken[first]
        for analysis in part_frames(broken.data):
            yield first, analysis
        raise SourceError(broken.problem or "")

    def _take_up(self) -> None:
        """What an earlier reading left."""
        for number in self._begun.unfinished.numbers():
            end = self._begun.unfinished.end_of(number)
            if end is not None:
                self._ends[number] = end

    def _first_missing(self) -> int | None:
        number = 0
        while number not in self._broken:
            end = self._ends.get(number)
            if end is None:
                return number
            if end.is_last:
                return None
            number += 1
        return None

    def _first_odd(self) -> int:
        return min(number for number, end in self._ends.items() if not end.plain)

    def _forget_after(self, number: int) -> None:
        """Later parts lie elsewhere than was thought: they are read again."""
        for later in [at for at in (*self._ends, *self._broken) if at > number]:
            self._ends.pop(later, None)
            self._broken.pop(later, None)
            self._begun.unfinished.part(later).unlink(missing_ok=True)
        for later in [at for at, from_start in self._asked.items() if at > number and not from_start]:
            del self._asked[later]
