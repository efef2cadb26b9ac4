"""A network stream through OpenCV, as it is shown, also where each connection gives one picture only."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.capture.pixel_shape import pixel_shape, squared
from fer_desktop.core.types import Image

if TYPE_CHECKING:
    import cv2

_AGAIN_S: Final = 1.0  # between two questions for a picture


class StreamCapture:
    """What a BackgroundReader reads of a stream. For one thread."""

    def __init__(self, connect: Callable[[], "cv2.VideoCapture"], again: bool) -> None:
        """`again`: whether a connection that ended after one picture, as a camera's snapshot, is made again."""
        self._connect, self._again = connect, again
        self._asked_s = time.monotonic()
        self._capture = connect()
        self._given = 0  # pictures of this connection

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._capture.isOpened()

    def grab(self) -> bool:
        """Goes to the next picture; waits for it. False where there are no more."""
        if self._capture.grab():
            self._given += 1
            return True
        if not self._again or self._given != 1:
            return False
        self._capture.release()
        time.sleep(max(0.0, self._asked_s + _AGAIN_S - time.monotonic()))
        self._asked_s = time.monotonic()
        self._capture = self._connect()
        self._given = 1
        return self._capture.grab()

    def retrieve(self) -> tuple[bool, Image]:
        """Whether the picture is whole, and the picture, (H, W, 3) BGR with square pixels."""
        found, image = self._capture.retrieve()
        if not found:
            return False, np.empty((0, 0, 3), np.uint8)
        return True, squared(np.asarray(image, dtype=np.uint8), pixel_shape(self._capture))

    def release(self) -> None:
        """Ends the connection."""
        self._capture.release()
