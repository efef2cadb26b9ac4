import numpy as np
import pytest

from fer_desktop.evaluation.metrics import (
    accuracy,
    confusion,
    ece,
    f1_by_class,
    macro_f1,
    precision_by_class,
    precision_recall,
    recall_by_class,
    reliability,
)


def certain(answers: list[int], top: float = 1.0) -> np.ndarray:
    probabilities = np.full((len(answers), 7), (1 - top) / 6, np.float32)
    probabilities[np.arange(len(answers)), answers] = top
    return probabilities


def test_accuracy_confusion_and_f1_of_a_case_done_by_hand() -> None:
    labels, answers = np.array([0, 0, 0, 1, 1, 2]), certain([0, 0, 1, 1, 1, 0])
    assert accuracy(answers, labels) == pytest.approx(4 / 6)
    counts = confusion(answers, labels)
    assert counts[:3, :3].tolist() == [[2, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert precision_by_class(counts)[:3] == pytest.approx([2 / 3, 2 / 3, 0.0])
    assert recall_by_class(counts)[:3] == pytest.approx([2 / 3, 1.0, 0.0])
    assert f1_by_class(counts)[:3] == pytest.approx([2 / 3, 0.8, 0.0])


def test_macro_f1_leaves_out_what_never_occurs_but_not_what_is_never_found() -> None:
    labels, answers = np.array([0, 0, 0, 1, 1, 2]), certain([0, 0, 1, 1, 1, 0])
    assert macro_f1(confusion(answers, labels)) == pytest.approx((2 / 3 + 0.8 + 0.0) / 3)


def test_who_is_right_as_often_as_said_has_no_calibration_error() -> None:
    labels = np.array([0] * 8 + [1] * 2)
    assert ece(certain([0] * 10, top=0.8), labels) == pytest.approx(0.0, abs=1e-6)
    assert ece(certain([0] * 10, top=0.99), labels) == pytest.approx(0.19, abs=1e-6)


def test_reliability_sorts_answers_by_what_is_said_of_them() -> None:
    said = np.concatenate([certain([0] * 4, top=0.55), certain([0] * 2, top=0.95), certain([0], top=1.0)])
    found = reliability(said, np.array([0, 0, 0, 1, 0, 1, 0]), bins=10)
    assert found.n.tolist() == [0, 0, 0, 0, 0, 4, 0, 0, 0, 3]
    assert found.accuracy[[5, 9]] == pytest.approx([0.75, 2 / 3])
    assert found.confidence[[5, 9]] == pytest.approx([0.55, 2.9 / 3])
    assert np.isnan(found.accuracy[0])
    assert ece(said, np.array([0, 0, 0, 1, 0, 1, 0]), bins=10) == pytest.approx((4 * 0.2 + 3 * 0.3) / 7)


def test_precision_over_recall_of_a_case_done_by_hand() -> None:
    probabilities = np.zeros((5, 7), np.float32)
    probabilities[:, 3] = [0.9, 0.8, 0.8, 0.5, 0.1]
    curve = precision_recall(probabilities, np.array([3, 3, 0, 3, 0]), 3)
    assert curve.answers.tolist() == [1, 3, 4, 5]  # equal probabilities enter together
    assert curve.recall == pytest.approx([1 / 3, 2 / 3, 1, 1])
    assert curve.precision == pytest.approx([1, 2 / 3, 3 / 4, 3 / 5])
    assert curve.average_precision == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)
    assert np.isnan(precision_recall(probabilities, np.array([3, 3, 0, 3, 0]), 1).average_precision)
