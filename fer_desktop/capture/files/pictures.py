"""Pictures and folders of pictures."""

import logging
import re
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.sources import PICTURE_SUFFIXES
from fer_desktop.core.types import FloatArray, Frame, Image
from fer_desktop.pipeline.pacing import Pacer

if TYPE_CHECKING:
    import PIL.Image

# Listed, since Pillow would start other programs for some of its formats.
_FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_HEIC: Final = (".heic", ".heif")
MAX_SIDE_PX: Final = 16_000
MAX_PIXELS: Final = 100_000_000
_GROUND: Final = (128, 128, 128, 255)  # RGBA, behind transparent pixels: neither dark nor bright
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
    return sorted(found, key=lambda file: _natural(file.name))


def read_picture(path: Path) -> Image:
    """The picture, (H, W, 3) BGR, upright. Raises SourceError where it is too large or cannot be read."""
    import PIL.Image

    try:
        with warnings.catch_warnings():
            # About Pillow's own size limit, and about odd but harmless metadata.
            warnings.simplefilter("ignore")
            return _bgr(_decoded(path))
    except SourceError:
        raise
    except PIL.Image.DecompressionBombError as error:
        raise SourceError(_too_large(path)) from error
    except FileNotFoundError as error:
        raise SourceError("The picture {path} was not found: check where it is.", path=path) from error
    except PermissionError as error:
        raise SourceError("The picture {path} cannot be opened: check that you may read it.", path=path) from error
    except (
        Exception
    ) as error:  # Pillow documents no common class: struct.error, ValueError, SyntaxError, zlib.error ...
        if path.suffix.lower() in _HEIC:
            raise SourceError(
                "{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.", path=path
            ) from error
        raise SourceError("{path} is damaged or not a picture: save it again as JPEG or PNG.", path=path) from error


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


def _natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key that orders numbers by value, and before words."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _decoded(path: Path) -> "PIL.Image.Image":
    """The picture as Pillow decodes it; its size is checked before its pixels are read."""
    import PIL.Image
    import PIL.ImageOps

    with PIL.Image.open(path, formats=_FORMATS) as picture:
        width, height = picture.size
        if max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
            raise SourceError(_too_large(path))
        picture.load()
        return PIL.ImageOps.exif_transpose(picture)


def _too_large(path: Path) -> Message:
    return message(
        "{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.",
        path=path,
        side=MAX_SIDE_PX,
        megapixels=MAX_PIXELS // 1_000_000,
    )


def _bgr(picture: "PIL.Image.Image") -> Image:
    if picture.mode.startswith(("I", "F")):
        depth = 65535.0 if picture.mode.startswith("I;16") else None
        grey = _eight_bit(np.asarray(picture, dtype=np.float32), depth)
        return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
    if picture.has_transparency_data:
        picture = _on_ground(picture.convert("RGBA"))
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), dtype=np.uint8)[:, :, ::-1])


def _on_ground(picture: "PIL.Image.Image") -> "PIL.Image.Image":
    """The picture as it is seen on a grey ground: whatever a file hides behind full transparency stays hidden."""
    import PIL.Image

    return PIL.Image.alpha_composite(PIL.Image.new("RGBA", picture.size, _GROUND), picture)


def _eight_bit(grey: FloatArray, depth: float | None) -> npt.NDArray[np.uint8]:
    """Grey values scaled so that `depth`, or else the smallest usual range that holds them, becomes 255."""
    values = np.nan_to_num(grey)
    top = float(values.max(initial=0.0))
    full = depth or next((common for common in (1.0, 255.0, 65535.0) if top <= common), top)
    return np.asarray(np.clip(values / full, 0.0, 1.0) * 255.0 + 0.5, dtype=np.uint8)
