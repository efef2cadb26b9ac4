"""What `pipeline/ports.FaceDetector` asks of every detector that the settings can name."""

import cv2
import numpy as np
import pytest
from support.inputs.clips import simulated_call
from support.places import MODELS

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.detectors import SHIPPED, make_detector

DETECTORS = [
    pytest.param(Settings(), id="shipped"),
    pytest.param(Settings(detector_file=str(MODELS / SHIPPED)), id="a YuNet file of the user's own"),
]
PEOPLE = 9


@pytest.fixture(scope="module", params=DETECTORS)
def detector(request: pytest.FixtureRequest) -> FaceDetector:
    return make_detector(request.param, MODELS)


@pytest.fixture(scope="module")
def call() -> tuple[Image, FloatArray]:
    """A picture of the simulated call, and (N, 4) px of the faces in it."""
    simulator = simulated_call(PEOPLE)
    boxes = [tile.face_xyxy for tile in simulator.truth_at(1.0).tiles if tile.face_xyxy is not None]
    return simulator.image_at(1.0), np.array(boxes, np.float32)


def resized(image: Image, width: int, height: int) -> Image:
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def assert_alike(one: list[Face], other: list[Face]) -> None:
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert np.array_equal(a.xyxy, b.xyxy)
        assert np.array_equal(a.landmarks, b.landmarks)
        assert a.score == b.score


def test_the_faces_of_a_call_are_found_where_they_are(detector: FaceDetector, call: tuple[Image, FloatArray]) -> None:
    image, truth = call
    found = np.stack([face.xyxy for face in detector.detect(image)])
    assert len(match_greedily(iou_matrix(truth, found), 0.4)) == len(truth) == PEOPLE
    assert len(found) <= PEOPLE + 1


def test_a_face_has_a_box_in_the_picture_a_score_and_five_points(
    detector: FaceDetector, call: tuple[Image, FloatArray]
) -> None:
    height, width = call[0].shape[:2]
    for face in detector.detect(call[0]):
        assert face.xyxy.shape == (4,)
        assert face.landmarks.shape == (5, 2)
        assert face.xyxy.dtype == face.landmarks.dtype == np.float32
        x0, y0, x1, y1 = face.xyxy
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
        assert isinstance(face.score, float)
        assert 0 < face.score <= 1


def test_the_best_comes_first(detector: FaceDetector, call: tuple[Image, FloatArray]) -> None:
    scores = [face.score for face in detector.detect(call[0])]
    assert scores == sorted(scores, reverse=True)


def test_the_points_are_eyes_nose_and_mouth_from_left_to_right_as_seen(
    detector: FaceDetector, call: tuple[Image, FloatArray]
) -> None:
    image, truth = call
    faces = detector.detect(image)
    for _, number in match_greedily(iou_matrix(truth, np.stack([face.xyxy for face in faces])), 0.4):
        left_eye, right_eye, nose, left_mouth, right_mouth = faces[number].landmarks
        assert left_eye[0] < nose[0] < right_eye[0]
        assert left_mouth[0] < right_mouth[0]
        assert max(left_eye[1], right_eye[1]) < nose[1] < min(left_mouth[1], right_mouth[1])


@pytest.mark.parametrize("grey", [0, 90, 255])
def test_an_empty_picture_has_no_face(detector: FaceDetector, grey: int) -> None:
    assert detector.detect(np.full((480, 640, 3), grey, np.uint8)) == []


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (8, 5), (33, 31)])
def test_a_picture_without_room_for_a_face_has_none(detector: FaceDetector, size: tuple[int, int]) -> None:
    assert detector.detect(np.full((size[1], size[0], 3), 90, np.uint8)) == []


@pytest.mark.parametrize("size", [(961, 541), (800, 451), (1443, 811), (3840, 2160)])
def test_boxes_are_in_the_pixels_of_the_picture_whatever_its_size(
    detector: FaceDetector, call: tuple[Image, FloatArray], size: tuple[int, int]
) -> None:
    image, truth = call
    scale = np.tile(np.array(size, np.float32) / (image.shape[1], image.shape[0]), 2).astype(np.float32)
    found = np.stack([face.xyxy for face in detector.detect(resized(image, *size))])
    assert len(match_greedily(iou_matrix(truth * scale, found), 0.4)) == PEOPLE


def test_the_same_picture_has_the_same_faces_whatever_was_seen_between(
    detector: FaceDetector, call: tuple[Image, FloatArray]
) -> None:
    first = detector.detect(call[0])
    detector.detect(np.full((240, 320, 3), 90, np.uint8))
    assert_alike(detector.detect(call[0]), first)


def test_a_part_of_a_picture_is_a_picture_and_stays_as_it_is(
    detector: FaceDetector, call: tuple[Image, FloatArray]
) -> None:
    wide = np.zeros((call[0].shape[0] + 40, call[0].shape[1] + 60, 3), np.uint8)
    part = wide[20:-20, 30:-30]
    part[:] = call[0]
    assert not part.flags.c_contiguous
    assert_alike(detector.detect(part), detector.detect(call[0]))
    assert np.array_equal(part, call[0])
