"""Parts of a recording: each is read on its own, by whoever and in whatever order, and comes out the same.

A part begins with a fresh analyzer a little before its own first frame, so that what takes a while to be known (which
cameras are on, which picture stands still) is known there. Hence a reading that was interrupted goes on with the first
part that is missing and ends in the very same figures.
"""

import dataclasses
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.types import Analysis, Frame, Image
from fer_desktop.pipeline.ports import Analyzer
from fer_desktop.pipeline.read_ahead import RecordedSource, read_ahead

PART_S: Final = 600.0
WARM_UP_S: Final = 30.0
_ROUNDING_S: Final = 1e-6
_NO_PICTURE: Final[Image] = np.zeros((0, 0, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Part:
    """The stretch of a recording from `from_s` up to, not with, `to_s`."""

    number: int  # from 0
    from_s: float
    to_s: float
    warm_up_s: float = 0.0  # read before it, and not counted

    @property
    def begin_s(self) -> float:
        """The first moment that is read."""
        return max(0.0, self.from_s - self.warm_up_s)


@dataclass(frozen=True, slots=True)
class PartEnd:
    """How the reading of a part ended."""

    is_last: bool  # the recording ends in it
    end_s: float  # of the recording where it ends there, else of the part
    claimed_s: float | None  # the length that the file claims
    plain: bool  # its time stamps made sense: later parts are where they say


PartOf = Callable[[int], Part]
Reading = Generator[Analysis, None, PartEnd]
_Told = tuple[int, Analysis | PartEnd]


def part_of(number: int, part_s: float = PART_S, warm_up_s: float = WARM_UP_S) -> Part:
    """The part of that number, from 0; a recording has as many as it takes to its end."""
    return Part(number, number * part_s, (number + 1) * part_s, warm_up_s if number else 0.0)


def read_part(make_source: Callable[[float], RecordedSource], analyzer: Analyzer, part: Part) -> Reading:
    """What the frames of a part show, without their pictures, in order; knows nothing of where that goes.

    `make_source` makes the recording, which gives all frames from that second on; frames before `part.begin_s` are not
    read. `analyzer` is a fresh one. The last frame before `part.from_s` comes first, by which the seats of two parts
    are known as the same; it belongs to the part before. Returns how it ended. Raises SourceError.
    """
    before: Analysis | None = None
    with ExitStack() as opened:
        source = opened.enter_context(closing(make_source(part.begin_s)))
        source.open()
        claimed_s = source.length_s
        for frame, plain in opened.enter_context(closing(read_ahead(source))):
            if frame.captured_s >= part.to_s - _ROUNDING_S:
                return PartEnd(False, part.to_s, claimed_s, plain)
            if frame.captured_s < part.begin_s - _ROUNDING_S:
                continue
            analysis = without_picture(analyzer.analyze(frame))
            if frame.captured_s < part.from_s - _ROUNDING_S:
                before = analysis
                continue
            if before is not None:
                yield before
                before = None
            yield analysis
        return PartEnd(True, source.length_s or 0.0, claimed_s, source.plain)


def read_parts(
    make_source: Callable[[float], RecordedSource], make_analyzer: Callable[[], Analyzer], first: int, parts: PartOf
) -> Generator[_Told, None, None]:
    """The part of number `first` and all that follow, in one pass, each as `read_part` gives it, with its number.

    The last of each part is how it ended. Where two parts overlap, their frames are read by both. Raises SourceError.
    """
    part, after, analyzer = parts(first), parts(first + 1), make_analyzer()
    warming: Analyzer | None = None  # that of the part after this one
    before: Analysis | None = None  # the last frame before the part
    shared: Analysis | None = None  # the last frame so far, as the next part sees it
    with ExitStack() as opened:
        source = opened.enter_context(closing(make_source(part.begin_s)))
        source.open()
        claimed_s = source.length_s
        for frame, plain in opened.enter_context(closing(read_ahead(source))):
            at_s = frame.captured_s + _ROUNDING_S
            while at_s >= part.to_s:
                yield part.number, PartEnd(False, part.to_s, claimed_s, plain)
                part, after = after, parts(after.number + 1)
                analyzer, warming = warming or make_analyzer(), None
                before, shared = shared, None
            if at_s < part.begin_s:
                continue
            analysis = without_picture(analyzer.analyze(frame))
            if at_s < part.from_s:
                before = analysis
                continue
            if before is not None:
                yield part.number, before
            before = None
            yield part.number, analysis
            if at_s >= after.begin_s:
                warming = warming or make_analyzer()
                shared = without_picture(warming.analyze(frame))
        yield part.number, PartEnd(True, source.length_s or 0.0, claimed_s, source.plain)


def without_picture(analysis: Analysis) -> Analysis:
    """The same, small enough to be kept."""
    frame = analysis.frame
    return dataclasses.replace(analysis, frame=Frame(frame.index, frame.captured_s, _NO_PICTURE, frame.scene))
