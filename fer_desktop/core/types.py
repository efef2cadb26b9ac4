"""What passes between packages and between threads: frozen data only."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS

# Probabilities are calibrated: below this the most probable expression is wrong more often than right.
SURE_FROM: Final = 0.5

Image = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]
OnProgress = Callable[[float, float], None]  # how much is done, of how much


class PeopleSplit(StrEnum):
    """The two halves of the generated people, which have no source picture in common; files carry the value."""

    TUNING = "tuning"  # for choosing thresholds, and for the demo class
    HOLDOUT = "holdout"  # for figures alone


class State(StrEnum):
    """What is known of a second; the value is what the CSV says. Where it was not seen, it says why."""

    STARTING = "starting"  # nothing was read yet
    LIVE = "live"  # a frame of that very second, or of shortly before, was read
    WITHHELD = "withheld"  # seen as well, but its figures would tell of persons
    PAUSED = "paused"
    NO_SOURCE = "no source"
    COVERED = "covered"  # another window lies over what is read, or it is minimised
    SLOW = "slow"  # the source or the reading of its frames takes longer than a second may
    ASLEEP = "asleep"  # the computer slept, or the program was stopped

    @property
    def seen(self) -> bool:
        """Whether the class was seen in that second; else it is part of a gap."""
        return self in (State.LIVE, State.WITHHELD)


class Reason(StrEnum):
    """Why a face is not readable; empty where it is."""

    NONE = ""
    UNCERTAIN = "uncertain"  # the detector is not sure that it is a face
    TOO_SMALL = "too small"
    TURNED_AWAY = "turned away"
    TILTED = "tilted"
    TOO_DARK = "too dark"
    TOO_BRIGHT = "too bright"
    BLURRED = "blurred"
    FROZEN = "frozen"  # the camera's picture stands still
    SHARED = "shared"  # it is in what is shared, and belongs to no participant
    ANOTHER = "another"  # there is a nearer face in its tile, which is the participant's
    STILL = "still"  # a picture that never moves while others do, and belongs to no participant
    COVERED = "covered"  # another window lies over where it was last seen


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture from a source."""

    index: int
    captured_s: float  # monotonic time, or the recording's own where it is not played in real time
    image: Image  # (H, W, 3) BGR
    scene: int = 0  # frames of different scenes share no people, like the pictures of a folder
    hidden: npt.NDArray[np.bool_] | None = None  # (H, W) pixels that other windows lie over; None: none


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A detected face."""

    xyxy: FloatArray  # (4,) px
    score: float  # 0-1
    landmarks: FloatArray  # (5, 2) px: left and right eye, nose, left and right corner of the mouth, by image side


@dataclass(frozen=True, slots=True)
class Quality:
    """The gate's verdict on a face."""

    readable: bool
    reason: Reason
    height_px: float
    sharpness: float = math.nan  # see quality.measure_crops; NaN where it was not measured, as below
    brightness: float = math.nan  # 0-255
    yaw_deg: float = math.nan
    roll_deg: float = math.nan
    pitch_deg: float = math.nan  # from what the seat holds usually, as far as that is known


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What one face shows at one time."""

    seat: int
    face: Face
    quality: Quality
    probabilities: FloatArray  # (7,) 0-1, sum 1; NaN where the face is not readable

    @property
    def expression(self) -> int | None:
        """Index of the most probable expression; None where the face is not readable."""
        return int(self.probabilities.argmax()) if self.quality.readable else None

    @property
    def sure(self) -> bool:
        """Whether the most probable expression is probable enough to be named."""
        return self.quality.readable and float(self.probabilities.max()) >= SURE_FROM


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A rectangle of the call's gallery that shows one participant."""

    xyxy: FloatArray  # (4,) px
    seat: int
    camera_on: bool  # it shows video, moving or frozen, rather than an avatar
    excluded: bool = False  # by the teacher: it is neither read nor counted
    frozen: bool = False  # its video stands still: the face in it shows nothing of this moment


@dataclass(frozen=True, slots=True, eq=False)
class GalleryLayout:
    """Where a call's gallery shows its participants, and what else is shown in it."""

    tiles: FloatArray  # (N, 4) px, in reading order
    shared: FloatArray  # (M, 4) px of what is shared or drawn: a face in it belongs to no participant


@dataclass(frozen=True, slots=True, eq=False)
class ExcludedFace:
    """A face that the teacher left out: only its place is known, so that it can be brought back."""

    seat: int
    xyxy: FloatArray  # (4,) px


@dataclass(frozen=True, slots=True, eq=False)
class AsideFace:
    """A face that belongs to no participant: kept to be shown with its reason, not in the class."""

    xyxy: FloatArray  # (4,) px
    reason: Reason


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a participant has been present."""

    since_s: float  # the `captured_s` at which the seat was first seen, or came back
    absences: int = 0  # how often it left before


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many left a call's gallery and came back; see core/seats/attendance.py."""

    left: int = 0  # since the session's start
    came_back: int = 0  # since the session's start
    stays: Mapping[int, Stay] = field(default_factory=dict)  # by seat, of those in sight
    just_left: tuple[int, ...] = ()  # seats counted as left in this frame
    just_back: tuple[int, ...] = ()  # seats counted as back in this frame


@dataclass(frozen=True, slots=True, eq=False)
class SharesRule:
    """How a network's answers to single faces become shares of a class; see core/readings/shares.py."""

    usual: FloatArray | None = None  # (7,) the mix that its answers take for usual; None: not known
    weight: float = 0.0  # faces of the usual mix that stand beside those of the class
    common: float = 0.03  # variance of misreadings that faces share, as a part of that of a share of one face
    common_unclear: float = 0.5  # what is added to it where answers are as unclear as can be


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All that was read from one frame."""

    frame: Frame
    readings: tuple[Reading, ...]
    duration_s: float  # of the analysis alone
    seats: int = 0  # occupied, including those empty for a moment, excluding those left out
    cameras_on: int = 0  # of these seats
    tiles: tuple[Tile, ...] = ()  # in reading order; empty where the picture is not a gallery
    excluded: tuple[ExcludedFace, ...] = ()  # outside of tiles
    attendance: Attendance = Attendance()
    merged: tuple[tuple[int, int], ...] = ()  # in this frame: each merged seat, and the one that replaced it
    aside: tuple[AsideFace, ...] = ()  # faces that belong to no participant
    rule: SharesRule = SharesRule()


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """The class in one second."""

    elapsed_s: float  # since the session's start
    state: State
    seats: int
    cameras_on: int
    faces: int
    readable: int
    mean: FloatArray  # (7,) shares of the readable faces, sum 1; NaN where there are none
    low: FloatArray  # (7,) 95 % interval of these shares among all whose camera is on
    high: FloatArray  # (7,)
    counts: npt.NDArray[np.int64]  # (7,) readable faces by their most probable expression
    not_read: tuple[tuple[Reason, int], ...] = ()  # why faces are not readable, and how many for each reason
    left: int = 0  # seats, since the session's start
    came_back: int = 0  # seats, since the session's start


def no_figures() -> FloatArray:
    """(7,) NaN: nothing was readable."""
    return np.full(N_EXPRESSIONS, math.nan, dtype=np.float32)
