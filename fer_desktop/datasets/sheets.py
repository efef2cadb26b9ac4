"""FER-2013 with FER+'s votes, read from contact sheets of 48x48 faces."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.datasets.split import SIDE_PX, SPLITS, Split

LABELS_FILE: Final = "labels.csv"
_COLUMNS: Final = 64

# FER+'s names of the expressions, in our order.
_VOTES_BY_EXPRESSION: Final = dict(
    zip(EXPRESSIONS, ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"), strict=True)
)
_VOTES: Final = (*_VOTES_BY_EXPRESSION.values(), "contempt", "unknown", "nf")


def holds_sheets(folder: Path) -> bool:
    """Whether the folder contains sheets, complete or not."""
    return any((folder / name).is_file() for name in (LABELS_FILE, *(f"{split}.png" for split in SPLITS)))


def read_sheets(folder: Path, splits: Sequence[str]) -> dict[str, Split]:
    """The requested ones of SPLITS, from `<split>.png` and `labels.csv`.

    Raises TrainingError where a file is missing or the two do not belong together.
    """
    for file in (*(folder / f"{split}.png" for split in splits), folder / LABELS_FILE):
        if not file.is_file():
            raise TrainingError(
                "FER-2013 is not complete: {file} is missing. Choose a complete folder with --data.", file=file
            )
    rows = _rows(folder / LABELS_FILE)
    return {split: _split(folder, split, [row for row in rows if row.get("split") == split]) for split in splits}


def _rows(labels_file: Path) -> list[dict[str, str]]:
    try:
        with labels_file.open(newline="", encoding="utf-8") as handle:
            return list(csv.DictReader(handle))
    except (OSError, ValueError, csv.Error) as error:
        raise TrainingError(
            "{labels_file} cannot be read: take a fresh copy of it.", labels_file=labels_file
        ) from error


def _split(folder: Path, split: str, rows: list[dict[str, str]]) -> Split:
    try:
        rows = sorted(rows, key=lambda row: int(row["cell"]))
        labels = np.array([int(row["label"]) for row in rows], dtype=np.int64)
        votes = np.array([[int(row[f"votes_{name}"]) for name in _VOTES] for row in rows], dtype=np.int64)
        identical = np.array([row["identical_in_training"] == "1" for row in rows], dtype=np.bool_)
        fits = bool(rows) and bool(((labels >= 0) & (labels < N_EXPRESSIONS)).all())
    except (KeyError, TypeError, ValueError):
        fits = False
    if not fits:
        raise TrainingError(
            "{labels_file} does not list {split} as it should: take a fresh copy of it.",
            labels_file=folder / LABELS_FILE,
            split=split,
        )
    return Split(_cells(folder / f"{split}.png", len(rows)), labels, votes, identical)


def _cells(sheet_file: Path, count: int) -> npt.NDArray[np.uint8]:
    """(count, 48, 48), row by row."""
    sheet = cv2.imread(str(sheet_file), cv2.IMREAD_GRAYSCALE)
    fits = sheet is not None and sheet.shape[1] == _COLUMNS * SIDE_PX and sheet.shape[0] % SIDE_PX == 0
    if sheet is None or not fits or sheet.size < count * SIDE_PX**2:
        raise TrainingError(
            "{sheet_file} is not the sheet that {labels_file} describes. Take both from one copy.",
            sheet_file=sheet_file,
            labels_file=LABELS_FILE,
        )
    cells = sheet.reshape(-1, SIDE_PX, _COLUMNS, SIDE_PX).swapaxes(1, 2).reshape(-1, SIDE_PX, SIDE_PX)
    return np.ascontiguousarray(cells[:count], dtype=np.uint8)
