"""Where the tiles of a case are, and what is shared beside them."""

from dataclasses import dataclass
from typing import Final

from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Arrangement
from fer_desktop.simulation.layout import Box

_STRIP: Final = 0.2  # of the stage's height or width
_SMALL_IN_LARGE: Final = 0.24  # width of a picture in the picture
_SELF_VIEW: Final = 0.15  # width of the own picture over a gallery
_SHAPE: Final = 16 / 9


@dataclass(frozen=True, slots=True)
class Arranged:
    """Places in px."""

    tiles: tuple[FloatBox, ...]  # one in another is drawn later
    shared: Box | None = None


def arranged(
    kind: Arrangement, area: Box, count: int, gap: int, shape: float = _SHAPE, fractional: bool = False
) -> Arranged:
    """The places of `count` tiles in the area; some kinds have a number of their own."""
    x0, y0, x1, y1 = area
    wide, high = x1 - x0, y1 - y0
    columns = {Arrangement.GALLERY: None, Arrangement.ROW: count, Arrangement.COLUMN: 1}
    if kind in columns:
        return Arranged(grid(area, count, gap, shape, fractional, columns[kind]))
    if kind is Arrangement.ONE_TWO_THREE:
        return Arranged(_one_two_three(area, gap))
    if kind is Arrangement.QUAD_COLUMN:
        return Arranged(_quad_column(area, gap))
    if kind is Arrangement.PICTURE_IN_PICTURE:
        return Arranged(_picture_in_picture(area, shape))
    if kind is Arrangement.SELF_VIEW:
        others = grid(area, count - 1, gap, shape, fractional)
        return Arranged((*others, _small_over(hull(others), _SELF_VIEW)))
    if kind is Arrangement.SHARED_RIGHT:
        left = (x0, y0, x0 + round(wide * 0.64), y1)
        return Arranged(grid(left, count, gap, shape, fractional), (left[2] + gap + 6, y0, x1, y1))
    if kind is Arrangement.SHARED_BELOW:
        strip = (x0, y0, x1, y0 + round(high * _STRIP))
        tiles = grid(strip, count, gap, shape, fractional, columns=count)
        return Arranged(tiles, (x0, int(tiles[0][3]) + max(gap, 2), x1, y1))
    if kind is Arrangement.SHARED_LEFT:
        column = (x1 - round(wide * _STRIP), y0, x1, y1)
        tiles = grid(column, count, gap, shape, fractional, columns=1)
        return Arranged(tiles, (x0, y0, int(tiles[0][0]) - max(gap, 2), y1))
    return Arranged(_large_with_strip(kind, area, count, gap, shape))


