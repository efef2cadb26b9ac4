from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.core.readings.pose import poses
from fer_desktop.core.readings.quality import LOOK_PX, CropMeasures, Gate, assess, measure_crops
from fer_desktop.core.types import Face, Quality, Reason

FRONTAL = np.array([[20, 20], [40, 20], [30, 32], [22, 44], [38, 44]], np.float32)
GATE = Gate(0.4, 24.0, min_sharpness=0.1, min_brightness=30, max_brightness=220, max_yaw_deg=50, max_roll_deg=35)


def face(height: float = 40, score: float = 0.8, landmarks: npt.NDArray[np.float32] = FRONTAL) -> Face:
    box, scale = framed(landmarks), height / float(np.diff(framed(landmarks)[1::2])[0] or 1)
    return Face(box * scale, score, landmarks * np.float32(scale))


def framed(landmarks: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The box (4,) in which the detector frames a level face with these landmarks."""
    eyes, mouth = landmarks[:2].mean(axis=0), landmarks[3:].mean(axis=0)
    height = max(float(np.linalg.norm(mouth - eyes)) / 0.345, 1.0)
    middle, half = np.array([eyes[0], eyes[1] + 0.12 * height]), np.array([height / 2.68, height / 2])
    return np.concatenate([middle - half, middle + half]).astype(np.float32)


def verdict(of: Face, sharpness: float = 0.5, brightness: float = 120.0) -> Quality:
    seen = CropMeasures(np.array([sharpness], np.float32), np.array([brightness], np.float32))
    return assess([of], seen, GATE)[0]


def turned(yaw_deg: float) -> npt.NDArray[np.float32]:
    """The five landmarks of a head of average measures (mm), turned and seen from far away."""
    head = np.array([[-31.5, 0, 0], [31.5, 0, 0], [0, 42, 32], [-25, 70, 8], [25, 70, 8]])
    angle = np.radians(yaw_deg)
    x = head[:, 0] * np.cos(angle) + head[:, 2] * np.sin(angle)
    return np.stack([x, head[:, 1]], axis=1).astype(np.float32)


def tilted(landmarks: npt.NDArray[np.float32], roll_deg: float) -> npt.NDArray[np.float32]:
    angle = np.radians(roll_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(landmarks @ turn.T, np.float32)


def test_a_sure_tall_sharp_lit_and_frontal_face_is_readable() -> None:
    quality = verdict(face())
    assert quality.readable
    assert quality.reason is Reason.NONE
    assert quality.height_px == 40
    assert quality.sharpness == pytest.approx(0.5)
    assert quality.brightness == 120


def test_a_face_that_is_not_readable_says_why() -> None:
    assert verdict(face(height=20)).reason is Reason.TOO_SMALL
    assert verdict(face(score=0.35)).reason is Reason.UNCERTAIN
    assert verdict(face(), sharpness=0.05).reason is Reason.BLURRED
    assert verdict(face(), brightness=20).reason is Reason.TOO_DARK
    assert verdict(face(), brightness=240).reason is Reason.TOO_BRIGHT
    assert verdict(face(landmarks=turned(70))).reason is Reason.TURNED_AWAY
    assert verdict(face(landmarks=turned(-70))).reason is Reason.TURNED_AWAY
    assert verdict(face(landmarks=tilted(turned(0), 45))).reason is Reason.TILTED
    assert not verdict(face(height=20)).readable


def test_what_was_not_measured_speaks_against_no_face() -> None:
    quality = verdict(face(landmarks=np.zeros((5, 2), np.float32)), sharpness=np.nan, brightness=np.nan)
    assert quality.readable
    assert np.isnan(quality.yaw_deg)


@pytest.mark.parametrize("yaw", [-60, -30, 0, 20, 45, 75])
@pytest.mark.parametrize("roll", [-30, 0, 25])
def test_yaw_and_roll_are_those_of_the_head_whatever_the_other_is(yaw: float, roll: float) -> None:
    landmarks = tilted(turned(yaw), roll)
    seen = poses(landmarks[None], framed(landmarks)[None])
    assert seen.yaw[0] == pytest.approx(yaw, abs=6.0)
    assert seen.roll[0] == pytest.approx(roll, abs=1.0)


def test_sharpness_falls_with_blur_and_with_few_pixels_but_not_with_the_light() -> None:
    rng = np.random.default_rng(4)
    fine = cv2.GaussianBlur(rng.uniform(0, 255, (LOOK_PX, LOOK_PX)).astype(np.float32), (0, 0), 0.7)
    small = cv2.resize(cv2.resize(fine, (16, 16), interpolation=cv2.INTER_AREA), (LOOK_PX, LOOK_PX))
    pictures = np.stack([fine, cv2.GaussianBlur(fine, (0, 0), 2.5), small, fine * 0.4])
    seen = measure_crops(np.round(pictures).astype(np.uint8)[..., None])
    assert seen.sharpness[1] < 0.5 * seen.sharpness[0]
    assert seen.sharpness[2] < 0.5 * seen.sharpness[0]
    assert seen.sharpness[3] == pytest.approx(seen.sharpness[0], rel=0.05)
    assert seen.brightness[3] == pytest.approx(0.4 * seen.brightness[0], abs=1.0)


def test_a_plain_picture_is_not_sharp() -> None:
    seen = measure_crops(np.full((1, LOOK_PX, LOOK_PX, 1), 90, np.uint8))
    assert seen.sharpness[0] == 0
    assert seen.brightness[0] == 90


def test_no_faces_no_verdicts() -> None:
    assert assess([], measure_crops(np.empty((0, LOOK_PX, LOOK_PX, 1), np.uint8)), replace(GATE)) == []
