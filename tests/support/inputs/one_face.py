"""Recordings with one face, whose readings are known."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, SAD
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import CropSpec


class OneFace:
    """A face in the middle of everything."""

    def detect(self, image: Image) -> list[Face]:
        height, width = image.shape[:2]
        box = np.array([width / 4, height / 4, width * 3 / 4, height * 3 / 4], np.float32)
        return [Face(box, 0.9, np.zeros((5, 2), np.float32))]


class Brightness:
    """Bright faces are happy, dark ones sad."""

    spec = CropSpec(8, 1)

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        answer = np.zeros((len(crops), N_EXPRESSIONS), np.float32)
        bright = crops.mean(axis=(1, 2, 3)) > 127
        answer[bright, HAPPY] = 1
        answer[~bright, SAD] = 1
        return answer


@dataclass
class RecordingWatcher:
    """Stops where told, and remembers the progress it was shown."""

    stop_after: float = float("inf")
    shown: list[tuple[float, float | None]] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        return bool(self.shown) and self.shown[-1][0] >= self.stop_after

    def update(self, done: float, of: float | None) -> None:
        self.shown.append((done, of))


def striped(height: int, width: int, grey: int) -> Image:
    """A picture of this mean, sharp and lit enough to be read."""
    row = np.clip(grey, 50, 210) + np.where(np.arange(width) // 5 % 2 == 0, 30, -30)
    return np.broadcast_to(row[None, :, None], (height, width, 3)).astype(np.uint8)


def write_clip(path: Path, frames: int, rate_hz: float = 10) -> Path:
    """10 frames a second, dark in its first two seconds and bright from then on."""
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), rate_hz, (320, 240))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(striped(240, 320, 50 if number < 20 else 210))
    writer.release()
    return path
