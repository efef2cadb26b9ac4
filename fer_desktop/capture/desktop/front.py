"""Whether other programs' windows lie over this program's own, so that it cannot be seen."""

import os
from collections.abc import Callable
from typing import Final

import numpy as np

from fer_desktop.capture.desktop.types import Desktop, WindowGeometry
from fer_desktop.capture.desktop.windows import open_desktop
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

COVERED_SHARE: Final = 0.6  # of the largest window: what is left is no glance
_CELLS: Final = 64  # in which a window's area is counted, each way


class Front:
    """Looks at the stack of windows. It keeps a connection to the desktop; one thread."""

    def __init__(self, open_: Callable[[], Desktop] = open_desktop) -> None:
        self._open = open_
        self._desktop: Desktop | None = None

    def is_covered(self) -> bool:
        """Whether most of this program's largest window lies under others; False where nothing is known."""
        try:
            if self._desktop is None:
                self._desktop = self._open()
            return self._look(self._desktop)
        except SourceError:
            self.close()
            return False

    def close(self) -> None:
        """Ends the connection."""
        if self._desktop is not None:
            self._desktop.close()
            self._desktop = None

    def _look(self, desktop: Desktop) -> bool:
        shown = [window for window in desktop.stack() if window.frame is not None]
        ours = [window for window in shown if _is_ours(window, desktop)]
        if not ours:
            return False
        largest = max(ours, key=lambda window: _area(window.frame))
        above = shown[: shown.index(largest)]
        frames = [window.frame for window in above if window not in ours and window.frame is not None]
        assert largest.frame is not None
        return _share_under(largest.frame, frames) >= COVERED_SHARE


def _is_ours(window: WindowGeometry, desktop: Desktop) -> bool:
    info = desktop.info(window.handle)
    return info is not None and info.process == os.getpid()


def _area(region: Region | None) -> int:
    return region.width * region.height if region is not None else 0


def _share_under(region: Region, others: list[Region]) -> float:
    """The share of the region that lies under any of the others, 0-1."""
    ys = region.top + (np.arange(_CELLS) + 0.5) * region.height / _CELLS
    xs = region.left + (np.arange(_CELLS) + 0.5) * region.width / _CELLS
    under = np.zeros((_CELLS, _CELLS), np.bool_)
    for other in others:
        rows = (ys >= other.top) & (ys < other.top + other.height)
        columns = (xs >= other.left) & (xs < other.left + other.width)
        under |= rows[:, None] & columns
    return float(under.mean())
