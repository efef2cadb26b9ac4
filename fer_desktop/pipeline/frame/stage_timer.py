"""Where the time of a frame goes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Stage(StrEnum):
    """What a frame goes through, in this order."""

    GRAB = "grab"  # the screen's pixels
    GRID = "grid"  # the tiles
    FOLLOW = "follow"  # faces of earlier looks
    DETECT = "detect"
    CROP = "crop"  # and what the quality gate asks of the crops
    CLASSIFY = "classify"
    SEATS = "seats"  # what tells the tiles apart, and whose they are
    SUMMARY = "summary"  # smoothing, the second's row, its way to the disk


class StageTimer:
    """Adds up the time of each stage since it was last read. For one thread."""

    def __init__(self) -> None:
        self._spent_s: dict[Stage, float] = {}

    @contextmanager
    def timing(self, stage: Stage) -> Iterator[None]:
        """Counts what happens inside to `stage`."""
        started_s = time.perf_counter()
        try:
            yield
        finally:
            self._spent_s[stage] = self._spent_s.get(stage, 0.0) + time.perf_counter() - started_s

    def take(self) -> dict[Stage, float]:
        """Seconds by stage; begins anew."""
        spent_s, self._spent_s = self._spent_s, {}
        return spent_s
