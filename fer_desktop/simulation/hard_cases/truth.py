"""The ground truth of a frame of a case."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fer_desktop.simulation.ground_truth import FloatBox


@dataclass(frozen=True, slots=True)
class CaseParticipant:
    """Somebody whose place in the call is visible."""

    number: int  # the same in all frames of a call
    tile_xyxy: FloatBox | None  # px of the frame; None in a scene without tiles
    camera_on: bool
    face_xyxy: FloatBox | None  # px of the frame, the visible part; None where no face is visible
    face_share: float  # 0-1 of the whole face's box that is visible
    degradation: str = ""  # a value of script.Degradation; empty where there is none


@dataclass(frozen=True, slots=True)
class CaseTruth:
    """Who is in the frame, and which faces are no participant's camera."""

    participants: tuple[CaseParticipant, ...]
    decoy_faces: tuple[FloatBox, ...] = ()  # px of the frame: on slides, posters, in avatars, in films

    def moved(self, move: Callable[[FloatBox], FloatBox | None]) -> "CaseTruth":
        """The truth after every box was moved; where `move` gives None the box is not visible any more."""
        people = tuple(
            replace(
                person,
                tile_xyxy=person.tile_xyxy and move(person.tile_xyxy),
                face_xyxy=(face := person.face_xyxy and move(person.face_xyxy)),
                face_share=person.face_share if face else 0.0,
            )
            for person in self.participants
        )
        decoys = (move(face) for face in self.decoy_faces)
        return CaseTruth(people, tuple(face for face in decoys if face))


def common(one: FloatBox, other: FloatBox) -> FloatBox | None:
    """What two boxes have in common; None where that is nothing."""
    x0, y0, x1, y1 = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def area(box: FloatBox | None) -> float:
    """px²; 0 where there is no box."""
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0
