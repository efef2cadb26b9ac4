"""Faces to evaluate on: a split of FER-2013, or any folder of pictures sorted by expression."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.readings.probabilities import Labels
from fer_desktop.core.types import Image
from fer_desktop.datasets.class_folders import pictures_of
from fer_desktop.datasets.kaggle_csv import kaggle_file
from fer_desktop.datasets.sheets import holds_sheets
from fer_desktop.datasets.split import Split
from fer_desktop.datasets.split_folders import split_folders

# Networks take far smaller crops, and thousands of photos must fit in memory.
_LONGEST_PX: Final = 256


@dataclass(frozen=True, slots=True, eq=False)
class LabelledFaces:
    """Pictures filled by one face each, with their labels."""

    pictures: Sequence[Image]  # (H, W, 3) BGR of any size
    labels: Labels  # (N,) index into EXPRESSIONS
    plurality: Labels | None = None  # (N,) winner of FER+'s vote; -1 where that is not one of the seven
    identical: npt.NDArray[np.bool_] | None = None  # (N,) a pixel-identical copy is in the training split
    skipped: tuple[str, ...] = ()  # files that could not be read

    def __len__(self) -> int:
        return len(self.labels)


def faces_of_split(split: Split) -> LabelledFaces:
    """A split of FER-2013 as pictures."""
    votes = split.plurality if split.has_votes else None
    pictures = list(np.repeat(split.images[..., None], 3, axis=3))
    return LabelledFaces(pictures, split.labels, votes, split.identical, split.skipped)


def faces_of_folder(folder: Path) -> LabelledFaces:
    """The pictures in `folder`/<class>/, of any size and format, each filled by one face.

    Framed as in FER-2013: the network gets the square around the whole picture. Large ones are reduced to 256 px.
    Raises TrainingError where a subfolder is no class or not one picture can be read.
    """
    pictures, labels, skipped = [], [], []
    for file, label, picture in pictures_of(folder):
        if picture is None:
            skipped.append(str(file.relative_to(folder)))
        else:
            pictures.append(_shrunk(picture))
            labels.append(label)
    if not pictures:
        raise TrainingError("Not one picture in {folder} can be read: save them again as JPEG or PNG.", folder=folder)
    return LabelledFaces(pictures, np.array(labels, dtype=np.int64), skipped=tuple(skipped))


def _shrunk(picture: Image) -> Image:
    height, width = picture.shape[:2]
    share = _LONGEST_PX / max(height, width)
    if share >= 1:
        return picture
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def is_class_folder(data: Path) -> bool:
    """Whether `data` is a folder of pictures by class: it has subfolders and is not in a format of FER-2013."""
    if not data.is_dir() or holds_sheets(data) or kaggle_file(data) is not None or split_folders(data):
        return False
    try:
        return any(entry.is_dir() and not entry.name.startswith(".") for entry in data.iterdir())
    except OSError:
        return False
