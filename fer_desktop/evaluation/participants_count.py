"""Whom a frame's analysis counts as a participant, compared with who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.geometry import area, iou_matrix, match_greedily
from fer_desktop.core.types import Analysis, Face, FloatArray
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.truth import CaseParticipant, CaseTruth

TILE_IOU: Final = 0.5  # from where a tile is the participant's own
OWN_FACE_IOU: Final = 0.3  # from where a face that was counted is the participant's own
FOUND_IOU: Final = 0.4  # from where a visible face was found
TOUCHED_IOU: Final = 0.1  # a box that overlaps a face so little is badly placed, but of a face
INSIDE: Final = 0.7  # of a face's box: so much of it is inside a tile that shows it
HALF: Final = 0.5  # of a tile, from where another holds it
WANTED_PX: Final = 24.0  # visible faces of less height need not be found, but may be
WANTED_SHARE: Final = 0.6  # nor need those of which less is visible


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One participant of an analysis."""

    seat: int
    xyxy: FloatArray  # (4,) px of the tile, or of the face where there is none
    camera_on: bool
    is_tile: bool


@dataclass(frozen=True, slots=True)
class Owners:
    """To whom those who were counted belong: for each an index into the truth's participants, None where to nobody."""

    of_counted: tuple[int | None, ...]

    def times(self, participant: int) -> int:
        """How often a participant was counted."""
        return sum(owner == participant for owner in self.of_counted)

    @property
    def wrong(self) -> list[bool]:
        """For each who was counted: whether it belongs to nobody, or to somebody who was counted before."""
        seen: set[int] = set()
        found = []
        for owner in self.of_counted:
            found.append(owner is None or owner in seen)
            seen |= set() if owner is None else {owner}
        return found


def counted(analysis: Analysis) -> list[Counted]:
    """The participants of an analysis, as the app counts them: the tiles, and the faces that are no tile's."""
    by_tile = {tile.seat for tile in analysis.tiles}
    tiles = [Counted(tile.seat, tile.xyxy, tile.camera_on, True) for tile in analysis.tiles if not tile.excluded]
    faces = [reading for reading in analysis.readings if reading.seat not in by_tile]
    return [*tiles, *(Counted(reading.seat, reading.face.xyxy, True, False) for reading in faces)]


def counted_faces(faces: Sequence[Face], at_least: float) -> list[Counted]:
    """The participants where each sure face is one: what there would be without tiles."""
    return [Counted(k, face.xyxy, True, False) for k, face in enumerate(faces, start=1) if face.score >= at_least]


def is_visible(person: CaseParticipant) -> bool:
    """Whether somebody is there to be counted: a tile, or where there are none a face that is wanted."""
    return person.tile_xyxy is not None or is_wanted(person)


def is_wanted(person: CaseParticipant) -> bool:
    """Whether the participant's face is large and whole enough that it has to be found."""
    face = person.face_xyxy
    return face is not None and face[3] - face[1] >= WANTED_PX and person.face_share >= WANTED_SHARE


def owners(truth: CaseTruth, found: Sequence[Counted]) -> Owners:
    """Who of the truth's participants each one of those who were counted is.

    A tile is somebody's whose tile it is, by IoU, or whose face alone it shows, if it holds no half of another's tile.
    A face is somebody's whose face it is, by IoU, or in whose tile its middle lies.
    """
    if not truth.participants:
        return Owners((None,) * len(found))
    places = _Places(truth.participants)
    return Owners(tuple(places.owner_of_tile(one) if one.is_tile else places.owner_of_face(one) for one in found))


class _Places:
    """Where the participants are."""

    def __init__(self, participants: Sequence[CaseParticipant]) -> None:
        self._tiles = boxes([person.tile_xyxy for person in participants])
        self._faces = boxes([person.face_xyxy for person in participants])

    def owner_of_tile(self, one: Counted) -> int | None:
        own = iou_matrix(self._tiles, one.xyxy[None])[:, 0]
        holds = shares_inside(self._tiles, one.xyxy) >= HALF
        if own.max() >= TILE_IOU:
            best = int(own.argmax())
            # A picture in the picture is no fault of the large tile; a neighbour in it is.
            others = holds & (area(self._tiles) > area(self._tiles[best : best + 1]) / 2)
            others[best] = False
            return None if others.any() else best
        shown = np.flatnonzero(shares_inside(self._faces, one.xyxy) >= INSIDE)
        if len(shown) != 1 or set(np.flatnonzero(holds).tolist()) - set(shown.tolist()):
            return None
        return int(shown[0])

    def owner_of_face(self, one: Counted) -> int | None:
        own = iou_matrix(self._faces, one.xyxy[None])[:, 0]
        if own.max() >= OWN_FACE_IOU:
            return int(own.argmax())
        middle = np.tile((one.xyxy[:2] + one.xyxy[2:]) / 2, 2)
        around = (self._tiles[:, :2] <= middle[:2]).all(axis=1) & (self._tiles[:, 2:] >= middle[2:]).all(axis=1)
        # A picture in the picture lies in the tile of another: the smaller tile is what is seen there.
        sizes = np.where(around & (area(self._tiles) > 0), area(self._tiles), np.inf)
        return int(sizes.argmin()) if np.isfinite(sizes.min()) else None


def faces_found(truth: CaseTruth, found: FloatArray) -> set[int]:
    """The indices of the participants whose wanted faces are among the boxes (N, 4), one to one."""
    people = [index for index, person in enumerate(truth.participants) if is_wanted(person)]
    wanted = boxes([truth.participants[index].face_xyxy for index in people])
    return {people[row] for row, _ in match_greedily(iou_matrix(wanted, found), FOUND_IOU)}


def false_faces(truth: CaseTruth, found: FloatArray) -> int:
    """How many of the boxes (N, 4) are no face at all, neither a participant's nor one of a picture that is shown."""
    if not len(found):
        return 0
    faces = boxes([person.face_xyxy for person in truth.participants if person.face_xyxy])
    decoys = boxes(list(truth.decoy_faces))
    both = np.concatenate([faces, decoys])
    touched = iou_matrix(both, found).max(axis=0, initial=0.0) > TOUCHED_IOU
    in_decoy = np.array([bool(_middles_inside(box[None], decoy).any()) for box in found for decoy in decoys], np.bool_)
    return int((~(touched | in_decoy.reshape(len(found), len(decoys)).any(axis=1))).sum())


def boxes(rows: Sequence[FloatBox | FloatArray | None]) -> FloatArray:
    """(N, 4) px; a box that is missing is empty and far away, so that it overlaps nothing."""
    return np.array([(-1e6, -1e6, -1e6, -1e6) if row is None else row for row in rows], np.float32).reshape(-1, 4)


def shares_inside(inner: FloatArray, outer: FloatArray) -> FloatArray:
    """(N,) 0-1: the shares of the boxes (N, 4) that lie in the box (4,)."""
    corner = np.maximum(inner[:, :2], outer[:2])
    opposite = np.minimum(inner[:, 2:], outer[2:])
    common = np.clip(opposite - corner, 0, None).prod(axis=1)
    return np.asarray(common / np.maximum(area(inner), 1e-6), np.float32)


def _middles_inside(inner: FloatArray, outer: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    middles = (inner[:, :2] + inner[:, 2:]) / 2
    return np.asarray(((middles >= outer[:2]) & (middles <= outer[2:])).all(axis=1), np.bool_)
