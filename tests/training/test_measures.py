import numpy as np
import pytest

from fer_desktop.training.export import fit_temperature
from fer_desktop.training.measures import accuracy, confusion, ece, f1_by_class, softmax


def certain(answers: list[int], top: float = 1.0) -> np.ndarray:
    probabilities = np.full((len(answers), 7), (1 - top) / 6, np.float32)
    probabilities[np.arange(len(answers)), answers] = top
    return probabilities


def test_accuracy_confusion_and_f1_of_a_case_done_by_hand() -> None:
    labels, answers = np.array([0, 0, 0, 1, 1, 2]), certain([0, 0, 1, 1, 1, 0])
    assert accuracy(answers, labels) == pytest.approx(4 / 6)
    counts = confusion(answers, labels)
    assert counts[:3, :3].tolist() == [[2, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert f1_by_class(counts)[:3] == pytest.approx([2 / 3, 0.8, 0.0])


def test_who_is_right_as_often_as_said_has_no_calibration_error() -> None:
    labels = np.array([0] * 8 + [1] * 2)
    assert ece(certain([0] * 10, top=0.8), labels) == pytest.approx(0.0, abs=1e-6)
    assert ece(certain([0] * 10, top=0.99), labels) == pytest.approx(0.19, abs=1e-6)


def test_the_temperature_undoes_overconfidence() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 7)).astype(np.float32)
    labels = np.array([rng.choice(7, p=row / row.sum()) for row in softmax(logits).astype(float)])
    assert fit_temperature(logits * 3, labels) == pytest.approx(3.0, rel=0.1)
