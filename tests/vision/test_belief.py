"""Which tiles and faces of hard pictures are participants', with the real detector."""

from functools import cache

import cv2
import numpy as np
import pytest
from support.drawn_galleries import assert_same, boxes, gallery
from support.places import MODELS, RESOURCES

from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Face, FloatArray, Image, PeopleSplit
from fer_desktop.evaluation.participants_count import Counted, counted, is_visible, owners
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import CropSpec
from fer_desktop.simulation.hard_cases.catalogue import CASES, make_call
from fer_desktop.simulation.layout import Style, View
from fer_desktop.vision.crop import cut_crops
from fer_desktop.vision.detectors import YuNetDetector, make_detector
from fer_desktop.vision.gallery.belief import SURE_SCORE, find_gallery
from fer_desktop.vision.gallery.completion import with_avatars
from fer_desktop.vision.gallery.reader import CallGallery
from fer_desktop.vision.gallery.small_pictures import are_small_pictures
from fer_desktop.vision.gallery.tiles_by_ground.grid import find_grid

_NOBODY = np.zeros((0, 4), np.float32)


@cache
def detector() -> YuNetDetector:
    found = make_detector(Settings(), MODELS)
    assert isinstance(found, YuNetDetector)
    return found


class Neutral:
    """Reads nothing."""

    spec = CropSpec(48, 1)

    def classify(self, crops: np.ndarray) -> FloatArray:
        return np.full((len(crops), 7), 1 / 7, np.float32)


def middles(tiles: FloatArray) -> FloatArray:
    """(N, 4) a face in the middle of each tile."""
    quarter = (tiles[:, 2:] - tiles[:, :2]) / 4
    return np.concatenate([tiles[:, :2] + quarter, tiles[:, 2:] - quarter], axis=1).astype(np.float32)


@pytest.mark.parametrize(
    "name",
    [
        "posters",
        "people_panel",
        "strip_above_faces",
        "gallery_beside_faces",
        "gallery_beside_cards",
        "picture_in_picture",
        "quad_and_column",
        "speaker_column_gap_0",
        "together",
        "photos_as_avatars_gap_0",
    ],
)
def test_everybody_is_counted_once_and_nobody_who_is_none(name: str) -> None:
    analyzer = FrameAnalyzer(detector(), cut_crops, Neutral(), gallery=lambda: CallGallery(detector()))
    frames = make_call(CASES[name], RESOURCES, 3, PeopleSplit.TUNING).frames(3, 0.5)
    analysis, truth = [(analyzer.analyze(frame), truth) for frame, truth in frames][-1]
    whose = owners(truth, counted(analysis))
    seen = [index for index, one in enumerate(truth.participants) if is_visible(one)]
    assert [whose.times(index) for index in seen] == [1] * len(seen)
    assert not any(whose.wrong)


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        ("all_cameras_off", 1),  # names stand above the avatars
        ("all_cameras_off", 42),  # the avatars' squares are a grid too
        ("photos_as_avatars_gap_0", 2),  # avatars of one colour side by side, without a line between them
        ("one_large_two_three", 9),  # a room as dark as the ground: the large tile is none of four
        ("gap_2_scaled_0_7_area", 22),  # edges of avatars make a grid that runs through faces
        ("monitor_at_an_angle_jpeg", 2),  # beside the window are a desktop's straight edges
        ("self_view_over_gallery", 9),  # it lies over an avatar
        ("self_view_over_gallery", 3),  # it takes a fifth of the tile
        ("self_view_over_gallery", 75),  # it hides half of a face, whose box goes on below it
        ("self_view_over_gallery", 84),  # it shows a photo
        ("self_view_over_gallery", 124),  # the photo in it has edges as clear as its own
        ("self_view_over_gallery", 99),  # it lies over an avatar, whose colour is around it
        ("jpeg_95", 73),  # a camera is off amid the others, and JPEG hides its gaps
        ("jpeg_60", 73),  # the same at the end of a row, with a photo
        ("h264_23_13_tiles", 76),  # the same alone in the last row
        ("menu_over_tiles", 78),  # a menu lies over a tile whose camera is off
        ("buttons_over_tiles", 77),  # and a bar of buttons
        ("captions_over_tiles", 77),
        ("reactions_over_tiles", 86),  # two tiles, one with its camera off, between which an emoji hides the gap
        ("article_1_25_jpeg_75", 83),  # no gap shows between a tile and the one below
    ],
)
def test_the_tiles_of_galleries_that_were_misread_are_the_participants(name: str, seed: int) -> None:
    assert_participants_are_the_tiles(name, seed, 6)


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        ("strip_above", 78),  # a scarf round a face in the corner looks like a picture over it
        ("speaker_column_gap_0", 78),  # below the last tile and beside it is the ground, as around a photo
        ("upright_phones_ground", 75),  # the same, and on both sides
    ],
)
def test_a_face_at_the_gallerys_corner_is_in_a_tile_of_its_own(name: str, seed: int) -> None:
    assert_participants_are_the_tiles(name, seed, 3)


