"""A video file as FFmpeg decodes it, with times that make sense."""

import os
import string
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from fer_desktop.capture.files.media_clock import MediaClock
from fer_desktop.capture.files.whole_mpeg import transport_unit
from fer_desktop.capture.opencv import quiet_opencv
from fer_desktop.capture.pixel_shape import pixel_shape, squared
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import Image

if TYPE_CHECKING:
    import cv2

_USUAL_HZ: Final = 25.0
# Before the moment that is looked for; OpenCV counts frames from a key frame on, and may come out behind it.
_BEFORE_S: Final = (2.0, 20.0, 120.0)
_NEAR_S: Final = 5.0  # to where it was to come out; what is further off is the end of a file whose stamps begin anew
_HEAD_BYTES: Final = 4096
_PROGRAM_STREAMS: Final = (b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
_TAG_HEAD: Final = 10  # bytes of an ID3 tag before its content
# How lists begin that FFmpeg follows: concat, HLS, DASH, session descriptions, packages of films.
_LISTS: Final = (b"ffconcat", b"#EXTM3U", b"\xef\xbb\xbf#EXTM3U", b"<MPD", b"<?xml", b"v=0", b"[playlist]")
_TEXT: Final = frozenset(string.printable.encode()) | frozenset(range(0x80, 0x100))


class VideoFile:
    """The frames of a video file in order. Raises SourceError where the file is missing or not a video."""

    def __init__(self, path: Path) -> None:
        head = _checked(path)
        self._path, self._has_index = path, not (head.startswith(_PROGRAM_STREAMS) or transport_unit(head))
        self._capture = _open(path)
        self._clock, self.claimed_s = _clock(self._capture)
        self.number = -1  # of the frame that `step` went to
        # Where the capture had to go one frame further than `step`: the picture that `step` went to, and the stamp of
        # the one after it, None at the end.
        self._kept: tuple[Image | None, float | None] | None = None

    @property
    def end_s(self) -> float:
        """When the frame that `step` went to stops being shown."""
        return self._clock.end_s

    @property
    def plain(self) -> bool:
        """Whether the time stamps so far made sense; else a moment may be elsewhere than they say."""
        return self._clock.plain

    def go_near(self, at_s: float) -> None:
        """Goes on so far that the next `step` leads to a frame before `at_s`, from which that is reached by steps.

        Before the first step. Nothing is skipped where the file cannot be searched, nor in MPEG streams: they have no
        index, and one whose recorder began anew has the same stamp twice.
        """
        import cv2

        if not self._has_index:
            return
        first_s = self._next_stamp()
        for before_s in _BEFORE_S:
            aim_s = at_s - before_s
            if first_s is None or aim_s <= 0 or not self._capture.set(cv2.CAP_PROP_POS_MSEC, 1000.0 * aim_s):
                break
            found_s = self._next_stamp()
            if found_s is not None and max(0.0, aim_s - _NEAR_S) < found_s - first_s <= at_s:
                self._clock.go_to(first_s, found_s)
                self._kept = None, found_s
                self.number = 0
                return
        self._capture.release()
        self._capture = _open(self._path)

    def step(self) -> float | None:
        """Seconds from the first frame to the next one, which is not decoded yet; None after the last.

        Raises SourceError where the file has no frame at all.
        """
        stamp_s = self._next_stamp() if self._kept is None else self._kept[1]
        if stamp_s is None:
            if self.number < 0:
                raise SourceError(_unreadable(self._path))
            return None
        self._kept = None
        self.number += 1
        if not self._clock.is_jump(stamp_s):
            return self._clock.time(stamp_s)
        picture = self.picture()
        after_s = self._next_stamp()
        self._kept = picture, after_s
        return self._clock.time(stamp_s, after_s)

    def picture(self) -> Image | None:
        """The frame that `step` went to, (H, W, 3) BGR with square pixels; None where it is damaged."""
        if self._kept is not None:
            return self._kept[0]
        import cv2

        try:
            found, image = self._capture.retrieve()
            return squared(np.asarray(image, dtype=np.uint8), pixel_shape(self._capture)) if found else None
        except cv2.error:  # a size that no memory holds
            return None

    def _next_stamp(self) -> float | None:
        """Goes one frame further: its time stamp in seconds, None after the last."""
        import cv2

        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0 if self._capture.grab() else None

    def close(self) -> None:
        """Closes the file."""
        self._capture.release()


def _checked(path: Path) -> bytes:
    """How the file begins.

    Raises SourceError for what FFmpeg would block on, or would follow to other files and computers.
    """
    try:
        if not path.is_file():
            raise SourceError("The recording {path} was not found: check where it is.", path=path)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise SourceError("The recording {path} cannot be opened: check that you may read it.", path=path) from error
    if not head:
        raise SourceError("The recording {path} is empty: choose another file.", path=path)
    # A text file that FFmpeg opens is a list of other files or addresses, whatever its name, and whatever follows.
    if _TEXT.issuperset(head) or _without_tag(head).lstrip().startswith(_LISTS):
        raise SourceError(_unreadable(path))
    return head


def _without_tag(head: bytes) -> bytes:
    """The bytes after an ID3 tag, which FFmpeg passes over."""
    if head[:3] != b"ID3" or len(head) < _TAG_HEAD:
        return head
    length = 0
    for seven_bits in head[6:_TAG_HEAD]:
        length = length << 7 | seven_bits & 0x7F
    return head[_TAG_HEAD + length :]


def _open(path: Path) -> "cv2.VideoCapture":
    quiet_opencv()
    import cv2

    # Absolute, since FFmpeg takes what precedes a colon in a bare name for a protocol; in bytes, since a name that is
    # no UTF-8 ends the process as a str.
    name: Any = os.fsencode(path.absolute())  # more than the stubs of OpenCV know
    capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
    if not capture.isOpened():
        raise SourceError(_unreadable(path))
    return capture


def _clock(capture: "cv2.VideoCapture") -> tuple[MediaClock, float | None]:
    """A clock for the file, and the length that the file claims; rate and length are often wrong."""
    import cv2

    rate_hz, count = capture.get(cv2.CAP_PROP_FPS), capture.get(cv2.CAP_PROP_FRAME_COUNT)
    known = 0.1 <= rate_hz <= 1000.0
    claimed_s = count / rate_hz if known and count > 0 else None
    return MediaClock(1.0 / (rate_hz if known else _USUAL_HZ), claimed_s or 0.0), claimed_s


def _unreadable(path: Path) -> Message:
    return message(
        "The recording {path} is damaged or not a video: play it in a video player, or choose another file.", path=path
    )
