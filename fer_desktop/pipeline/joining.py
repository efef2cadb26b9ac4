"""One numbering of seats, and one count of who left, for the parts of a recording that were each read on its own."""

import dataclasses
import itertools
from collections.abc import Mapping
from typing import Final

import numpy as np

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import Analysis, Attendance, FloatArray

_SAME_PLACE: Final = 0.4  # intersection over union in one and the same frame, read twice


class JoinedParts:
    """Renumbers the seats of each part by the frame that it shares with the part before. One thread."""

    def __init__(self) -> None:
        self._last: Analysis | None = None  # renumbered
        self._is_first = True
        self._known: dict[int, int] = {}  # by the part's own number
        self._highest = 0
        self._own_before = self._counted_before = Attendance()

    def begin(self, shared: Analysis | None) -> None:
        """The next part begins; `shared`: what it saw in the last frame of the part before, None where it saw none."""
        self._is_first = self._last is None
        self._known = {}
        if self._last is not None:
            self._counted_before = self._last.attendance
            self._own_before = shared.attendance if shared is not None else Attendance()
            if shared is not None:
                self._known = _same_places(shared, self._last)

    def joined(self, analysis: Analysis) -> Analysis:
        """The analysis, with the seats and the counts of the whole recording."""
        self._last = analysis if self._is_first else self._renumbered(analysis)
        seats = itertools.chain(_places(self._last), (into for _, into in self._last.merged))
        self._highest = max(self._highest, *seats, 0)
        return self._last

    def _renumbered(self, analysis: Analysis) -> Analysis:
        seat, known = self._seat, analysis.attendance
        attendance = Attendance(
            self._counted_before.left + known.left - self._own_before.left,
            self._counted_before.came_back + known.came_back - self._own_before.came_back,
            {seat(own): stay for own, stay in known.stays.items()},
            tuple(map(seat, known.just_left)),
            tuple(map(seat, known.just_back)),
        )
        return dataclasses.replace(
            analysis,
            readings=tuple(dataclasses.replace(one, seat=seat(one.seat)) for one in analysis.readings),
            tiles=tuple(dataclasses.replace(one, seat=seat(one.seat)) for one in analysis.tiles),
            merged=tuple((seat(one), seat(into)) for one, into in analysis.merged),
            attendance=attendance,
        )

    def _seat(self, own: int) -> int:
        """The number in the whole recording; one that was not known before gets the next."""
        if own not in self._known:
            self._highest += 1
            self._known[own] = self._highest
        return self._known[own]


def _same_places(own: Analysis, whole: Analysis) -> dict[int, int]:
    """The seats of one frame by the part's own number, as the whole recording calls them."""
    ours, theirs = _places(own), _places(whole)
    if not ours or not theirs:
        return {}
    same = iou_matrix(np.stack(list(ours.values())), np.stack(list(theirs.values())))
    pairs = match_greedily(same, _SAME_PLACE)
    mine, known = list(ours), list(theirs)
    return {mine[row]: known[column] for row, column in pairs}


def _places(analysis: Analysis) -> Mapping[int, FloatArray]:
    """By seat, its tile, or its face where it has no tile; (4,) px."""
    return {one.seat: one.face.xyxy for one in analysis.readings} | {one.seat: one.xyxy for one in analysis.tiles}
