"""One split of FER-2013, in whatever format it was read."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS

SIDE_PX: Final = 48
SPLITS: Final = ("training", "public_test", "private_test")
VOTE_COLUMNS: Final = N_EXPRESSIONS + 3  # the seven, then contempt, unknown, not a face
_NAMED: Final = 3  # of the skipped files or lines


@dataclasses.dataclass(frozen=True, slots=True)
class Split:
    """One split of FER-2013, row-aligned."""

    images: npt.NDArray[np.uint8]  # (N, 48, 48) grey
    labels: npt.NDArray[np.int64]  # (N,) original label, index into EXPRESSIONS
    votes: npt.NDArray[np.int64]  # (N, 10) FER+ votes: the seven, contempt, unknown, not a face; zeros without FER+
    identical: npt.NDArray[np.bool_]  # (N,) a pixel-identical copy is in the training split
    skipped: tuple[str, ...] = ()  # files or lines that could not be read, by name

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Split":
        """The given rows, as a split of their own."""
        return Split(self.images[rows], self.labels[rows], self.votes[rows], self.identical[rows], self.skipped)

    @property
    def has_votes(self) -> bool:
        """Whether FER+ voted on these pictures; only the sheets have its votes."""
        return bool(self.votes.any())

    @property
    def crowd(self) -> npt.NDArray[np.float32]:
        """(N, 7) share of the votes for each of the seven; zeros where none of the seven got a vote."""
        seven = self.votes[:, :N_EXPRESSIONS].astype(np.float32)
        return np.asarray(seven / np.maximum(seven.sum(axis=1, keepdims=True), 1.0), dtype=np.float32)

    @property
    def crowd_weight(self) -> npt.NDArray[np.float32]:
        """(N,) share of all votes that went to one of the seven: the weight of the crowd's answer."""
        total = np.maximum(self.votes.sum(axis=1), 1)
        return np.asarray(self.votes[:, :N_EXPRESSIONS].sum(axis=1) / total, dtype=np.float32)

    @property
    def plurality(self) -> npt.NDArray[np.int64]:
        """(N,) winner over all ten vote columns; -1 where it is a tie or not one of the seven."""
        best = self.votes.max(axis=1, keepdims=True)
        single = (self.votes == best).sum(axis=1) == 1
        winner = self.votes.argmax(axis=1)
        return np.where(single & (winner < N_EXPRESSIONS), winner, -1)


def without_votes(images: Sequence[npt.NDArray[np.uint8]], labels: Sequence[int], skipped: Sequence[str]) -> Split:
    """A split of pictures (48, 48) without FER+ votes, none of them marked as identical yet."""
    count = len(labels)
    return Split(
        images=np.array(images, dtype=np.uint8).reshape(count, SIDE_PX, SIDE_PX),
        labels=np.array(labels, dtype=np.int64),
        votes=np.zeros((count, VOTE_COLUMNS), dtype=np.int64),
        identical=np.zeros(count, dtype=np.bool_),
        skipped=tuple(skipped),
    )


def with_identical(splits: Mapping[str, Split]) -> dict[str, Split]:
    """The same splits, with test pictures marked that are also in the training split."""
    known = {image.tobytes() for image in splits["training"].images}
    return {
        name: split
        if name == "training"
        else dataclasses.replace(split, identical=np.array([image.tobytes() in known for image in split.images]))
        for name, split in splits.items()
    }


def skipped_sentence(skipped: Sequence[str]) -> str:
    """A sentence about what was skipped: how many, and the first few by name."""
    names = ", ".join(skipped[:_NAMED])
    more = f" and {len(skipped) - _NAMED:,} more" if len(skipped) > _NAMED else ""
    return f"Left out, since they could not be read: {len(skipped):,} of the pictures ({names}{more})."
