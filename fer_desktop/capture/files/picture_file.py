"""A picture's pixels, in bounded memory."""

import contextlib
import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import FloatArray, Image

if TYPE_CHECKING:
    import PIL.Image

# Listed, since Pillow would start other programs for some of its formats.
_FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_HEIC: Final = (".heic", ".heif")
MAX_SIDE_PX: Final = 16_000
# What is decoded at most, by format. A JPEG is made smaller while it is decoded, unless it is progressive; others take
# four bytes a pixel, and these two twice that.
_MOST_PIXELS: Final = {"JPEG": 100_000_000, "MPO": 100_000_000, "WEBP": 25_000_000, "AVIF": 25_000_000}
_MOST_OF_OTHERS: Final = 50_000_000
# A larger picture is halved, or more: faces are looked for in far fewer pixels.
KEPT_PIXELS: Final = 25_000_000
_STRIP_PIXELS: Final = 1_000_000  # converted at a time
_GROUND: Final = (128, 128, 128, 255)  # RGBA, behind transparent pixels: neither dark nor bright


def read_picture(path: Path) -> Image:
    """The picture, (H, W, 3) BGR, upright, of at most KEPT_PIXELS.

    Raises SourceError where it is too large or cannot be read.
    """
    with told_of_pictures(path):
        return bgr_of(_decoded(path))


def opened_picture(path: Path) -> "PIL.Image.Image":
    """The picture, of which nothing is decoded yet. Raises SourceError where it cannot be read."""
    import PIL.Image

    with told_of_pictures(path):
        return PIL.Image.open(path, formats=_FORMATS)


@contextlib.contextmanager
def told_of_pictures(path: Path) -> Iterator[None]:
    """What Pillow raises, as SourceError; but EOFError, after the last frame of a picture that moves."""
    import PIL.Image

    try:
        with warnings.catch_warnings():
            # About Pillow's own size limit, and about odd but harmless metadata.
            warnings.simplefilter("ignore")
            yield
    except (SourceError, EOFError):
        raise
    except PIL.Image.DecompressionBombError as error:
        raise SourceError(_too_large(path, _MOST_OF_OTHERS)) from error
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


def _decoded(path: Path) -> "PIL.Image.Image":
    """The picture as Pillow decodes it; its size is checked before its pixels are read."""
    import PIL.Image
    import PIL.ImageOps

    if path.exists() and not path.is_file():
        raise SourceError("{path} is no file: choose a picture.", path=path)  # a pipe would be waited for
    with PIL.Image.open(path, formats=_FORMATS) as picture:
        check_size(path, picture)
        width, height = picture.size
        if width * height > KEPT_PIXELS:
            picture.draft(picture.mode, (width // 2, height // 2))
        picture.load()
        PIL.ImageOps.exif_transpose(picture, in_place=True)
        return _reduced(picture)


def check_size(path: Path, picture: "PIL.Image.Image") -> None:
    """Raises SourceError where a picture that is opened is too large to be decoded."""
    width, height = picture.size
    most = _MOST_PIXELS.get(picture.format or "", _MOST_OF_OTHERS)
    if picture.info.get("progressive"):
        most = min(most, _MOST_OF_OTHERS)
    if max(width, height) > MAX_SIDE_PX or width * height > most:
        raise SourceError(_too_large(path, most))


def _reduced(picture: "PIL.Image.Image") -> "PIL.Image.Image":
    """The picture itself, or a smaller one of at most KEPT_PIXELS."""
    factor = math.ceil(math.sqrt(picture.width * picture.height / KEPT_PIXELS))
    if factor < 2:
        return picture
    if picture.mode.startswith(("I", "F")):
        import PIL.Image

        return picture.resize((picture.width // factor, picture.height // factor), PIL.Image.Resampling.NEAREST)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode in ("P", "1"):
        picture = picture.convert("RGB" if picture.mode == "P" else "L")
    return picture.reduce(factor)


def _too_large(path: Path, most: int) -> Message:
    return message(
        "{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.",
        path=path,
        side=MAX_SIDE_PX,
        megapixels=most // 1_000_000,
    )


def bgr_of(picture: "PIL.Image.Image") -> Image:
    """(H, W, 3) BGR; transparent parts are grey, whatever the file hides there."""
    if picture.mode.startswith(("I", "F")):
        depth = 65535.0 if picture.mode.startswith("I;16") else None
        grey = _eight_bit(np.asarray(picture, dtype=np.float32), depth)
        return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
    image = np.empty((picture.height, picture.width, 3), np.uint8)
    rows = max(1, _STRIP_PIXELS // picture.width)
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        if picture.has_transparency_data:
            strip = _on_ground(strip.convert("RGBA"))
        image[top : top + rows] = np.asarray(strip.convert("RGB"), dtype=np.uint8)[:, :, ::-1]
    return image


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
