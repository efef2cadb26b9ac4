from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np
import pytest
from support.places import MODELS, RESOURCES, SHARED

from fer_desktop.capture.files.picture_file import read_picture
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import FloatArray, Image, PeopleSplit
from fer_desktop.simulation.layout import Style, View
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.detectors import shipped_detector
from fer_desktop.vision.gallery.tiles_by_lines.borders import find_touching_tiles

SIZE = (1280, 720)
NONE = np.zeros((0, 4), np.float32)
Scene = tuple[Image, FloatArray, FloatArray]  # a picture, its tiles, its faces


@lru_cache
def call(count: int, gap: int = 0, style: Style = Style.ZOOM_DARK, view: View = View.GALLERY, seed: int = 3) -> Scene:
    """A call whose cameras are on for the most part."""
    made = CallSimulator(
        RESOURCES, "cameras", count, style, SIZE, seed, PeopleSplit.TUNING, view=view, gap_px=gap, corner_px=0,
        realtime=False,
    )  # fmt: skip
    image, truth = made.image_at(12.0), made.truth_at(12.0)
    made.close()
    tiles = np.array([tile.tile_xyxy for tile in truth.tiles], np.float32)
    faces = np.array([tile.seen_xyxy for tile in truth.tiles if tile.seen_xyxy], np.float32)
    return image, tiles, faces


def scaled(scene: Scene, factor: float, how: int = cv2.INTER_AREA) -> Scene:
    image, tiles, faces = scene
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=how)), tiles * factor, faces * factor


