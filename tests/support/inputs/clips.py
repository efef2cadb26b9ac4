"""Recordings and pictures whose content is known."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
from av.video.stream import VideoStream
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


def write_timed(path: Path, stamps_s: Sequence[float], codec: str, options: dict[str, str] | None = None) -> Path:
    """A clip of 160x120 px whose n-th frame, of the grey 40 + 5 n, stands at the n-th time. `options`: the muxer's."""
    greys = (np.full((120, 160, 3), 40 + 5 * (number % 40), dtype=np.uint8) for number in range(len(stamps_s)))
    return _encode(path, codec, zip(stamps_s, greys, strict=True), options=options)


def write_noise(path: Path, codec: str, frames: int = 40) -> Path:
    """A clip of 320x240 px at 25 frames a second that takes many bytes: no two frames are alike."""
    rng = np.random.default_rng(0)
    blocks = (rng.integers(0, 256, (15, 20, 3), dtype=np.uint8) for _ in range(frames))
    noise = ((number / 25, np.kron(each, np.ones((16, 16, 1), np.uint8))) for number, each in enumerate(blocks))
    return _encode(path, codec, noise, rate_hz=25)


def write_pixels(path: Path, shape: Fraction | None, turned: int = 0) -> Path:
    """A clip of 10 frames of 160x120 px, left half black and right half white, whose pixels are `shape` times as wide
    as high, and which is shown after a turn of so many degrees."""
    half = np.zeros((120, 160, 3), np.uint8)
    half[:, 80:] = 255
    _encode(path, "libx264", ((number / 10, half) for number in range(10)), shape=shape)
    if turned:
        _turn(path, turned)
    return path


def _encode(
    path: Path,
    codec: str,
    images: Iterable[tuple[float, Image]],
    rate_hz: int = 10,
    shape: Fraction | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """A clip of images, each at its time in seconds. MPEG wants the times of the rate; others take any."""
    track: VideoStream | None = None
    exact = Fraction(1, rate_hz if path.suffix in (".mpg", ".vob", ".avi", ".flv") else 1000)
    with av.open(str(path), "w", options=options or {}) as container:
        for at_s, image in images:
            if track is None:
                track = cast("VideoStream", container.add_stream(codec, rate=rate_hz))
                track.height, track.width, track.pix_fmt = image.shape[0], image.shape[1], "yuv420p"
                track.codec_context.time_base = exact
                if shape is not None:
                    track.codec_context.sample_aspect_ratio = shape
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = round(at_s / exact), exact
            container.mux(track.encode(frame))
        if track is not None:
            container.mux(track.encode(None))
    return path


def _turn(path: Path, degrees: int) -> None:
    """Sets the matrix in the header of an MP4's track, as phones do."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    one = 0x10000
    matrix = {90: (0, one, 0, -one, 0, 0), 180: (-one, 0, 0, 0, -one, 0), 270: (0, -one, 0, one, 0, 0)}[degrees]
    data[at : at + 36] = b"".join(number.to_bytes(4, "big", signed=True) for number in (*matrix, 0, 0, 1 << 30))
    path.write_bytes(data)
