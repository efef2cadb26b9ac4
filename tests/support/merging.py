"""An analyzer of one tile whose seat is merged into another again and again."""

import itertools

import numpy as np

from fer_desktop.core.seats.succession import SeatSuccession
from fer_desktop.core.types import Analysis, Frame, Tile


class MergingAnalyzer:
    """An Analyzer."""

    def __init__(self, merges_a_frame: int = 1) -> None:
        self.merges_a_frame = merges_a_frame
        self.fails = False
        self.merges = 0
        self.excluded_tiles: list[bool] = []  # of each frame
        self._succession = SeatSuccession()
        self._numbers = itertools.count(1_000_000, -1)  # the older seat stands for both
        self.seat = next(self._numbers)

    def current_seat(self, seat: int) -> int:
        return self._succession.current(seat)

    def analyze(self, frame: Frame, excluded: frozenset[int] = frozenset()) -> Analysis:
        merged = tuple(self._merge() for _ in range(self.merges_a_frame))
        if self.fails:
            raise ZeroDivisionError
        out = self.seat in {self.current_seat(seat) for seat in excluded}
        self.excluded_tiles.append(out)
        box = np.array([100, 80, 500, 300], np.float32)
        return Analysis(frame, (), 0.0, tiles=(Tile(box, self.seat, True, out),), merged=merged)

    def _merge(self) -> tuple[int, int]:
        before, self.seat = self.seat, next(self._numbers)
        self._succession.merge(before, self.seat)
        self.merges += 1
        return before, self.seat
