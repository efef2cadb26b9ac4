"""Pixels of the screen through mss, for every source that captures it."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.capture.desktop.screen_access import NO_SCREEN, denied_reason
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image

if TYPE_CHECKING:
    import mss

_DEPTHS: Final = (24, 32)  # bits a pixel that mss reads of an X screen
_WRONG_DEPTH: Final = (
    "The screen shows colours in {depth} bits, which cannot be captured: "
    "set it to 24 bits (in Xorg's configuration, DefaultDepth 24), then start again."
)


def open_grabber(display: str | None = None) -> "mss.MSS":
    """A fresh grabber; mss caches where the monitors are, so each check of them needs a new one. Raises SourceError."""
    if display is None and (reason := denied_reason()) is not None:
        raise SourceError(reason)
    import mss

    try:
        return mss.MSS() if display is None else mss.MSS(display=display)
    except (mss.ScreenShotError, OSError) as error:
        raise SourceError(_reason(error, display)) from error


def _reason(error: Exception, display: str | None) -> Message:
    """Why there is no grabber."""
    if sys.platform == "linux" and "depth" in str(error):  # else there may be no display to ask
        from fer_desktop.capture.desktop.x11 import screen_depth

        depth = screen_depth(display)
        if depth is not None and depth not in _DEPTHS:
            return message(_WRONG_DEPTH, depth=depth)
    return NO_SCREEN


def monitors_of(grabber: "mss.MSS") -> list[Region]:
    """The monitors in device pixels. Raises SourceError."""
    import mss

    try:
        found = grabber.monitors
    except (mss.ScreenShotError, OSError) as error:
        raise SourceError(NO_SCREEN) from error
    # The first entry is the whole desktop; it is the only one where the monitors are not known.
    return [Region(each["left"], each["top"], each["width"], each["height"]) for each in found[1:] or found]


def touched(region: Region, found: Sequence[Region]) -> list[Region]:
    """The monitors that show some of the region."""
    return [monitor for monitor in found if region.overlap(monitor) is not None]


def clamped(region: Region, home: Sequence[Region]) -> Region:
    """The region clipped to the bounding rectangle of these monitors, which it overlaps."""
    left, top = min(each.left for each in home), min(each.top for each in home)
    right, bottom = max(each.left + each.width for each in home), max(each.top + each.height for each in home)
    return region.overlap(Region(left, top, right - left, bottom - top)) or home[0]


def pixels(grabber: "mss.MSS", region: Region) -> Image:
    """What that region shows, (H, W, 3) BGR. Raises SourceError."""
    import cv2
    import mss

    area = {"left": region.left, "top": region.top, "width": region.width, "height": region.height}
    try:
        shot = grabber.grab(area)
    except (mss.ScreenShotError, OSError) as error:
        raise SourceError(NO_SCREEN) from error
    found = np.frombuffer(shot.raw, dtype=np.uint8).reshape(shot.height, shot.width, 4)
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGRA2BGR), dtype=np.uint8)
