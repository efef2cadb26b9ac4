"""One row or column of tiles that fills the picture: background is visible only between the tiles."""

from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tiles_by_ground.background import BackgroundColour, Mask, exact_background
from fer_desktop.vision.gallery.tiles_by_ground.rectangles import MaskCoverage

MARGIN_PX: Final = 8  # of background added around the picture; even, since it may be searched at half size

_LINES: Final = 48  # of the picture that are compared to find the gaps
_SAME_LEVELS: Final = 2
_ONE_COLOUR: Final = 0.9  # of a gap, which may cross part of a title bar
_LEAST_GAP_PX: Final = 2
_WIDEST_GAP: Final = 0.12  # of the picture's longer side
_MOST_BACKGROUNDS: Final = 3  # an avatar's tile has one colour from edge to edge too
_MOST_OUTSIDE_PX: Final = 10  # between tiles and long edges; a wider margin is found as background anyway
_CLEAR: Final = 0.95  # of a gap that is background, over the picture's whole height
_ASPECTS: Final = (0.9, 1.9)  # width over height
_ASPECTS_OF_TWO: Final = np.array([16 / 9, 4 / 3, 1.0])
_ASPECT_TOLERANCE: Final = 0.05
_GAP_OF_TWO: Final = 0.08  # of the tile's side
_LEAST_GAP_OF_TWO_PX: Final = 12  # a gap up to this is never too wide
_NOT_EMPTY: Final = 0.01  # of a place at the row's end that is not background
_OFF_PX: Final = 4  # that a tile's side may be away from the end of its gap


def backgrounds_between(image: Image) -> list[BackgroundColour]:
    """The colours that divide an image (H, W, 3) from edge to edge, the most frequent first."""
    gaps = [colour for lines in (image, image.transpose(1, 0, 2)) for colour in _gaps_across(lines)]
    backgrounds: list[BackgroundColour] = []
    often: list[int] = []
    for colour in gaps:
        same = (
            k
            for k, background in enumerate(backgrounds)
            if np.abs(colour - np.array(background.colour)).max() <= background.tolerance
        )
        known = next(same, None)
        if known is None:
            backgrounds.append(exact_background(colour))
            often.append(1)
        else:
            often[known] += 1
    order = sorted(range(len(backgrounds)), key=lambda k: -often[k])
    return [backgrounds[k] for k in order[:_MOST_BACKGROUNDS]]


def _gaps_across(image: Image) -> list[Image]:
    """The colour (3,) of each gap that reaches from the upper edge of an image to the lower one."""
    height, width = image.shape[:2]
    lines = image[np.linspace(0, height - 1, min(_LINES, height)).astype(np.intp)].astype(np.int16)
    middle = lines[len(lines) // 2]
    flat = (np.abs(lines - middle).max(axis=2) <= _SAME_LEVELS).mean(axis=0) >= _ONE_COLOUR
    # A gap ends where its columns are no longer flat, or of another colour.
    step = np.abs(np.diff(middle, axis=0)).max(axis=1) > _SAME_LEVELS
    starts = np.flatnonzero(np.concatenate([[True], step | (flat[1:] != flat[:-1])]))
    ends = np.concatenate([starts[1:], [width]])
    wide = ends - starts
    within = flat[starts] & (starts > 0) & (ends < width) & (wide >= _LEAST_GAP_PX) & (wide <= _WIDEST_GAP * width)
    return [middle[start + (end - start) // 2] for start, end in zip(starts[within], ends[within], strict=True)]


def with_margin(image: Image, background: BackgroundColour) -> Image:
    """The image (H, W, 3) with `MARGIN_PX` of the background on all sides."""
    sides = (MARGIN_PX,) * 4
    return np.asarray(cv2.copyMakeBorder(image, *sides, cv2.BORDER_CONSTANT, value=background.colour), np.uint8)


def whole_row(tiles: FloatArray, background: BackgroundColour, image: Image) -> FloatArray:
    """(M, 4) px of the whole row or column of which tiles (N, 4) in reading order were found in an image (H, W, 3).

    (0, 4) unless its gaps divide the image from edge to edge.
    """
    nothing = np.zeros((0, 4), np.float32)
    if len(tiles) < 2:
        return nothing
    mask, down = background.mask(image), bool(np.ptp(tiles[:, 1]) > np.ptp(tiles[:, 0]))
    turned = [1, 0, 3, 2] if down else [0, 1, 2, 3]
    mask = np.ascontiguousarray(mask.T) if down else mask
    row = _with_ends(tiles[:, turned], mask)
    wide, tall = np.median(tiles[:, 2:] - tiles[:, :2], axis=0)
    return row[:, turned] if _fills(row, mask) and _is_plausible(float(wide / tall), row) else nothing


def _with_ends(row: FloatArray, mask: Mask) -> FloatArray:
    """The row (N, 4) with those tiles at its ends that are too dark to stand out from the background (H, W)."""
    width = mask.shape[1]
    shares, pitch = MaskCoverage(mask), np.array([1, 0, 1, 0], np.float32) * np.median(np.diff(row[:, 0]))
    for end, step in ((0, -pitch), (-1, pitch)):
        while pitch[0] > 0:
            place = row[end] + step
            inside = place[0] >= -_OFF_PX and place[2] <= width + _OFF_PX
            place = np.clip(place, 0, [width, len(mask)] * 2).astype(np.float32)
            if not inside or 1 - shares.of(place) < _NOT_EMPTY:
                break
            row = np.concatenate([place[None], row] if end == 0 else [row, place[None]])
    return row


def _fills(row: FloatArray, mask: Mask) -> bool:
    """Whether a row (N, 4) reaches from the upper edge to the lower one, with nothing but background (H, W) between."""
    if row[:, 1].max() > _MOST_OUTSIDE_PX or row[:, 3].min() < len(mask) - _MOST_OUTSIDE_PX:
        return False
    starts, ends = np.rint(row[:, 0]).astype(int), np.rint(row[:, 2]).astype(int)
    covered = mask.mean(axis=0) < _CLEAR * 255
    outside = covered[: starts[0]].sum(), covered[ends[-1] :].sum()
    if max(outside) > _OFF_PX or (starts[1:] <= ends[:-1]).any():
        return False
    between = [covered[end:start] for end, start in zip(ends[:-1], starts[1:], strict=True)]
    clear = all((~gap).sum() >= _LEAST_GAP_PX and gap.sum() <= 2 * _OFF_PX for gap in between)
    return bool(clear and np.ptp(starts[1:] - ends[:-1]) <= 2 * _OFF_PX)


def _is_plausible(aspect: float, row: FloatArray) -> bool:
    """Whether tiles of this width over height, in a row (N, 4), may belong to a call; two tiles must fit closely."""
    if len(row) > 2:
        return _ASPECTS[0] <= aspect <= _ASPECTS[1]
    gap, side = row[1, 0] - row[0, 2], row[0, 2] - row[0, 0]
    usual = np.abs(aspect / _ASPECTS_OF_TWO - 1).min() <= _ASPECT_TOLERANCE
    return bool(usual and gap <= max(_LEAST_GAP_OF_TWO_PX, _GAP_OF_TWO * side))
