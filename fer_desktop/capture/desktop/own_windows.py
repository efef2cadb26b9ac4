"""This program's own windows over what it reads: left out of the picture by the system, else blackened in it."""

import contextlib
import os
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fer_desktop.capture.desktop.covering import KEPT_S, PixelMask, fill, region_round
from fer_desktop.capture.desktop.left_out import leave_out
from fer_desktop.capture.desktop.windows import open_desktop
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

if TYPE_CHECKING:
    from fer_desktop.capture.desktop.types import Desktop, WindowGeometry


class OwnWindows:
    """Which windows the system leaves out of pictures of the screen. The windows' thread writes, any reads."""

    def __init__(self) -> None:
        self._left_out: dict[int, int] = {}  # the desktop's number by Qt's

    def leave_out(self, window: int, on: bool) -> bool:
        """Leaves that window out of all pictures, or shows it again; whether the system does so."""
        number = leave_out(window, on)
        left = {one: known for one, known in self._left_out.items() if one != window}
        if number is not None and on:
            left[window] = number
        self._left_out = left  # in one step, for those that read it
        return number is not None

    def is_left_out(self, handle: int) -> bool:
        """Whether the window of that number of the desktop's is in no picture."""
        return handle in self._left_out.values()


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where this program's windows lay over a region at a time."""

    at_s: float
    frames: tuple[tuple[int, Region], ...]  # with the windows' numbers
    mask: PixelMask


class OwnMask:
    """What of a region is this program's own windows. It keeps a connection to the desktop; one thread."""

    def __init__(self, own: OwnWindows, display: str | None = None) -> None:
        self._own, self._display = own, display
        self._desktop: Desktop | None = None
        self._is_ours: dict[int, bool] = {}
        self._seen: deque[_Seen] = deque()

    def open(self) -> None:
        """Where no desktop can be reached nothing is known, and nothing blackened."""
        self.close()
        with contextlib.suppress(SourceError):
            self._desktop = open_desktop(self._display)

    def close(self) -> None:
        """Ends the connection."""
        if self._desktop is not None:
            self._desktop.close()
            self._desktop = None
        self._seen.clear()

    def of(self, region: Region, now_s: float) -> PixelMask | None:
        """The region's pixels that are ours or were a moment ago, (H, W); None where there is none.

        To be asked once the picture was taken: what came before is in it.
        """
        if (seen := self._look(region, now_s)) is not None:
            self._seen.append(seen)
        while self._seen and now_s - self._seen[0].at_s > KEPT_S:
            self._seen.popleft()
        if not self._seen:
            return None
        mask = np.logical_or.reduce([one.mask for one in self._seen])
        for way in _ways(self._seen):
            fill(mask, region, way, True)
        return mask if mask.any() else None

    def _look(self, region: Region, now_s: float) -> _Seen | None:
        if self._desktop is None:
            return None
        try:
            stack = list(self._desktop.stack())
            listed = frozenset(geometry.handle for geometry in stack)
            stack = [*self._desktop.unlisted(os.getpid(), listed), *stack]
            ours = self._ours(stack, self._desktop)
        except SourceError:  # the source itself meets it too, and says so
            return None
        frames = tuple((one.handle, one.frame) for one in stack if one.handle in ours and one.frame is not None)
        if not any(frame.overlap(region) for _, frame in frames):
            return None
        mask = np.zeros((region.height, region.width), np.bool_)
        for one in reversed(stack):  # back to front: what lies over ours is not ours
            if one.frame is not None and not self._own.is_left_out(one.handle):
                fill(mask, region, one.frame, one.handle in ours)
        return _Seen(now_s, frames, mask)

    def _ours(self, stack: "Iterable[WindowGeometry]", desktop: "Desktop") -> frozenset[int]:
        known: dict[int, bool] = {}
        for handle in (one.handle for one in stack):
            if handle not in self._is_ours:
                info = desktop.info(handle)
                known[handle] = info is not None and info.process == os.getpid()
            else:
                known[handle] = self._is_ours[handle]
        self._is_ours = known  # numbers of closed windows are given to others
        return frozenset(handle for handle, ours in known.items() if ours and not self._own.is_left_out(handle))


def _ways(seen: Iterable[_Seen]) -> list[Region]:
    """What each window that moved may have lain over on its way."""
    places: dict[int, set[Region]] = {}
    for one in seen:
        for handle, frame in one.frames:
            places.setdefault(handle, set()).add(frame)
    return [region_round(frames) for frames in places.values() if len(frames) > 1]
