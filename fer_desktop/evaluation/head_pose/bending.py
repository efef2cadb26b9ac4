"""A frontal picture bent over a head that looks elsewhere: which of its pixels is seen where."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.evaluation.head_pose.shapes import ABOVE, CELLS, HALF_WIDTH, NOWHERE, Head

_STEPS: Final = 44  # along each ray before it is refined
_HALVINGS: Final = 5
_REACH: Final = 2.9  # of a head from its pivot, in distances between the eyes
_PIVOT: Final = np.array([0.0, 0.7, -0.75])  # where the neck bears the head
_SOLID: Final = 250  # of 255: less is a soft edge or a wall
_AROUND: Final = (2.6, 2.4, 3.0)  # what is drawn beside, above and below the eyes, in their distances
_NECK_FROM: Final = 1.62  # below the eyes nothing is taken off a picture but within the outline


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a head looks, seen from the camera; degrees."""

    yaw: float  # positive: the nose points to the right of the picture
    pitch: float  # positive: up, negative: down
    roll: float = 0.0  # positive: the eye on the right is the lower one

    def matrix(self) -> FloatArray:
        """(3, 3) from the head's axes to the camera's."""
        yaw, pitch, roll = np.radians([self.yaw, self.pitch, self.roll])
        nod = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
        turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
        lean = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
        return np.asarray(lean @ turn @ nod)


@dataclass(frozen=True, slots=True, eq=False)
class Sitter:
    """A frontal picture, and the same without its head."""

    skin: Image  # (H, W, 3) BGR: the head, carried on beyond its edge
    headless: Image  # (H, W, 3)
    middle: tuple[float, float]  # between the eyes, px
    eyes_px: float  # their distance


def sitter(picture: Image, landmarks: FloatArray, alpha: Image | None = None) -> Sitter:
    """A picture with the five landmarks (5, 2) px of its frontal face; `alpha` (H, W) is 0 where it shows a wall."""
    middle, eyes_px = landmarks[:2].mean(axis=0), float(np.linalg.norm(landmarks[1] - landmarks[0]))
    ys, xs = np.mgrid[: picture.shape[0], : picture.shape[1]]
    x, y = (xs - middle[0]) / eyes_px, (ys - middle[1]) / eyes_px
    head = (x / 1.3) ** 2 + np.abs(y / 1.9) ** 3 < 1
    around = ((x / 1.7) ** 2 + np.abs(y / 2.25) ** 3 < 1) & (y < _NECK_FROM)
    wall = np.zeros_like(head) if alpha is None else cv2.dilate((alpha < _SOLID).astype(np.uint8), np.ones((5, 5))) > 0
    skin = _filled(picture, wall)
    headless = _filled(picture, head | around)
    return Sitter(skin, headless, (float(middle[0]), float(middle[1])), eyes_px)


def _filled(picture: Image, hole: npt.NDArray[np.bool_]) -> Image:
    """The picture with what is around a hole carried on into it."""
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small_hole = cv2.resize(hole.astype(np.uint8), small.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    filled = cv2.resize(cv2.inpaint(small, small_hole, 3, cv2.INPAINT_TELEA), picture.shape[1::-1])
    return np.asarray(np.where(hole[..., None], filled, picture), np.uint8)


def bent(who: Sitter, head: Head, pose: Pose, distance: float) -> Image:
    """(H, W, 3) the picture with the head in that pose; `distance` of the camera in distances between the eyes.

    The texture is the frontal picture's, so that beyond some 60 degrees cheeks and temples are smeared. Light does not
    change with the head.
    """
    beside, above, below = _AROUND
    columns = _span(who.middle[0], who.eyes_px, beside, beside, who.skin.shape[1])
    rows = _span(who.middle[1], who.eyes_px, above, below, who.skin.shape[0])
    xs = ((np.arange(columns.start, columns.stop) - who.middle[0]) / who.eyes_px).astype(np.float32)
    ys = ((np.arange(rows.start, rows.stop) - who.middle[1]) / who.eyes_px).astype(np.float32)
    seen, x, y, behind = _first_hits(head, pose.matrix(), xs, ys, distance)
    # What the frontal picture does not show, the back of the head, has the colour of its outline.
    radius = np.maximum(np.sqrt((x / head.wide) ** 2 + np.abs(y / head.tall) ** 3), 1e-3)
    out = np.where(behind, 0.93 / radius, np.minimum(1, 0.96 / radius))
    u, v = (who.middle[0] + x * out * who.eyes_px, who.middle[1] + y * out * who.eyes_px)
    skin = cv2.remap(
        who.skin, u.astype(np.float32), v.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    alpha = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), 0.8)[..., None]
    picture = who.headless.copy()
    below_it = picture[rows, columns]
    picture[rows, columns] = np.rint(below_it + alpha * (skin.astype(np.float32) - below_it))
    return picture


def _span(middle: float, eyes_px: float, before: float, after: float, size: int) -> slice:
    return slice(max(0, round(middle - before * eyes_px)), min(size, round(middle + after * eyes_px)))


def _first_hits(
    head: Head, turn: FloatArray, xs: FloatArray, ys: FloatArray, distance: float
) -> tuple[npt.NDArray[np.bool_], FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """For each point (H, W) of a plane: whether the head is seen there, where on it (x, y), and whether on its back."""
    plane = np.stack(np.broadcast_arrays(xs[None, :], ys[:, None], 0.0), axis=-1) - _PIVOT
    eye = np.array([0.0, 0.0, distance]) - _PIVOT
    ray = plane - eye
    ray /= np.linalg.norm(ray, axis=-1, keepdims=True)
    near = float(np.linalg.norm(eye)) - _REACH
    origin, ray = (_PIVOT + eye @ turn).astype(np.float32), (ray @ turn).astype(np.float32)
    step = 2 * _REACH / _STEPS
    first = np.full((len(ys), len(xs)), np.nan, np.float32)
    for k in range(_STEPS):
        t = near + k * step
        hit = _inside(head, origin + t * ray)
        first[hit & np.isnan(first)] = t
    seen = ~np.isnan(first)
    late = np.where(seen, first, near)
    early = late - step
    for _ in range(_HALVINGS):
        middle = (early + late) / 2
        hit = _inside(head, origin + middle[..., None] * ray)
        late, early = np.where(hit, middle, late), np.where(hit, early, middle)
    at = origin + late[..., None] * ray
    front, back = _depths(head, at)
    return seen, at[..., 0], at[..., 1], np.abs(at[..., 2] - back) < np.abs(at[..., 2] - front)


def _depths(head: Head, at: FloatArray) -> tuple[FloatArray, FloatArray]:
    columns = ((at[..., 0] + HALF_WIDTH) * CELLS).astype(np.float32)
    rows = ((at[..., 1] + ABOVE) * CELLS).astype(np.float32)
    front = cv2.remap(
        head.front, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(NOWHERE,)
    )
    back = cv2.remap(
        head.back, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(-NOWHERE,)
    )
    return np.asarray(front), np.asarray(back)


def _inside(head: Head, at: FloatArray) -> npt.NDArray[np.bool_]:
    front, back = _depths(head, at)
    return np.asarray((at[..., 2] < front) & (at[..., 2] > back))
