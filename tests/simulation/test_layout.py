"""A call's tiles lie where Zoom, Meet and Teams put them."""

import itertools

import numpy as np
import pytest

from fer_desktop.simulation.layout import Box, Layout, Style, View, layout

SIZES = ((640, 360), (1280, 720), (1366, 768), (1920, 1080), (2560, 1440))
COUNTS = (1, 2, 3, 5, 8, 9, 16, 20, 25, 30, 36, 41, 48, 49)


def every_layout() -> list[Layout]:
    return [layout(*choice) for choice in itertools.product(Style, View, COUNTS, SIZES)]


def within(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]


def disjoint(boxes: list[Box]) -> bool:
    corners = np.array(boxes)
    width = np.minimum(corners[:, None, 2], corners[None, :, 2]) - np.maximum(corners[:, None, 0], corners[None, :, 0])
    height = np.minimum(corners[:, None, 3], corners[None, :, 3]) - np.maximum(corners[:, None, 1], corners[None, :, 1])
    overlap = (width > 0) & (height > 0)
    return not bool(np.triu(overlap, 1).any())


def rows(tiles: tuple[Box, ...]) -> list[list[Box]]:
    return [list(row) for _, row in itertools.groupby(tiles, key=lambda tile: tile[1])]


def test_tiles_are_inside_the_stage_and_apart():
    for made in every_layout():
        boxes = [*made.tiles, *([made.shared] if made.shared else [])]
        assert within(made.stage, made.window)
        assert all(within(box, made.stage) for box in boxes), made
        assert disjoint(boxes), made


def test_tiles_are_16_by_9():
    for made in every_layout():
        for x0, y0, x1, y1 in made.tiles:
            assert abs((x1 - x0) * 9 / 16 - (y1 - y0)) <= 1, made


def test_a_gallery_has_a_tile_for_everybody_in_one_size():
    for style, count, size in itertools.product(Style, range(1, 50), SIZES):
        made = layout(style, View.GALLERY, count, size)
        assert len(made.tiles) == count
        assert len({(x1 - x0, y1 - y0) for x0, y0, x1, y1 in made.tiles}) == 1


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize(("count", "columns"), [(1, 1), (4, 2), (9, 3), (25, 5), (49, 7)])
def test_squares_of_tiles_have_as_many_rows_as_columns(style: Style, count: int, columns: int):
    made = layout(style, View.GALLERY, count, (1920, 1080))
    assert [len(row) for row in rows(made.tiles)] == [columns] * columns


def test_the_last_row_is_centred():
    for style, count in itertools.product(Style, COUNTS):
        made = layout(style, View.GALLERY, count, (1920, 1080))
        for row in rows(made.tiles):
            assert abs((row[0][0] + row[-1][2]) - (made.stage[0] + made.stage[2])) <= 2


def test_tiles_are_in_reading_order():
    for made in every_layout():
        if made.view is View.GALLERY:
            assert list(made.tiles) == sorted(made.tiles, key=lambda tile: (tile[1], tile[0]))


def test_no_other_number_of_columns_makes_larger_tiles():
    made = layout(Style.ZOOM_DARK, View.GALLERY, 12, (1920, 1080))
    tall = layout(Style.ZOOM_DARK, View.GALLERY, 12, (1920, 1080), (600, 0, 1200, 1080))
    assert len(rows(made.tiles)[0]) == 4
    assert len(rows(tall.tiles)[0]) == 2


def test_a_speaker_is_larger_than_the_others():
    for style in Style:
        made = layout(style, View.SPEAKER, 9, (1920, 1080))
        widths = [x1 - x0 for x0, _, x1, _ in made.tiles]
        assert made.large is not None
        assert len(made.tiles) >= 5
        assert all(widths[made.large] > 3 * width for k, width in enumerate(widths) if k != made.large)


def test_a_shared_slide_is_larger_than_the_tiles():
    for style, view in itertools.product(Style, (View.SHARED_STRIP, View.SHARED_SIDE)):
        made = layout(style, view, 25, (1920, 1080))
        assert made.shared is not None
        assert made.shared[2] - made.shared[0] > 3 * (made.tiles[0][2] - made.tiles[0][0])
        assert len(made.tiles) >= 5
    above = layout(Style.MEET, View.SHARED_STRIP, 25, (1920, 1080))
    beside = layout(Style.MEET, View.SHARED_SIDE, 25, (1920, 1080))
    assert above.shared is not None
    assert beside.shared is not None
    assert all(tile[3] <= above.shared[1] for tile in above.tiles)
    assert all(tile[0] >= beside.shared[2] for tile in beside.tiles)


def test_everything_stays_in_a_window_that_is_a_part_of_the_picture():
    window = (300, 120, 1500, 900)
    for style, view in itertools.product(Style, View):
        made = layout(style, view, 25, (1920, 1080), window)
        assert made.window == window
        assert all(within(tile, window) for tile in made.tiles)


def test_gaps_and_corners_can_be_chosen():
    made = layout(Style.ZOOM_DARK, View.GALLERY, 9, (1920, 1080), gap_px=20, corner_px=0)
    assert made.tiles[1][0] - made.tiles[0][2] == 20
    assert made.corner_px == 0


@pytest.mark.parametrize("count", [0, 50])
def test_other_numbers_of_tiles_are_refused(count: int):
    with pytest.raises(ValueError, match="1 to 49"):
        layout(Style.MEET, View.GALLERY, count, (1920, 1080))


def test_a_window_outside_the_picture_is_refused():
    with pytest.raises(ValueError, match="not in a picture"):
        layout(Style.MEET, View.GALLERY, 9, (1920, 1080), (0, 0, 1930, 1000))
