"""A window of another program, wherever it is moved, and never what covers it."""

import dataclasses
import os
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.desktop.covering import CoveringWindows, blacken, mask_of, share_of
from fer_desktop.capture.desktop.grabber import clamped, monitors_of, open_grabber, pixels, touched
from fer_desktop.capture.desktop.own_windows import OwnWindows
from fer_desktop.capture.desktop.types import Desktop, WindowGeometry, WindowInfo
from fer_desktop.capture.desktop.windows import all_windows, open_desktop, window_and_above
from fer_desktop.core.errors import CoveredError, HiddenError, OwnWindowError, SourceError
from fer_desktop.core.sources import Region, WindowChoice
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import mss

MOST_COVERED: Final = 0.5  # of the client area that other windows may cover: of more the rest is hardly the class
SETTLE_S: Final = 0.5  # after a change, until desktop and program have drawn it
_MONITORS_S: Final = 1.0  # between two checks of where the monitors are
_LEAST_PX: Final = 120  # width and height of a window that is offered

CLOSED: Final = "The window was closed: open it again, or end the session and choose another."
_MINIMISED: Final = "The window is minimised: open it again, and the session goes on."
_ELSEWHERE: Final = "The window is hidden or on another desktop: bring it back, and the session goes on."
_OFF_SCREEN: Final = "The window is on no monitor: move it back, and the session goes on."
COVERED: Final = "A window of {program} covers the chosen window: move one of them aside, and the session goes on."
_COVERED_BY_US: Final = (
    "This program's own window covers the chosen window: move one of them aside, and the session goes on."
)
_COVERED_BY_ANOTHER: Final = "Another window covers the chosen window: move one of them aside, and the session goes on."


@dataclass(frozen=True, slots=True)
class _View:
    """What of a window can be seen."""

    region: Region  # its client area, as far as it is on monitors
    over: frozenset[int]  # the windows over it


def list_windows() -> list[WindowChoice]:
    """Windows of other programs, front to back, without small and untitled ones. Raises SourceError."""
    # The grabber knows best why nothing can be seen.
    with open_grabber(), closing(open_desktop()) as desktop:
        return [
            WindowChoice(info.title, info.handle, info.program)
            for geometry, info in all_windows(desktop)
            if _is_offered(geometry, info)
        ]


def picture_of(choice: WindowChoice) -> tuple[Image, float]:
    """The window as it can be seen now, (H, W, 3) BGR, black where others cover it, and the share they cover, 0-1.

    Raises SourceError where it is not on the screen.
    """
    with open_grabber() as grabber, closing(open_desktop()) as desktop:
        window, above = window_and_above(desktop, _find(choice, desktop))
        region = _visible_region(window, monitors_of(grabber))
        image = pixels(grabber, region)
    covered = mask_of((part for _, part in _overlaps(region, above)), region)
    if covered is None:
        return image, 0.0
    blacken(image, covered)
    return image, share_of(covered)


def place_of(choice: WindowChoice) -> Region | None:
    """Where that window lies with its frame; None where it is not shown. Raises SourceError where it was closed."""
    with closing(open_desktop()) as desktop:
        window, _ = window_and_above(desktop, _find(choice, desktop))
    return None if window is None else window.frame


