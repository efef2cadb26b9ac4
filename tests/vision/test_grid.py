from pathlib import Path

import cv2
import numpy as np
import pytest

from fer_desktop.capture.call_layouts import Box, Layout, Style, View, layout
from fer_desktop.capture.call_scene import draw_call
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.grid import TileGrid, find_tiles

SIZE = (1280, 720)
PHOTOS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "photos"


def camera_picture(seed: int) -> Image:
    """What a camera might see: shades, furniture, noise; every third one in a dark room."""
    rng = np.random.default_rng(seed)
    corners = rng.uniform(40, 220, (3, 3, 3)).astype(np.float32)
    picture = np.asarray(cv2.resize(corners, (320, 180), interpolation=cv2.INTER_CUBIC))
    for _ in range(6):
        x, y = int(rng.integers(0, 300)), int(rng.integers(0, 160))
        cv2.rectangle(picture, (x, y), (x + 60, y + 50), rng.uniform(30, 230, 3).tolist(), -1)
    picture = picture * (0.15 if seed % 3 == 0 else 1.0) + rng.normal(0, 4, picture.shape)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def gallery(
    style: Style, count: int, view: View = View.GALLERY, window: Box | None = None, moment: int = 0
) -> tuple[Image, Layout]:
    """A call in which every fifth camera is off and the second participant speaks."""
    made = layout(style, view, count, SIZE, window)
    shown = len(made.tiles)
    pictures = [None if k % 5 == 4 else camera_picture(k + 100 * moment) for k in range(shown)]
    return draw_call(made, pictures, [f"Kim {k}" for k in range(shown)], speaking=min(1, shown - 1)), made


def boxes(made: Layout) -> FloatArray:
    return np.array(made.tiles, np.float32)


def assert_same(found: FloatArray, expected: FloatArray) -> None:
    assert found.dtype == np.float32
    assert len(found) == len(expected)
    assert len(match_greedily(iou_matrix(expected, found), 0.8)) == len(expected)


@pytest.mark.parametrize("count", [49, 25, 7, 2, 1])
@pytest.mark.parametrize("style", list(Style))
def test_all_tiles_of_a_gallery_are_found(style: Style, count: int) -> None:
    image, made = gallery(style, count)
    assert_same(find_tiles(image), boxes(made))


@pytest.mark.parametrize("style", list(Style))
def test_tiles_are_found_in_a_window_before_a_desktop(style: Style) -> None:
    image, made = gallery(style, 12, window=(300, 90, 1120, 640))
    assert_same(find_tiles(image), boxes(made))


@pytest.mark.parametrize("view", [View.SHARED_STRIP, View.SHARED_SIDE])
@pytest.mark.parametrize("style", list(Style))
def test_beside_a_shared_slide_only_participants_are_tiles(style: Style, view: View) -> None:
    image, made = gallery(style, 4, view)
    assert_same(find_tiles(image), boxes(made))


@pytest.mark.parametrize("style", list(Style))
def test_the_large_tile_of_a_speaker_view_is_one_of_the_tiles(style: Style) -> None:
    image, made = gallery(style, 5, View.SPEAKER)
    assert_same(find_tiles(image), boxes(made))


def test_tiles_come_in_reading_order() -> None:
    image, made = gallery(Style.MEET, 11)
    assert find_tiles(image) == pytest.approx(boxes(made), abs=3)


def test_a_tile_of_the_grounds_own_colour_has_its_place() -> None:
    image, made = gallery(Style.ZOOM_DARK, 9)
    x0, y0, x1, y1 = made.tiles[4]
    image[y0:y1, x0:x1] = image[y0 - 2, x0 + 20]
    cv2.circle(image, ((x0 + x1) // 2, (y0 + y1) // 2), (y1 - y0) // 4, (90, 160, 60), -1)
    assert_same(find_tiles(image), boxes(made))


@pytest.mark.parametrize("style", [Style.ZOOM_LIGHT, Style.MEET])
def test_a_picture_that_went_through_a_codec_has_its_tiles(style: Style) -> None:
    image, made = gallery(style, 25)
    _, packed = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, 80))
    assert_same(find_tiles(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)), boxes(made))


