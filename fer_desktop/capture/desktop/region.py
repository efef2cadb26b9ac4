"""The screen, pixel for pixel as it is shown."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop.covering import blacken
from fer_desktop.capture.desktop.grabber import clamped, monitors_of, open_grabber, pixels, touched
from fer_desktop.capture.desktop.own_windows import OwnMask, OwnWindows
from fer_desktop.core.errors import OwnWindowError, SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import mss
    import numpy as np
    import numpy.typing as npt

_CHECK_S: Final = 1.0  # between two checks of where the monitors are

_MOST_OURS: Final = 0.5  # of what is read that this program's own windows may cover before nothing is read
_OURS: Final = (
    "This program's own window covers most of what is read: move it aside or minimise it, and the session goes on."
)
_OFF_SCREEN: Final = "The chosen part of the screen is on no monitor: choose it again."
_CHANGED: Final = (
    "The monitor with the chosen part of the screen was unplugged or changed: "
    "plug it in again, or choose the part again."
)


def monitors(display: str | None = None) -> list[Region]:
    """The monitors in device pixels; `display` names an X display other than the user's. Raises SourceError."""
    with open_grabber(display) as grabber:
        return monitors_of(grabber)


def grab(region: Region, display: str | None = None) -> Image:
    """What that region shows, as far as it is on monitors, (H, W, 3) BGR. Raises SourceError."""
    with open_grabber(display) as grabber:
        return pixels(grabber, clamped(region, _home(region, monitors_of(grabber))))


class ScreenSource:
    """Frames of a region of the screen, as far as it is on monitors; this program's own windows are black and `hidden`.

    It fails with OwnWindowError where these cover most of it, and with SourceError when a monitor under it is unplugged
    or changes; then it opens again only when all are back: another monitor in that place shows something else.
    """

    reopens: Final = True

    def __init__(
        self,
        region: Region,
        name: str = "Part of the screen",
        rate_hz: float = 15.0,
        display: str | None = None,
        own: OwnWindows | None = None,
    ) -> None:
        """`own`: which of this program's windows the system leaves out of pictures, so that they need no black."""
        self.name: Final = name
        self._region, self._gap_s, self._display = region, 1.0 / rate_hz, display
        self._pacer = Pacer()
        self._mask, self._was_open = OwnMask(own or OwnWindows(), display), False
        self._grabber: mss.MSS | None = None
        self._home: list[Region] = []  # the monitors that the region is on
        self._checked_s = 0.0
        self._index = 0

    def open(self) -> None:
        """Raises SourceError where the desktop does not allow it, or the region is on no monitor.

        OwnWindowError where this program covers it and it was open before: a session may begin under its window.
        """
        self.close()
        self._grabber = open_grabber(self._display)
        self._check(monitors_of(self._grabber))
        self._mask.open()
        if self._was_open:
            self._our_pixels(clamped(self._region, self._home))
        self._was_open = True

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled. Raises SourceError where the monitor was unplugged."""
        if not self._pacer.step(self._gap_s if self._index else 0.0) or self._grabber is None:
            return None
        if time.monotonic() - self._checked_s > _CHECK_S:
            self._check(monitors(self._display))
        captured_s, region = time.monotonic(), clamped(self._region, self._home)
        try:
            image = pixels(self._grabber, region)
        except SourceError:
            self._check(monitors(self._display))  # has the better sentence where the monitor is gone
            raise
        if (ours := self._our_pixels(region)) is not None:
            blacken(image, ours)
        frame = Frame(self._index, captured_s, image, hidden=ours)
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Releases the screen."""
        self._mask.close()
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None

    def _our_pixels(self, region: Region) -> "npt.NDArray[np.bool_] | None":
        """The pixels that are this program's own windows; None where there is none. Raises OwnWindowError."""
        ours = self._mask.of(region, time.monotonic())
        if ours is not None and ours.mean() > _MOST_OURS:
            raise OwnWindowError(_OURS)
        return ours

    def _check(self, found: Sequence[Region]) -> None:
        self._checked_s = time.monotonic()
        if self._home and not set(self._home) <= set(found):
            raise SourceError(_CHANGED)
        self._home = self._home or _home(self._region, found)


def _home(region: Region, found: Sequence[Region]) -> list[Region]:
    """The monitors that show some of the region. Raises SourceError where none does."""
    if home := touched(region, found):
        return home
    raise SourceError(_OFF_SCREEN)
