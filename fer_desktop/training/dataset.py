"""FER-2013 with FER+'s votes, read from contact sheets of 48x48 faces."""

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import COUNT, EXPRESSIONS

SIDE_PX = 48
SHEET_COLUMNS = 64
SPLITS = ("training", "public_test", "private_test")

# FER+ names its votes by noun; these are ours, in our order.
_VOTE_COLUMNS = dict(
    zip(EXPRESSIONS, ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"), strict=True)
)
_OTHER_VOTES = ("contempt", "unknown", "nf")


@dataclass(frozen=True, slots=True)
class Split:
    """One split of FER-2013, row-aligned."""

    images: npt.NDArray[np.uint8]  # (N, 48, 48) grey
    labels: npt.NDArray[np.int64]  # (N,) original label, index into EXPRESSIONS
    votes: npt.NDArray[np.int64]  # (N, 10) FER+ votes: the seven in EXPRESSIONS' order, contempt, unknown, not a face
    identical: npt.NDArray[np.bool_]  # (N,) a pixel-identical copy is in the training split

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Split":
        """The given rows, as a split of their own."""
        return Split(self.images[rows], self.labels[rows], self.votes[rows], self.identical[rows])

    @property
    def crowd(self) -> npt.NDArray[np.float32]:
        """(N, 7) share of the votes for each of the seven; zeros where none of the seven got a vote."""
        seven = self.votes[:, :COUNT].astype(np.float32)
        return np.asarray(seven / np.maximum(seven.sum(axis=1, keepdims=True), 1.0), dtype=np.float32)

    @property
    def crowd_weight(self) -> npt.NDArray[np.float32]:
        """(N,) share of all votes that went to one of the seven: what the crowd's answer is worth."""
        total = np.maximum(self.votes.sum(axis=1), 1)
        return np.asarray(self.votes[:, :COUNT].sum(axis=1) / total, dtype=np.float32)

    @property
    def plurality(self) -> npt.NDArray[np.int64]:
        """(N,) winner over all ten vote columns; -1 where it is a tie or not one of the seven."""
        best = self.votes.max(axis=1, keepdims=True)
        single = (self.votes == best).sum(axis=1) == 1
        winner = self.votes.argmax(axis=1)
        return np.where(single & (winner < COUNT), winner, -1)


def load_split(folder: Path, split: str) -> Split:
    """One of SPLITS from `folder` (`<split>.png` and `labels.csv`).

    Raises TrainingError where a file is missing or the two do not belong together.
    """
    sheet_file, labels_file = folder / f"{split}.png", folder / "labels.csv"
    for file in (sheet_file, labels_file):
        if not file.is_file():
            raise TrainingError(f"FER-2013 is not complete: {file} is missing. Give its folder with --data.")
    with labels_file.open(newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["split"] == split]
    rows.sort(key=lambda row: int(row["cell"]))
    sheet = cv2.imread(str(sheet_file), cv2.IMREAD_GRAYSCALE)
    if sheet is None or sheet.shape[1] != SHEET_COLUMNS * SIDE_PX or sheet.size < len(rows) * SIDE_PX**2:
        raise TrainingError(f"{sheet_file} is not the sheet that {labels_file} describes. Take both from one copy.")
    images = sheet.reshape(-1, SIDE_PX, SHEET_COLUMNS, SIDE_PX).swapaxes(1, 2).reshape(-1, SIDE_PX, SIDE_PX)
    vote_names = [*(_VOTE_COLUMNS[name] for name in EXPRESSIONS), *_OTHER_VOTES]
    return Split(
        images=np.ascontiguousarray(images[: len(rows)], dtype=np.uint8),
        labels=np.array([int(row["label"]) for row in rows]),
        votes=np.array([[int(row[f"votes_{name}"]) for name in vote_names] for row in rows]),
        identical=np.array([row["identical_in_training"] == "1" for row in rows]),
    )


def worth_training_on(split: Split) -> Split:
    """Without the black pictures and those that half of the voters saw no face in."""
    not_black = split.images.reshape(len(split), -1).std(axis=1) > 1.0
    a_face = split.votes[:, -1] < 5
    return split.take(not_black & a_face)
