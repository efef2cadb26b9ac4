"""Video streams from the network."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from fer_desktop.capture.background_reader import BackgroundSource
from fer_desktop.capture.opencv import quiet_opencv
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.sources import public_name

if TYPE_CHECKING:
    import cv2

_SCHEMES: Final = ("http", "https", "rtsp", "rtsps")
# FFmpeg's own timeout comes first; ours is for what it does not cover, such as name resolution.
_MARGIN_S: Final = 2.0


class StreamSource(BackgroundSource):
    """Frames of an HTTP or RTSP stream. No message contains its user, password or query."""

    def __init__(self, url: str, name: str = "", wait_s: float = 10.0) -> None:
        self._url = url.strip()
        name = public_name(url) if not name or "://" in name or "@" in name else name
        silent = message(
            "No pictures come from {name}: check the address and the network, then start again.", name=name
        )
        super().__init__(
            name,
            lambda: _connect(self._url, wait_s, silent),
            wait_s + _MARGIN_S,
            silent=silent,
            lost=message("The stream from {name} broke off: check the network, then start again.", name=name),
        )

    def open(self) -> None:
        """Returns when pictures come, or when cancelled. Raises SourceError where none do, or the address is wrong."""
        _check(self._url)
        super().open()


def _connect(url: str, wait_s: float, silent: Message) -> "cv2.VideoCapture":
    quiet_opencv()
    import cv2

    wait_ms = int(wait_s * 1000)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, wait_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, wait_ms]
    capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        raise SourceError(silent)
    return capture


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