def as_jpeg(scene: Scene, quality: int) -> Scene:
    packed = cv2.imencode(".jpg", scene[0], (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8), scene[1], scene[2]


def on_gradient(scene: Scene) -> Scene:
    """The tiles before colours that blend into each other."""
    image, tiles, faces = scene
    corners = np.random.default_rng(4).uniform(20, 150, (2, 2, 3)).astype(np.float32)
    ground = np.asarray(cv2.resize(corners, SIZE, interpolation=cv2.INTER_LINEAR)).astype(np.uint8)
    for x0, y0, x1, y1 in tiles.astype(int):
        ground[y0:y1, x0:x1] = image[y0:y1, x0:x1]
    return ground, tiles, faces


def large_and_small(gap: int) -> Scene:
    """One large tile, two beside it, three below."""
    image, tiles, faces = call(9, 6)
    side, tall = 420, 236
    cells = [(2, 0), (2, 1), (0, 2), (1, 2), (2, 2)]
    places = [(0, 0, 2 * side + gap, 2 * tall + gap)] + [
        (x * (side + gap), y * (tall + gap), x * (side + gap) + side, y * (tall + gap) + tall) for x, y in cells
    ]
    picture = np.full((SIZE[1], SIZE[0], 3), 26, np.uint8)
    new_tiles, new_faces = [], []
    with_faces = [k for k, tile in enumerate(tiles) if inside(faces, tile).any()]
    for tile, place in zip(tiles[with_faces], places, strict=False):
        x0, y0, x1, y1 = tile.astype(int)
        put = np.array(place) + np.array([4, 2, 4, 2])
        wide, high = put[2:] - put[:2]
        picture[put[1] : put[3], put[0] : put[2]] = cv2.resize(image[y0:y1, x0:x1], (int(wide), int(high)))
        factor = np.tile((put[2:] - put[:2]) / (tile[2:] - tile[:2]), 2)
        new_faces.append((faces[inside(faces, tile)][0] - np.tile(tile[:2], 2)) * factor + np.tile(put[:2], 2))
        new_tiles.append(put)
    return picture, np.array(new_tiles, np.float32), np.array(new_faces, np.float32)


def inside(faces: FloatArray, tile: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    middle = (faces[:, :2] + faces[:, 2:]) / 2
    return np.asarray(((middle > tile[:2]) & (middle < tile[2:])).all(axis=1))


def assert_found(scene: Scene, at_least: float = 0.8) -> None:
    """Every tile of the scene is found, with that IoU at least, and nothing else."""
    image, tiles, faces = scene
    found = find_touching_tiles(image, faces)
    hits = len(match_greedily(iou_matrix(tiles, found), at_least)) if len(found) else 0
    assert (hits, len(found) - hits) == (len(tiles), 0)


@pytest.mark.parametrize("count", [4, 9, 16, 25])
@pytest.mark.parametrize("gap", [0, 1, 2, 3])
def test_tiles_with_hardly_a_gap_are_found_to_the_pixel(count: int, gap: int) -> None:
    assert_found(call(count, gap), at_least=0.9)


@pytest.mark.parametrize("style", Style)
def test_every_style_is_found_without_gaps(style: Style) -> None:
    assert_found(call(16, 0, style))


def cut(scene: Scene, shares: tuple[float, float, float, float]) -> Scene:
    """What is left when those shares of a tile are cut off the gallery at the left, top, right and lower side."""
    image, tiles, faces = scene
    away = np.array(shares, np.float32) * np.tile(tiles[0, 2:] - tiles[0, :2], 2)
    x0, y0 = np.rint(tiles[:, :2].min(axis=0) + away[:2]).astype(int)
    x1, y1 = np.rint(tiles[:, 2:].max(axis=0) - away[2:]).astype(int)
    parts = [np.clip(boxes, [x0, y0, x0, y0], [x1, y1, x1, y1]) - [x0, y0, x0, y0] for boxes in (tiles, faces)]
    seen = (parts[1][:, 2:] - parts[1][:, :2]).prod(axis=1) >= 0.6 * (faces[:, 2:] - faces[:, :2]).prod(axis=1)
    return np.ascontiguousarray(image[y0:y1, x0:x1]), parts[0].astype(np.float32), parts[1][seen].astype(np.float32)


@pytest.mark.parametrize("gap", [0, 2, 6])
@pytest.mark.parametrize("shares", [(0.3, 0, 0, 0), (0, 0.2, 0.35, 0), (0.2, 0.2, 0.2, 0.35)])
def test_tiles_that_the_pictures_edge_cuts_are_found(gap: int, shares: tuple[float, float, float, float]) -> None:
    image, tiles, faces = cut(call(16, gap), shares)
    found = find_touching_tiles(image, faces)
    likeness = iou_matrix(tiles, found)
    assert (likeness.max(axis=0) >= 0.8).all()
    with_face = np.array([inside(faces, tile).any() for tile in tiles])
    assert (likeness[with_face].max(axis=1) >= 0.8).all()


@pytest.mark.parametrize("how", [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_LANCZOS4])
@pytest.mark.parametrize("factor", [0.5, 0.7, 1.5])
def test_gaps_blurred_by_scaling_are_found(factor: float, how: int) -> None:
    assert_found(scaled(call(16, 2), factor, how))


@pytest.mark.parametrize("quality", [95, 80, 60])
def test_gaps_damaged_by_a_codec_are_found(quality: int) -> None:
    assert_found(as_jpeg(call(16, 4), quality))


def test_tiles_on_a_gradient_are_found() -> None:
    assert_found(on_gradient(call(9, 8)))


@pytest.mark.parametrize("style", [Style.ZOOM_DARK, Style.TEAMS])
def test_a_large_tile_with_small_ones_that_touch_is_found(style: Style) -> None:
    assert_found(call(6, 0, style, View.SPEAKER))


@pytest.mark.parametrize("gap", [0, 2])
def test_one_large_tile_two_beside_and_three_below_are_found(gap: int) -> None:
    assert_found(large_and_small(gap))


def test_a_last_row_in_the_middle_keeps_its_own_places() -> None:
    assert_found(call(14, 0, seed=5))


def test_cameras_that_are_off_have_tiles_too() -> None:
    image, tiles, faces = call(25, 0, Style.MEET, seed=4)
    assert len(faces) < len(tiles)  # otherwise this shows nothing
    assert_found((image, tiles, faces))


def test_nothing_is_found_without_faces() -> None:
    assert len(find_touching_tiles(call(9)[0], NONE)) == 0


def test_a_window_of_any_size_is_looked_at() -> None:
    for size in [(1, 1), (3, 400), (400, 3), (64, 36)]:
        blank = np.zeros((size[1], size[0], 3), np.uint8)
        assert len(find_touching_tiles(blank, np.array([[0, 0, size[0], size[1]]], np.float32))) == 0


def shelves(image: Image) -> Image:
    for x in range(0, SIZE[0], 160):
        cv2.rectangle(image, (x, 0), (x + 8, SIZE[1]), (60, 80, 100), -1)
    for y in range(0, SIZE[1], 180):
        cv2.rectangle(image, (0, y), (SIZE[0], y + 8), (60, 80, 100), -1)
    return image


def table(image: Image) -> Image:
    image[:] = 255
    for y in range(0, SIZE[1], 24):
        cv2.line(image, (0, y), (SIZE[0], y), (210, 210, 210), 1)
    for x in range(0, SIZE[0], 120):
        cv2.line(image, (x, 0), (x, SIZE[1]), (210, 210, 210), 1)
    return image


@pytest.mark.parametrize("behind", [shelves, table, lambda image: image])
@pytest.mark.parametrize("persons", [1, 2, 3])
def test_people_in_one_room_are_no_gallery(behind: Callable[[Image], Image], persons: int) -> None:
    room = np.full((SIZE[1], SIZE[0], 3), (150, 160, 170), np.uint8)
    image, faces = behind(room), []
    for k in range(persons):
        x, y = 260 + 380 * k, 300
        cv2.ellipse(image, (x, y + 330), (170, 220), 0, 0, 360, (90, 70, 50), -1)
        cv2.ellipse(image, (x, y), (70, 95), 0, 0, 360, (140, 170, 210), -1)
        faces.append((x - 70, y - 95, x + 70, y + 95))
    assert len(find_touching_tiles(image, np.array(faces, np.float32))) == 0


@pytest.mark.needs_data("photos")
@pytest.mark.parametrize("kind", ["groups", "portraits"])
def test_photos_have_no_tiles(kind: str) -> None:
    detector = shipped_detector(MODELS)
    with_tiles = []
    for file in sorted((SHARED / "photos" / kind).glob("*.jpg")):
        image = np.asarray(cv2.imread(str(file)), np.uint8)
        faces = np.array([face.xyxy for face in detector.detect(image) if face.score >= 0.5], np.float32)
        if len(find_touching_tiles(image, faces.reshape(-1, 4))):
            with_tiles.append(file.name)
    assert not with_tiles


@pytest.mark.needs_data("cases")
def test_a_recording_that_was_smoothed_has_its_four_tiles() -> None:
    image = read_picture(SHARED / "cases" / "gallery_smoothed.avif")
    faces = np.array([face.xyxy for face in shipped_detector(MODELS).detect(image) if face.score >= 0.5], np.float32)
    assert len(find_touching_tiles(image, faces.reshape(-1, 4))) == 4
