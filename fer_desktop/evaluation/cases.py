"""How well calls that are hard to read are read: case by case, and beside it what the bare detector would see."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Protocol

import numpy as np

from fer_desktop.core.geometry import face_squares
from fer_desktop.core.readings.quality import LOOK_PX, Gate, assess, measure_crops
from fer_desktop.core.types import Analysis, Face, Frame, Image, OnProgress
from fer_desktop.evaluation.participants_count import (
    Counted,
    Owners,
    boxes,
    counted,
    counted_faces,
    faces_found,
    false_faces,
    is_visible,
    is_wanted,
    owners,
)
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import CropCutter, CropSpec, FaceDetector
from fer_desktop.simulation.hard_cases.case import CallCase
from fer_desktop.simulation.hard_cases.truth import CaseTruth
from fer_desktop.simulation.recording import Codec, has_encoders

STEP_S: Final = 0.5
# What is counted in the first moments of a call is told apart: a teacher does not mind it yet.
SETTLES_S: Final = 2.0
# The first of each case's calls, and then one in so many, has its cameras behind a call's encoder, which takes time.
_CODED_EVERY: Final = 3
_LINE: Final = Codec.VP8


class CaseFrames(Protocol):
    """A call of a case."""

    def frames(self, count: int, step_s: float = STEP_S) -> Iterator[tuple[Frame, CaseTruth]]:
        """So many frames, in order of time, and what they show."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of each case is played."""

    seeds: int = 3
    frames: int = 10  # of each seed, with those while the call settles

    @property
    def per_case(self) -> int:
        """Frames of one case."""
        return self.seeds * self.frames


FULL: Final = Amount()
QUICK: Final = Amount(seeds=2, frames=10)


@dataclass(slots=True)
class Counts:
    """Sums over frames."""

    participants: int = 0  # in sight
    once: int = 0  # of them, who were counted exactly once
    own_seat: int = 0  # of these, who have the seat that they were given first
    none_counted: int = 0  # counted who are nobody, or somebody once more
    faces: int = 0  # visible ones that have to be found
    faces_found: int = 0
    faces_readable: int = 0  # of them, those that the path without tiles reads
    faces_read: int = 0  # of these
    false_faces: int = 0  # where no face is
    cameras: int = 0  # on
    camera_errors: int = 0  # how far the number of cameras on was off, frame by frame
    claimed: int = 0  # tiles that were reported where there is no call
    frames: int = 0
    bare_once: int = 0  # participants counted once if each sure face were one, and nothing else
    bare_none_counted: int = 0
    bare_found: int = 0  # faces that the detector finds on the whole frame

    def add(self, other: "Counts") -> None:
        """Adds the other's."""
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """One frame of a case, for an overlay."""

    image: Image
    truth: CaseTruth
    counted: list[Counted]
    wrong: list[bool]  # of each who was counted
    owners: Owners
    faults: int  # participants not counted once, and those counted who are none


@dataclass(slots=True)
class CaseTally:
    """What was counted in one case."""

    case: CallCase
    counts: Counts = field(default_factory=Counts)
    settling: Counts = field(default_factory=Counts)  # the same over each call's first moments
    worst: Looked | None = None  # the frame with most faults

    def misses(self) -> list[str]:
        """Which figures are worse than they should be, by name."""
        return _missed(self.case, self.counts)

    def figures(self) -> dict[str, Any]:
        """The figures as `--json` prints them."""
        return {
            "group": self.case.group,
            **asdict(self.counts),
            "misses": self.misses(),
            "settling": asdict(self.settling),
        }


@dataclass(frozen=True, slots=True)
class Target:
    """From where a share is good enough."""

    once: float
    none_counted: float  # at most, of the participants
    found: float
    read: float
    false_faces: float = 1 / 50  # at most, a frame


TARGET: Final = Target(once=0.97, none_counted=0.01, found=0.99, read=0.98)
# Where the detector itself fails: not worse than it is alone.
BARE_TARGET: Final = Target(once=0.9, none_counted=0.01, found=0.9, read=0.9)


def _missed(case: CallCase, counts: Counts) -> list[str]:
    target = BARE_TARGET if case.bare_detector else TARGET
    good = {
        "once": counts.once >= target.once * counts.participants,
        "none_counted": counts.none_counted <= target.none_counted * counts.participants,
        "faces_found": counts.faces_found >= target.found * counts.faces,
        "faces_read": counts.faces_read >= target.read * counts.faces_readable,
        "false_faces": counts.false_faces <= target.false_faces * counts.frames,
        "claimed": not counts.claimed,
    }
    if case.bare_detector:
        good["once"] = good["once"] and counts.once >= counts.bare_once
        good["faces_found"] = good["faces_found"] and counts.faces_found >= counts.bare_found
    return [name for name, is_good in good.items() if not is_good]


@dataclass(frozen=True, slots=True)
class CaseReader:
    """The app's own analyzer, and the path without tiles to hold beside it."""

    make_analyzer: Callable[[], FrameAnalyzer]
    detector: FaceDetector
    cut: CropCutter
    gate: Gate

    def look(self, image: Image) -> tuple[list[Face], list[bool]]:
        """The faces on the whole frame, and which of them the gate lets through."""
        faces = self.detector.detect(image)
        if not faces:
            return [], []
        squares = face_squares(np.stack([face.xyxy for face in faces]))
        measures = measure_crops(self.cut(image, squares, CropSpec(LOOK_PX, 1)))
        return faces, [quality.readable for quality in assess(faces, measures, self.gate)]


