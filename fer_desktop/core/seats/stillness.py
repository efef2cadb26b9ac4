"""Which pictures of participants move, and which stand still while others move.

A small grey thumbnail of each participant is compared with the one that it last changed to. What a codec changes in a
still picture stays below `MOVES_FROM`; a person who sits still exceeds it within three seconds.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np

from fer_desktop.core.types import FloatArray

# Grey levels, by which the most changed tenth of a thumbnail differs on average. Of simulated still pictures in JPEG of
# quality 60 to 90 none differed by more than 2.4; of cameras 99 % did by 3.3 and more within two seconds.
MOVES_FROM: Final = 3.0
_CHANGED_SHARE: Final = 0.1
STILL_S: Final = 20.0  # from then on a picture that never moved is no camera
FROZEN_S: Final = (
    10.0  # from then on a camera that moved has frozen; simulated people never sat still for longer than 3 s
)
_OTHERS_S: Final = 2.0  # others move if one did within this time
_MAX_STEP_S: Final = 2.0  # a gap between two frames, such as a pause, counts for no more than this
_AGAIN_S: Final = 2.0  # after which a picture that was known to be still is believed to be so again
# Mean grey levels. A camera's picture was within 7 of one of the five before it (around faces 99 % within 10); that of
# somebody else, or an avatar, never within 11.
_SAME_PICTURE: Final = 10.0
_AS_ALIKE: Final = 1.25  # of the difference between pictures of a livelier video
_ANOTHER_PICTURE: Final = 20.0  # mean grey levels; pictures that differ by more are never taken for one video's
_VIDEO_FROM: Final = 3  # pictures that came and went: a single one is a glitch
_VIDEO_PICTURES: Final = 6  # kept
_VIDEO_APART_S: Final = 0.4
_VIDEO_S: Final = 10.0  # between the first and the last of them
_SHORT_S: Final = 3.0  # a picture of a camera lasts for less


class Motion(StrEnum):
    """What is known of a participant's picture."""

    MOVING = "moving"  # also while nothing else is known
    STILL = "still"  # it has never moved since it appeared: a photo, a poster, an avatar
    FROZEN = "frozen"  # it moved, and stands still now with the very picture that it had while moving


@dataclass(slots=True, eq=False)
class _Picture:
    """The memory of one participant's picture."""

    thumb: FloatArray  # (T,) what is compared with: as it was when it last moved
    place: FloatArray  # (4,) px; empty where it is not known
    seen_s: float
    since_s: float  # when `thumb` appeared
    came: bool = False  # by moving, rather than by being seen for the first time
    moved_s: float = -math.inf
    still_s: float = 0.0  # how long it has stood still while others moved
    video: list[tuple[float, FloatArray]] = field(default_factory=list)  # pictures that came and went, and when
    known: tuple[Motion, FloatArray] | None = None  # what was last concluded, and of which picture

    def see(self, thumb: FloatArray, place: FloatArray, now_s: float) -> None:
        if not np.array_equal(self.place, place):
            # Sampled at other points, it changes without moving.
            self.thumb, self.place, self.since_s, self.came = thumb, place, now_s, False
        elif change(thumb, self.thumb) >= MOVES_FROM:
            if now_s - self.seen_s <= _MAX_STEP_S:
                self._note_video(now_s)
                self.moved_s, self.came = now_s, True
            else:
                self.came = False  # another picture, which nobody saw coming
            self.thumb, self.since_s, self.still_s = thumb, now_s, 0.0
        self.seen_s = now_s

    def _note_video(self, now_s: float) -> None:
        """Keeps the picture that goes now as one of a video, if it came by moving and was short."""
        if not self.came or now_s - self.since_s > _SHORT_S:
            return
        self.video = [(at_s, one) for at_s, one in self.video if now_s - at_s <= _VIDEO_S]
        if not self.video or now_s - self.video[-1][0] >= _VIDEO_APART_S:
            self.video = [*self.video[-_VIDEO_PICTURES + 1 :], (now_s, self.thumb)]

    def motion(self, still_after_s: float) -> Motion:
        if self.known is not None and self.still_s >= _AGAIN_S and change(self.known[1], self.thumb) < MOVES_FROM:
            return self.known[0]
        of_video = self._is_of_video()
        if self.still_s < (FROZEN_S if of_video else still_after_s):
            return Motion.MOVING
        motion = Motion.FROZEN if of_video else Motion.STILL
        self.known = motion, self.thumb
        return motion

    def _is_of_video(self) -> bool:
        """Whether the picture resembles those that came and went before it, as much as they resemble each other."""
        pictures = [one for _, one in self.video]
        if len(pictures) < _VIDEO_FROM:
            return False
        apart = float(np.median([np.abs(one - other).mean() for one, other in pairwise(pictures)]))
        nearest = min(float(np.abs(one - self.thumb).mean()) for one in pictures)
        return nearest <= min(max(_SAME_PICTURE, _AS_ALIKE * apart), _ANOTHER_PICTURE)


