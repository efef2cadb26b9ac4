"""Tiles, seats and faces of simulated calls, read as the program reads them."""

import numpy as np
import pytest
from support.places import MODELS, RESOURCES

from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.seats.tile_seats import TileSeats
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import FloatArray
from fer_desktop.pipeline.frame.participants import ParticipantFinder
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.simulation.ground_truth import CallTruth
from fer_desktop.simulation.layout import Style, View
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.detectors import make_detector
from fer_desktop.vision.gallery.mosaic import cells_for, find_in_tiles
from fer_desktop.vision.gallery.reader import CallGallery


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return make_detector(Settings(), MODELS)


@pytest.fixture(scope="module")
def reordering() -> CallSimulator:
    return CallSimulator(RESOURCES, "reorders", 9, Style.ZOOM_DARK, (1280, 720), seed=11)


def faces_of(truth: CallTruth) -> FloatArray:
    return np.array([tile.seen_xyxy for tile in truth.tiles if tile.seen_xyxy is not None], np.float32)


@pytest.mark.parametrize("count", [1, 9, 30])
def test_the_faces_of_all_tiles_are_found_in_their_tiles(detector: FaceDetector, count: int) -> None:
    call = CallSimulator(RESOURCES, "calm", count, Style.MEET, (1280, 720), seed=4)
    truth = call.truth_at(2.0)
    tiles = np.array([tile.tile_xyxy for tile in truth.tiles], np.float32)
    found = find_in_tiles(detector, call.image_at(2.0), tiles, cells_for(tiles))
    assert len(found) == count
    for tile, faces in zip(truth.tiles, found, strict=True):
        if tile.seen_xyxy is not None:
            box = np.array([tile.seen_xyxy], np.float32)
            assert iou_matrix(box, np.stack([face.xyxy for face in faces])).max() > 0.6
            inside = np.array(tile.tile_xyxy)
            assert all((face.landmarks[0] > inside[:2]).all() for face in faces)
            assert all((face.landmarks[0] < inside[2:]).all() for face in faces)


def test_who_sits_where_stays_known_when_the_tiles_are_reordered(
    detector: FaceDetector, reordering: CallSimulator
) -> None:
    people = ParticipantFinder(detector, CallGallery(detector))
    seats: dict[int, set[int]] = {}
    orders = set()
    for at_s in np.arange(6.0, 34.0, 4.0):
        truth = reordering.truth_at(float(at_s))
        found = people.find(reordering.frame_at(float(at_s)))
        orders.add(truth.visible)
        assert [tuple(tile.xyxy) for tile in found.tiles] == [tile.tile_xyxy for tile in truth.tiles]
        for shown, tile in zip(truth.tiles, found.tiles, strict=True):
            seats.setdefault(shown.participant, set()).add(tile.seat)
    assert len(orders) > 2
    assert all(len(given) == 1 for given in seats.values())
    assert len(set.union(*seats.values())) == len(seats)


def test_a_resized_window_and_a_slide_keep_the_seats_of_those_with_a_camera(detector: FaceDetector) -> None:
    people = ParticipantFinder(detector, CallGallery(detector))
    wide = CallSimulator(RESOURCES, "calm", 9, Style.ZOOM_DARK, (1280, 720), seed=5)
    slide = CallSimulator(RESOURCES, "calm", 9, Style.ZOOM_DARK, (1280, 720), seed=5, view=View.SHARED_STRIP)
    before = {
        shown.participant: tile.seat
        for shown, tile in zip(wide.truth_at(1.0).tiles, people.find(wide.frame_at(1.0)).tiles, strict=True)
    }
    found, truth = people.find(slide.frame_at(1.5)), slide.truth_at(1.5)
    assert len(found.tiles) == len(truth.tiles) < len(before)
    for shown, tile in zip(truth.tiles, found.tiles, strict=True):
        assert tile.seat == before[shown.participant]


def test_cameras_that_are_off_are_known_once_their_pictures_have_stood_still(detector: FaceDetector) -> None:
    call = CallSimulator(RESOURCES, "cameras", 25, Style.TEAMS, (1280, 720), seed=3)
    people = ParticipantFinder(detector, CallGallery(detector))
    for at_s in np.arange(0.0, 6.0, 0.5):
        found = people.find(call.frame_at(float(at_s)))
    truth = call.truth_at(5.5)
    assert {tile.avatar for tile in truth.tiles} >= {"none", "initials"}
    assert [tile.camera_on for tile in found.tiles] == [tile.camera_on for tile in truth.tiles]
    assert found.cameras_on == sum(tile.camera_on for tile in truth.tiles)


@pytest.mark.parametrize("step_s", [1.0, 2.0])
def test_cameras_stay_on_where_the_layout_changes_between_any_two_frames_that_are_read(
    detector: FaceDetector, step_s: float
) -> None:
    call = CallSimulator(RESOURCES, "restless", 9, Style.ZOOM_DARK, (1280, 720), seed=3)
    gallery, seats = CallGallery(detector), TileSeats()
    for at_s in np.arange(0.0, 12.0, step_s).tolist():
        truth, image = call.truth_at(at_s), call.image_at(at_s)
        gallery.has_changed(image)
        boxes = gallery.layout(image, detector.detect(image)).tiles
        tiles = seats.assign(gallery.features(image, boxes), at_s)
        true = np.array([tile.tile_xyxy for tile in truth.tiles], np.float32)
        seen = iou_matrix(true, np.stack([tile.xyxy for tile in tiles])).argmax(axis=1)
        assert all(tiles[k].camera_on for k, tile in zip(seen, truth.tiles, strict=True) if tile.camera_on), at_s


def test_a_picture_without_a_gallery_has_no_tiles(detector: FaceDetector) -> None:
    across = np.linspace(40, 210, 640)[None, :, None]
    down = np.linspace(0.6, 1.0, 360)[:, None, None]
    picture = np.random.default_rng(1).normal(across * down * np.ones(3), 6).clip(0, 255).astype(np.uint8)
    assert len(CallGallery(detector).layout(picture, detector.detect(picture)).tiles) == 0
