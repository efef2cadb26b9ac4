"""The background of a call's window: the colour between its tiles, and where it forms straight lines."""

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import Image

Mask = npt.NDArray[np.uint8]  # 255 where set, else 0

_EVERY_ROW: Final = 5  # one row in this many is counted, but every column: gaps are a few pixels wide
_RUN_PX: Final = 8  # over which a flat row keeps its colour; a gradient seldom does
_HASH: Final = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], np.uint32)
_HASH_BITS: Final = 14
_MOST_CODES: Final = 48
_MOST_COLOURS: Final = 10
_LEAST_SHARE: Final = 0.002  # of the flat pixels
_NOISE_SAMPLES: Final = 20_000
_NEAR: Final = 8  # levels within which the noise of a background is measured
_EXACT_TOLERANCE: Final = 2  # levels; a screen shows its background without noise, an avatar may be three levels away
_CODEC_TOLERANCE: Final = 14  # levels; where codec noise shows at every edge
_SPECKS: Final = (1, 13), (13, 1)  # px
_NOISY_TOLERANCE: Final = 6  # levels; where the picture went through a codec


@dataclass(frozen=True, slots=True)
class BackgroundColour:
    """A candidate for the background."""

    colour: tuple[int, int, int]  # BGR
    tolerance: int  # levels, per channel

    def noisy(self) -> "BackgroundColour":
        """The same colour in a picture with codec noise."""
        return replace(self, tolerance=_CODEC_TOLERANCE)

    def mask(self, image: Image) -> Mask:
        """(H, W) 255 where the image (H, W, 3) shows this colour."""
        low = np.clip(np.array(self.colour) - self.tolerance, 0, 255).astype(np.float64)
        high = np.clip(np.array(self.colour) + self.tolerance, 0, 255).astype(np.float64)
        mask = cv2.inRange(image, low, high)
        if self.tolerance == _CODEC_TOLERANCE:
            # Noise leaves only small specks in a gap.
            mask = cv2.bitwise_or(
                *(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones(side, np.uint8)) for side in _SPECKS)
            )
        return np.asarray(mask, np.uint8)


def exact_background(colour: Image) -> BackgroundColour:
    """A colour (3,) as a screen shows it, without noise."""
    return BackgroundColour((int(colour[0]), int(colour[1]), int(colour[2])), _EXACT_TOLERANCE)


def possible_backgrounds(image: Image) -> list[BackgroundColour]:
    """The most frequent colours in flat areas of an image (H, W, 3), the most frequent first."""
    rows = image[_EVERY_ROW // 2 :: _EVERY_ROW]
    if rows.shape[1] <= _RUN_PX or not len(rows):
        return []
    here = rows[:, _RUN_PX:]
    away = cv2.max(cv2.absdiff(here, rows[:, :-_RUN_PX]), cv2.absdiff(here, rows[:, _RUN_PX - 1 : -1]))
    flat = here[cv2.inRange(away, (0, 0, 0), (1, 1, 1)) > 0]
    if not len(flat):
        return []
    # Exact colours, since a slide's white may be five levels from the background's; hashed, since there are too many to
    # count separately.
    wide = flat.astype(np.uint32)
    codes = (wide[:, 0] * _HASH[0] + wide[:, 1] * _HASH[1] + wide[:, 2] * _HASH[2]) >> (32 - _HASH_BITS)
    counts = np.bincount(codes, minlength=1 << _HASH_BITS)
    backgrounds: list[BackgroundColour] = []
    for code in np.argsort(counts)[:-_MOST_CODES:-1]:
        if counts[code] < _LEAST_SHARE * len(codes) or len(backgrounds) == _MOST_COLOURS:
            break
        # Where other colours share the hash, the frequent one is the median.
        colour = np.median(flat[codes == code], axis=0).astype(np.uint8)
        if all(np.abs(np.subtract(colour, other.colour)).max() > other.tolerance for other in backgrounds):
            backgrounds.append(_measured(flat, colour))
    return backgrounds


def straight_runs(mask: Mask, length: int) -> Mask:
    """The part of a mask (H, W) that lies on straight runs of at least `length` px, across or down.

    This removes scattered pixels of the background's colour inside a picture, and those in a tile's rounded corners.
    """
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), np.uint8)


def halved(mask: Mask) -> Mask:
    """A mask (H, W) at half its size; lines one pixel wide survive."""
    height, width = mask.shape
    small = cv2.resize(
        mask[: height // 2 * 2, : width // 2 * 2], (width // 2, height // 2), interpolation=cv2.INTER_AREA
    )
    return np.asarray(cv2.threshold(small, 120, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _measured(flat: Image, colour: Image) -> BackgroundColour:
    """A colour (3,) with the tolerance that its noise among the flat pixels (N, 3) requires."""
    sample = flat[:: max(1, len(flat) // _NOISE_SAMPLES)].astype(np.int16)
    away = np.abs(sample - colour.astype(np.int16)).max(axis=1)
    near = np.bincount(away[away <= _NEAR], minlength=_NEAR + 1)
    exact = near[:2].sum() >= 0.6 * near[:4].sum()
    return BackgroundColour(
        (int(colour[0]), int(colour[1]), int(colour[2])), _EXACT_TOLERANCE if exact else _NOISY_TOLERANCE
    )
