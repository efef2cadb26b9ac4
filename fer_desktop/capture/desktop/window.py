"""A window of another program, wherever it is moved, and never what lies on top of it."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.capture.desktop.grabber import clamped, monitors_of, open_grabber, pixels, touched
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.capture.desktop.windows import named, window_and_above, windows
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region, WindowChoice
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import mss

COVERED_SHARE: Final = 0.02  # of the client area that may lie under other windows: one tile of 49
SETTLE_S: Final = 0.5  # after a change, until desktop and program have drawn it
_MONITORS_S: Final = 1.0  # between two looks at where the monitors are
_LEAST_PX: Final = 120  # of a window that is offered, each way

_CLOSED: Final = "The window was closed: open it again, or end the session and choose another."
_MINIMISED: Final = "The window is minimised: open it again, and the session goes on."
_ELSEWHERE: Final = "The window is hidden or on another desktop: bring it back, and the session goes on."
_OFF_SCREEN: Final = "The window is on no monitor: move it back, and the session goes on."
_COVERED: Final = "{} lies over the window that is looked at: move one of them aside, and the session goes on."


@dataclass(frozen=True, slots=True)
class _Sight:
    """Where a window is seen."""

    region: Region  # its client area as far as there are monitors
    covered: tuple[Region, ...]  # the parts of that which others lie over


def list_windows() -> list[WindowChoice]:
    """Windows of other programs, front to back, without small and nameless ones. Raises SourceError."""
    with open_grabber():  # says why nothing can be seen
        return [
            WindowChoice(whose.title, whose.handle, whose.program)
            for placed, whose in windows()
            if _is_offered(placed, whose)
        ]


def picture_of(choice: WindowChoice) -> tuple[Image, float]:
    """The window as it is seen now, (H, W, 3) BGR, black where others lie over it, and their share of it, 0-1.

    Raises SourceError where it is not on the screen.
    """
    with open_grabber() as grabber:
        window, above = window_and_above(_found(choice))
        region = _place(window, monitors_of(grabber))
        image = pixels(grabber, region)
    return image, _blacken(image, _Sight(region, tuple(part for _, part in _over(region, above))))


class WindowSource:
    """Frames of a window's client area, with black where another window lies over up to COVERED_SHARE of it.

    The desktop is asked where the window is and what lies over it before each frame, and again one frame later, before
    that frame is given. What changed in between, or SETTLE_S ago, makes it let the frame go: a wrong one is given only
    where the desktop tells of a change later than that. SourceError says what is in the way.
    """

    reopens: Final = True

    def __init__(self, choice: WindowChoice, rate_hz: float = 15.0) -> None:
        self.name: Final = choice.name
        self._choice, self._gap_s = choice, 1.0 / rate_hz
        self._pacer = Pacer()
        self._grabber: mss.MSS | None = None
        self._monitors: list[Region] = []
        self._monitors_due_s = 0.0
        self._handle, self._was_open = 0, False
        self._sight: _Sight | None = None
        self._settled_s = 0.0
        self._held: Frame | None = None  # until it is known to be right
        self._index = 0

    def open(self) -> None:
        """Raises SourceError where the window is not there, or, once it was, cannot be seen."""
        self.close()
        self._look_at_monitors()
        self._handle = _found(self._choice)
        # A session may begin while this program's own window still lies over the chosen one; it is told then.
        if self._was_open:
            self._look()
        self._was_open = True

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled. Raises SourceError where the window cannot be seen."""
        while self._pacer.step(self._gap_s) and self._grabber is not None:
            if (frame := self._step(self._grabber)) is not None:
                return frame
        return None

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Lets go of the screen."""
        self._sight = self._held = None
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None

    def _step(self, grabber: "mss.MSS") -> Frame | None:
        """The frame of the last step, where nothing has changed since."""
        held, self._held = self._held, None
        now_s = time.monotonic()
        if now_s > self._monitors_due_s:
            grabber = self._look_at_monitors()
        sight = self._look()
        if sight != self._sight:
            self._sight, self._settled_s = sight, now_s + SETTLE_S
            return None
        if now_s >= self._settled_s:
            self._held = self._frame(grabber, sight)
        return held

    def _frame(self, grabber: "mss.MSS", sight: _Sight) -> Frame:
        captured_s = time.monotonic()
        image = pixels(grabber, sight.region)
        _blacken(image, sight)
        frame = Frame(self._index, captured_s, image)
        self._index += 1
        return frame

    def _look(self) -> _Sight:
        """Where it is seen; raises SourceError where it is not."""
        window, above = window_and_above(self._handle)
        region = _place(window, self._monitors)
        over = _over(region, above)
        if sum(_area(part) for _, part in over) > COVERED_SHARE * _area(region):
            most, _ = max(over, key=lambda each: _area(each[1]))
            raise SourceError(_COVERED.format(_called(most)))
        return _Sight(region, tuple(part for _, part in over))

    def _look_at_monitors(self) -> "mss.MSS":
        if self._grabber is not None:
            self._grabber.close()
        self._grabber = grabber = open_grabber()
        self._monitors = monitors_of(grabber)
        self._monitors_due_s = time.monotonic() + _MONITORS_S
        return grabber


def _is_offered(placed: WindowGeometry, whose: WindowInfo) -> bool:
    if placed.client is None or not whose.title.strip() or whose.is_shell or whose.process == os.getpid():
        return False
    return min(placed.client.width, placed.client.height) >= _LEAST_PX


def _found(choice: WindowChoice) -> int:
    """The number of the window that was chosen. Raises SourceError where it is gone.

    One with its title goes before one with its number: a tab may have been dragged out of a browser's window, and a
    program that was started again may give an old number to something new.
    """
    of_program = [whose for _, whose in windows() if whose.program == choice.program and whose.process != os.getpid()]
    candidates = [whose for whose in of_program if whose.handle == choice.handle or whose.title == choice.name]
    if not candidates:
        raise SourceError(_CLOSED)
    return max(candidates, key=lambda whose: (whose.title == choice.name, whose.handle == choice.handle)).handle


def _place(window: WindowGeometry | None, monitors: Sequence[Region]) -> Region:
    """What of its client area is on monitors. Raises SourceError where that is nothing."""
    if window is None:
        raise SourceError(_CLOSED)
    if window.client is None:
        raise SourceError(_MINIMISED if window.minimised else _ELSEWHERE)
    if not (home := touched(window.client, monitors)):
        raise SourceError(_OFF_SCREEN)
    return clamped(window.client, home)


def _over(region: Region, above: Sequence[WindowGeometry]) -> list[tuple[WindowGeometry, Region]]:
    """Which of the windows lie over the region, and over what part of it."""
    return [
        (each, part) for each in above if each.frame is not None and (part := each.frame.overlap(region)) is not None
    ]


def _area(region: Region) -> int:
    return region.width * region.height


def _called(window: WindowGeometry) -> str:
    # Its title may be a private matter, and what is told here is logged too.
    whose = named(window.handle)
    if whose is not None and whose.process == os.getpid():
        return "This program's own window"
    return f"A window of {whose.program}" if whose is not None and whose.program else "Another window"


def _blacken(image: Image, sight: _Sight) -> float:
    """Takes out of an image of the sight what others show; the share that they lie over, 0-1."""
    if not sight.covered:
        return 0.0
    under = np.zeros(image.shape[:2], np.bool_)
    for part in sight.covered:
        top, left = part.top - sight.region.top, part.left - sight.region.left
        under[top : top + part.height, left : left + part.width] = True
    image[under] = 0
    return float(under.mean())
