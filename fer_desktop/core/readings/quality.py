"""Whether a face can be read at all, and if not, why.

Every limit comes from the evaluation of the shipped network: docs/recognition.md, "From where on a face is readable".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import Face, FloatArray, Quality, Reason

# Crops are measured at this size and in grey, whatever the network takes, so that the limits always mean the same.
LOOK_PX: Final = 48
# How far the tip of the nose stands out of the plane of the eyes, in distances between the eyes: about 36 of 63 mm.
_NOSE_DEPTH: Final = 0.57


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


@dataclass(frozen=True, slots=True, eq=False)
class CropMeasures:
    """Measurements of N face crops; NaN where there is none."""

    sharpness: FloatArray  # (N,)
    brightness: FloatArray  # (N,) 0-255


def poses(landmarks: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Yaw and roll (N,) in degrees from landmarks (N, 5, 2); NaN where the detector gave none.

    Positive yaw: the nose points to the right of the image; positive roll: the eye on the right is the lower one.
    Roll is the slope of the line through the eyes. Along that line the tip of the nose is depth x tan(yaw) eye
    distances away from the midpoint of the eyes: turning the head shortens the eye distance by cos(yaw) and moves the
    nose by depth x sin(yaw). The depth is that of an average head, good to about ten degrees.
    """
    left, right, nose = landmarks[:, 0], landmarks[:, 1], landmarks[:, 2]
    across = right - left
    distance = np.linalg.norm(across, axis=1)
    known = np.ptp(landmarks.reshape(len(landmarks), -1), axis=1) > 0
    along = ((nose - (left + right) / 2) * across).sum(axis=1) / np.maximum(distance, 1e-6)
    yaw = np.degrees(np.arctan2(along, _NOSE_DEPTH * np.maximum(distance, 1e-6)))
    roll = np.degrees(np.arctan2(across[:, 1], across[:, 0]))
    return np.where(known, yaw, np.nan).astype(np.float32), np.where(known, roll, np.nan).astype(np.float32)


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


def assess(faces: Sequence[Face], measures: CropMeasures, gate: Gate) -> list[Quality]:
    """The verdict on each face, with the first reason against it; a missing measurement is not a reason."""
    if not faces:
        return []
    yaws, rolls = poses(np.stack([face.landmarks for face in faces]))
    return [
        _judged(face, Quality(True, Reason.NONE, float(face.xyxy[3] - face.xyxy[1]), *measured), gate)
        for face, *measured in zip(
            faces, measures.sharpness.tolist(), measures.brightness.tolist(), yaws.tolist(), rolls.tolist(), strict=True
        )
    ]


def _judged(face: Face, quality: Quality, gate: Gate) -> Quality:
    reasons = (
        (face.score < gate.min_score, Reason.UNCERTAIN),
        (quality.height_px < gate.min_height_px, Reason.TOO_SMALL),
        (abs(quality.yaw_deg) > gate.max_yaw_deg, Reason.TURNED_AWAY),
        (abs(quality.roll_deg) > gate.max_roll_deg, Reason.TILTED),
        (quality.brightness < gate.min_brightness, Reason.TOO_DARK),
        (quality.brightness > gate.max_brightness, Reason.TOO_BRIGHT),
        (quality.sharpness < gate.min_sharpness, Reason.BLURRED),
    )
    reason = next((reason for applies, reason in reasons if applies), Reason.NONE)
    return Quality(
        reason is Reason.NONE,
        reason,
        quality.height_px,
        quality.sharpness,
        quality.brightness,
        quality.yaw_deg,
        quality.roll_deg,
    )
