"""FER-2013 for training and evaluation, from any of the three forms in which people have it."""

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
    "ROWS",
    "SIDE_PX",
    "SPLITS",
    "Split",
    "TrainingData",
    "load_split",
    "load_splits",
    "load_training_data",
    "worth_training_on",
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
    """Those of SPLITS that are asked for; which form they are in is seen from what is there.

    `data` is a folder with FER+'s votes in labels.csv and a sheet `<split>.png` each, or one with
    train/<class>/ and test/<class>/, or fer2013.csv as Kaggle ships it, or the folder that holds it.
    Raises TrainingError where none of these is there, or it is not complete.
    """
    try:
        return _read(data, splits)
    except OSError as error:
        raise TrainingError(f"{data} cannot be opened: check that you may read it.") from error


def _read(data: Path, splits: Sequence[str]) -> dict[str, Split]:
    if not data.exists():
        raise TrainingError(f"{data} was not found: give the folder of FER-2013 with --data.")
    file = kaggle_file(data)
    if data.is_dir() and holds_sheets(data):
        return read_sheets(data, splits)
    if file is not None:
        return read_kaggle_csv(file, splits)
    if split_folders(data):
        return read_split_folders(data, splits)
    raise TrainingError(
        f"{data} does not hold FER-2013: give with --data a folder with labels.csv and the sheets, "
        "one with train/<class> and test/<class>, or fer2013.csv."
    )


def load_training_data(data: Path) -> TrainingData:
    """The training split and the public test.

    Raises TrainingError where `load_splits` does, and where an expression has no picture to be learnt from.
    """
    splits = load_splits(data, ("training", "public_test"))
    counts = np.bincount(splits["training"].labels, minlength=len(EXPRESSIONS))
    absent = [name for name, count in zip(EXPRESSIONS, counts, strict=True) if not count]
    if absent:
        raise TrainingError(f"The training split of {data} has no picture of {', '.join(absent)}: add some.")
    return TrainingData(splits["training"], splits["public_test"])


ROWS: Final = ("all", "faces", "distinct")


def worth_training_on(split: Split, rows: str = "faces") -> Split:
    """The training pictures that one of ROWS stands for. Raises TrainingError for another word.

    "faces" are all but the black ones and those that half of the voters saw no face in; of "distinct" ones each
    picture comes once, and not at all where its copies carry different labels.
    """
    if rows not in ROWS:
        raise TrainingError(f"There are no {rows!r} to train on: set rows to {', '.join(ROWS[:-1])} or {ROWS[-1]}.")
    if rows == "all":
        return split
    not_black = split.images.reshape(len(split), -1).std(axis=1) > 1.0
    faces = split.take(not_black & (split.votes[:, -1] < 5))
    return faces if rows == "faces" else _distinct(faces)


def _distinct(split: Split) -> Split:
    _, first, group = np.unique(split.images.reshape(len(split), -1), axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    contested = np.zeros(len(first), dtype=np.bool_)
    contested[group[split.labels != split.labels[first[group]]]] = True
    return split.take(np.sort(first[~contested]))
