"""Pictures after a real encoder and decoder: what a recording, or the line of a call, leaves of them.

OpenCV's FFmpeg writes VP8 and VP9, but no H.264 on Linux, and only into files; PyAV has all three, picture by picture.
It comes with the extra `dev`, and is imported where it is used (ADR 24).
"""

import importlib.util
from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from fer_desktop.core.errors import SourceError
from fer_desktop.core.types import Image

if TYPE_CHECKING:
    from av import VideoFrame
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

# What a recording has between two key pictures, at most.
_GROUP: Final = 250


class Codec(StrEnum):
    """A video codec; the value is the decoder's name."""

    H264 = "h264"
    VP8 = "vp8"
    VP9 = "vp9"


_ENCODERS: Final = {Codec.H264: "libx264", Codec.VP8: "libvpx", Codec.VP9: "libvpx-vp9"}
# As a computer that is busy with a call encodes. A negative speed is a fixed one: with a positive one libvpx takes as
# much care as it has time for, and the pictures would depend on what else the computer does.
_RECORDED: Final = {
    Codec.H264: {"preset": "veryfast"},
    Codec.VP8: {"deadline": "realtime", "cpu-used": "-8", "auto-alt-ref": "0", "lag-in-frames": "0"},
    Codec.VP9: {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "row-mt": "0"},
}
# Bits a second of a recording: 0 is none, so that quality alone decides; VP8 wants a bound, which is never reached.
_MOST_BITS: Final = {Codec.H264: 0, Codec.VP8: 10**9, Codec.VP9: 0}
# Without a look ahead: what goes in comes out at once, and each picture is made of those before it.
_AT_ONCE: Final = {
    Codec.H264: {**_RECORDED[Codec.H264], "tune": "zerolatency"},
    Codec.VP8: {**_RECORDED[Codec.VP8], "cpu-used": "-12", "error-resilient": "1"},
    Codec.VP9: _RECORDED[Codec.VP9],
}


def has_encoders() -> bool:
    """Whether there are encoders to simulate recordings and lines with."""
    return importlib.util.find_spec("av") is not None


def check_encoders() -> None:
    """Raises SourceError where there is no encoder to simulate recordings and lines with."""
    if not has_encoders():
        raise SourceError(
            "Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`."
        )


def recoded(images: Iterable[Image], codec: Codec, quality: int, fps: float = 15.0) -> Iterator[Image]:
    """The pictures (H, W, 3) BGR, all of one size, as they come out of a recording of `fps` pictures a second.

    `quality` is the encoder's crf (for VP8 its quantizer): 18 to 30 for H.264 as recorders set it, 0 to 63 for VP8 and
    VP9; more is worse. Some pictures are taken in before the first comes out. Raises SourceError where PyAV is not
    installed.
    """
    coder: _Coder | None = None
    for image in images:
        if coder is None:
            coder = _Coder(codec, image.shape[1], image.shape[0], fps, _recording(codec, quality), _MOST_BITS[codec])
        yield from coder.put(image)
    if coder is not None:
        yield from coder.end()


def write_recording(file: Path, images: Iterable[Image], codec: Codec, quality: int, fps: float) -> Path:
    """The file, with a recording of the pictures as `recoded` encodes them. Raises SourceError without PyAV."""
    check_encoders()
    import av

    with av.open(str(file), "w") as container:
        track: VideoStream | None = None
        for number, image in enumerate(images):
            if track is None:
                added = container.add_stream(_ENCODERS[codec], _rate(fps), _recording(codec, quality))
                track = cast("VideoStream", added)
                _set_up(track.codec_context, image.shape[1], image.shape[0], fps)
                track.bit_rate = _MOST_BITS[codec]
            container.mux(track.encode(_frame(image, number)))
        if track is not None:
            container.mux(track.encode(None))
    return file


class LiveCoder:
    """A call's line for one camera: each picture comes out at once, made of what was sent before."""

    def __init__(self, codec: Codec, width: int, height: int, worst: int, bit_rate: int, fps: float) -> None:
        """`worst` is the quantizer, 0 to 63, than which the line is never better; VP8 and VP9 alone have it so.

        `bit_rate` is in bits a second. Raises SourceError where PyAV is not installed.
        """
        scale = 51 / 63 if codec is Codec.H264 else 1.0
        options = {**_AT_ONCE[codec], "qmin": str(round(worst * scale)), "qmax": str(round(63 * scale))}
        self._coder = _Coder(codec, width, height, fps, options, bit_rate)

    def send(self, image: Image) -> Image | None:
        """The picture after the line; None where the encoder dropped it, and the one before stays on."""
        return next(iter(self._coder.put(image)), None)


class _Coder:
    """An encoder and its decoder, in memory."""

    def __init__(
        self, codec: Codec, width: int, height: int, fps: float, options: dict[str, str], bit_rate: int
    ) -> None:
        check_encoders()
        import av

        self._size = width, height
        self._encoder = cast("VideoCodecContext", av.CodecContext.create(_ENCODERS[codec], "w"))
        self._encoder.options = options
        _set_up(self._encoder, width, height, fps)
        self._encoder.bit_rate = bit_rate
        self._decoder = av.CodecContext.create(codec.value, "r")
        self._decoder.thread_count = 1
        self._taken = 0

    def put(self, image: Image) -> Iterator[Image]:
        """What comes out when this one goes in."""
        packets = self._encoder.encode(_frame(image, self._taken))
        self._taken += 1
        for packet in packets:
            for frame in self._decoder.decode(packet):
                yield self._image(frame)

    def end(self) -> Iterator[Image]:
        """What was still inside."""
        for packet in [*self._encoder.encode(None), None]:
            for frame in self._decoder.decode(packet):
                yield self._image(frame)

    def _image(self, frame: "VideoFrame") -> Image:
        width, height = self._size
        return np.ascontiguousarray(frame.to_ndarray(format="bgr24")[:height, :width], np.uint8)


def _recording(codec: Codec, quality: int) -> dict[str, str]:
    if codec is Codec.VP8:
        # It has no constant quality of its own, and would spend all of its bits on the key pictures.
        return {**_RECORDED[codec], "qmin": str(quality), "qmax": str(quality)}
    return {**_RECORDED[codec], "crf": str(quality)}


def _rate(fps: float) -> Fraction:
    return Fraction(fps).limit_denominator(1000)


def _set_up(context: "VideoCodecContext", width: int, height: int, fps: float) -> None:
    # Colours are stored for 2x2 px together: an odd side gets one row or column more, which is cut off again.
    context.width, context.height = width + width % 2, height + height % 2
    context.pix_fmt = "yuv420p"
    context.framerate, context.time_base = _rate(fps), 1 / _rate(fps)
    context.gop_size = _GROUP
    # More threads would divide the picture, and it would depend on the computer how.
    context.thread_count = 1


def _frame(image: Image, number: int) -> "VideoFrame":
    import av

    height, width = image.shape[:2]
    even = np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(even), format="bgr24").reformat(format="yuv420p")
    frame.pts = number
    return frame
