"""Reads picture files for training; follows the conventions of capture's reader, which this room may not import."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.sources import PICTURE_SUFFIXES
from fer_desktop.core.types import Image

if TYPE_CHECKING:
    import PIL.Image

# Listed, since Pillow starts other programs for some of its formats.
_FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_MAX_PIXELS: Final = 100_000_000


def is_picture(file: Path) -> bool:
    """Whether a folder's file counts as a picture, by its name."""
    return file.suffix.lower() in PICTURE_SUFFIXES and not file.name.startswith(".")


def read_picture(file: Path) -> Image:
    """A picture (H, W, 3) BGR, upright. Raises TrainingError where it is too large or cannot be read."""
    import PIL.Image
    import PIL.ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow's own limit on the size, and of odd but harmless metadata
            with PIL.Image.open(file, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MAX_PIXELS:
                    raise TrainingError(
                        "{file} is too large: at most {limit} megapixels.", file=file, limit=_MAX_PIXELS // 1_000_000
                    )
                picture.load()
                upright = PIL.ImageOps.exif_transpose(picture)
            return np.ascontiguousarray(_eight_bit(upright)[:, :, ::-1])
    except TrainingError:
        raise
    except Exception as error:  # a damaged file can make Pillow raise nearly anything
        raise TrainingError("{file} is damaged or is no picture: save it again as JPEG or PNG.", file=file) from error


def _eight_bit(picture: "PIL.Image.Image") -> Image:
    """(H, W, 3) RGB; 16-bit pictures are scaled to 8 bits instead of being clipped at 255."""
    if picture.mode.startswith("I"):
        values = np.asarray(picture, dtype=np.float32)
        grey = np.clip(values / (257.0 if values.max(initial=0.0) > 255 else 1.0), 0, 255).round().astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    return np.asarray(picture.convert("RGB"), dtype=np.uint8)
