"""Pictures and folders of pictures."""

import logging
import re
import time
from pathlib import Path
from typing import Final

from fer_desktop.capture.files.picture_file import read_picture
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import PICTURE_SUFFIXES
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

# A picture is delivered again this often, so that its readings never grow stale.
_REPEAT_S: Final = 0.5

_log = logging.getLogger(__name__)


def list_pictures(path: Path) -> list[Path]:
    """The picture itself, or a folder's pictures by name, "2" before "10". Raises SourceError where there is none."""
    try:
        if path.is_file():
            return [path]
        if not path.is_dir():
            raise SourceError("{path} was not found: check where it is.", path=path)
        found = [
            file for file in path.iterdir() if file.suffix.lower() in PICTURE_SUFFIXES and not file.name.startswith(".")
        ]
    except OSError as error:
        raise SourceError("{path} cannot be opened: check that you may read it.", path=path) from error
    if not found:
        raise SourceError("There are no pictures in {path}: choose a folder with JPEG or PNG files.", path=path)
    return sorted(found, key=lambda file: natural_order(file.name))


class PicturesSource:
    """Frames of a picture, which stays until cancelled, or of a folder's pictures, each for `each_s`.

    Pictures of a folder that cannot be read are skipped.
    """

    reopens: Final = False

    def __init__(self, path: Path, each_s: float = 4.0, name: str = "") -> None:
        self.name: Final = name or path.name
        self._path, self._each_s = path, each_s
        self._pacer = Pacer()
        self._waiting: list[Path] = []
        self._stays = False
        self._image: Image | None = None
        self._until_s = self._delivered_s = 0.0
        self._scene = 0
        self._index = 0

    def open(self) -> None:
        """Reads the first picture. Raises SourceError where there is none."""
        self._waiting = list_pictures(self._path)
        self._stays = len(self._waiting) == 1
        self._image = self._next()

    def read(self) -> Frame | None:
        """The next frame; None after the last picture or where it was cancelled."""
        if not self._pacer.step(_REPEAT_S if self._index else 0.0):
            return None
        now_s = time.monotonic()
        if not self._index:
            self._until_s = now_s + self._each_s
        if self._delivered_s and now_s - self._delivered_s > 2 * _REPEAT_S:
            self._until_s += now_s - self._delivered_s  # the reader was paused
        self._delivered_s = now_s
        if now_s >= self._until_s and not self._stays:
            self._image = self._next()
            self._scene += 1
            self._until_s = now_s + self._each_s
        if self._image is None:
            return None
        frame = Frame(self._index, now_s, self._image, self._scene)
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Releases the pictures."""
        self._waiting, self._image = [], None

    def _next(self) -> Image | None:
        """The next readable picture; None after the last. Raises SourceError where none was readable."""
        while self._waiting:
            try:
                return read_picture(self._waiting.pop(0))
            except SourceError as error:
                if not self._waiting and self._image is None:
                    raise
                _log.warning("%s", error)
        return None


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """A sort key that orders numbers by value, and before words."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
