"""FER-2013, or a user's own pictures, in folders: one per split, with one per class in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.types import Image
from fer_desktop.datasets.class_folders import class_files, pictures_of
from fer_desktop.datasets.split import SIDE_PX, Split, with_identical, without_votes

_NAMES: Final = {
    "training": ("train", "training"),
    "public_test": ("public_test", "publictest", "validation", "valid", "val"),
    "private_test": ("private_test", "privatetest"),
}
_TEST: Final = "test"


def split_folders(folder: Path) -> dict[str, Path]:
    """The folder of each split that exists.

    `test` is the public test where it is the only one, as in Kaggle's folders; beside a folder for validation it is
    the private test.
    """
    try:
        entries = {entry.name.casefold().replace("-", "_"): entry for entry in folder.iterdir() if entry.is_dir()}
    except OSError:
        return {}
    found = {
        split: next(entries[name] for name in names if name in entries)
        for split, names in _NAMES.items()
        if entries.keys() & set(names)
    }
    if _TEST in entries:
        found.setdefault("private_test" if "public_test" in found else "public_test", entries[_TEST])
    return found


def read_split_folders(folder: Path, splits: Sequence[str]) -> dict[str, Split]:
    """The requested splits, as grey squares of 48x48 px.

    Raises TrainingError where a split's folder is missing, a folder is no class or there are no pictures.
    """
    folders = split_folders(folder)
    wanted = dict.fromkeys(("training", *splits))
    for split in wanted:
        if split not in folders:
            raise _missing(folder, split)
        class_files(folders[split])  # checks the names before thousands of pictures are read
    read = with_identical({split: _read(folder, folders[split]) for split in wanted})
    return {split: read[split] for split in splits}


def _missing(folder: Path, split: str) -> TrainingError:
    if split == "private_test":
        return TrainingError(
            "{folder} has no private test, since its test folder is what networks are chosen on: "
            "take public_test, or give FER-2013 with three splits with --data.",
            folder=folder,
        )
    return TrainingError(
        "{folder} is not complete: {missing} is missing. Give a folder with train and test with --data.",
        folder=folder,
        missing=folder / ("train" if split == "training" else _TEST),
    )


def _read(folder: Path, split_folder: Path) -> Split:
    images, labels, skipped = [], [], []
    for file, label, picture in pictures_of(split_folder):
        if picture is None:
            skipped.append(file.relative_to(folder).as_posix())
        else:
            images.append(grey_square(picture))
            labels.append(label)
    if not images:
        raise TrainingError(
            "Not one picture in {split_folder} can be read: save them again as JPEG or PNG.", split_folder=split_folder
        )
    return without_votes(images, labels, skipped)


def grey_square(picture: Image) -> npt.NDArray[np.uint8]:
    """(48, 48) from a picture (H, W, 3) BGR: the square around it, padded by repeating its edges."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    side = max(height, width)
    above, before = (side - height) // 2, (side - width) // 2
    if height != width:
        below, after = side - height - above, side - width - before
        grey = cv2.copyMakeBorder(grey, above, below, before, after, borderType=cv2.BORDER_REPLICATE)
    how = cv2.INTER_AREA if side > SIDE_PX else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, (SIDE_PX, SIDE_PX), interpolation=how), dtype=np.uint8)
