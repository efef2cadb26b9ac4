"""Where a video call puts its tiles: Zoom, Meet and Teams, in every view and at every size of the window."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Box = tuple[int, int, int, int]  # x0, y0, x1, y1 px

MOST_TILES: Final = 49  # on a page
# The window's bars scale with the screen, from full size at 1080 lines, within these bounds.
_FULL_SIZE_PX: Final = 1080
_LEAST_SCALE, _MOST_SCALE = 0.5, 1.5
_SCALE_OF_WINDOW: Final = 1 / 520  # bars of a small window are smaller
_STRIP: Final = 0.17  # of the stage's height
_SIDE: Final = 0.22  # of the stage's width
_LEAST_TILE_PX: Final = 110  # width of a tile of a side column, at full size


class Style(StrEnum):
    """The program whose call it is, and its theme."""

    ZOOM_DARK = "zoom_dark"
    ZOOM_LIGHT = "zoom_light"
    MEET = "meet"
    TEAMS = "teams"


class View(StrEnum):
    """The view of the call."""

    GALLERY = "gallery"  # tiles of one size, as large as fit
    SPEAKER = "speaker"  # one large tile, and a strip of small ones above or beside it
    SHARED_STRIP = "shared_strip"  # a shared slide under a strip of tiles
    SHARED_SIDE = "shared_side"  # a shared slide beside a column of tiles


@dataclass(frozen=True, slots=True)
class Theme:
    """How a style is drawn; lengths are px at full size, colours BGR."""

    ground: tuple[int, int, int]  # between the tiles
    bar: tuple[int, int, int]  # title bar and toolbar
    ink: tuple[int, int, int]  # on the bars
    button: tuple[int, int, int]
    round_buttons: bool
    off: tuple[int, int, int]  # the tile of a camera that is off
    off_ink: tuple[int, int, int]
    speaking: tuple[int, int, int]  # the speaker's frame
    speaking_px: int
    gap_px: int
    corner_px: int
    margin_px: int  # between the tiles and the stage's edge
    top_px: int  # bars above the stage
    bottom_px: int  # and below


THEMES: Final = {
    Style.ZOOM_DARK: Theme(
        ground=(26, 26, 26), bar=(20, 20, 20), ink=(230, 230, 230), button=(44, 44, 44), round_buttons=False,
        off=(42, 38, 36), off_ink=(240, 240, 240), speaking=(89, 217, 165), speaking_px=3,
        gap_px=6, corner_px=6, margin_px=6, top_px=34, bottom_px=64,
    ),
    Style.ZOOM_LIGHT: Theme(
        ground=(246, 244, 243), bar=(255, 255, 255), ink=(50, 44, 40), button=(238, 235, 233), round_buttons=False,
        off=(226, 222, 219), off_ink=(60, 52, 48), speaking=(60, 190, 130), speaking_px=3,
        gap_px=8, corner_px=8, margin_px=8, top_px=34, bottom_px=64,
    ),
    Style.MEET: Theme(
        ground=(36, 33, 32), bar=(36, 33, 32), ink=(237, 234, 232), button=(67, 64, 60), round_buttons=True,
        off=(67, 64, 60), off_ink=(255, 255, 255), speaking=(246, 157, 102), speaking_px=3,
        gap_px=10, corner_px=10, margin_px=14, top_px=78, bottom_px=78,
    ),
    Style.TEAMS: Theme(
        ground=(31, 31, 31), bar=(20, 20, 20), ink=(225, 225, 225), button=(41, 41, 41), round_buttons=False,
        off=(56, 52, 51), off_ink=(235, 232, 230), speaking=(245, 133, 127), speaking_px=3,
        gap_px=5, corner_px=5, margin_px=6, top_px=92, bottom_px=0,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is in a picture."""

    style: Style
    view: View
    picture_px: tuple[int, int]  # width, height
    window: Box  # the rest of the picture is a desktop
    stage: Box  # the window without its bars
    tiles: tuple[Box, ...]  # in reading order
    large: int | None  # which tile is the large one; None where all have one size
    shared: Box | None  # the shared slide
    scale: float  # of bars, gaps and corners; 1 is full size
    corner_px: int  # radius


