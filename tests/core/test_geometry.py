import numpy as np
import pytest

from fer_desktop.core.geometry import face_squares, iou_matrix, match_greedily


def boxes(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


def test_iou_of_equal_half_and_apart() -> None:
    overlap = iou_matrix(boxes((0, 0, 10, 10)), boxes((0, 0, 10, 10), (5, 0, 15, 10), (20, 20, 30, 30)))
    assert overlap[0] == pytest.approx([1.0, 1 / 3, 0.0])


def test_the_square_is_centred_and_takes_the_longer_side() -> None:
    square = face_squares(boxes((10, 20, 50, 80)), framing=1.0)[0]
    assert square.tolist() == [0.0, 20.0, 60.0, 80.0]


def test_matching_takes_the_best_pairs_first_and_each_once() -> None:
    affinity = np.array([[0.9, 0.8], [0.85, 0.1]], dtype=np.float32)
    assert match_greedily(affinity, 0.3) == [(0, 0)]
    assert match_greedily(affinity, 0.05) == [(0, 0), (1, 1)]


def test_nothing_to_match_gives_no_pairs() -> None:
    assert match_greedily(np.empty((0, 3), np.float32), 0.3) == []
