"""What happens to a finished picture: scaled, compressed, photographed off a monitor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Degrade
from fer_desktop.simulation.hard_cases.truth import common

_HOW: Final = {
    "area": cv2.INTER_AREA,
    "linear": cv2.INTER_LINEAR,
    "cubic": cv2.INTER_CUBIC,
    "lanczos": cv2.INTER_LANCZOS4,
}
_BEZEL: Final = 0.018  # of the monitor's width
_MOIRE: Final = 5.0  # grey levels


@dataclass(frozen=True, slots=True, eq=False)
class Degrader:
    """From a canvas to the frame."""

    degrade: Degrade
    canvas_px: tuple[int, int]
    frame_px: tuple[int, int]
    photo: "_Photo | None" = None

    def picture(self, canvas: Image, number: int) -> Image:
        """The frame of a canvas; `number` chooses the noise."""
        picture = canvas
        if self.photo is not None:
            picture = self.photo.picture(canvas, number)
        elif self.frame_px != self.canvas_px:
            how = _HOW[self.degrade.interpolation]
            picture = np.asarray(cv2.resize(canvas, self.frame_px, interpolation=how), np.uint8)
        if self.degrade.jpeg is not None:
            picture = _compressed(picture, self.degrade.jpeg)
        return picture

    def box(self, box: FloatBox) -> FloatBox | None:
        """Where a box of the canvas is in the frame; None where it is out of it."""
        if self.photo is not None:
            moved = self.photo.box(box)
        else:
            across, down = self.frame_px[0] / self.canvas_px[0], self.frame_px[1] / self.canvas_px[1]
            moved = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
        return common(moved, (0.0, 0.0, float(self.frame_px[0]), float(self.frame_px[1])))


def canvas_for(frame_px: tuple[int, int], degrade: Degrade) -> tuple[int, int]:
    """The size to draw at, so that the frame has that size in the end."""
    return round(frame_px[0] / degrade.scale), round(frame_px[1] / degrade.scale)


def make_degrader(rng: np.random.Generator, degrade: Degrade, canvas_px: tuple[int, int]) -> Degrader:
    """What degrades a canvas of that size."""
    frame_px = round(canvas_px[0] * degrade.scale), round(canvas_px[1] * degrade.scale)
    photo = _new_photo(rng, canvas_px, frame_px) if degrade.photographed else None
    return Degrader(degrade, canvas_px, frame_px, photo)


def _compressed(picture: Image, quality: int) -> Image:
    done, packed = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))
    if not done:
        raise RuntimeError("OpenCV writes no JPEG")
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class _Photo:
    """A monitor as a phone's camera sees it."""

    matrix: FloatArray  # (3, 3) from the canvas to the frame
    frame_px: tuple[int, int]
    room: Image  # (H, W, 3) what is around the monitor
    light: FloatArray  # (H, W, 1) gain
    added: FloatArray  # (H, W, 3) glare and moiré
    blur: float
    seed: int

    def picture(self, canvas: Image, number: int) -> Image:
        edge = round(_BEZEL * canvas.shape[1])
        framed = cv2.copyMakeBorder(canvas, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(18, 18, 18))
        shift = np.array([[1, 0, -edge], [0, 1, -edge], [0, 0, 1]], np.float64)
        picture = self.room.copy()
        cv2.warpPerspective(
            framed, self.matrix @ shift, self.frame_px, dst=picture, flags=cv2.INTER_AREA,
            borderMode=cv2.BORDER_TRANSPARENT,
        )  # fmt: skip
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), self.blur), np.uint8)
        rng = np.random.default_rng([self.seed, number])
        grain = rng.standard_normal((picture.shape[0], picture.shape[1], 1), np.float32) * 4
        return np.asarray(np.clip(picture * self.light + self.added + grain, 0, 255), np.uint8)

    def box(self, box: FloatBox) -> FloatBox:
        """The bounds of what a box becomes."""
        x0, y0, x1, y1 = box
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]]) @ self.matrix.T.astype(float)
        points = corners[:, :2] / corners[:, 2:]
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return left, top, right, bottom


def _new_photo(rng: np.random.Generator, canvas_px: tuple[int, int], frame_px: tuple[int, int]) -> _Photo:
    width, height = frame_px
    wide, high = canvas_px
    jitter: Callable[[], float] = lambda: float(rng.uniform(0.03, 0.09))  # noqa: E731
    to = np.array(
        [
            [width * jitter(), height * jitter()],
            [width * (1 - jitter()), height * jitter()],
            [width * (1 - jitter()), height * (1 - jitter())],
            [width * jitter(), height * (1 - jitter())],
        ],
        np.float32,
    )
    start = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(start, to)
    room = cv2.resize(
        np.clip(rng.uniform(30, 150) + rng.uniform(-30, 30, (2, 3, 3)), 0, 255).astype(np.float32), frame_px
    )
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    light = 0.92 + 0.12 * np.cos((x / width - rng.uniform(0.2, 0.8)) * 2.5) * np.cos((y / height - 0.5) * 2)
    angle, period = rng.uniform(0, np.pi, 2), rng.uniform(5, 16, 2)
    waves = [np.sin((x * np.cos(a) + y * np.sin(a)) * 2 * np.pi / p) for a, p in zip(angle, period, strict=True)]
    glare_at = rng.uniform(0.1, 0.9) * width, rng.uniform(0.0, 0.5) * height
    glare = np.exp(-(((x - glare_at[0]) / (0.16 * width)) ** 2) - ((y - glare_at[1]) / (0.2 * height)) ** 2)
    added = (_MOIRE * waves[0] * waves[1] + rng.uniform(15, 55) * glare)[..., None] * np.array([1.0, 0.97, 0.92])
    return _Photo(
        np.asarray(matrix, np.float32),
        frame_px,
        np.asarray(room, np.uint8),
        light[..., None].astype(np.float32),
        added.astype(np.float32),
        float(rng.uniform(0.7, 1.3)) * max(height / 1080, 0.7),
        int(rng.integers(1 << 30)),
    )