class Stillness:
    """The pictures of one session's participants. Not thread-safe.

    Nothing is concluded while nobody moves: of a paused recording, or of a single picture.
    """

    def __init__(self, still_after_s: float = STILL_S) -> None:
        """`still_after_s`: how long a picture that never moved stands still before it is taken for none of a camera."""
        self._still_after_s = still_after_s
        self._pictures: dict[int, _Picture] = {}
        self._now_s: float | None = None

    def update(
        self, seats: Sequence[int], thumbs: FloatArray, now_s: float, places: FloatArray | None = None
    ) -> dict[int, Motion]:
        """What is known of each seat's picture after a frame in which it looked like that.

        `thumbs` (N, T) are grey levels, 0-255, of tiles or of faces' surroundings (see SurroundingBoxes), `places`
        (N, 4) px where they were sampled: where that changes, a change of the thumbnail is not movement. None: always
        the same.
        """
        step_s = 0.0 if self._now_s is None else min(max(0.0, now_s - self._now_s), _MAX_STEP_S)
        before_s, self._now_s = self._now_s, now_s
        nowhere = np.empty(0, np.float32)
        lasting = []
        for index, seat in enumerate(seats):
            thumb, place = thumbs[index], nowhere if places is None else places[index]
            picture = self._pictures.get(seat)
            if picture is None:
                self._pictures[seat] = _Picture(thumb, place, now_s, now_s)
                continue
            if picture.seen_s == before_s and np.array_equal(picture.place, place):
                lasting.append(picture)
            picture.see(thumb, place, now_s)
        self._wait(lasting, step_s, now_s)
        return {seat: self._pictures[seat].motion(self._still_after_s) for seat in seats}

    def moved_within(self, seat: int, seconds: float) -> bool:
        """Whether the seat's picture moved that short a while before the last frame."""
        picture = self._pictures.get(seat)
        return picture is not None and self._now_s is not None and self._now_s - picture.moved_s <= seconds

    def merge(self, seat: int, into: int) -> None:
        """What is known of a seat is from now on known of the one that replaced it, if it is newer."""
        picture = self._pictures.pop(seat, None)
        if picture is not None and (into not in self._pictures or self._pictures[into].seen_s <= picture.seen_s):
            self._pictures[into] = picture

    def keep(self, seats: Iterable[int]) -> None:
        """Forgets all other seats."""
        kept = set(seats)
        self._pictures = {seat: picture for seat, picture in self._pictures.items() if seat in kept}

    def _wait(self, pictures: Sequence[_Picture], step_s: float, now_s: float) -> None:
        """Counts the time for which those pictures have stood still while another one moved."""
        movers = [picture for picture in self._pictures.values() if now_s - picture.moved_s <= _OTHERS_S]
        for picture in pictures:
            if picture.moved_s != now_s and any(other is not picture for other in movers):
                picture.still_s += step_s


def change(a: FloatArray, b: FloatArray) -> float:
    """Grey levels, by which the most changed tenth of two thumbnails differs on average; of other sizes: no change."""
    if a.shape != b.shape:
        return 0.0
    differences = np.abs(a - b)
    most = max(1, round(len(differences) * _CHANGED_SHARE))
    return float(np.partition(differences, -most)[-most:].mean())
