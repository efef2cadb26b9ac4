"""What lies over a part of the screen, and lay over it a moment ago."""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import rows_and_columns
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image

KEPT_S: Final = 0.5  # what lay there so long ago may still be seen: desktops fade and draw late
_SHADOW_PX: Final = 12  # round a window, in which its shadow is dark enough to change what a face shows

PixelMask = npt.NDArray[np.bool_]


class CoveringWindows:
    """The frames of the windows over one region, of the last moments. For one thread."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, Mapping[int, Region]]] = deque()

    def see(self, frames: Mapping[int, Region], now_s: float) -> None:
        """Where they lie now, by the desktop's numbers."""
        self._seen.append((now_s, frames))
        while now_s - self._seen[0][0] > KEPT_S:
            self._seen.popleft()

    def forget(self) -> None:
        """Another region is looked at, or nothing is known."""
        self._seen.clear()

    def mask(self, region: Region) -> PixelMask | None:
        """The region's pixels that any of them or its shadow lies or lay over, (H, W); None where there is none.

        Of a window that was moved all that it may have lain over on its way.
        """
        places: dict[int, list[Region]] = {}
        for _, frames in self._seen:
            for handle, frame in frames.items():
                places.setdefault(handle, []).append(frame)
        return mask_of([_with_shadow(region_round(frames)) for frames in places.values()], region)


def mask_of(frames: Iterable[Region], region: Region) -> PixelMask | None:
    """The region's pixels that any of the frames lies over, (H, W); None where none does."""
    over = [frame for frame in frames if frame.overlap(region) is not None]
    if not over:
        return None
    mask = np.zeros((region.height, region.width), np.bool_)
    for frame in over:
        fill(mask, region, frame, True)
    return mask


def share_of(mask: PixelMask) -> float:
    """How much of a region a mask covers, 0-1."""
    return float(np.count_nonzero(mask) / mask.size)


def blacken(image: Image, mask: PixelMask) -> None:
    """Makes those pixels of an image (H, W, 3) black."""
    part = rows_and_columns(mask)
    np.copyto(image[part], 0, where=mask[part][..., None])


def fill(mask: PixelMask, region: Region, frame: Region, value: bool) -> None:
    """Gives the pixels of the region's mask (H, W) that lie in the frame that value."""
    part = frame.overlap(region)
    if part is not None:
        top, left = part.top - region.top, part.left - region.left
        mask[top : top + part.height, left : left + part.width] = value


def region_round(frames: Iterable[Region]) -> Region:
    """The rectangle round one or more frames."""
    all_of = list(frames)
    left, top = min(one.left for one in all_of), min(one.top for one in all_of)
    right, bottom = max(one.left + one.width for one in all_of), max(one.top + one.height for one in all_of)
    return Region(left, top, right - left, bottom - top)


def _with_shadow(frame: Region) -> Region:
    return Region(
        frame.left - _SHADOW_PX, frame.top - _SHADOW_PX, frame.width + 2 * _SHADOW_PX, frame.height + 2 * _SHADOW_PX
    )
