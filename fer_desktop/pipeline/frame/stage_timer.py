"""Time spent in each stage of a frame's analysis."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Stage(StrEnum):
    """The stages of a frame, in display order."""

    GRAB = "grab"  # the screen's pixels
    GRID = "grid"  # the tiles
    FOLLOW = "follow"  # faces found in earlier frames
    DETECT = "detect"
    CROP = "crop"  # and the quality gate's measurements
    CLASSIFY = "classify"
    SEATS = "seats"  # features of the tiles, and their seats
    SUMMARY = "summary"  # smoothing, summarizing, writing the row


class StageTimer:
    """Adds up the time of each stage since it was last read. For one thread."""

    def __init__(self) -> None:
        self._spent_s: dict[Stage, float] = {}

    @contextmanager
    def timing(self, stage: Stage) -> Iterator[None]:
        """Adds the time spent inside to `stage`."""
        started_s = time.perf_counter()
        try:
            yield
        finally:
            self._spent_s[stage] = self._spent_s.get(stage, 0.0) + time.perf_counter() - started_s

    def take(self) -> dict[Stage, float]:
        """Seconds by stage since the last call."""
        spent_s, self._spent_s = self._spent_s, {}
        return spent_s
