"""Recordings of simulated calls, what `analyze` wrote of them, and how far that is right."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from support.places import RESOURCES
from support.tables import read_table

from fer_desktop.core.types import Analysis, Face, Frame, Image, PeopleSplit, Quality, Reading, Reason, Tile, no_figures
from fer_desktop.evaluation.participants_count import counted, faces_found, false_faces, is_visible, is_wanted, owners
from fer_desktop.simulation.hard_cases.case import CallCase
from fer_desktop.simulation.hard_cases.catalogue import make_call
from fer_desktop.simulation.hard_cases.truth import CaseTruth
from fer_desktop.simulation.recording import Codec, write_recording

RATE_HZ = 5
EVERY_S = 0.5  # between the frames that are read
_SETTLES_S = 2.0
_NO_IMAGE: Image = np.zeros((1, 1, 3), np.uint8)


def record(path: Path, case: CallCase, seed: int, split: PeopleSplit, quality: int, seconds: float) -> list[CaseTruth]:
    """Writes an H.264 recording of a call of that case at RATE_HZ, and returns what is true of each of its frames."""
    truths = []

    def images() -> Any:
        for frame, truth in make_call(case, RESOURCES, seed, split).frames(round(seconds * RATE_HZ), 1 / RATE_HZ):
            truths.append(truth)
            yield frame.image

    write_recording(path, images(), Codec.H264, quality, RATE_HZ)
    return truths


@dataclass(slots=True)
class Told:
    """What tiles.csv and faces.csv tell of a recording, against what is true; from two seconds on."""

    participants: int = 0
    once: int = 0
    none_counted: int = 0
    faces: int = 0
    faces_found: int = 0
    false_faces: int = 0
    frames: int = 0
    seats: dict[int, set[int]] = field(default_factory=dict)  # by participant, those that they were given

    @property
    def one_seat(self) -> int:
        """How many participants had one seat only."""
        return sum(len(seats) == 1 for seats in self.seats.values())


def compare(folder: Path, truths: list[CaseTruth]) -> Told:
    """What `analyze --tiles --faces` left in the folder, compared."""
    told = Told()
    tiles, faces = read_table(folder / "tiles.csv"), read_table(folder / "faces.csv")
    told_s = np.array(sorted({*tiles.elapsed_s, *faces.elapsed_s}))
    for due_s in np.arange(_SETTLES_S, len(truths) / RATE_HZ, EVERY_S):
        # A frame of which nothing is told has no row at all.
        near = told_s[np.abs(told_s - due_s) < EVERY_S / 2]
        at_s = float(near[0]) if len(near) else float(due_s)
        truth = truths[min(round(at_s * RATE_HZ), len(truths) - 1)]
        _add(told, truth, _analysis(tiles[tiles.elapsed_s == at_s], faces[faces.elapsed_s == at_s]))
    return told


def _add(told: Told, truth: CaseTruth, analysis: Analysis) -> None:
    found = counted(analysis)
    whose = owners(truth, found)
    seen = [index for index, person in enumerate(truth.participants) if is_visible(person)]
    boxes = np.array([reading.face.xyxy for reading in analysis.readings], np.float32).reshape(-1, 4)
    told.frames += 1
    told.participants += len(seen)
    told.once += sum(whose.times(index) == 1 for index in seen)
    told.none_counted += sum(whose.wrong)
    told.faces += sum(map(is_wanted, truth.participants))
    told.faces_found += len(faces_found(truth, boxes))
    told.false_faces += false_faces(truth, boxes)
    for one, owner in zip(found, whose.of_counted, strict=True):
        if owner is not None:
            told.seats.setdefault(truth.participants[owner].number, set()).add(one.seat)


def _analysis(tiles: Any, faces: Any) -> Analysis:
    """One frame as the files tell it."""
    edges = ["x0", "y0", "x1", "y1"]
    quality = Quality(True, Reason.NONE, 0.0)
    marks = np.zeros((5, 2), np.float32)
    readings = tuple(
        Reading(int(seat), Face(box.astype(np.float32), 1.0, marks), quality, no_figures())
        for seat, box in zip(faces.seat, faces[edges].to_numpy(), strict=True)
    )
    boxes = zip(tiles.seat, tiles.camera_on, tiles[edges].to_numpy(), strict=True)
    seen = tuple(Tile(box.astype(np.float32), int(seat), bool(on)) for seat, on, box in boxes)
    return Analysis(Frame(0, 0.0, _NO_IMAGE), readings, 0.0, tiles=seen)
