"""Whether a face can be read at all, and if not, why.

Every limit comes from the evaluation of the shipped network: docs/recognition.md, "From where on a face is readable".
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.readings.pose import Poses, poses
from fer_desktop.core.types import Face, FloatArray, Quality, Reason

# Crops are measured at this size and in grey, whatever the network takes, so that the limits always mean the same.
LOOK_PX: Final = 48


@dataclass(frozen=True, slots=True)
class Gate:
    """The limits within which a face is readable."""

    min_score: float = 0.5  # 0-1, the detector's
    min_height_px: float = 16.0
    min_sharpness: float = 0.06
    min_brightness: float = 20.0  # 0-255
    max_brightness: float = 250.0
    max_yaw_deg: float = 50.0
    max_roll_deg: float = 50.0
    max_pitch_deg: float = 24.0  # up or down, from what the person holds usually


@dataclass(frozen=True, slots=True, eq=False)
class CropMeasures:
    """Measurements of N face crops; NaN where there is none."""

    sharpness: FloatArray  # (N,)
    brightness: FloatArray  # (N,) 0-255


def measure_crops(crops: npt.NDArray[np.uint8]) -> CropMeasures:
    """Sharpness and brightness of grey crops (N, LOOK_PX, LOOK_PX, 1).

    Sharpness is the root mean square of the Laplacian over the standard deviation of the crop: how much of its contrast
    is fine detail. Dimming a picture does not lower it; enlarging a small one does.
    """
    grey = crops[..., 0].astype(np.float32)
    middle = grey[:, 1:-1, 1:-1]
    laplacian = grey[:, :-2, 1:-1] + grey[:, 2:, 1:-1] + grey[:, 1:-1, :-2] + grey[:, 1:-1, 2:] - 4 * middle
    detail = np.sqrt((laplacian**2).mean(axis=(1, 2)))
    contrast = grey.std(axis=(1, 2))
    return CropMeasures(
        sharpness=np.asarray(detail / np.maximum(contrast, 1.0), dtype=np.float32),
        brightness=np.asarray(grey.mean(axis=(1, 2)), dtype=np.float32),
    )


def poses_of(faces: Sequence[Face]) -> Poses:
    """The poses of the heads of faces."""
    if not faces:
        return poses(np.empty((0, 5, 2), np.float32), np.empty((0, 4), np.float32))
    return poses(np.stack([face.landmarks for face in faces]), np.stack([face.xyxy for face in faces]))


def assess(faces: Sequence[Face], measures: CropMeasures, gate: Gate, seen: Poses | None = None) -> list[Quality]:
    """The verdict on each face, with the first reason against it; a missing measurement is not a reason.

    `seen` are the poses to judge by, such as those less what is usual for each person; by default `poses_of` the faces.
    """
    seen = seen or poses_of(faces)
    columns = (measures.sharpness, measures.brightness, seen.yaw, seen.roll, seen.pitch)
    return [
        _judged(face, Quality(True, Reason.NONE, float(face.xyxy[3] - face.xyxy[1]), *measured), gate)
        for face, *measured in zip(faces, *(column.tolist() for column in columns), strict=True)
    ]


def _judged(face: Face, quality: Quality, gate: Gate) -> Quality:
    turned = abs(quality.yaw_deg) > gate.max_yaw_deg or abs(quality.pitch_deg) > gate.max_pitch_deg
    reasons = (
        (face.score < gate.min_score, Reason.UNCERTAIN),
        (quality.height_px < gate.min_height_px, Reason.TOO_SMALL),
        (turned, Reason.TURNED_AWAY),
        (abs(quality.roll_deg) > gate.max_roll_deg, Reason.TILTED),
        (quality.brightness < gate.min_brightness, Reason.TOO_DARK),
        (quality.brightness > gate.max_brightness, Reason.TOO_BRIGHT),
        (quality.sharpness < gate.min_sharpness, Reason.BLURRED),
    )
    reason = next((reason for applies, reason in reasons if applies), Reason.NONE)
    return dataclasses.replace(quality, readable=reason is Reason.NONE, reason=reason)