def grid(
    area: Box, count: int, gap: int, shape: float, fractional: bool = False, columns: int | None = None
) -> tuple[FloatBox, ...]:
    """`count` tiles of one shape, as large as fit: centred, the last row too. Whole px unless `fractional`."""
    wide, high = area[2] - area[0], area[3] - area[1]
    width, chosen = 0.0, 1
    for tried in range(1, count + 1) if columns is None else (columns,):
        rows = -(-count // tried)
        fits = min((wide - (tried - 1) * gap) / tried, (high - (rows - 1) * gap) / rows * shape)
        if fits > width:
            width, chosen = fits, tried
    height = width / shape
    if not fractional:
        width, height = float(int(width)), float(int(width) / shape // 1)
    rows = -(-count // chosen)
    top = (area[1] + area[3] - rows * height - (rows - 1) * gap) / 2
    tiles: list[FloatBox] = []
    for row in range(rows):
        in_row = min(chosen, count - row * chosen)
        left = (area[0] + area[2] - in_row * width - (in_row - 1) * gap) / 2
        for place in range(in_row):
            x, y = left + place * (width + gap), top + row * (height + gap)
            if not fractional:
                x, y = float(int(left)) + place * (width + gap), float(int(top)) + row * (height + gap)
            tiles.append((x, y, x + width, y + height))
    return tuple(tiles)


def hull(tiles: tuple[FloatBox, ...]) -> FloatBox:
    """The box around all tiles."""
    return (
        min(tile[0] for tile in tiles),
        min(tile[1] for tile in tiles),
        max(tile[2] for tile in tiles),
        max(tile[3] for tile in tiles),
    )


def _box(x: int, y: int, width: int, height: int) -> FloatBox:
    return float(x), float(y), float(x + width), float(y + height)


def _one_two_three(area: Box, gap: int) -> tuple[FloatBox, ...]:
    """A large tile of two by two small ones, two small ones beside it, and three below."""
    width = min((area[2] - area[0] - 2 * gap) // 3, int(((area[3] - area[1] - 2 * gap) // 3) * _SHAPE))
    height = int(width / _SHAPE)
    x = (area[0] + area[2] - 3 * width - 2 * gap) // 2
    y = (area[1] + area[3] - 3 * height - 2 * gap) // 2
    across, down = width + gap, height + gap
    large = _box(x, y, 2 * width + gap, 2 * height + gap)
    beside = (_box(x + 2 * across, y + row * down, width, height) for row in range(2))
    below = (_box(x + column * across, y + 2 * down, width, height) for column in range(3))
    return (large, *beside, *below)


def _quad_column(area: Box, gap: int) -> tuple[FloatBox, ...]:
    """Two by two large tiles, and right of them a column of three as high as both rows."""
    large = min(int((area[2] - area[0] - 2 * gap) / 2.72), int((area[3] - area[1] - gap) / 2 * _SHAPE))
    high = int(large / _SHAPE)
    whole = 2 * high + gap
    small_high = (whole - 2 * gap) // 3
    small = int(small_high * _SHAPE * 0.72) if 2 * large + int(small_high * _SHAPE) > area[2] - area[0] else 0
    small = small or int(small_high * _SHAPE)
    x = (area[0] + area[2] - 2 * large - small - 2 * gap) // 2
    y = (area[1] + area[3] - whole) // 2
    quad = [
        _box(x + column * (large + gap), y + row * (high + gap), large, high) for row in (0, 1) for column in (0, 1)
    ]
    side = x + 2 * (large + gap)
    return (*quad, *(_box(side, y + row * (small_high + gap), small, small_high) for row in range(3)))


def _picture_in_picture(area: Box, shape: float) -> tuple[FloatBox, ...]:
    large = grid(area, 1, 0, shape)[0]
    return large, _small_over(large, _SMALL_IN_LARGE)


def _small_over(large: FloatBox, share: float) -> FloatBox:
    """A tile of that share of the width over the lower right corner."""
    wide = large[2] - large[0]
    small, margin = int(wide * share), int(wide * 0.015)
    high = int(small / _SHAPE)
    return _box(int(large[2]) - margin - small, int(large[3]) - margin - high, small, high)


def _large_with_strip(kind: Arrangement, area: Box, count: int, gap: int, shape: float) -> tuple[FloatBox, ...]:
    """The large tile first, then the strip along one side."""
    x0, y0, x1, y1 = area
    if kind in (Arrangement.STRIP_ABOVE, Arrangement.STRIP_BELOW):
        thick = round((y1 - y0) * _STRIP)
        above = kind is Arrangement.STRIP_ABOVE
        strip = (x0, y0, x1, y0 + thick) if above else (x0, y1 - thick, x1, y1)
        rest = (x0, y0 + thick + 2 * gap, x1, y1) if above else (x0, y0, x1, y1 - thick - 2 * gap)
        small = grid(strip, count - 1, gap, shape, columns=count - 1)
    else:
        thick = round((x1 - x0) * _STRIP)
        left = kind is Arrangement.STRIP_LEFT
        strip = (x0, y0, x0 + thick, y1) if left else (x1 - thick, y0, x1, y1)
        rest = (x0 + thick + 2 * gap, y0, x1, y1) if left else (x0, y0, x1 - thick - 2 * gap, y1)
        small = grid(strip, count - 1, gap, shape, columns=1)
    return (grid(rest, 1, 0, _SHAPE)[0], *small)
