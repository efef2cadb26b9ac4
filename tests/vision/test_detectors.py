import csv
import hashlib
import shutil
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.places import MODELS, SHARED

from fer_desktop.core.errors import ModelError
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.readings.quality import Gate
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.detectors import SHIPPED, SHIPPED_SHA256, YuNetDetector, make_detector, shipped_detector

needs_data = pytest.mark.needs_data("photos")


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return shipped_detector(MODELS)


def picture(name: str) -> Image:
    return np.asarray(cv2.imread(str(SHARED / "photos" / name)), np.uint8)


def resized(image: Image, width: int, height: int) -> Image:
    return np.asarray(cv2.resize(image, (width, height)), np.uint8)


def boxes_of(folder: str) -> dict[str, FloatArray]:
    """By picture, (N, 4) px of the faces in it."""
    found: dict[str, list[list[float]]] = defaultdict(list)
    with (SHARED / "photos" / "boxes.csv").open(newline="") as file:
        for name, *box in csv.reader(file):
            if name.startswith(folder):
                found[name].append([float(value) for value in box[:4]])
    return {name: np.array(boxes, np.float32) for name, boxes in found.items()}


def found_and_false(detector: FaceDetector, folder: str, min_score: float) -> tuple[int, int, int]:
    """Faces there, faces found, boxes too many."""
    there = found = false = 0
    for name, truth in boxes_of(folder).items():
        faces = [face.xyxy for face in detector.detect(picture(name)) if face.score >= min_score]
        pairs = match_greedily(iou_matrix(truth, np.stack(faces)), 0.4)
        there, found, false = there + len(truth), found + len(pairs), false + len(faces) - len(pairs)
    return there, found, false


def test_the_weights_are_the_ones_that_were_measured_and_their_licence_is_with_them() -> None:
    assert hashlib.sha256((MODELS / SHIPPED).read_bytes()).hexdigest() == SHIPPED_SHA256
    assert SHIPPED_SHA256 in (MODELS / "face_detector.md").read_text(encoding="utf-8")
    licence = (MODELS / "face_detector.LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "Shiqi Yu" in licence


@needs_data
def test_faces_of_groups_are_found_and_few_too_many(detector: FaceDetector) -> None:
    there, found, false = found_and_false(detector, "groups/", Gate().min_score)
    assert there == 69
    assert found >= 66
    assert false <= 3


@needs_data
def test_every_portrait_has_its_face_and_no_other(detector: FaceDetector) -> None:
    there, found, false = found_and_false(detector, "portraits/", Gate().min_score)
    assert (found, false) == (there, 0)


@needs_data
def test_a_group_is_found_with_eyes_above_mouths(detector: FaceDetector) -> None:
    image = picture("groups/group15.jpg")
    truth = boxes_of("groups/group15.jpg")["groups/group15.jpg"]
    faces = detector.detect(image)
    assert len(match_greedily(iou_matrix(truth, np.stack([face.xyxy for face in faces])), 0.4)) >= 0.95 * len(truth)
    assert len(faces) <= 1.05 * len(truth)
    for face in faces:
        left_eye, right_eye, nose, left_mouth, right_mouth = face.landmarks
        assert left_eye[0] < right_eye[0]
        assert left_mouth[0] < right_mouth[0]
        assert max(left_eye[1], right_eye[1]) < min(left_mouth[1], right_mouth[1])
        assert face.xyxy[0] < nose[0] < face.xyxy[2]


@needs_data
def test_boxes_are_in_the_pixels_of_the_frame_whatever_its_size(detector: FaceDetector) -> None:
    image = picture("portraits/img1.jpg")
    small = detector.detect(resized(image, 400, 300))
    large = detector.detect(resized(image, 2400, 1800))
    assert small[0].xyxy * 6 == pytest.approx(large[0].xyxy, abs=60)


def test_an_empty_wall_has_no_face(detector: FaceDetector) -> None:
    assert detector.detect(np.full((480, 640, 3), 90, np.uint8)) == []


def test_a_file_of_the_users_own_is_taken_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "own.onnx"
    # What ONNX does not know it skips: the same network, another hash.
    own.write_bytes((MODELS / SHIPPED).read_bytes() + b"\xa2\x06\x02me")
    assert isinstance(make_detector(Settings(detector_file=str(own)), MODELS), YuNetDetector)


def test_the_file_is_read_by_its_content_and_never_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(shutil.copy(MODELS / SHIPPED, tmp_path / "शिक्षिका.onnx"))
    create = cv2.FaceDetectorYN.create
    given: list[object] = []

    def noting(*values: object) -> object:
        given.extend(values)
        return create(*values)  # type: ignore[call-overload]

    monkeypatch.setattr(cv2.FaceDetectorYN, "create", noting)
    assert YuNetDetector(own).detect(np.zeros((64, 64, 3), np.uint8)) == []
    assert given
    assert not any(isinstance(value, str) and own.name in value for value in given)


def test_a_shipped_file_that_is_missing_or_changed_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing: install"):
        make_detector(Settings(), tmp_path)
    shutil.copy(MODELS / SHIPPED, tmp_path)
    with (tmp_path / SHIPPED).open("ab") as file:
        file.write(b"\xa2\x06\x02me")
    with pytest.raises(ModelError, match="not the one that was shipped"):
        make_detector(Settings(), tmp_path)


def test_a_missing_or_wrong_file_of_the_users_own_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="choose another in the settings"):
        YuNetDetector(tmp_path / "none.onnx")
    wrong = tmp_path / "wrong.onnx"
    wrong.write_text("not a network")
    with pytest.raises(ModelError, match="no YuNet file"):
        YuNetDetector(wrong)
