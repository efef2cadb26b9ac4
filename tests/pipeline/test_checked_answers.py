"""What detector and network answer is checked before anything is read from it."""

import math
from typing import Any

import numpy as np
import pytest
from support.fakes import FakeClassifier, FakeDetector, cut, picture

from fer_desktop.core.errors import ModelError
from fer_desktop.core.types import Face, FloatArray, Frame, Image
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.checked_answers import MOST_FACES, checked_faces, checked_probabilities

POINTS = np.full((5, 2), 50, np.float32)
GOOD = np.full((1, 7), 1 / 7, np.float32)


def face(*box: float, score: float = 0.9, points: FloatArray = POINTS) -> Face:
    return Face(np.array(box, np.float32), score, points)


def with_first(value: float) -> FloatArray:
    rows = GOOD.copy()
    rows[0, 0] = value
    return rows


def test_probabilities_are_taken_as_they_are():
    assert checked_probabilities(GOOD, 1) is GOOD
    assert checked_probabilities(np.empty((0, 7), np.float32), 0).shape == (0, 7)


@pytest.mark.parametrize(
    "answer",
    [
        with_first(math.nan),
        with_first(math.inf),
        with_first(-math.inf),
        with_first(-1.0),
        with_first(0.9),
        GOOD * 2,
        np.zeros((1, 7), np.float32),
        GOOD[:, :6],
        np.repeat(GOOD, 2, axis=0),
        GOOD[0],
        None,
        "seven",
        [[1.0], [2.0, 3.0]],
    ],
)
def test_what_is_no_probability_is_one_sentence(answer: object):
    with pytest.raises(ModelError, match="no probabilities") as caught:
        checked_probabilities(answer, 1)
    assert "\n" not in str(caught.value)


def test_a_box_is_cut_off_at_the_edges_and_one_outside_is_dropped():
    inside, over, outside, thin = (
        face(*box) for box in ((1, 2, 9, 9), (-5, 90, 30, 130), (200, 0, 300, 50), (5, 5, 5, 9))
    )
    found = checked_faces([outside, inside, over, thin], 100, 100)
    assert [one.xyxy.tolist() for one in found] == [[1, 2, 9, 9], [0, 90, 30, 100]]


def test_the_best_face_comes_first_and_no_score_is_over_one():
    found = checked_faces([face(0, 0, 9, 9, score=0.5), face(20, 20, 40, 40, score=1.0005)], 100, 100)
    assert [one.score for one in found] == [1.0, 0.5]


@pytest.mark.parametrize(
    "wrong",
    [
        face(math.nan, 0, 9, 9),
        face(0, 0, math.inf, 9),
        face(0, 0, 9, 9, score=math.nan),
        face(0, 0, 9, 9, score=7.0),
        face(0, 0, 9, 9, score=-2.0),
        face(0, 0, 9),
        face(0, 0, 9, 9, points=np.full((5, 2), math.nan, np.float32)),
        face(0, 0, 9, 9, points=np.zeros((4, 2), np.float32)),
    ],
)
def test_what_is_no_face_is_one_sentence(wrong: Face):
    with pytest.raises(ModelError, match="no faces"):
        checked_faces([face(0, 0, 9, 9), wrong], 100, 100)


def test_thousands_of_boxes_are_noise():
    with pytest.raises(ModelError, match="noise"):
        checked_faces([face(0, 0, 9, 9)] * (MOST_FACES + 1), 100, 100)


class Wrong(FakeClassifier):
    def __init__(self, value: float) -> None:
        self.value = value

    def classify(self, crops: Any) -> FloatArray:
        rows = super().classify(crops)
        rows[0, 3] = self.value
        return rows


@pytest.mark.parametrize("value", [math.nan, math.inf, 5.0])
def test_a_frame_has_no_figure_of_a_network_that_answers_nonsense(value: float):
    with pytest.raises(ModelError, match="no probabilities"):
        FrameAnalyzer(FakeDetector(), cut, Wrong(value)).analyze(Frame(1, 0.0, picture()))


class Outside(FakeDetector):
    def detect(self, image: Image) -> list[Face]:
        return [*super().detect(image), face(9000, 9000, 9100, 9100)]


def test_a_face_outside_of_the_picture_is_no_participant():
    readings = FrameAnalyzer(Outside(3), cut, FakeClassifier()).analyze(Frame(1, 0.0, picture())).readings
    assert len(readings) == 3
