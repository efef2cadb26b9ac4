"""What can be pointed at in a picture: the tiles of a gallery, and the faces that are in none."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, ExcludedFace, FloatArray, Stay
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.words import in_sentences

# How many times further a target to the side counts than one straight ahead, for an arrow key.
_SIDEWAYS: Final = 3.0
_AHEAD: Final = 0.4  # of a target's size; one that is less far ahead is beside it


@dataclass(frozen=True, slots=True, eq=False)
class HitTarget:
    """A tile or a face, and whose it is."""

    seat: int
    xyxy: FloatArray  # (4,) px of the frame
    name: str  # "Tile 3 of 25", "Face 1 of 6"
    is_tile: bool
    camera_on: bool = True

    @property
    def middle(self) -> FloatArray:
        """(2,) px of the frame."""
        return np.asarray((self.xyxy[:2] + self.xyxy[2:]) / 2, np.float32)


def targets_of(analysis: Analysis) -> tuple[HitTarget, ...]:
    """All that can be pointed at, in reading order."""
    many, seats = len(analysis.tiles), {tile.seat for tile in analysis.tiles}
    name = QCoreApplication.translate("LiveView", "Tile {number} of {many}")
    tiles = tuple(
        HitTarget(tile.seat, tile.xyxy, name.format(number=number, many=many), True, tile.camera_on)
        for number, tile in enumerate(analysis.tiles, start=1)
    )
    return (*tiles, *_faces_beside(analysis, seats))


def _faces_beside(analysis: Analysis, seats: Collection[int]) -> tuple[HitTarget, ...]:
    """The faces that are in none of the tiles of these seats, in reading order."""
    faces = [(reading.seat, reading.face.xyxy) for reading in analysis.readings if reading.seat not in seats]
    faces += [(face.seat, face.xyxy) for face in analysis.excluded]
    height = float(np.median([xyxy[3] - xyxy[1] for _, xyxy in faces])) if faces else 1.0
    faces.sort(key=lambda face: (round(float(face[1][1] + face[1][3]) / 2 / max(height, 1.0)), float(face[1][0])))
    name = QCoreApplication.translate("LiveView", "Face {number} of {many}")
    return tuple(
        HitTarget(seat, xyxy, name.format(number=number, many=len(faces)), False)
        for number, (seat, xyxy) in enumerate(faces, start=1)
    )


def target_at(targets: Sequence[HitTarget], x: float, y: float) -> HitTarget | None:
    """The smallest target there, px of the frame; None where there is none."""
    there = [target for target in targets if (target.xyxy[:2] <= (x, y)).all() and (target.xyxy[2:] >= (x, y)).all()]
    return min(there, key=lambda target: float(np.prod(target.xyxy[2:] - target.xyxy[:2])), default=None)


def target_of(targets: Sequence[HitTarget], seat: int | None) -> HitTarget | None:
    """The target of that seat; None where it has none."""
    return next((target for target in targets if target.seat == seat), None)


def neighbour(targets: Sequence[HitTarget], seat: int | None, step: tuple[int, int]) -> HitTarget | None:
    """The next target from that seat's, `step` (x, y) being -1, 0 or 1; its own at an edge, the first if it has none.

    None where there are no targets.
    """
    start = target_of(targets, seat)
    if start is None:
        return targets[0] if targets else None
    far = [(distance, target) for target in targets if (distance := _distance(start, target, step)) is not None]
    return min(far, key=lambda one: one[0], default=(0.0, start))[1]


def _distance(start: HitTarget, target: HitTarget, step: tuple[int, int]) -> float | None:
    """How far a target is for an arrow key, in sizes of the first; None where it does not lie ahead."""
    way = (target.middle - start.middle) / np.maximum(start.xyxy[2:] - start.xyxy[:2], 1.0)
    ahead, aside = float(way @ step), abs(float(way @ step[::-1]))
    return ahead + _SIDEWAYS * aside if ahead > _AHEAD and ahead >= aside else None


def as_chosen(analysis: Analysis, excluded: Exclusion) -> Analysis:
    """The analysis as it is to be shown: a choice shows at once, and not only with the next frame that is read."""
    seats = excluded.of(analysis.frame.scene).seats
    if not seats and not analysis.excluded and not any(tile.excluded for tile in analysis.tiles):
        return analysis
    in_tiles = {tile.seat for tile in analysis.tiles}
    faces = tuple(reading for reading in analysis.readings if reading.seat in seats - in_tiles)
    return dataclasses.replace(
        analysis,
        readings=tuple(reading for reading in analysis.readings if reading.seat not in seats),
        tiles=tuple(dataclasses.replace(tile, excluded=tile.seat in seats) for tile in analysis.tiles),
        excluded=(*analysis.excluded, *(ExcludedFace(reading.seat, reading.face.xyxy) for reading in faces)),
    )


def stay_words(seat: int, stay: Stay | None, now_s: float) -> str:
    """ "Seat 12: here for 25 min. Left once before"; the seat alone where nothing is known of its stay."""
    translate = QCoreApplication.translate
    if stay is None:
        return translate("LiveView", "Seat {seat}").format(seat=seat)
    minutes = int((now_s - stay.since_s) // 60)
    if minutes:
        here = translate("LiveView", "Seat {seat}: here for {minutes} min").format(seat=seat, minutes=minutes)
    else:
        here = translate("LiveView", "Seat {seat}: here for less than a minute").format(seat=seat)
    return in_sentences((here, Counts().left_before(stay.absences)))