class WindowSource:
    """Frames of a window's client area; what other windows cover is black and `hidden`, up to MOST_COVERED of it.

    Each frame is grabbed after the desktop was asked where the window is and which windows lie over it, and delivered
    one frame later, when the answer is still the same and has been for SETTLE_S; otherwise it is discarded. Where these
    lie may change: black is all that they lay over in the last moments. So a wrong frame gets through only where the
    desktop reports a change later than that. SourceError names what is in the way.
    """

    reopens: Final = True

    def __init__(self, choice: WindowChoice, rate_hz: float = 15.0, own: OwnWindows | None = None) -> None:
        """`own`: which of this program's windows the system leaves out of pictures, so that they cover nothing."""
        self.name: Final = choice.name
        self._choice, self._gap_s = choice, 1.0 / rate_hz
        self._pacer, self._own = Pacer(), own or OwnWindows()
        self._desktop: Desktop | None = None
        self._grabber: mss.MSS | None = None
        self._monitors: list[Region] = []
        self._monitors_due_s = 0.0
        self._handle, self._was_open = 0, False
        self._view: _View | None = None
        self._covering = CoveringWindows()
        self._settled_s = 0.0
        self._unconfirmed: Frame | None = None
        self._index = 0

    def open(self) -> None:
        """Raises SourceError where the window is not there, or, once it was, cannot be seen."""
        self.close()
        try:
            self._find_monitors()
            self._desktop = desktop = open_desktop()
            self._handle = _find(self._choice, desktop)
            # A session may begin while this program's own window still covers the chosen one; `read` reports that.
            if self._was_open:
                self._look(desktop)
        except SourceError:
            self.close()
            raise
        self._was_open = True

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled. Raises SourceError where the window cannot be seen."""
        while self._pacer.step(self._gap_s) and self._grabber is not None and self._desktop is not None:
            if (frame := self._step(self._grabber, self._desktop)) is not None:
                return frame
        return None

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Releases the screen and the desktop."""
        self._view = self._unconfirmed = None
        self._covering.forget()
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None
        if self._desktop is not None:
            self._desktop.close()
            self._desktop = None

    def _step(self, grabber: "mss.MSS", desktop: Desktop) -> Frame | None:
        """The frame of the last step, where nothing has changed since."""
        confirmed, self._unconfirmed = self._unconfirmed, None
        now_s = time.monotonic()
        if now_s > self._monitors_due_s:
            grabber = self._find_monitors()
        view = self._look(desktop)
        if view != self._view:
            self._view, self._settled_s = view, now_s + SETTLE_S
            return None
        if now_s >= self._settled_s:
            self._unconfirmed = self._frame(grabber, view)
        return None if confirmed is None else self._without_what_covers(confirmed, view)

    def _frame(self, grabber: "mss.MSS", view: _View) -> Frame:
        captured_s = time.monotonic()
        frame = Frame(self._index, captured_s, pixels(grabber, view.region))
        self._index += 1
        return frame

    def _without_what_covers(self, frame: Frame, view: _View) -> Frame:
        """The frame, black where other windows are or were; only once it is confirmed is known where they went."""
        covered = self._covering.mask(view.region)
        if covered is None:
            return frame
        blacken(frame.image, covered)
        return dataclasses.replace(frame, hidden=covered)

    def _look(self, desktop: Desktop) -> _View:
        """What of the window can be seen; raises SourceError where it is too little."""
        window, above = window_and_above(desktop, self._handle)
        region = _visible_region(window, self._monitors)
        overlaps = _overlaps(region, [each for each in above if not self._own.is_left_out(each.handle)])
        covered = mask_of((part for _, part in overlaps), region)
        if covered is not None and share_of(covered) > MOST_COVERED:
            largest, _ = max(overlaps, key=lambda each: _area(each[1]))
            raise _covered_by(desktop.info(largest.handle))
        frames = {each.handle: each.frame for each, _ in overlaps if each.frame is not None}
        self._covering.see(frames, time.monotonic())
        return _View(region, frozenset(frames))

    def _find_monitors(self) -> "mss.MSS":
        if self._grabber is not None:
            self._grabber.close()
        self._grabber = grabber = open_grabber()
        self._monitors = monitors_of(grabber)
        self._monitors_due_s = time.monotonic() + _MONITORS_S
        return grabber


def _is_offered(geometry: WindowGeometry, info: WindowInfo) -> bool:
    if geometry.client is None or not info.title.strip() or info.is_shell or info.process == os.getpid():
        return False
    return min(geometry.client.width, geometry.client.height) >= _LEAST_PX


def _find(choice: WindowChoice, desktop: Desktop) -> int:
    """The handle of the window that was chosen. Raises SourceError where it was closed.

    A matching title counts for more than a matching handle: a tab may have been dragged out of a browser's window, and
    after a restart of the program an old handle may belong to something new.
    """
    others = [info for _, info in all_windows(desktop) if info.process != os.getpid()]
    of_program = [info for info in others if info.program == choice.program]
    candidates = [info for info in of_program if info.handle == choice.handle or info.title == choice.name]
    if not candidates:
        raise SourceError(CLOSED)
    return max(candidates, key=lambda info: (info.title == choice.name, info.handle == choice.handle)).handle


def _visible_region(window: WindowGeometry | None, monitors: Sequence[Region]) -> Region:
    """The part of its client area that is on monitors. Raises SourceError where there is none."""
    if window is None:
        raise SourceError(CLOSED)
    if window.client is None:
        raise HiddenError(_MINIMISED if window.minimised else _ELSEWHERE)
    if not (home := touched(window.client, monitors)):
        raise SourceError(_OFF_SCREEN)
    return clamped(window.client, home)


def _overlaps(region: Region, above: Sequence[WindowGeometry]) -> list[tuple[WindowGeometry, Region]]:
    """The windows that cover some of the region, each with the part that it covers."""
    return [
        (each, part) for each in above if each.frame is not None and (part := each.frame.overlap(region)) is not None
    ]


def _area(region: Region) -> int:
    return region.width * region.height


def _covered_by(info: WindowInfo | None) -> CoveredError:
    # Without its title, which may be private: this sentence is logged too.
    if info is not None and info.process == os.getpid():
        return OwnWindowError(_COVERED_BY_US)
    if info is not None and info.program:
        return CoveredError(COVERED, program=info.program)
    return CoveredError(_COVERED_BY_ANOTHER)
