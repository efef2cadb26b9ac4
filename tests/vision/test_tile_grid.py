"""When the tiles of a source's frames are searched again, and what faces have to do with it."""

import cv2
import numpy as np
import pytest
from support.drawn_galleries import assert_same, boxes, camera_picture, gallery, tight

from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.simulation.layout import THEMES, Style, View
from fer_desktop.vision.gallery import tile_grid
from fer_desktop.vision.gallery.belief import Gallery, find_gallery
from fer_desktop.vision.gallery.tile_grid import TileGrid

NOBODY = np.zeros((0, 4), np.float32)


def faces_in(tiles: FloatArray) -> list[Face]:
    """A face in the middle of each tile."""
    quarter = (tiles[:, 2:] - tiles[:, :2]) / 4
    middles = np.concatenate([tiles[:, :2] + quarter, tiles[:, 2:] - quarter], axis=1)
    return [Face(box.astype(np.float32), 0.9, np.zeros((5, 2), np.float32)) for box in middles]


def read(grid: TileGrid, image: Image, tiles: FloatArray) -> FloatArray:
    """The tiles that the grid finds in a frame where each of those has a face, whether they are a call's or not."""
    grid.has_changed(image)
    grid.read(image, faces_in(tiles))
    return grid.found.tiles


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[Image]:
    """The images that were searched for tiles."""
    images: list[Image] = []

    def find(image: Image, faces: FloatArray) -> Gallery:
        images.append(image)
        return find_gallery(image, faces)

    monkeypatch.setattr(tile_grid, "find_gallery", find)
    return images


def test_the_grid_is_not_searched_again_while_only_people_move(searched: list[Image]) -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 25)
    first = read(grid, image, boxes(made))
    for moment in range(1, 4):
        assert read(grid, gallery(Style.ZOOM_DARK, 25, moment=moment)[0], boxes(made)) is first
    assert (grid.changes, len(searched)) == (1, 1)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("style", list(Style))
def test_a_tight_region_is_not_searched_again_until_somebody_leaves(
    searched: list[Image], style: Style, down: bool
) -> None:
    grid = TileGrid()
    image, expected = tight(style, 4, down, 0)
    first = read(grid, image, expected)
    for moment in range(1, 4):
        image, _ = tight(style, 4, down, 0, moment=moment)
        assert read(grid, image, expected) is first
    assert len(searched) == 1
    x0, y0, x1, y1 = expected[-1].astype(int)
    image[y0:y1, x0:x1] = THEMES[style].ground
    assert_same(read(grid, image, expected[:-1]), expected[:-1])


def test_the_grid_is_found_anew_when_somebody_joins_or_leaves() -> None:
    grid = TileGrid()
    for layouts, count in enumerate((25, 24, 25, 26), start=1):
        image, made = gallery(Style.ZOOM_LIGHT, count)
        assert_same(read(grid, image, boxes(made)), boxes(made))
        assert grid.changes == layouts


def test_the_grid_is_found_anew_when_the_last_tile_goes_and_the_others_stay() -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 4, View.SHARED_SIDE)
    read(grid, image, boxes(made))
    x0, y0, x1, y1 = made.tiles[-1]
    without = image.copy()
    without[y0:y1, x0:x1] = image[y0 - 2, x0 + 20]
    assert_same(read(grid, without, boxes(made)[:-1]), boxes(made)[:-1])
    assert_same(read(grid, image, boxes(made)), boxes(made))
    assert grid.changes == 3


def test_the_grid_follows_a_window_that_moves() -> None:
    grid = TileGrid()
    for shift in range(0, 60, 20):
        image, made = gallery(Style.MEET, 9, window=(100 + shift, 50, 1100 + shift, 650))
        assert_same(read(grid, image, boxes(made)), boxes(made))
    assert grid.changes == 3


def test_a_frame_of_another_size_is_looked_at_anew() -> None:
    grid = TileGrid()
    image, made = gallery(Style.TEAMS, 9)
    read(grid, image, boxes(made))
    half = np.asarray(cv2.resize(image, (640, 360), interpolation=cv2.INTER_AREA), np.uint8)
    expected = np.asarray(boxes(made) / 2, np.float32)
    assert_same(read(grid, half, expected), expected)


