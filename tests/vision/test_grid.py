import cv2
import numpy as np
import pytest
from support.drawn_galleries import SIZE, assert_same, boxes, camera_picture, gallery, tight
from support.places import SHARED

from fer_desktop.core.types import Image
from fer_desktop.simulation.layout import THEMES, Style, View
from fer_desktop.vision.gallery.tiles_by_ground.grid import find_tiles

PHOTOS = SHARED / "photos"


def divided(parts: int, size: tuple[int, int], line: int, colour: int) -> Image:
    """Pictures of cameras side by side with lines between them, so many px wide and of one grey."""
    image = np.asarray(cv2.resize(camera_picture(1), size, interpolation=cv2.INTER_CUBIC), np.uint8)
    for k in range(1, parts):
        at = k * size[0] // parts
        image[:, at - line // 2 : at - line // 2 + line] = colour
    return image


def slide(size: tuple[int, int], columns: int) -> Image:
    """Text in columns with a line of three px between them."""
    image = np.full((size[1], size[0], 3), 250, np.uint8)
    wide = size[0] // columns
    for k in range(columns):
        for y in range(40, size[1] - 10, 26):
            line = "what is to be known of it by heart "[: (wide - 40) // 10]
            cv2.putText(image, line, (k * wide + 20, y), 0, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
        if k:
            image[:, k * wide - 1 : k * wide + 2] = (150, 90, 40)
    return image


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


@pytest.mark.parametrize("margin", [0, 1, 2, 3, 8])
@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("style", list(Style))
def test_a_region_tightly_round_one_row_or_one_column_has_its_tiles(style: Style, down: bool, margin: int) -> None:
    for count in (2, 3, 6):
        image, expected = tight(style, count, down, margin)
        assert_same(find_tiles(image), expected)


@pytest.mark.parametrize("corner", [0, 20])
@pytest.mark.parametrize("style", [Style.ZOOM_LIGHT, Style.MEET])
def test_tiles_of_a_tight_region_may_have_any_corners(style: Style, corner: int) -> None:
    image, expected = tight(style, 4, False, 0, corner)
    assert_same(find_tiles(image), expected)


def test_a_dark_room_at_the_end_of_a_tight_row_is_a_tile() -> None:
    image, expected = tight(Style.ZOOM_DARK, 5, False, 0)
    x0, y0, x1, y1 = expected[-1].astype(int)
    image[y0:y1, x0:x1] = THEMES[Style.ZOOM_DARK].ground
    cv2.circle(image, ((x0 + x1) // 2, (y0 + y1) // 2), 40, (90, 160, 60), -1)
    assert_same(find_tiles(image), expected)


@pytest.mark.parametrize("margin", [0, 2])
@pytest.mark.parametrize("view", [View.SHARED_STRIP, View.SHARED_SIDE])
@pytest.mark.parametrize("style", list(Style))
def test_the_tiles_beside_a_slide_are_found_without_it(style: Style, view: View, margin: int) -> None:
    image, made = gallery(style, 6, view)
    low, high = boxes(made)[:, :2].min(axis=0).astype(int), boxes(made)[:, 2:].max(axis=0).astype(int)
    x, y = (int(side) for side in low - margin)
    region = image[y : high[1] + margin, x : high[0] + margin]
    assert_same(find_tiles(region), np.asarray(boxes(made) - np.array([x, y] * 2), np.float32))


NOT_TIGHT = {
    "a long picture of a camera": divided(1, (1920, 360), 0, 0),
    "a dark door frame": divided(2, (1280, 720), 30, 0),
    "two dark door frames": divided(3, (1280, 720), 30, 0),
    "a slide with a line down its middle": slide((1280, 360), 2),
    "a slide with two lines": slide((1280, 320), 3),
    "a slide of the usual shape with a line": slide((1280, 720), 2),
    "bars above and below": cv2.copyMakeBorder(divided(1, (1280, 540), 0, 0), 90, 90, 0, 0, cv2.BORDER_CONSTANT),
    "bars on both sides": cv2.copyMakeBorder(divided(1, (960, 720), 0, 0), 0, 0, 160, 160, cv2.BORDER_CONSTANT),
    "two photos of different widths": np.concatenate(
        [divided(1, (300, 280), 0, 0), np.full((280, 16, 3), 255, np.uint8), divided(1, (680, 280), 0, 0)], axis=1
    ),
    "a photo beside text": np.concatenate([divided(1, (500, 280), 0, 0), slide((500, 280), 1)], axis=1),
}


@pytest.mark.parametrize("what", list(NOT_TIGHT))
def test_what_is_divided_from_edge_to_edge_and_no_call_has_no_tiles(what: str) -> None:
    assert find_tiles(NOT_TIGHT[what].astype(np.uint8)).shape == (0, 4)


@pytest.mark.parametrize("size", [(1, 1), (8, 5), (20, 400), (64, 36)])
def test_a_picture_too_small_for_a_gallery_has_no_tiles(size: tuple[int, int]) -> None:
    assert find_tiles(np.full((size[1], size[0], 3), 26, np.uint8)).shape == (0, 4)


@pytest.mark.needs_data("photos")
def test_photos_of_groups_have_no_tiles() -> None:
    for file in sorted((PHOTOS / "groups").glob("*.jpg")):
        assert find_tiles(np.asarray(cv2.imread(str(file)), np.uint8)).shape == (0, 4), file.name
