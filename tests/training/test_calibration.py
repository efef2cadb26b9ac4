from pathlib import Path

import keras
import numpy as np
import pytest
from support.inputs.tiny_runs import SHORT

from fer_desktop.core.readings.probabilities import softmax
from fer_desktop.datasets.fer2013 import TrainingData
from fer_desktop.evaluation.metrics import ece
from fer_desktop.training.calibration import Calibration, fit
from fer_desktop.training.export import export


def drawn(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Made-up truth: how likely each of the seven is, and labels drawn from it."""
    rng = np.random.default_rng(seed)
    likely = softmax(rng.normal(scale=2.0, size=(count, 7)).astype(np.float32))
    return likely, np.array([rng.choice(7, p=row / row.sum()) for row in likely.astype(float)])


def test_the_temperature_undoes_overconfidence() -> None:
    likely, labels = drawn(0, 4000)
    found = fit(np.log(likely) * 3, labels)
    assert found.temperature == pytest.approx(3.0, rel=0.1)
    assert found.uniform_share < 0.03


def test_what_smoothed_labels_left_in_is_taken_off_again() -> None:
    likely, labels = drawn(1, 6000)
    answers = np.log(0.85 * likely + 0.15 / 7)
    found = fit(answers, labels)
    assert found.uniform_share == pytest.approx(0.15, abs=0.04)
    assert found.temperature == pytest.approx(1.0, abs=0.1)
    unseen, truth = drawn(2, 6000)
    answers = np.log(0.85 * unseen + 0.15 / 7)
    with_it = ece(found.probabilities(answers), truth)
    without = ece(softmax(answers), truth)
    assert with_it < 0.5 * without


def test_nothing_is_ruled_out_and_the_answer_stays() -> None:
    logits = np.random.default_rng(3).normal(scale=8.0, size=(500, 7)).astype(np.float32)
    answers = Calibration(0.5, 0.3).probabilities(logits)
    assert answers.min() > 0.0009
    assert answers.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(answers.argmax(axis=1), logits.argmax(axis=1))


def test_the_exported_network_is_calibrated_as_was_fitted(tmp_path: Path, data: TrainingData, finished: Path) -> None:
    fitted = export(finished, data.public_test, tmp_path, SHORT)
    faces = data.public_test.images[..., None]
    logits = keras.saving.load_model(finished, compile=False).predict(faces, verbose=0)
    answers = keras.saving.load_model(tmp_path / "expression.keras", compile=False).predict(faces, verbose=0)
    for head, calibration in fitted.items():
        assert answers[head] == pytest.approx(calibration.probabilities(logits[head]), abs=1e-4)
