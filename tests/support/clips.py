"""Recordings whose frames are known."""

from pathlib import Path

import cv2
import numpy as np


def write_clip(path: Path, frames: int) -> Path:
    """A clip at 10 frames a second, 320x240 px, each frame 5 brighter than the one before."""
    codec = "mp4v" if path.suffix in (".mp4", ".mkv") else "MJPG"
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), 10, (320, 240))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(np.full((240, 320, 3), 40 + 5 * number, dtype=np.uint8))
    writer.release()
    return path
