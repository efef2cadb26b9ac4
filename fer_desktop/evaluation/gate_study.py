"""Which faces are readable: how often the network is right, by each measure of the quality gate.

A limit is the value beyond which at most half of the answers are right. Faces of FER-2013 are degraded step by step
until that is so; only yaw is taken as it is, since a face in a picture cannot be turned.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import FER_FRAMING
from fer_desktop.core.readings.quality import LOOK_PX, measure_crops, poses_of
from fer_desktop.core.types import FloatArray
from fer_desktop.evaluation.degradations import whole_square
from fer_desktop.pipeline.ports import CropCutter, CropSpec, ExpressionClassifier, FaceDetector

# A bin with fewer faces is too uncertain.
MIN_FACES: Final = 40
_HEIGHTS_PX: Final = (48, 40, 32, 28, 24, 20, 18, 16, 14, 12, 10, 8)
_BLURS_PX: Final = (0.0, 0.7, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
_LIGHTS: Final = (0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
_ROLLS_DEG: Final = (0, 10, 15, 20, 25, 30, 35, 40, 50, 60, 75, 90)
# Edges of bins: finer around the limit.
_SHARPNESS: Final = (*np.arange(0.02, 0.2, 0.02).tolist(), 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
_BRIGHTNESS: Final = (0.0, *range(5, 50, 5), 50, 75, 100, 125, 150, 175, *range(200, 256, 5), 256)
_MEDIUM_BRIGHTNESS: Final = 125  # between the study's dark and bright half
_YAW_DEG: Final = tuple(range(0, 91, 10))
# Sensor noise (standard deviation), and the JPEG quality of a call.
_NOISE: Final = 3.0
_CALL_JPEG: Final = 30
# A detector needs a face larger than 48 px, and some margin.
_ENLARGEMENT: Final = 3
_MARGIN_PX: Final = 24

Grey = npt.NDArray[np.uint8]  # (H, W)
Correct = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bin:
    """The faces between two values of a measure."""

    low: float
    high: float
    n: int
    right: float  # share of right answers


@dataclass(frozen=True, slots=True)
class Reader:
    """The network as the app uses it, and the labels that its answers are compared with."""

    classifier: ExpressionClassifier
    cut: CropCutter
    truth: npt.NDArray[np.int64]  # (N,)

    def right(self, pictures: Sequence[Grey]) -> Correct:
        """(N,) whether the answer to each picture is its label."""
        crops = np.concatenate([self._crop(picture, self.classifier.spec) for picture in pictures])
        return np.asarray(self.classifier.classify(crops).argmax(axis=1) == self.truth)

    def measured(self, pictures: Sequence[Grey]) -> tuple[FloatArray, FloatArray]:
        """Sharpness and brightness (N,) as the gate measures them."""
        crops = np.concatenate([self._crop(picture, CropSpec(LOOK_PX, 1)) for picture in pictures])
        measured = measure_crops(crops)
        return measured.sharpness, measured.brightness

    def _crop(self, picture: Grey, spec: CropSpec) -> npt.NDArray[np.uint8]:
        return self.cut(np.repeat(picture[..., None], 3, axis=2), whole_square(picture), spec)


def study(
    faces: npt.NDArray[np.uint8],
    truth: npt.NDArray[np.int64],
    classifier: ExpressionClassifier,
    cut: CropCutter,
    detector: FaceDetector,
) -> Iterator[tuple[str, list[Bin]]]:
    """By measure, the share of right answers to grey faces (N, 48, 48) over its bins; `truth` (N,) are the labels."""
    pictures, reader = list(faces), Reader(classifier, cut, truth)
    yield "height_px", _by_step(reader, pictures, _HEIGHTS_PX, _of_height)
    yield "height_px in a call", _by_step(reader, pictures, _HEIGHTS_PX, _of_height_in_a_call)
    yield "roll_deg", _by_step(reader, pictures, _ROLLS_DEG, _tilted)
    yield "sharpness", _by_value(reader, pictures, _BLURS_PX, _blurred, 0, _SHARPNESS)
    light = _by_value(reader, pictures, _LIGHTS, _lit, 1, _BRIGHTNESS)
    yield "brightness, dark", [part for part in light if part.low < _MEDIUM_BRIGHTNESS]
    yield "brightness, bright", [part for part in light if part.low >= _MEDIUM_BRIGHTNESS]
    yield "yaw_deg", _by_yaw(reader, pictures, detector)


# Measures along which faces get worse.
FALLING: Final = ("roll_deg", "yaw_deg", "brightness, bright")


def limit(bins: Sequence[Bin], rising: bool) -> float | None:
    """The value beyond which over half of the answers are wrong; None if there is none.

    `rising`: whether faces get better along the measure, as with sharpness, or worse, as with yaw.
    """
    wrong = [part for part in bins if part.n >= MIN_FACES and part.right < 0.5]
    if not wrong:
        return None
    return max(part.high for part in wrong) if rising else min(part.low for part in wrong)


def _by_step(
    reader: Reader, pictures: list[Grey], steps: Sequence[float], change: Callable[[Grey, float], Grey]
) -> list[Bin]:
    found = []
    for step in steps:
        right = reader.right([change(picture, step) for picture in pictures])
        found.append(Bin(step, step, len(right), float(right.mean())))
    return found


def _by_value(
    reader: Reader,
    pictures: list[Grey],
    steps: Sequence[float],
    change: Callable[[Grey, float], Grey],
    measure: int,
    edges: Sequence[float],
) -> list[Bin]:
    values, right = [], []
    for step in steps:
        changed = [change(picture, step) for picture in pictures]
        values.append(reader.measured(changed)[measure])
        right.append(reader.right(changed))
    return _binned(np.concatenate(values), np.concatenate(right), edges)


def _by_yaw(reader: Reader, pictures: list[Grey], detector: FaceDetector) -> list[Bin]:
    yaws = np.full(len(pictures), np.nan, np.float32)
    for index, picture in enumerate(pictures):
        large = cv2.resize(picture, None, fx=_ENLARGEMENT, fy=_ENLARGEMENT, interpolation=cv2.INTER_CUBIC)
        large = cv2.copyMakeBorder(
            large, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX, borderType=cv2.BORDER_REPLICATE
        )
        faces = detector.detect(np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2BGR), np.uint8))
        if faces:
            yaws[index] = abs(poses_of(faces[:1]).yaw[0])
    seen = ~np.isnan(yaws)
    return _binned(yaws[seen], reader.right(pictures)[seen], _YAW_DEG)


def _binned(values: FloatArray, right: Correct, edges: Sequence[float]) -> list[Bin]:
    found = []
    for low, high in pairwise(edges):
        inside = (values >= low) & (values < high)
        if inside.any():
            found.append(Bin(low, high, int(inside.sum()), float(right[inside].mean())))
    return found


def _of_height(picture: Grey, height_px: float) -> Grey:
    side = round(FER_FRAMING * height_px)
    if side >= 0.95 * picture.shape[0]:
        return picture
    return np.asarray(cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def _of_height_in_a_call(picture: Grey, height_px: float) -> Grey:
    _, coded = cv2.imencode(".jpg", _of_height(picture, height_px), [cv2.IMWRITE_JPEG_QUALITY, _CALL_JPEG])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)


def _tilted(picture: Grey, roll_deg: float) -> Grey:
    middle = (picture.shape[0] - 1) / 2
    turn = cv2.getRotationMatrix2D((middle, middle), roll_deg, 1.0)
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.warpAffine(picture, turn, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _blurred(picture: Grey, sigma_px: float) -> Grey:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), np.uint8) if sigma_px > 0 else picture


def _lit(picture: Grey, share: float) -> Grey:
    noise = np.random.default_rng(int(picture[0, 0])).normal(0.0, _NOISE, picture.shape)
    return np.asarray(np.clip(np.rint(picture * share + noise), 0, 255), np.uint8)
