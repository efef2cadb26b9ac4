"""Writes the recording of a simulated class of 25 at 1920x1080, on which `analyze` is measured.

`PYTHONPATH=.:tests python benchmarks/class_recording.py class25.mp4 60` (file, seconds).
"""

import sys
from pathlib import Path

from support.places import RESOURCES

from fer_desktop.simulation.recording import Codec, write_recording
from fer_desktop.simulation.simulator import CallSimulator

_RATE_HZ = 25
_QUALITY = 23


def main(path: Path, seconds: int) -> None:
    """Writes it."""
    call = CallSimulator(RESOURCES, "all_on", 25, picture_px=(1920, 1080), seed=5, realtime=False)
    images = (call.image_at(1 + number / _RATE_HZ) for number in range(seconds * _RATE_HZ))
    write_recording(path, images, Codec.H264, _QUALITY, _RATE_HZ)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
