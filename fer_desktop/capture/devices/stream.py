"""Video streams from the network."""

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from fer_desktop.capture.background_reader import BackgroundReader, first_picture, quiet_opencv
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import public_name
from fer_desktop.core.types import Frame
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import cv2

_SCHEMES: Final = ("http", "https", "rtsp", "rtsps")
# FFmpeg's own timeout comes first; ours is for what it does not cover, such as name resolution.
_MARGIN_S: Final = 2.0


class StreamSource:
    """Frames of an HTTP or RTSP stream. No message contains its user, password or query."""

    reopens: Final = True

    def __init__(self, url: str, name: str = "", wait_s: float = 10.0) -> None:
        self._url, self._wait_s = url.strip(), wait_s
        self.name: Final = public_name(url) if not name or "://" in name or "@" in name else name
        self._pacer = Pacer()
        self._feed: BackgroundReader | None = None
        self._index = 0

    def open(self) -> None:
        """Returns when pictures come, or was cancelled. Raises SourceError where none do."""
        self.close()
        _check(self._url)
        self._feed = BackgroundReader(self._connect, self._pacer)
        try:
            first_picture(self._feed, self._pacer, self._wait_s + _MARGIN_S, self._unreachable())
        except SourceError:
            self.close()
            raise

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled or closed. Raises SourceError where it broke off or hangs."""
        if self._feed is None:
            return None
        image = self._feed.read(self._wait_s + _MARGIN_S)
        if self._pacer.cancelled:
            return None
        if image is None:
            raise SourceError(f"The stream from {self.name} broke off: check the network, then start again.")
        frame = Frame(self._index, time.monotonic(), image)
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Ends a waiting `open` or `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Ends the connection."""
        if self._feed is not None:
            self._feed.close()
            self._feed = None

    def _connect(self) -> "cv2.VideoCapture":
        quiet_opencv()
        import cv2

        wait_ms = int(self._wait_s * 1000)
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, wait_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, wait_ms]
        capture = cv2.VideoCapture(self._url, cv2.CAP_FFMPEG, limits)
        if not capture.isOpened():
            raise SourceError(self._unreachable())
        return capture

    def _unreachable(self) -> str:
        return f"No pictures come from {self.name}: check the address and the network, then start again."


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise SourceError(
            "A stream's address begins with http://, https:// or rtsp:// and names a computer: correct it."
        )
