"""What a participant's camera sends into a simulated call, and where the face is in it."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.cast.actors import Actor
from fer_desktop.simulation.script import Degradation

# Sizes of the pictures that a call sends: small for a small tile, larger for the large one.
SENT_PX: Final = ((160, 90), (320, 180), (640, 360))
_NOISES: Final = 8

Noise = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Pose:
    """How a participant sits in front of the camera at one time; lengths are shares of the tile's height."""

    centre: tuple[float, float]  # of the face: shares of the tile's width and height
    face: float  # the face's height
    roll: float  # rad
    narrow: float  # the face's width as a share of its width from the front
    light: float  # 1 is normal
    blur: float  # sigma of the blur

    def matrix(self, actor: Actor, tile_px: tuple[float, float]) -> FloatArray:
        """(2, 3) from px of the actor's bust to px of a tile of that width and height."""
        x0, y0, x1, y1 = (float(side) for side in actor.person.faces[NEUTRAL])
        scale = self.face * tile_px[1] / (y1 - y0)
        if actor.photo:
            # A photo has edges: it always covers the tile's height.
            scale = max(scale, 1.25 * tile_px[1] / actor.person.busts[NEUTRAL].shape[0])
        cos, sin = math.cos(self.roll) * scale, math.sin(self.roll) * scale
        turn = np.array([[cos * self.narrow, -sin], [sin * self.narrow, cos]])
        target = np.array([self.centre[0] * tile_px[0], self.centre[1] * tile_px[1]])
        shift = target - turn @ np.array([(x0 + x1) / 2, (y0 + y1) / 2])
        return np.hstack([turn, shift[:, None]]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """How one participant sits, moves and is lit, and the quality of camera and connection."""

    centre: tuple[float, float]
    face: float
    phases: tuple[float, ...]  # rad
    periods_s: tuple[float, ...]
    light: tuple[float, float, float]  # gains of blue, green, red
    noise: float  # grey levels
    sent: int  # index into SENT_PX while the tile is small
    jpeg: int | None  # quality, 1-100; None without loss
    tick_s: float  # between two pictures
    late_s: float

    def tick(self, script_s: float) -> float:
        """When the camera sent its last picture."""
        return self.sent_at(self.pictures_until(script_s))

    def pictures_until(self, script_s: float) -> int:
        """The number of the picture that the camera sent last; negative before the script begins."""
        return math.floor((script_s - self.late_s) / self.tick_s)

    def sent_at(self, number: int) -> float:
        """When the camera sends the picture of that number."""
        return number * self.tick_s + self.late_s

    def pose(self, script_s: float, degradation: Degradation | None, sign: int, strength: float) -> Pose:
        """The participant's pose; `strength` 0-1 and `sign` are those of a degradation."""
        wave = [math.sin(2 * math.pi * script_s / t + p) for t, p in zip(self.periods_s, self.phases, strict=True)]

        def of(kind: Degradation) -> float:
            return strength if kind is degradation else 0.0

        x = self.centre[0] + 0.016 * wave[0] + 0.007 * wave[1] + sign * 0.02 * of(Degradation.TURNED)
        y = self.centre[1] + 0.011 * wave[2] - 0.03 * of(Degradation.FAR)
        edge = 0.0 if sign < 0 else 1.0
        x += of(Degradation.CUT_OFF) * (edge - x)
        return Pose(
            centre=(x, y),
            face=self.face * (1 + 0.02 * wave[3]) * (1 - 0.4 * of(Degradation.FAR)),
            roll=0.03 * wave[0] + 0.02 * wave[4] + sign * 0.5 * of(Degradation.TILTED),
            narrow=1 - 0.38 * of(Degradation.TURNED),
            light=1 - 0.8 * of(Degradation.DIM),
            blur=0.02 * of(Degradation.BLURRED),
        )


def make_profile(rng: np.random.Generator) -> ActorProfile:
    """The random profile of one participant."""
    warm, bright = float(rng.uniform(0.9, 1.1)), float(rng.uniform(0.78, 1.12))
    tick_s = 1 / float(rng.uniform(5.0, 7.5))
    return ActorProfile(
        centre=(float(rng.uniform(0.42, 0.58)), float(rng.uniform(0.44, 0.54))),
        face=float(rng.uniform(0.3, 0.45)),
        phases=tuple(rng.uniform(0, 2 * math.pi, 5).tolist()),
        periods_s=tuple(rng.uniform(4, 12, 5).tolist()),
        light=(bright / warm, bright, bright * warm),
        noise=float(rng.uniform(1.0, 5.0)),
        sent=int(rng.integers(2)),
        jpeg=int(rng.integers(35, 80)),
        tick_s=tick_s,
        late_s=float(rng.uniform(0, tick_s)),
    )


def face_box(face: FloatArray, matrix: FloatArray) -> tuple[float, float, float, float]:
    """xyxy of a face (4,) after a (2, 3) transform: the bounds of the oval that the box holds."""
    turn = matrix[:, :2].astype(float)
    centre = turn @ ((face[:2] + face[2:]) / 2) + matrix[:, 2]
    half = np.sqrt((turn**2) @ (((face[2:] - face[:2]) / 2) ** 2))
    (x0, y0), (x1, y1) = (centre - half).tolist(), (centre + half).tolist()
    return x0, y0, x1, y1


class Camera:
    """Takes the pictures, which depend on the arguments only."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def take(
        self, bust: Image, matrix: FloatArray, pose: Pose, background: Image, profile: ActorProfile, sent: int
    ) -> Image:
        """A picture of SENT_PX[sent] after transmission; `matrix` maps to px of the background."""
        height, width = background.shape[:2]
        picture = background.copy()
        put_bust(picture, bust, matrix)
        gains = np.array([*profile.light, 1.0]) * pose.light
        if (gains != 1).any():
            picture = np.asarray(cv2.multiply(picture, gains), np.uint8)
        if pose.blur:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), max(pose.blur * height, 0.3)), np.uint8)
        if profile.noise:
            noise = self._noises[width, height][int(abs(matrix[0, 2]) * 1000) % _NOISES]
            picture = _noisy(picture, noise, profile.noise)
        if (width, height) != SENT_PX[sent]:
            picture = np.asarray(cv2.resize(picture, SENT_PX[sent], interpolation=cv2.INTER_AREA), np.uint8)
        return picture if profile.jpeg is None else _packed(picture, profile.jpeg)

    @cached_property
    def _noises(self) -> dict[tuple[int, int], list[Noise]]:
        """By size; drawn only when a camera needs them, since that takes long."""
        rng = np.random.default_rng([self._seed, 51])
        return {
            size: [rng.normal(0, 32, (size[1], size[0], 1)).astype(np.int8) for _ in range(_NOISES)]
            for size in SENT_PX[1:]
        }


def _packed(picture: Image, quality: int) -> Image:
    """The picture after JPEG compression."""
    done, packed = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))
    if not done:
        raise RuntimeError("OpenCV writes no JPEG")
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def _noisy(picture: Image, noise: Noise, level: float) -> Image:
    """The same noise on all three channels, of a standard deviation of `level`."""
    grains = cv2.merge([noise, noise, noise])
    return np.asarray(cv2.addWeighted(picture, 1.0, grains, level / 32, 0, dtype=cv2.CV_8U), np.uint8)


def put_bust(picture: Image, bust: Image, matrix: FloatArray) -> None:
    """Draws a premultiplied bust (H, W, 4) into the picture, in place."""
    height, width = picture.shape[:2]
    tall, wide = bust.shape[:2]
    corners = np.array([[0, 0], [wide, 0], [0, tall], [wide, tall]]) @ matrix[:, :2].T + matrix[:, 2]
    left = int(min(max(corners[:, 0].min(), 0), width - 1))
    right = int(min(max(corners[:, 0].max() + 1, left + 1), width))
    moved = matrix.copy()
    moved[0, 2] -= left
    placed = cv2.warpAffine(bust, moved, (right - left, height), flags=cv2.INTER_LINEAR)
    through = cv2.cvtColor(cv2.bitwise_not(placed[..., 3]), cv2.COLOR_GRAY2BGR)
    below = picture[:, left:right]
    cv2.add(cv2.multiply(below, through, scale=1 / 255), cv2.cvtColor(placed, cv2.COLOR_BGRA2BGR), dst=below)
