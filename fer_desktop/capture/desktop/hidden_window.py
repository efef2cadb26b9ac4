"""Whether a window of this program can still be seen, or others lie over it."""

import contextlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.capture.desktop.windows import open_desktop
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

if TYPE_CHECKING:
    from fer_desktop.capture.desktop.types import Desktop, WindowGeometry

HIDDEN_FROM: Final = 0.5  # share under other windows from which on nothing can be read at a glance
_SAME_PLACE: Final = 0.9  # share of the window's place that is its own: its menus and the strip are smaller
_POINTS: Final = 32  # along each side, of those that are looked at


class HiddenWindow:
    """Looks for what lies over a window. It keeps a connection to the desktop from the first look on; one thread."""

    def __init__(self, display: str | None = None, process: int | None = None) -> None:
        """`process`: whose window it is, this program's unless it is told."""
        self._display, self._process = display, os.getpid() if process is None else process
        self._desktop: Desktop | None = None

    def close(self) -> None:
        """Ends the connection."""
        if self._desktop is not None:
            self._desktop.close()
            self._desktop = None

    def is_hidden(self, place: Region) -> bool:
        """Whether so much of the window there lies under others that it cannot be read. What fills its screen does so.

        False where nothing is known: there is no desktop to ask, or no window of ours at that place.
        """
        try:
            return covered_share(place, self._above(place)) >= HIDDEN_FROM
        except SourceError:
            self.close()
            return False

    def _above(self, place: Region) -> list[Region]:
        """Frames of the windows of others above ours at that place; none where ours is not there."""
        if self._desktop is None:
            with contextlib.suppress(SourceError):
                self._desktop = open_desktop(self._display)
        if self._desktop is None:
            return []
        above = list[Region]()
        for geometry in self._desktop.stack():
            if geometry.frame is None or geometry.frame.overlap(place) is None:
                continue
            info = self._desktop.info(geometry.handle)
            if info is None:
                continue
            if info.process == self._process:
                if _lies_there(geometry, place):
                    return above
            elif info.title.strip():  # what has no name is mostly a frame round the screen, or nothing to be seen
                above.append(geometry.frame)
        return []


def covered_share(place: Region, frames: Sequence[Region]) -> float:
    """How much of the place these cover together, 0-1, to some hundredths."""
    covered = np.zeros((_POINTS, _POINTS), np.bool_)
    across = place.left + (np.arange(_POINTS) + 0.5) / _POINTS * place.width
    down = place.top + (np.arange(_POINTS) + 0.5) / _POINTS * place.height
    for frame in frames:
        inside = (across >= frame.left) & (across < frame.left + frame.width)
        covered |= np.outer((down >= frame.top) & (down < frame.top + frame.height), inside)
    return float(covered.mean())


def _lies_there(geometry: "WindowGeometry", place: Region) -> bool:
    return geometry.frame is not None and covered_share(place, [geometry.frame]) >= _SAME_PLACE
