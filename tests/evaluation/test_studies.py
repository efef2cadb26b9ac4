import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.evaluation.baseline_study import study as baseline_study
from fer_desktop.evaluation.baseline_study import study_of_usual_looks
from fer_desktop.evaluation.gate_study import Bin, limit
from fer_desktop.evaluation.gate_study import study as gate_study
from fer_desktop.pipeline.ports import CropSpec
from fer_desktop.vision.crop import cut_crops

SAD = EXPRESSIONS.index("sad")


class ReadsBars:
    """Right (class 0) where the bars of a picture can still be told from one another, else wrong."""

    spec = CropSpec(48, 1)

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        contrast = crops[..., 0].astype(np.float32).mean(axis=1).std(axis=1)
        return np.asarray(np.eye(N_EXPRESSIONS, dtype=np.float32)[np.where(contrast > 20, 0, 1)])


class FindsNone:
    def detect(self, image: Image) -> list[Face]:  # noqa: ARG002 (a FaceDetector)
        return []


def bars() -> npt.NDArray[np.uint8]:
    """60 pictures of upright bars, three pixels wide."""
    row = np.tile(np.repeat([60, 190], 3), 8).astype(np.uint8)
    return np.tile(row, (60, 48, 1))


def test_each_measure_of_the_gate_says_where_a_network_fails() -> None:
    truth = np.zeros(60, np.int64)
    found = dict(gate_study(bars(), truth, ReadsBars(), cut_crops, FindsNone()))
    light = {"brightness, dark", "brightness, bright"}
    assert set(found) == {"height_px", "height_px in a call", "roll_deg", "sharpness", "yaw_deg"} | light
    assert limit(found["brightness, dark"], rising=True) is not None
    assert found["height_px"][0] == Bin(48, 48, 60, 1.0)
    assert found["height_px"][-1].right == 0.0
    assert found["yaw_deg"] == []
    assert limit(found["roll_deg"], rising=False) is not None
    assert [part.n for part in found["sharpness"]]
    assert limit(found["sharpness"], rising=True) is not None


def test_the_limit_is_past_the_last_bin_that_is_wrong_more_often_than_right() -> None:
    bins = [Bin(0, 1, 100, 0.2), Bin(1, 2, 100, 0.45), Bin(2, 3, 100, 0.8), Bin(3, 4, 5, 0.0)]
    assert limit(bins, rising=True) == 2
    assert limit([Bin(0, 10, 100, 0.8), Bin(10, 20, 100, 0.4)], rising=False) == 10
    assert limit([Bin(0, 10, 100, 0.8)], rising=False) is None


def answers() -> FloatArray:
    """Seven people who are read rightly, but the first looks sad when neutral."""
    rows = np.full((7, N_EXPRESSIONS, 2, N_EXPRESSIONS), 0.02, np.float32)
    for expression in range(N_EXPRESSIONS):
        rows[:, expression, :, expression] = 0.88
    rows[0, NEUTRAL] = 0.02
    rows[0, NEUTRAL, :, [SAD, NEUTRAL]] = [[0.55], [0.35]]
    return np.repeat(rows, 4, axis=2)


def test_the_study_shows_what_a_comparison_gains_and_what_it_costs() -> None:
    found = {(row.beginning, row.strength): row for row in baseline_study(answers())}
    off, on = found["all neutral", 0.0], found["all neutral", 0.5]
    assert off.misread == pytest.approx(1 / 7)
    assert on.misread == 0.0
    assert found["any expression", 1.0].right < found["any expression", 0.0].right


def test_a_usual_look_takes_itself_away() -> None:
    measure_crops = np.concatenate([np.eye(N_EXPRESSIONS, dtype=np.float32)[[NEUTRAL]].repeat(6, axis=0)] * 2)
    measure_crops[0] = 0.02
    measure_crops[0, [SAD, NEUTRAL]] = 0.5, 0.4
    truth = np.array([SAD, *[NEUTRAL] * 11])
    found = {(row.expression, row.strength): row.right for row in study_of_usual_looks(measure_crops, truth)}
    assert {expression for expression, _ in found} == {"sad", "neutral"}
    assert found["sad", 0.0] == 1.0
    assert found["sad", 1.0] == 0.0
