"""Cameras and streams are read in their own thread, since any call of OpenCV may hang and none can be interrupted."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import cv2

Connect = Callable[[], "cv2.VideoCapture"]
_POLL_S: Final = 0.05  # between two checks of whether the wait was cancelled
_REST_S: Final = 0.01  # between two discarded frames of a stream that sends faster than it is read
_RELEASE_S: Final = 0.5


class BackgroundReader:
    """The newest pictures of a cv2.VideoCapture. A call that hangs is abandoned; its thread ends when it returns."""

    def __init__(self, connect: Connect, pacer: Pacer) -> None:
        self._connect, self._pacer = connect, pacer
        self._opened, self._wanted, self._ready, self._stop = (threading.Event() for _ in range(4))
        self._lost = False
        self._failure: Exception | None = None
        self._image: Image | None = None
        self._thread = threading.Thread(target=self._run, name="background reader", daemon=True)

    def open(self, wait_s: float) -> bool:
        """Whether it opened; False where that was cancelled or timed out. Raises what `connect` raised."""
        self._thread.start()
        opened = self._wait(self._opened, wait_s)
        if self._failure is not None:
            raise self._failure
        return opened and not self._lost

    def read(self, wait_s: float) -> Image | None:
        """A picture (H, W, 3) BGR taken after this call; None where it was lost, cancelled or timed out."""
        self._ready.clear()
        self._wanted.set()
        if self._lost or not self._wait(self._ready, wait_s):
            return None
        if self._failure is not None:
            raise self._failure
        image, self._image = self._image, None
        return image

    def close(self) -> None:
        """Releases the camera or connection, at once or as soon as OpenCV returns."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_RELEASE_S)

    def _wait(self, event: threading.Event, wait_s: float) -> bool:
        deadline_s = time.monotonic() + wait_s
        while not event.wait(_POLL_S):
            if self._pacer.cancelled or time.monotonic() > deadline_s:
                return False
        return not self._pacer.cancelled

    def _run(self) -> None:
        try:
            capture = self._connect()
            try:
                self._opened.set()
                self._pump(capture)
            finally:
                capture.release()
        except Exception as failure:  # noqa: BLE001 (whatever it is, `read` raises it again in the thread that waits for the picture)
            self._failure = failure
        finally:
            self._lost = True
            self._opened.set()
            self._ready.set()

    def _pump(self, capture: "cv2.VideoCapture") -> None:
        while not self._stop.is_set() and capture.grab():
            if not self._wanted.is_set():
                self._wanted.wait(_REST_S)
                continue
            found, image = capture.retrieve()
            if found:
                self._wanted.clear()
                self._image = image  # type: ignore[assignment] # cv2's stubs know no dtype; a capture gives uint8
                self._ready.set()


class BackgroundSource:
    """Frames through a BackgroundReader: what cameras and streams have in common."""

    reopens: Final = True

    def __init__(self, name: str, connect: Connect, wait_s: float, silent: Message, lost: Message) -> None:
        """`silent` is the sentence for no pictures at all, `lost` for no more; each within `wait_s`."""
        self.name: Final = name
        self._connect, self._wait_s, self._silent, self._lost = connect, wait_s, silent, lost
        self._pacer = Pacer()
        self._reader: BackgroundReader | None = None
        self._index = 0

    def open(self) -> None:
        """Returns when pictures come, or when cancelled. Raises SourceError where none do."""
        self.close()
        self._reader = reader = BackgroundReader(self._connect, self._pacer)
        try:
            if not (reader.open(self._wait_s) and reader.read(self._wait_s) is not None) and not self._pacer.cancelled:
                raise SourceError(self._silent)
        except SourceError:
            self.close()
            raise

    def read(self) -> Frame | None:
        """The next frame; None where it was cancelled or closed. Raises SourceError where no more pictures come."""
        if self._reader is None:
            return None
        image = self._reader.read(self._wait_s)
        if self._pacer.cancelled:
            return None
        if image is None:
            raise SourceError(self._lost)
        frame = Frame(self._index, time.monotonic(), image)
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Ends a waiting `open` or `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Releases the camera or connection."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
