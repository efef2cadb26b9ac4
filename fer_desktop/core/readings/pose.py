"""Where heads look, from the five landmarks of their faces. How good that is: docs/recognition.md, "Turned away"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

# Of an average head as the detector sees it: how far down from the eyes to the mouth the tip of the nose is, and by how
# much it stands out of the line between these, in distances between the eyes.
_NOSE_DOWN: Final = 0.6
_NOSE_OUT: Final = 0.42
# Degrees of pitch by how much nearer the mouth is to the lower edge of the box than the eyes to the upper one, as a
# share of its height, and by its height over its width. Chosen on the egg-shaped heads of benchmarks/head_pose.py.
_BY_PLACE, _BY_SHAPE, _LEVEL = 241.3, 51.3, -42.1
# The box stands upright, so that in one around a tilted head nothing is told of the pitch.
_MOST_ROLL_DEG: Final = 20.0
# A pose is what a person holds usually from so many seconds on, over at most so many.
WARM_UP_S: Final = 60.0
MEMORY_S: Final = 600.0
_EVERY_S: Final = 2.0  # a pose is remembered
_MEDIAN_EVERY_S: Final = 10.0
# A camera above or below the screen makes no more than this; who holds the head lower is looking down.
MOST_USUAL_DEG: Final = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Poses:
    """Where N heads look, in degrees; NaN where the detector gave no landmarks."""

    yaw: FloatArray  # (N,) positive: the nose points to the right of the image
    pitch: FloatArray  # (N,) positive: up, negative: down
    roll: FloatArray  # (N,) positive: the eye on the right is the lower one

    def above(self, usual_pitch: FloatArray) -> "Poses":
        """The same with the pitches counted from what each of these persons holds usually (N,)."""
        return Poses(self.yaw, self.pitch - usual_pitch, self.roll)


def poses(landmarks: FloatArray, boxes: FloatArray) -> Poses:
    """The poses of heads with landmarks (N, 5, 2) in the detector's boxes (N, 4).

    Roll is the slope of the line through the eyes. Along that line the tip of the nose is off the line from the eyes to
    the mouth by as much as it stands out times the sine of the yaw; turning the head shortens the distance between the
    eyes, by which that is measured. Of pitch the landmarks tell little, since the detector draws them as those of a
    level face; but in its box they go down with the face. The pitch is drawn to level: of 40 degrees it tells some 28.
    """
    left, right, nose = landmarks[:, 0], landmarks[:, 1], landmarks[:, 2]
    eyes, mouth, across = (left + right) / 2, (landmarks[:, 3] + landmarks[:, 4]) / 2, right - left
    off = nose - eyes - _NOSE_DOWN * (mouth - eyes)
    square = np.maximum((across**2).sum(axis=1), 1e-12)
    yaw = np.degrees(np.arctan((off * across).sum(axis=1) / (_NOSE_OUT * square)))
    roll = np.degrees(np.arctan2(across[:, 1], across[:, 0]))
    width, height = (np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-6)).T
    lower = (boxes[:, 3] - mouth[:, 1] - (eyes[:, 1] - boxes[:, 1])) / height
    pitch = _BY_PLACE * lower + _BY_SHAPE * height / width + _LEVEL
    known = np.ptp(landmarks, axis=1).max(axis=1) > 0
    upright = known & (np.abs(roll) <= _MOST_ROLL_DEG)
    return Poses(
        *(
            np.where(told, angle, np.nan).astype(np.float32)
            for angle, told in ((yaw, known), (pitch, upright), (roll, known))
        )
    )


class UsualPitch:
    """How high each seat holds its head usually: the median of some minutes, in memory only. Not thread-safe.

    A camera above the screen sees everybody look down a little, one below it up.
    """

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}  # by seat
        self._pitches = np.full((0, round(MEMORY_S / _EVERY_S)), np.nan, np.float32)
        self._usual = np.zeros(0, np.float32)  # NaN where not known
        self._at = 0
        self._next_s = self._next_median_s = -np.inf

    def update(self, seats: Sequence[int], pitches: FloatArray, now_s: float) -> FloatArray:
        """(N,) degrees that the seats hold usually; takes the pitches (N,) that they have now.

        Until that is known it is whatever is nearest to what they hold now: a camera may be that far off.
        """
        rows = self._rows_of(seats)
        if now_s >= self._next_s:
            self._next_s = now_s + _EVERY_S
            self._at = (self._at + 1) % self._pitches.shape[1]
            self._pitches[:, self._at] = np.nan
            self._pitches[rows, self._at] = pitches
            self._forget()
            rows = self._rows_of(seats)
        if now_s >= self._next_median_s:
            self._next_median_s = now_s + _MEDIAN_EVERY_S
            self._usual = self._medians()
        usual = self._usual[rows]
        return np.where(np.isnan(usual), np.clip(pitches, -MOST_USUAL_DEG, MOST_USUAL_DEG), usual)

    def _rows_of(self, seats: Sequence[int]) -> npt.NDArray[np.int64]:
        new = [seat for seat in seats if seat not in self._rows]
        if new:
            self._rows |= {seat: len(self._rows) + place for place, seat in enumerate(new)}
            more = np.full((len(new), self._pitches.shape[1]), np.nan, np.float32)
            self._pitches = np.concatenate([self._pitches, more])
            self._usual = np.concatenate([self._usual, np.full(len(new), np.nan, np.float32)])
        return np.array([self._rows[seat] for seat in seats], np.int64)

    def _forget(self) -> None:
        """Drops the seats of which nothing is remembered any more."""
        kept: npt.NDArray[np.bool_] = np.any(~np.isnan(self._pitches), axis=1)
        if kept.all():
            return
        self._pitches, self._usual = self._pitches[kept], self._usual[kept]
        self._rows = {seat: place for place, seat in enumerate(s for s, row in self._rows.items() if kept[row])}

    def _medians(self) -> FloatArray:
        known = np.count_nonzero(~np.isnan(self._pitches), axis=1) >= WARM_UP_S / _EVERY_S
        usual = np.full(len(self._pitches), np.nan, np.float32)
        if known.any():
            usual[known] = np.nanmedian(self._pitches[known], axis=1)
        return np.clip(usual, -MOST_USUAL_DEG, MOST_USUAL_DEG)
