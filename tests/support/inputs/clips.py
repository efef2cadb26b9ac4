"""Recordings and pictures whose content is known."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
from support.places import RESOURCES

from fer_desktop.core.types import Image
from fer_desktop.simulation.simulator import CallSimulator


def write_clip(path: Path, frames: int) -> Path:
    """A clip at 10 frames a second, 320x240 px, each frame 5 brighter than the one before."""
    return _write(path, (np.full((240, 320, 3), 40 + 5 * number, dtype=np.uint8) for number in range(frames)), 10)


def write_call(path: Path, people: int, frames: int, rate_hz: int = 10) -> Path:
    """A recording of a call, 960x540 px, in which so many generated people have their cameras on."""
    call = simulated_call(people)
    return _write(path, (call.image_at(1 + number / rate_hz) for number in range(frames)), rate_hz)


def write_empty_room(path: Path, frames: int) -> Path:
    """A recording at 25 frames a second, 640x360 px, of light that moves over a wall: nobody is in it."""
    wall = np.tile(np.linspace(60, 160, 640)[None, :, None], (360, 1, 3)).astype(np.uint8)
    return _write(path, (np.roll(wall, 3 * number, axis=1) for number in range(frames)), 25)


def simulated_call(people: int) -> CallSimulator:
    """A call of 960x540 px in which so many generated people have their cameras on."""
    return CallSimulator(RESOURCES, "all_on", people, picture_px=(960, 540), seed=5, realtime=False)


def _write(path: Path, images: Iterable[Image], rate_hz: int) -> Path:
    codec = "mp4v" if path.suffix in (".mp4", ".mkv") else "MJPG"
    writer = None
    for image in images:
        if writer is None:
            size = (image.shape[1], image.shape[0])
            writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), rate_hz, size)
            assert writer.isOpened()
        writer.write(image)
    if writer is not None:
        writer.release()
    return path
