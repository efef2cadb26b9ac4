"""Video streams from the network."""

from typing import TYPE_CHECKING, Final

from fer_desktop.capture.background_reader import BackgroundSource
from fer_desktop.capture.devices.network_answer import Answer, ask, is_there
from fer_desktop.capture.devices.stream_capture import StreamCapture
from fer_desktop.capture.opencv import quiet_opencv
from fer_desktop.core.addresses import check_address, public_name
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.sources import PICTURE_SUFFIXES

if TYPE_CHECKING:
    import cv2

# FFmpeg's own timeout comes first; ours is for what it does not cover, such as name resolution.
_MARGIN_S: Final = 2.0
# FFmpeg wants two pictures before it opens a stream, and these may come slowly.
_OPENING: Final = 4.0  # times the usual wait
_LONGEST: Final = 6.0  # times the usual wait, between two pictures of the slowest stream
_PICTURES: Final = tuple(PICTURE_SUFFIXES)


class StreamSource(BackgroundSource):
    """Frames of an HTTP or RTSP stream, or of an address that gives one picture each time it is asked.

    No message contains its user, password or query.
    """

    def __init__(self, url: str, wait_s: float = 10.0) -> None:
        """`wait_s`: for a computer that does not answer, or a picture of a stream that usually has more of them."""
        self._url = url.strip()
        name = public_name(url)
        super().__init__(
            name,
            lambda: _open(self._url, name, wait_s),
            wait_s + _MARGIN_S,
            silent=_silent(name),
            lost=message("The stream from {name} broke off: check the network, then start again.", name=name),
            first_wait_s=_OPENING * wait_s + _MARGIN_S,
        )

    def open(self) -> None:
        """Returns when pictures come, or when cancelled. Raises SourceError where none do, or the address is wrong."""
        check_address(self._url)
        super().open()


def _open(url: str, name: str, wait_s: float) -> StreamCapture:
    """Raises SourceError, which says why as far as the computer at that address tells."""
    if not is_there(url, wait_s):
        raise SourceError(_silent(name))
    capture = StreamCapture(lambda: _connect(url, wait_s), again=url.lower().startswith("http"))
    if not capture.is_open:
        capture.release()
        raise SourceError(_reason(ask(url, wait_s), name))
    return capture


def _connect(url: str, wait_s: float) -> "cv2.VideoCapture":
    quiet_opencv()
    import cv2

    opening_ms, reading_ms = int(_OPENING * wait_s * 1000), int(_LONGEST * wait_s * 1000)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, opening_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, reading_ms]
    return cv2.VideoCapture(_by_content(url), cv2.CAP_FFMPEG, limits)


def _by_content(url: str) -> str:
    """The address, of which FFmpeg cannot tell by its end that it is a picture.

    By its name it takes it for a numbered series of files, which it is not allowed to open. To the computer that is
    asked an empty query is none.
    """
    path = url.partition("?")[0]
    return f"{url}?" if path == url and path.lower().endswith(_PICTURES) else url


def _reason(answer: Answer, name: str) -> Message:
    match answer:
        case Answer.WHO_ARE_YOU:
            return message(
                "{name} wants a user and a password, or knows others: "
                "write them before the computer's name, as in rtsp://user:password@computer.",
                name=name,
            )
        case Answer.FORBIDDEN:
            return message("{name} does not let you see this address: check user, password and address.", name=name)
    return _silent(name)


def _silent(name: str) -> Message:
    return message("No pictures come from {name}: check the address and the network, then start again.", name=name)