def assert_participants_are_the_tiles(name: str, seed: int, frames: int) -> None:
    """That nobody is missed in the last of so many frames, and nobody who is none is a tile."""
    frame, truth = list(make_call(CASES[name], RESOURCES, seed, PeopleSplit.TUNING).frames(frames, 0.5))[-1]
    faces = [face.xyxy for face in detector().detect(frame.image) if face.score >= SURE_SCORE]
    tiles = find_gallery(frame.image, np.array(faces, np.float32).reshape(-1, 4)).layout.tiles
    found = [Counted(number, tile, camera_on=True, is_tile=True) for number, tile in enumerate(tiles)]
    whose = owners(truth, found)
    assert not any(whose.wrong)
    counted_once = sum(whose.times(index) == 1 for index in range(len(truth.participants)))
    assert counted_once == (len(truth.participants) if name != "monitor_at_an_angle_jpeg" else len(tiles))


def test_a_photo_with_its_name_above_is_no_camera_in_a_single_picture() -> None:
    analyzer = FrameAnalyzer(detector(), cut_crops, Neutral(), gallery=lambda: CallGallery(detector()))
    frame, _ = next(iter(make_call(CASES["all_cameras_off"], RESOURCES, 1, PeopleSplit.TUNING).frames(1)))
    analysis = analyzer.analyze(frame)
    assert (len(analysis.tiles), analysis.cameras_on) == (20, 0)


@pytest.mark.parametrize("name", ["photo_wall", "news_site", "board_game", "spreadsheet", "whiteboard", "film"])
def test_what_is_no_call_has_no_tiles(name: str) -> None:
    analyzer = FrameAnalyzer(detector(), cut_crops, Neutral(), gallery=lambda: CallGallery(detector()))
    for frame, _ in make_call(CASES[name], RESOURCES, 3, PeopleSplit.TUNING).frames(3, 0.5):
        assert analyzer.analyze(frame).tiles == ()


def test_a_wall_of_photos_that_goes_on_beyond_the_picture_has_no_tiles() -> None:
    analyzer = FrameAnalyzer(detector(), cut_crops, Neutral(), gallery=lambda: CallGallery(detector()))
    frame, _ = next(iter(make_call(CASES["photo_wall"], RESOURCES, 132, PeopleSplit.TUNING).frames(1)))
    assert analyzer.analyze(frame).tiles == ()


def test_the_men_of_a_board_are_no_avatars_of_a_gallery() -> None:
    frame, _ = next(iter(make_call(CASES["board_game"], RESOURCES, 85, PeopleSplit.TUNING).frames(1)))
    squares = find_grid(frame.image).tiles
    faces = np.array([face.xyxy for face in detector().detect(frame.image)], np.float32).reshape(-1, 4)
    drawn = np.zeros(len(faces), np.bool_)
    assert len(squares) > 20
    assert_same(with_avatars(squares, _NOBODY, faces, drawn, frame.image), squares)


def test_a_tile_that_the_ground_hides_is_completed_from_its_face() -> None:
    image, made = gallery(Style.ZOOM_DARK, 9)
    tiles = boxes(made)
    x0, y0, x1, y1 = tiles[8].astype(int)
    hidden = image.copy()
    hidden[y0:y1, x0:x1] = image[y0 - 2, x0]  # of its tile nothing stands out from the ground
    assert_same(find_gallery(hidden, middles(tiles[:8])).layout.tiles, tiles[:8])
    assert_same(find_gallery(hidden, middles(tiles)).layout.tiles, tiles)


