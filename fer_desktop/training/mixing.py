"""Faces of a batch mixed with each other, and what to answer to them."""

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

Batch = tuple[npt.NDArray[np.uint8], dict[str, FloatArray], dict[str, FloatArray]]  # faces, targets, weights


def mixed(batch: Batch, shares: FloatArray, partners: npt.NDArray[np.int64]) -> Batch:
    """Each face laid over its partner in the batch, with its share (0-1) of itself, and its targets likewise.

    A row that is worth nothing lends no target to its partner. Mixup, Zhang et al. 2018.
    """
    faces = batch[0]
    share = shares[:, None, None, None]
    both = np.rint(share * faces + (1 - share) * faces[partners]).astype(np.uint8)
    return both, *_answers(batch, shares, partners)


def cut_into_each_other(batch: Batch, concentration: float, rng: np.random.Generator) -> Batch:
    """In half of the batches a rectangle of each face is its partner's; targets go by what is left to see of each.

    The rectangle's share of the picture is drawn from Beta(concentration, concentration). CutMix, Yun et al. 2019.
    """
    faces = batch[0]
    if rng.random() < 0.5:
        return batch
    partners = rng.permutation(len(faces))
    height, width = faces.shape[1:3]
    side = np.sqrt(rng.beta(concentration, concentration))
    top, left = rng.integers(0, height), rng.integers(0, width)
    rows = slice(max(0, round(top - side * height / 2)), round(top + side * height / 2))
    columns = slice(max(0, round(left - side * width / 2)), round(left + side * width / 2))
    both = faces.copy()
    both[:, rows, columns] = faces[partners][:, rows, columns]
    taken = both[0, rows, columns].size / both[0].size  # less than was drawn where the picture ends
    return both, *_answers(batch, np.full(len(faces), 1 - taken, np.float32), partners)


def _answers(
    batch: Batch, shares: FloatArray, partners: npt.NDArray[np.int64]
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    _, targets, weights = batch
    answers: dict[str, FloatArray] = {}
    worth: dict[str, FloatArray] = {}
    for head, weight in weights.items():
        own, other = shares * weight, (1 - shares) * weight[partners]
        worth[head] = own + other
        of_own = (own / np.maximum(worth[head], 1e-9)).astype(np.float32)[:, None]
        answers[head] = of_own * targets[head] + (1 - of_own) * targets[head][partners]
    return answers, worth