@pytest.mark.parametrize("seed", range(6))
def test_a_camera_has_no_tiles(seed: int) -> None:
    image = np.asarray(cv2.resize(camera_picture(seed), SIZE, interpolation=cv2.INTER_CUBIC), np.uint8)
    assert find_tiles(image).shape == (0, 4)


def test_a_film_between_black_bars_has_no_tiles() -> None:
    image = np.zeros((720, 1280, 3), np.uint8)
    image[90:630] = cv2.resize(camera_picture(1), (1280, 540))
    assert find_tiles(image).shape == (0, 4)


def test_boxes_of_a_drawing_are_no_tiles() -> None:
    image = np.full((720, 1280, 3), 255, np.uint8)
    for x in range(100, 1100, 300):
        cv2.rectangle(image, (x, 200), (x + 240, 335), (180, 90, 30), -1)
    assert find_tiles(image).shape == (0, 4)


@pytest.mark.parametrize("size", [(1, 1), (8, 5), (20, 400), (64, 36)])
def test_a_picture_too_small_for_a_gallery_has_no_tiles(size: tuple[int, int]) -> None:
    assert find_tiles(np.full((size[1], size[0], 3), 26, np.uint8)).shape == (0, 4)


@pytest.mark.skipif(not PHOTOS.is_dir(), reason=f"needs the photos in {PHOTOS}")
def test_photos_of_groups_have_no_tiles() -> None:
    for file in sorted((PHOTOS / "groups").glob("*.jpg")):
        assert find_tiles(np.asarray(cv2.imread(str(file)), np.uint8)).shape == (0, 4), file.name


def test_the_grid_is_not_looked_for_again_while_only_people_move() -> None:
    grid = TileGrid()
    first = grid.tiles(gallery(Style.ZOOM_DARK, 25)[0])
    for moment in range(1, 4):
        assert grid.tiles(gallery(Style.ZOOM_DARK, 25, moment=moment)[0]) is first
    assert (grid.layout, grid.searches) == (1, 1)


def test_the_grid_is_found_anew_when_somebody_joins_or_leaves() -> None:
    grid = TileGrid()
    for layouts, count in enumerate((25, 24, 25, 26), start=1):
        image, made = gallery(Style.ZOOM_LIGHT, count)
        assert_same(grid.tiles(image), boxes(made))
        assert grid.layout == layouts


def test_the_grid_is_found_anew_when_the_last_tile_goes_and_the_others_stay() -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 4, View.SHARED_SIDE)
    grid.tiles(image)
    x0, y0, x1, y1 = made.tiles[-1]
    without = image.copy()
    without[y0:y1, x0:x1] = image[y0 - 2, x0 + 20]
    assert_same(grid.tiles(without), boxes(made)[:-1])
    assert_same(grid.tiles(image), boxes(made))
    assert grid.layout == 3


def test_the_grid_follows_a_window_that_moves() -> None:
    grid = TileGrid()
    for shift in range(0, 60, 20):
        image, made = gallery(Style.MEET, 9, window=(100 + shift, 50, 1100 + shift, 650))
        assert_same(grid.tiles(image), boxes(made))
    assert grid.layout == 3


def test_a_frame_of_another_size_is_looked_at_anew() -> None:
    grid = TileGrid()
    image, made = gallery(Style.TEAMS, 9)
    grid.tiles(image)
    half = np.asarray(cv2.resize(image, (640, 360), interpolation=cv2.INTER_AREA), np.uint8)
    assert_same(grid.tiles(half), np.asarray(boxes(made) / 2, np.float32))


def test_a_mouse_pointer_between_the_tiles_is_no_new_layout() -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 25)
    grid.tiles(image)
    x, y = made.tiles[7][2], made.tiles[7][3]
    image[y - 4 : y + 12, x - 4 : x + 6] = 255
    grid.tiles(image)
    assert (grid.layout, grid.searches) == (1, 1)


def test_a_film_is_not_searched_frame_by_frame_and_a_call_after_it_is_found() -> None:
    grid = TileGrid()
    for seed in range(40):
        assert not len(grid.tiles(camera_picture(seed)))
    assert grid.searches <= 12
    image, made = gallery(Style.ZOOM_DARK, 9)
    found = [grid.tiles(image) for _ in range(20)]
    assert_same(found[-1], boxes(made))
    assert grid.layout == 1