def layout(
    style: Style,
    view: View,
    count: int,
    picture_px: tuple[int, int],
    window_xyxy: Box | None = None,
    gap_px: int | None = None,
    corner_px: int | None = None,
) -> Layout:
    """The places of `count` tiles (1-49), in a window that by default is the whole picture.

    In a gallery all have a place; a strip or a column shows as many as fit. `gap_px` and `corner_px` replace the
    style's own. Raises ValueError where the count is out of bounds or the window is not in the picture.
    """
    window = window_xyxy or (0, 0, *picture_px)
    if not 1 <= count <= MOST_TILES:
        raise ValueError(f"{count} tiles: 1 to {MOST_TILES} fit")
    if not (0 <= window[0] < window[2] <= picture_px[0] and 0 <= window[1] < window[3] <= picture_px[1]):
        raise ValueError(f"the window {window} is not in a picture of {picture_px}")
    theme = THEMES[style]
    scale = _scale(picture_px, window)
    stage = (window[0], window[1] + round(theme.top_px * scale), window[2], window[3] - round(theme.bottom_px * scale))
    gap = max(2, round(theme.gap_px * scale)) if gap_px is None else gap_px
    area = _shrunk(stage, round(theme.margin_px * scale))
    tiles, large, shared = _places(style, view, count, area, gap, scale)
    corner = round(theme.corner_px * scale) if corner_px is None else corner_px
    return Layout(style, view, picture_px, window, stage, tiles, large, shared, scale, corner)


def _scale(picture_px: tuple[int, int], window: Box) -> float:
    of_picture = min(max(picture_px[1] / _FULL_SIZE_PX, _LEAST_SCALE), _MOST_SCALE)
    return min(of_picture, (window[3] - window[1]) * _SCALE_OF_WINDOW)


def _places(
    style: Style, view: View, count: int, area: Box, gap: int, scale: float
) -> tuple[tuple[Box, ...], int | None, Box | None]:
    """The tiles, which of them is large, and the shared slide."""
    if view is View.GALLERY:
        return _grid(area, count, gap), None, None
    above = view is View.SHARED_STRIP or (view is View.SPEAKER and style in (Style.ZOOM_DARK, Style.ZOOM_LIGHT))
    small = count - 1 if view is View.SPEAKER else count
    if above:
        strip, rest = _strip(area, small, gap)
    else:
        strip, rest = _column(area, small, gap, scale)
    main = _largest(rest)
    if view is not View.SPEAKER:
        return strip, None, main
    if above:
        return (*strip, main), len(strip), None
    return (main, *strip), 0, None


def _grid(area: Box, count: int, gap: int) -> tuple[Box, ...]:
    """`count` tiles of 16:9, as large as fit: centred, the last row too."""
    width, height = area[2] - area[0], area[3] - area[1]
    tile_width, columns = 0, 1
    for tried in range(1, count + 1):
        rows = -(-count // tried)
        fits = min((width - (tried - 1) * gap) // tried, int((height - (rows - 1) * gap) / rows * 16 / 9))
        if fits > tile_width:
            tile_width, columns = fits, tried
    tile_width = max(tile_width, 2)
    tile_height = max(tile_width * 9 // 16, 1)
    rows = -(-count // columns)
    top = area[1] + (height - rows * tile_height - (rows - 1) * gap) // 2
    boxes: list[Box] = []
    for row in range(rows):
        in_row = min(columns, count - row * columns)
        y = top + row * (tile_height + gap)
        boxes += _row(area, y, in_row, (tile_width, tile_height), gap)
    return tuple(boxes)


def _row(area: Box, top: int, count: int, tile_px: tuple[int, int], gap: int) -> list[Box]:
    """`count` tiles side by side, centred in the area."""
    width, height = tile_px
    left = (area[0] + area[2] - count * width - (count - 1) * gap) // 2
    return [(x, top, x + width, top + height) for x in range(left, left + count * (width + gap), width + gap)]


def _strip(area: Box, count: int, gap: int) -> tuple[tuple[Box, ...], Box]:
    """As many of `count` tiles as fit in one row along the upper edge, and what is left of the area."""
    if not count:
        return (), area
    height = max(round((area[3] - area[1]) * _STRIP), 2)
    width = height * 16 // 9
    shown = max(1, min(count, (area[2] - area[0] + gap) // (width + gap)))
    rest = (area[0], area[1] + height + 2 * gap, area[2], area[3])
    return tuple(_row(area, area[1], shown, (width, height), gap)), rest


def _column(area: Box, count: int, gap: int, scale: float) -> tuple[tuple[Box, ...], Box]:
    """As many of `count` tiles as fit along the right edge, and what is left of the area."""
    if not count:
        return (), area
    side = (area[2] - round((area[2] - area[0]) * _SIDE), area[1], area[2], area[3])
    shown = count
    tiles = _grid(side, shown, gap)
    while shown > 1 and tiles[0][2] - tiles[0][0] < _LEAST_TILE_PX * scale:
        shown -= 1
        tiles = _grid(side, shown, gap)
    return tiles, (area[0], area[1], side[0] - 2 * gap, area[3])


def _largest(area: Box) -> Box:
    """The largest box of 16:9 in the area, centred."""
    return _grid(area, 1, 0)[0]


def _shrunk(box: Box, by_px: int) -> Box:
    return (box[0] + by_px, box[1] + by_px, box[2] - by_px, box[3] - by_px)
