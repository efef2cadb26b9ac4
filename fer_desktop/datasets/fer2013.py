"""FER-2013 for training and evaluation, from any of its three common formats."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.datasets.kaggle_csv import kaggle_file, read_kaggle_csv
from fer_desktop.datasets.sheets import holds_sheets, read_sheets
from fer_desktop.datasets.split import SIDE_PX, SPLITS, Split
from fer_desktop.datasets.split_folders import read_split_folders, split_folders

__all__ = [
    "SIDE_PX",
    "SPLITS",
    "SUBSETS",
    "Split",
    "TrainingData",
    "load_split",
    "load_splits",
    "load_training_data",
    "select_subset",
]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What a network learns from, and what it is chosen on."""

    training: Split
    public_test: Split

    @property
    def skipped(self) -> tuple[str, ...]:
        """What could not be read, by name."""
        return self.training.skipped + self.public_test.skipped


def load_split(folder: Path, split: str) -> Split:
    """One of SPLITS from `folder`, which `load_splits` describes. Raises TrainingError as it does."""
    return load_splits(folder, (split,))[split]


def load_splits(data: Path, splits: Sequence[str]) -> dict[str, Split]:
    """The requested ones of SPLITS; the format is detected.

    `data` is a folder with FER+'s votes in labels.csv and one sheet `<split>.png` per split, or one with
    train/<class>/ and test/<class>/, or fer2013.csv as Kaggle ships it, or the folder that holds it.
    Raises TrainingError where it is none of these, or is incomplete.
    """
    try:
        return _read(data, splits)
    except OSError as error:
        raise TrainingError("{data} cannot be opened: check that you may read it.", data=data) from error


def _read(data: Path, splits: Sequence[str]) -> dict[str, Split]:
    if not data.exists():
        raise TrainingError("{data} was not found: choose the folder of FER-2013 with --data.", data=data)
    file = kaggle_file(data)
    if data.is_dir() and holds_sheets(data):
        return read_sheets(data, splits)
    if file is not None:
        return read_kaggle_csv(file, splits)
    if split_folders(data):
        return read_split_folders(data, splits)
    raise TrainingError(
        "{data} does not hold FER-2013: give with --data a folder with labels.csv and the sheets, "
        "one with train/<class> and test/<class>, or fer2013.csv.",
        data=data,
    )


def load_training_data(data: Path) -> TrainingData:
    """The training split and the public test.

    Raises TrainingError where `load_splits` does, and where an expression has no training picture.
    """
    splits = load_splits(data, ("training", "public_test"))
    counts = np.bincount(splits["training"].labels, minlength=len(EXPRESSIONS))
    absent = [name for name, count in zip(EXPRESSIONS, counts, strict=True) if not count]
    if absent:
        raise TrainingError(
            "The training split of {data} has no picture of {absent}: add some.", data=data, absent=", ".join(absent)
        )
    return TrainingData(splits["training"], splits["public_test"])


SUBSETS: Final = ("all", "faces", "distinct")


def select_subset(split: Split, subset: str = "faces") -> Split:
    """The training pictures of one of SUBSETS. Raises TrainingError for any other name.

    "faces" leaves out black pictures and those in which half of the voters saw no face; "distinct" also keeps a
    single copy of each picture, and none where the copies have different labels.
    """
    if subset not in SUBSETS:
        choices = f"{', '.join(SUBSETS[:-1])} or {SUBSETS[-1]}"
        raise TrainingError(
            "There is no subset {subset!r} of the training pictures: choose {choices}.", subset=subset, choices=choices
        )
    if subset == "all":
        return split
    not_black = split.images.reshape(len(split), -1).std(axis=1) > 1.0
    faces = split.take(not_black & (split.votes[:, -1] < 5))
    return faces if subset == "faces" else _distinct(faces)


def _distinct(split: Split) -> Split:
    _, first, group = np.unique(split.images.reshape(len(split), -1), axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    contested = np.zeros(len(first), dtype=np.bool_)
    contested[group[split.labels != split.labels[first[group]]]] = True
    return split.take(np.sort(first[~contested]))
