"""Faces followed by their pixels, from one picture of a simulated call to the next."""

import cv2
import numpy as np
import pytest
from support.places import RESOURCES

from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.types import FloatArray
from fer_desktop.pipeline.frame.followed_faces import MIN_NCC
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.gallery.template_tracking import follow, make_templates

CALL = CallSimulator(RESOURCES, "calm", 9, picture_px=(1280, 720), seed=4)


def faces_at(at_s: float) -> FloatArray:
    truth = CALL.truth_at(at_s)
    return np.array([tile.seen_xyxy for tile in truth.tiles if tile.seen_xyxy is not None], np.float32)


def test_a_face_is_found_where_it_went() -> None:
    image, faces = CALL.image_at(1.0), faces_at(1.0)
    by = np.array([12, -7], np.float32)
    shifted = np.asarray(cv2.warpAffine(image, np.array([[1, 0, by[0]], [0, 1, by[1]]]), (1280, 720)), np.uint8)
    moves, ncc = follow(shifted, faces, make_templates(image, faces))
    px = (faces[:, 2:] - faces[:, :2]).max(axis=1) / 24
    assert (np.abs(moves - by) <= px[:, None]).all()
    assert ncc.min() > 0.9


def test_a_class_that_moves_is_followed_for_a_second() -> None:
    moves, ncc = follow(CALL.image_at(2.0), faces_at(1.0), make_templates(CALL.image_at(1.0), faces_at(1.0)))
    followed = faces_at(1.0) + np.tile(moves, 2)
    assert np.diag(iou_matrix(followed, faces_at(2.0))).min() > 0.7
    assert ncc.min() > 0.7


def test_a_face_that_was_covered_is_not_taken_for_itself() -> None:
    image, faces = CALL.image_at(1.0), faces_at(1.0)
    templates = make_templates(image, faces)
    hands = faces + np.array([-0.5, -0.5, 0.5, 0.5], np.float32) * np.tile(faces[:, 2:] - faces[:, :2], 2)
    covered = image.copy()
    for x0, y0, x1, y1 in np.clip(hands, 0, None).astype(int):
        slope = np.linspace(60, 200, (x1 - x0))[None, :, None] + np.linspace(0, 40, y1 - y0)[:, None, None]
        covered[y0:y1, x0:x1] = slope[: covered.shape[0] - y0, : covered.shape[1] - x0]
    assert follow(covered, faces, templates)[1].max() < MIN_NCC


@pytest.mark.parametrize("box", [(-40, -40, 30, 30), (600, 340, 700, 420), (1270, 700, 1400, 900), (5, 5, 6, 6)])
def test_at_the_edge_of_the_picture_and_for_tiny_boxes_there_is_an_answer(box: tuple[float, ...]) -> None:
    image, boxes = CALL.image_at(1.0), np.array([box], np.float32)
    moves, ncc = follow(image, boxes, make_templates(image, boxes))
    assert moves.shape == (1, 2)
    assert np.isfinite(ncc).all()


def test_without_faces_there_is_nothing_to_follow() -> None:
    none = np.zeros((0, 4), np.float32)
    moves, ncc = follow(CALL.image_at(1.0), none, make_templates(CALL.image_at(1.0), none))
    assert (moves.shape, ncc.shape) == ((0, 2), (0,))
