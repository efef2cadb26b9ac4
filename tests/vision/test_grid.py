import cv2
import numpy as np
import pytest
from support.drawn_calls import draw_call
from support.places import SHARED

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.layout import THEMES, Box, Layout, Style, View, layout
from fer_desktop.vision.gallery import grid as grid_module
from fer_desktop.vision.gallery.grid import TileGrid, find_tiles

SIZE = (1280, 720)
PHOTOS = SHARED / "photos"


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


def tight(
    style: Style, count: int, down: bool, margin: int, corner: int | None = None, moment: int = 0
) -> tuple[Image, FloatArray]:
    """A region dragged round one row, or one column, of tiles with so many px of the ground around them; its tiles."""
    theme, away = THEMES[style], 40
    step = (0, 144 + theme.gap_px) if down else (256 + theme.gap_px, 0)
    corners = [(away + k * step[0], away + k * step[1]) for k in range(count)]
    tiles = tuple((x, y, x + 256, y + 144) for x, y in corners)
    size = tiles[-1][2] + away, tiles[-1][3] + away
    window = (0, 0, *size)
    radius = theme.corner_px if corner is None else corner
    made = Layout(style, View.GALLERY, size, window, window, tiles, None, None, 1.0, radius)
    pictures = [None if k % 5 == 3 else camera_picture(k + 1 + 3 * moment) for k in range(count)]
    drawn = draw_call(made, pictures, [f"Kim {k}" for k in range(count)], speaking=1)
    image = np.full_like(drawn, theme.ground)
    for x0, y0, x1, y1 in tiles:
        image[y0:y1, x0:x1] = drawn[y0:y1, x0:x1]
    cut = away - margin
    return np.ascontiguousarray(image[cut:-cut, cut:-cut]), np.asarray(boxes(made) - cut, np.float32)


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


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[Image]:
    """The images that were searched for tiles."""
    images: list[Image] = []

    def find(image: Image) -> FloatArray:
        images.append(image)
        return find_tiles(image)

    monkeypatch.setattr(grid_module, "find_tiles", find)
    return images


def test_the_grid_is_not_searched_again_while_only_people_move(searched: list[Image]) -> None:
    grid = TileGrid()
    first = grid.tiles(gallery(Style.ZOOM_DARK, 25)[0])
    for moment in range(1, 4):
        assert grid.tiles(gallery(Style.ZOOM_DARK, 25, moment=moment)[0]) is first
    assert (grid.layout, len(searched)) == (1, 1)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("style", list(Style))
def test_a_tight_region_is_not_searched_again_until_somebody_leaves(
    searched: list[Image], style: Style, down: bool
) -> None:
    grid = TileGrid()
    image, expected = tight(style, 4, down, 0)
    first = grid.tiles(image)
    for moment in range(1, 4):
        image, _ = tight(style, 4, down, 0, moment=moment)
        assert grid.tiles(image) is first
    assert len(searched) == 1
    x0, y0, x1, y1 = expected[-1].astype(int)
    image[y0:y1, x0:x1] = THEMES[style].ground
    assert_same(grid.tiles(image), expected[:-1])


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


def test_a_mouse_pointer_between_the_tiles_is_no_new_layout(searched: list[Image]) -> None:
    grid = TileGrid()
    image, made = gallery(Style.ZOOM_DARK, 25)
    grid.tiles(image)
    x, y = made.tiles[7][2], made.tiles[7][3]
    image[y - 4 : y + 12, x - 4 : x + 6] = 255
    grid.tiles(image)
    assert (grid.layout, len(searched)) == (1, 1)


def test_a_film_is_not_searched_frame_by_frame_and_a_call_after_it_is_found(searched: list[Image]) -> None:
    grid = TileGrid()
    for seed in range(40):
        assert not len(grid.tiles(camera_picture(seed)))
    assert len(searched) <= 12
    image, made = gallery(Style.ZOOM_DARK, 9)
    found = [grid.tiles(image) for _ in range(20)]
    assert_same(found[-1], boxes(made))
    assert grid.layout == 1
