"""The screen, pixel for pixel as it is shown."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.capture.pacing import Pacer
from fer_desktop.capture.screen_access import refusal
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Frame, Image

if TYPE_CHECKING:
    import mss

_LOOK_S: Final = 1.0  # between two looks at where the monitors are

_OFF_SCREEN: Final = "The chosen part of the screen is on no monitor: choose it again."
_CHANGED: Final = (
    "The monitor with the chosen part of the screen was unplugged or changed: "
    "plug it in again, or choose the part again."
)
_NO_SCREEN: Final = "The screen cannot be captured: unlock it, or start this program on a desktop."


def monitors(display: str | None = None) -> list[Region]:
    """The monitors in device pixels; `display` names an X display other than the user's. Raises SourceError."""
    with _open_grabber(display) as grabber:
        return _monitors(grabber)


def grab(region: Region, display: str | None = None) -> Image:
    """What is shown in that region, as far as there are monitors, (H, W, 3) BGR. Raises SourceError."""
    with _open_grabber(display) as grabber:
        return _grab(grabber, _clamped(region, _touched(region, _monitors(grabber))))


class ScreenSource:
    """Frames of a region of the screen, the part of it that is on monitors.

    It ends with SourceError when a monitor under it goes or changes, and opens again only when all are back: another
    monitor in that place shows something else.
    """

    reopens: Final = True

    def __init__(
        self, region: Region, name: str = "Part of the screen", rate_hz: float = 15.0, display: str | None = None
    ) -> None:
        self.name: Final = name
        self._region, self._gap_s, self._display = region, 1.0 / rate_hz, display
        self._pacer = Pacer()
        self._grabber: mss.MSS | None = None
        self._home: list[Region] = []  # the monitors that it is on
        self._looked_s = 0.0
        self._index = 0

    def open(self) -> None:
        """Raises SourceError where the desktop does not allow it, or the region is on no monitor."""
        self.close()
        self._grabber = _open_grabber(self._display)
        self._look(_monitors(self._grabber))

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled. Raises SourceError where the monitor went."""
        if not self._pacer.step(self._gap_s if self._index else 0.0) or self._grabber is None:
            return None
        if time.monotonic() - self._looked_s > _LOOK_S:
            self._look(monitors(self._display))
        captured_s = time.monotonic()
        try:
            image = _grab(self._grabber, _clamped(self._region, self._home))
        except SourceError:
            self._look(monitors(self._display))  # says it better where the monitor is gone
            raise
        frame = Frame(self._index, captured_s, image)
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Lets go of the screen."""
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None

    def _look(self, found: Sequence[Region]) -> None:
        self._looked_s = time.monotonic()
        if self._home and not set(self._home) <= set(found):
            raise SourceError(_CHANGED)
        self._home = self._home or _touched(self._region, found)


def _open_grabber(display: str | None) -> "mss.MSS":
    """A new one each time that the monitors are looked at: mss remembers where they were."""
    if display is None and (reason := refusal()):
        raise SourceError(reason)
    import mss

    try:
        return mss.MSS() if display is None else mss.MSS(display=display)
    except (mss.ScreenShotError, OSError) as error:
        raise SourceError(_NO_SCREEN) from error


def _monitors(grabber: "mss.MSS") -> list[Region]:
    import mss

    try:
        found = grabber.monitors
    except (mss.ScreenShotError, OSError) as error:
        raise SourceError(_NO_SCREEN) from error
    # The first entry is the whole desktop; alone it stands where the monitors are not known.
    return [Region(each["left"], each["top"], each["width"], each["height"]) for each in found[1:] or found]


def _touched(region: Region, found: Sequence[Region]) -> list[Region]:
    """The monitors that show some of the region. Raises SourceError where none does."""
    touched = [monitor for monitor in found if _overlap(region, monitor) is not None]
    if not touched:
        raise SourceError(_OFF_SCREEN)
    return touched


def _clamped(region: Region, home: Sequence[Region]) -> Region:
    """The region without what is past the rectangle around these monitors, which it overlaps."""
    left, top = min(each.left for each in home), min(each.top for each in home)
    right, bottom = max(each.left + each.width for each in home), max(each.top + each.height for each in home)
    return _overlap(region, Region(left, top, right - left, bottom - top)) or home[0]


def _overlap(one: Region, other: Region) -> Region | None:
    left, top = max(one.left, other.left), max(one.top, other.top)
    width = min(one.left + one.width, other.left + other.width) - left
    height = min(one.top + one.height, other.top + other.height) - top
    return Region(left, top, width, height) if width > 0 and height > 0 else None


def _grab(grabber: "mss.MSS", region: Region) -> Image:
    import cv2
    import mss

    area = {"left": region.left, "top": region.top, "width": region.width, "height": region.height}
    try:
        shot = grabber.grab(area)
    except (mss.ScreenShotError, OSError) as error:
        raise SourceError(_NO_SCREEN) from error
    pixels = np.frombuffer(shot.raw, dtype=np.uint8).reshape(shot.height, shot.width, 4)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR), dtype=np.uint8)