def evaluate_cases(
    cases: Sequence[CallCase],
    make_call: Callable[[CallCase, int], CaseFrames],
    reader: CaseReader,
    seed: int,
    amount: Amount = FULL,
    on_progress: OnProgress = lambda _done, _of: None,
) -> dict[str, CaseTally]:
    """What was counted, by the cases' names; `make_call` makes the call of a case and a seed.

    The next frame is drawn while this one is read.
    """
    tallies: dict[str, CaseTally] = {}
    analyzer, started_s, seats = reader.make_analyzer(), 0.0, dict[int, int]()
    for done, (case, is_first, frame, truth) in enumerate(_ahead(_played(cases, make_call, seed, amount)), start=1):
        if is_first:
            analyzer, started_s, seats = reader.make_analyzer(), frame.captured_s, {}
        tally = tallies.setdefault(case.name, CaseTally(case))
        settles = frame.captured_s - started_s < SETTLES_S
        count_frame(tally, frame.image, truth, analyzer.analyze(frame), reader, {} if settles else seats, settles)
        on_progress(done, len(cases) * amount.per_case)
    return tallies


_Played = tuple[CallCase, bool, Frame, CaseTruth]  # with whether it is the first frame of its call


def _played(
    cases: Sequence[CallCase], make_call: Callable[[CallCase, int], CaseFrames], seed: int, amount: Amount
) -> Iterator[_Played]:
    for case in cases:
        coded = case if case.line or not has_encoders() else replace(case, line=_LINE)
        for number in range(amount.seeds):
            call = make_call(case if number % _CODED_EVERY else coded, seed + number)
            for index, (frame, truth) in enumerate(call.frames(amount.frames, STEP_S)):
                yield case, not index, frame, truth


def _ahead(played: Iterator[_Played]) -> Iterator[_Played]:
    """The same, each made in a thread while the one before is in use: encoders and drawing leave a core free."""
    with ThreadPoolExecutor(1) as drawing:
        upcoming = drawing.submit(next, played, None)
        while (drawn := upcoming.result()) is not None:
            upcoming = drawing.submit(next, played, None)
            yield drawn


def count_frame(
    tally: CaseTally,
    image: Image,
    truth: CaseTruth,
    analysis: Analysis,
    reader: CaseReader,
    seats: dict[int, int],
    settles: bool = False,
) -> None:
    """Adds what one frame's analysis is worth; `seats` are the seats first given, by participant, and are added to."""
    found = counted(analysis)
    whose = owners(truth, found)
    counts = _counts(tally.case, truth, analysis, found, whose)
    counts.own_seat = _own_seats(truth, found, whose, seats)
    faces, readable = reader.look(image)
    sure = counted_faces(faces, reader.gate.min_score)
    counts.bare_once, counts.bare_none_counted = _counted_once(truth, sure, owners(truth, sure))
    counts.bare_found = len(faces_found(truth, boxes([face.xyxy for face in faces])))
    could = [face.xyxy for face, is_readable in zip(faces, readable, strict=True) if is_readable]
    read = [reading.face.xyxy for reading in analysis.readings if reading.quality.readable]
    able = faces_found(truth, boxes(could))
    counts.faces_readable = len(able)
    counts.faces_read = len(able & faces_found(truth, boxes(read)))
    (tally.settling if settles else tally.counts).add(counts)
    wrong = whose.wrong if tally.case.is_call else [one.is_tile for one in found]
    faults = counts.participants - counts.once + counts.none_counted + counts.claimed
    if not settles and (tally.worst is None or faults > tally.worst.faults):
        tally.worst = Looked(image.copy(), truth, found, wrong, whose, faults)


def _counts(case: CallCase, truth: CaseTruth, analysis: Analysis, found: list[Counted], whose: Owners) -> Counts:
    once, none_counted = _counted_once(truth, found, whose)
    given = boxes([reading.face.xyxy for reading in analysis.readings])
    on = sum(person.camera_on for person in truth.participants if is_visible(person))
    counts = Counts(
        participants=sum(map(is_visible, truth.participants)),
        once=once,
        none_counted=none_counted,
        faces=sum(map(is_wanted, truth.participants)),
        faces_found=len(faces_found(truth, given)),
        false_faces=false_faces(truth, given),
        cameras=on,
        camera_errors=abs(on - analysis.cameras_on),
        frames=1,
    )
    if not case.is_call:
        # Faces are read there, and each is somebody's; only a gallery must not be claimed.
        counts.claimed = sum(one.is_tile for one in found)
        counts.none_counted = counts.camera_errors = 0
    return counts


def _counted_once(truth: CaseTruth, found: Sequence[Counted], whose: Owners) -> tuple[int, int]:
    """How many participants were counted exactly once, and how many were counted who are none."""
    seen = [index for index, person in enumerate(truth.participants) if is_visible(person)]
    return sum(whose.times(index) == 1 for index in seen), sum(whose.wrong[: len(found)])


def _own_seats(truth: CaseTruth, found: Sequence[Counted], whose: Owners, seats: dict[int, int]) -> int:
    """How many of those who were counted once have the seat that they were given first."""
    kept = 0
    for one, owner in zip(found, whose.of_counted, strict=True):
        if owner is not None and whose.times(owner) == 1:
            person = truth.participants[owner]
            kept += seats.setdefault(person.number, one.seat) == one.seat and is_visible(person)
    return kept


def sums(tallies: Mapping[str, CaseTally]) -> Counts:
    """All cases together."""
    whole = Counts()
    for tally in tallies.values():
        whole.add(tally.counts)
    return whole
