"""Prints how well poses are read on faces at known angles, and what detector and network make of these.

`PYTHONPATH=. python benchmarks/head_pose.py profile holdout 600` (family of heads, split of the people, pictures).
"""

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.app import paths
from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.core.readings.pose import MOST_USUAL_DEG, poses
from fer_desktop.core.readings.quality import Gate
from fer_desktop.core.types import FloatArray, PeopleSplit
from fer_desktop.evaluation.head_pose.bending import Pose
from fer_desktop.evaluation.head_pose.shapes import Family
from fer_desktop.evaluation.head_pose.study import People, Seen, Shot, look, random_shots
from fer_desktop.vision.classifiers import make_classifier
from fer_desktop.vision.crop import cut_crops
from fer_desktop.vision.detectors import shipped_detector

YAWS, PITCHES = (-70.0, 70.0), (-50.0, 40.0)
FRONTAL = (-10.0, 10.0)
YAW_EDGES = (0, 15, 30, 45, 60, 70)
PITCH_EDGES = (-50, -35, -20, -10, 10, 25, 40)
# Degrees of pitch at which a person who looks at the screen is seen; and of those who look at the desk, from there.
CAMERAS = (-15, 0, 15)
DOWN = (-45.0, -30.0)
LEVEL_SHOTS, DOWN_SHOTS = 8, 4  # of each person and camera
SIDEWAYS = 20  # degrees of the other angle within which one alone is told
FEWEST = 10  # pictures in a bin that is printed


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _errors(name: str, error: FloatArray) -> str:
    """Bias, median and 90 % of an error in degrees."""
    error = error[~np.isnan(error)]
    size = np.abs(error)
    return f"{name} bias {np.median(error):+5.1f}, median {np.median(size):4.1f}, 90 % {np.quantile(size, 0.9):4.1f}"


def _bins(values: FloatArray, edges: Sequence[int]) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    pairs = list(pairwise(edges))
    return [(f"{low:>4} to {high:>3}", np.asarray((values >= low) & (values < high))) for low, high in pairs]


def tell(seen: Seen) -> None:
    """Prints the tables of pictures at all angles."""
    yaw = np.array([shot.pose.yaw for shot in seen.shots])
    pitch = np.array([shot.pose.pitch for shot in seen.shots])
    found, right = seen.found, seen.right
    told = poses(np.nan_to_num(seen.landmarks), np.nan_to_num(seen.boxes))
    gate = Gate()
    away = (np.abs(told.yaw) > gate.max_yaw_deg) | (np.abs(told.pitch) > gate.max_pitch_deg)
    off_yaw, off_pitch = (told.yaw - yaw) * np.where(yaw < 0, -1, 1), told.pitch - np.asarray(pitch)
    for what, values, edges, beside in (
        ("yaw, either way, pitch within 20", np.abs(yaw), YAW_EDGES, np.abs(pitch) < SIDEWAYS),
        ("pitch, yaw within 20", pitch, PITCH_EDGES, np.abs(yaw) < SIDEWAYS),
        ("pitch, yaw 20 to 45", pitch, PITCH_EDGES, (np.abs(yaw) >= SIDEWAYS) & (np.abs(yaw) < 45)),
    ):
        for name, inside in _bins(values, edges):
            part = inside & beside
            some = part & found
            if some.sum() < FEWEST:
                continue
            _say(
                f"{what} {name}: {part.sum():4d} pictures, {1 - found[part].mean():4.0%} not found, "
                f"{right[some].mean():4.0%} read right; {_errors('yaw', off_yaw[some])}; "
                f"{_errors('pitch', off_pitch[some])}; {away[some].mean():4.0%} turned away"
            )


def of_the_level(people: People, rng: np.random.Generator, count: int) -> list[Shot]:
    """Shots of people who look at the camera, more or less."""
    return random_shots(len(people), count, FRONTAL, FRONTAL, rng)


def tell_level(seen: Seen) -> None:
    """Prints how many of those who look at the camera are told to look elsewhere."""
    told = poses(seen.landmarks[seen.found], seen.boxes[seen.found])
    for limit in (18, 20, 22, 24, 26, 50):
        turned = np.mean(np.abs(told.yaw) > limit), np.mean(told.pitch < -limit), np.mean(told.pitch > limit)
        rates = ", ".join(f"{rate:.1%} {way}" for rate, way in zip(turned, ("aside", "down", "up"), strict=True))
        _say(f"within 10 degrees of the camera ({len(told.yaw)}), told beyond {limit}: {rates}")


def tell_cameras(people: People, look_at: Callable[[Sequence[Shot]], Seen], rng: np.random.Generator) -> None:
    """Prints what a person's own level is worth where the camera is above or below the screen."""
    for camera in CAMERAS:
        shots = []
        for person in range(0, len(people), 3):
            for pitch in (*rng.normal(0, 4, LEVEL_SHOTS), *rng.uniform(*DOWN, DOWN_SHOTS)):
                pose = Pose(float(rng.normal(0, 8)), float(camera + pitch), float(rng.normal(0, 4)))
                shots.append(Shot(person, NEUTRAL, pose, float(np.exp(rng.uniform(np.log(32), np.log(160))))))
        seen = look_at(shots)
        each = LEVEL_SHOTS + DOWN_SHOTS
        told = poses(np.nan_to_num(seen.landmarks), np.nan_to_num(seen.boxes)).pitch.reshape(-1, each)
        own = np.clip(np.nanmedian(told[:, :LEVEL_SHOTS], axis=1), -MOST_USUAL_DEG, MOST_USUAL_DEG)[:, None]
        for name, pitch in (("as told", told), ("from their own", told - own)):
            beyond = np.abs(pitch) > Gate().max_pitch_deg
            level, down = beyond[:, :LEVEL_SHOTS].mean(), beyond[:, LEVEL_SHOTS:].mean()
            _say(
                f"camera by which level is {camera:+d}, {name}: level {level:.1%} turned away, looking down {down:.0%}"
            )


def main(family: Family, split: PeopleSplit, count: int, seed: int = 1) -> None:
    """Prints all tables; seeds from 1000 on are for choosing."""
    cv2.setNumThreads(1)
    detector = shipped_detector(paths.models())
    classifier = make_classifier(paths.models() / "expression.tflite", "")
    people, rng = People(paths.resources(), split, family, detector, seed), np.random.default_rng(seed)

    def look_at(shots: Sequence[Shot]) -> Seen:
        return look(people, shots, detector, cut_crops, classifier, rng)

    tell(look_at(random_shots(len(people), count, YAWS, PITCHES, rng)))
    tell_level(look_at(of_the_level(people, rng, count // 2)))
    tell_cameras(people, look_at, rng)


if __name__ == "__main__":
    main(Family(sys.argv[1]), PeopleSplit(sys.argv[2]), *(int(number) for number in sys.argv[3:]))