def test_a_mouse_pointer_between_the_tiles_is_no_new_layout(searched: list[Image]) -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 25)
    read(grid, image, boxes(made))
    x, y = made.tiles[7][2], made.tiles[7][3]
    image[y - 4 : y + 12, x - 4 : x + 6] = 255
    read(grid, image, boxes(made))
    assert (grid.changes, len(searched)) == (1, 1)


def test_a_film_is_not_searched_frame_by_frame_and_a_call_after_it_is_found(searched: list[Image]) -> None:
    grid = TileGrid()
    for seed in range(40):
        assert not len(read(grid, camera_picture(seed), NOBODY))
    assert len(searched) <= 12
    image, made = gallery(Style.ZOOM_DARK, 9)
    found = [read(grid, image, boxes(made)) for _ in range(20)]
    assert_same(found[-1], boxes(made))
    assert grid.changes == 1


def test_faces_outside_of_the_tiles_have_them_searched_again_but_not_at_every_look(searched: list[Image]) -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 9)
    read(grid, image, boxes(made))
    beside = np.array([[2, 2, 122, 82]], np.float32)
    for _ in range(40):
        assert len(read(grid, image, np.concatenate([boxes(made), beside]))) == 9
    assert 2 <= len(searched) <= 8


def wall(moment: int = 0) -> tuple[Image, FloatArray]:
    """Pictures in rows and columns without names, as of a call that hides them, or of a page with photos."""
    image, tiles = np.full((720, 1280, 3), 250, np.uint8), []
    for k in range(9):
        x, y = 60 + k % 3 * 400, 30 + k // 3 * 230
        picture = camera_picture(k + 1 + 9 * moment)
        image[y : y + 202, x : x + 360] = cv2.resize(picture, (360, 202), interpolation=cv2.INTER_CUBIC)
        tiles.append((x, y, x + 360, y + 202))
    return image, np.array(tiles, np.float32)


def test_pictures_in_rows_are_a_gallery_once_several_of_them_move() -> None:
    grid = TileGrid()
    image, tiles = wall()
    for _ in range(10):
        grid.has_changed(image)
        assert not len(grid.read(image, faces_in(tiles)).tiles)
    assert_same(grid.found.tiles, tiles)
    one, two = image.copy(), image.copy()
    for moved, index in ((one, 4), (two, 7)):
        x0, y0, x1, y1 = tiles[index].astype(int)
        moved[y0:y1, x0:x1] = wall(1)[0][y0:y1, x0:x1]
    for _ in range(10):  # of a page with films one plays at a time
        grid.has_changed(one)
        assert not len(grid.read(one, faces_in(tiles)).tiles)
    grid.has_changed(two)
    assert_same(grid.read(two, faces_in(tiles)).tiles, tiles)
    grid.has_changed(image)
    assert_same(grid.read(image, faces_in(tiles)).tiles, tiles)


def test_a_gallery_with_names_is_one_at_once() -> None:
    image, made = gallery(Style.ZOOM_DARK, 9)
    grid = TileGrid()
    grid.has_changed(image)
    assert_same(grid.read(image, faces_in(boxes(made))).tiles, boxes(made))


def nameless(off: int) -> tuple[Image, FloatArray]:
    """Eight tiles without names, the last `off` of them with initials on one colour; and the tiles."""
    tiles = [(20 + 310 * (k % 4), 100 + 190 * (k // 4), 320 + 310 * (k % 4), 280 + 190 * (k // 4)) for k in range(8)]
    image = np.full((520, 1280, 3), 32, np.uint8)
    for k, (x0, y0, x1, y1) in enumerate(tiles):
        image[y0:y1, x0:x1] = cv2.resize(camera_picture(3 * k + 1), (x1 - x0, y1 - y0))
        if k >= len(tiles) - off:
            image[y0:y1, x0:x1] = (90, 60, 140)
            cv2.circle(image, ((x0 + x1) // 2, (y0 + y1) // 2), 40, (200, 180, 90), -1)
    return image, np.array(tiles, np.float32)


@pytest.mark.parametrize("off", [0, 1, 3])
def test_a_single_picture_without_names_is_a_call_if_some_are_plainly_off(off: int) -> None:
    image, tiles = nameless(off)
    found = TileGrid().read(image, faces_in(tiles[: len(tiles) - off])).tiles
    assert len(found) == (8 if off >= 2 else 0)