@pytest.mark.parametrize("shares", [(0.0, 0.35), (0.4, 0.0), (0.3, 0.25)])
def test_tiles_that_the_pictures_edge_cuts_are_completed(shares: tuple[float, float]) -> None:
    image, made = gallery(Style.ZOOM_DARK, 16)
    tiles = boxes(made)
    right, bottom = np.rint(tiles[-1, 2:] - np.array(shares) * (tiles[0, 2:] - tiles[0, :2])).astype(int)
    part = np.ascontiguousarray(image[:bottom, :right])
    seen = np.clip(tiles, 0, [right, bottom] * 2).astype(np.float32)
    with_face = np.arange(len(tiles)) % 5 != 4  # the others' cameras are off
    # A face at the left and the top of its tile shows more than the tile does.
    size = tiles[0, 2:] - tiles[0, :2]
    corner = tiles[with_face, :2] + 0.15 * size
    faces = np.concatenate([corner, corner + 0.4 * size], axis=1).astype(np.float32)
    assert_same(find_gallery(part, faces).layout.tiles, seen)


def test_a_face_that_the_pictures_edge_cuts_without_a_tiles_edges_proposes_none() -> None:
    image, made = gallery(Style.ZOOM_DARK, 9)
    tiles = boxes(made)
    right = round(float(tiles[:, 2].max())) + 100  # beside the gallery is nothing but the ground
    part = np.ascontiguousarray(image[:, :right])
    beside = np.array([[right - 60, 300, right - 10, 360]], np.float32)
    assert_same(find_gallery(part, np.concatenate([middles(tiles), beside])).layout.tiles, tiles)


def test_a_lone_rectangle_with_many_faces_is_a_scene_and_no_tile() -> None:
    image, made = gallery(Style.ZOOM_DARK, 1)
    x0, y0 = boxes(made)[0, :2]
    several = [[x0 + k * 120 + 40, y0 + 200, x0 + k * 120 + 110, y0 + 290] for k in range(7)]
    assert not len(find_gallery(image, np.array(several, np.float32)).layout.tiles)
    assert_same(find_gallery(image, middles(boxes(made))).layout.tiles, boxes(made))


def test_a_slide_is_shared_and_its_faces_are_no_evidence() -> None:
    image, made = gallery(Style.ZOOM_LIGHT, 6, View.SHARED_STRIP)
    assert made.shared is not None
    x0, y0, _, _ = made.shared
    on_slide = np.array([[x0 + 300, y0 + 200, x0 + 340, y0 + 250]], np.float32)
    found = find_gallery(image, np.concatenate([middles(boxes(made)), on_slide]))
    assert_same(found.layout.tiles, boxes(made))
    assert_same(found.layout.shared, np.array([made.shared], np.float32))


def person(size: int) -> tuple[Image, Face]:
    """What the camera of a generated person shows, with the face of that height; and the face."""
    frame, truth = next(make_call(CASES["gap_2"], RESOURCES, 3, PeopleSplit.TUNING).frames(1))
    one = next(each for each in truth.participants if each.face_xyxy is not None and each.face_share > 0.99)
    assert one.face_xyxy is not None
    assert one.tile_xyxy is not None
    x0, y0, x1, y1 = (round(edge) for edge in one.tile_xyxy)
    scale = size / (one.face_xyxy[3] - one.face_xyxy[1])
    tile = cv2.resize(frame.image[y0:y1, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    box = (np.array(one.face_xyxy, np.float32) - np.array([x0, y0, x0, y0])) * scale
    return np.asarray(tile, np.uint8), Face(box.astype(np.float32), 0.9, np.zeros((5, 2), np.float32))


def test_a_photo_amid_one_colour_is_told_from_a_cameras_picture() -> None:
    tile, face = person(36)
    assert are_small_pictures(tile, face.xyxy[None]).tolist() == [False]
    x0, y0, x1, y1 = np.rint(face.xyxy).astype(int)
    margin = (y1 - y0) // 4
    disc = tile[max(y0 - margin, 0) : y1 + margin, max(x0 - margin, 0) : x1 + margin]
    page = np.full((400, 400, 3), 245, np.uint8)
    page[120 : 120 + disc.shape[0], 60 : 60 + disc.shape[1]] = disc
    moved = face.xyxy + np.tile([60 - max(x0 - margin, 0), 120 - max(y0 - margin, 0)], 2)
    cv2.putText(page, "Kim Berg", (70 + disc.shape[1], 140), 0, 0.5, (40, 40, 40), 1)
    assert are_small_pictures(page, moved[None].astype(np.float32)).tolist() == [True]
