"""Pictures of a folder show different people, though their faces may lie in the same place."""

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, SAD
from fer_desktop.core.types import Face, FloatArray, Frame, Image
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import CropSpec

BOX = np.array([20, 20, 100, 100], np.float32)


class _OneFace:
    def detect(self, image: Image) -> list[Face]:
        del image
        return [Face(BOX, 0.9, np.tile(BOX[:2], (5, 1)) + 40)]


class _Script:
    spec = CropSpec(48, 1)

    def __init__(self, *shown: int) -> None:
        self._shown = list(shown)

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        return np.eye(N_EXPRESSIONS, dtype=np.float32)[[self._shown.pop(0)] * len(crops)]


def _cut(image: Image, squares: FloatArray, spec: CropSpec) -> npt.NDArray[np.uint8]:
    del image
    noise = np.random.default_rng(0).integers(0, 256, (len(squares), spec.side_px, spec.side_px, spec.channels))
    return noise.astype(np.uint8)


def _last_share_of_sad(*scenes: int) -> float:
    analyzer = FrameAnalyzer(_OneFace(), _cut, _Script(HAPPY, SAD), smoothing_s=5.0)
    image: Image = np.zeros((120, 120, 3), np.uint8)
    analyses = [analyzer.analyze(Frame(k, 0.5 * k, image, scene)) for k, scene in enumerate(scenes)]
    return float(analyses[-1].readings[0].probabilities[SAD])


def test_nothing_is_smoothed_from_one_picture_to_the_next() -> None:
    assert _last_share_of_sad(0, 1) == 1.0


def test_within_a_scene_readings_are_smoothed() -> None:
    assert _last_share_of_sad(0, 0) < 0.2
