"""The screen, pixel for pixel as it is shown."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop.grabber import clamped, monitors_of, open_grabber, pixels, touched
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import mss

_CHECK_S: Final = 1.0  # between two checks of where the monitors are

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
    """Frames of a region of the screen, the part of it that is on monitors.

    It fails with SourceError when a monitor under it is unplugged or changes, and opens again only when all are back:
    another monitor in that place shows something else.
    """

    reopens: Final = True

    def __init__(
        self, region: Region, name: str = "Part of the screen", rate_hz: float = 15.0, display: str | None = None
    ) -> None:
        self.name: Final = name
        self._region, self._gap_s, self._display = region, 1.0 / rate_hz, display
        self._pacer = Pacer()
        self._grabber: mss.MSS | None = None
        self._home: list[Region] = []  # the monitors that the region is on
        self._checked_s = 0.0
        self._index = 0

    def open(self) -> None:
        """Raises SourceError where the desktop does not allow it, or the region is on no monitor."""
        self.close()
        self._grabber = open_grabber(self._display)
        self._check(monitors_of(self._grabber))

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled. Raises SourceError where the monitor was unplugged."""
        if not self._pacer.step(self._gap_s if self._index else 0.0) or self._grabber is None:
            return None
        if time.monotonic() - self._checked_s > _CHECK_S:
            self._check(monitors(self._display))
        captured_s = time.monotonic()
        try:
            image = pixels(self._grabber, clamped(self._region, self._home))
        except SourceError:
            self._check(monitors(self._display))  # has the better sentence where the monitor is gone
            raise
        frame = Frame(self._index, captured_s, image)
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Releases the screen."""
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None

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
