"""What a network learns from, batch by batch: augmented faces, what each head should answer, what a row is worth."""

from collections.abc import Mapping, Sequence

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import COUNT
from fer_desktop.training.augment import augmented
from fer_desktop.training.networks import HEADS
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.split import Split

Floats = npt.NDArray[np.float32]
Batch = tuple[npt.NDArray[np.uint8], dict[str, Floats], dict[str, Floats]]  # faces, targets, weights


class Batches(keras.utils.PyDataset):
    """Augmented batches; epoch k of a resumed run is epoch k of an unbroken one."""

    def __init__(
        self,
        split: Split,
        recipe: Recipe,
        first_epoch: int,
        heads: Sequence[str] = HEADS,
        soft: Mapping[str, Floats] | None = None,
    ) -> None:
        super().__init__()
        self._split, self._recipe, self._epoch = split, recipe, first_epoch
        self._targets, self._weights = truth(split, heads, recipe.rarity)
        if soft:
            self._learn_from(soft)
        self._order = self._shuffled()

    def _learn_from(self, soft: Mapping[str, Floats]) -> None:
        """Mixes the teachers' answers (N, 7) into what each head should answer."""
        share, smoothing = self._recipe.teaching, self._recipe.label_smoothing
        for head, answers in soft.items():
            own = self._targets[head]
            if head == "fer2013":  # smoothed here, since the loss would smooth the teachers' answers too
                own = own * (1 - smoothing) + smoothing / COUNT
            else:  # a face on which nobody voted is still worth what the teachers say
                self._weights[head] = (1 - share) * self._weights[head] + np.float32(share)
            self._targets[head] = ((1 - share) * own + share * answers).astype(np.float32)

    def _shuffled(self) -> npt.NDArray[np.int64]:
        return np.random.default_rng((self._recipe.seed, self._epoch)).permutation(len(self._split))

    def __len__(self) -> int:
        return len(self._split) // self._recipe.batch

    def __getitem__(self, index: int) -> Batch:
        rows = self._order[index * self._recipe.batch : (index + 1) * self._recipe.batch]
        rng = np.random.default_rng((self._recipe.seed, self._epoch, index))
        faces = np.stack([augmented(self._split.images[row], rng) for row in rows])[..., None]
        targets = {head: values[rows] for head, values in self._targets.items()}
        weights = {head: values[rows] for head, values in self._weights.items()}
        if self._recipe.mixup:
            shares = rng.beta(self._recipe.mixup, self._recipe.mixup, len(rows)).astype(np.float32)
            return mixed((faces, targets, weights), shares, rng.permutation(len(rows)))
        return faces, targets, weights

    def on_epoch_end(self) -> None:
        """The next epoch's order."""
        self._epoch += 1
        self._order = self._shuffled()


def mixed(batch: Batch, shares: Floats, partners: npt.NDArray[np.int64]) -> Batch:
    """Each face laid over its partner in the batch, with its share (0-1) of itself, and its targets likewise.

    A row that is worth nothing lends no target to its partner. Mixup, Zhang et al. 2018.
    """
    faces, targets, weights = batch
    share = shares[:, None, None, None]
    both = np.rint(share * faces + (1 - share) * faces[partners]).astype(np.uint8)
    answers: dict[str, Floats] = {}
    worth: dict[str, Floats] = {}
    for head, weight in weights.items():
        own, other = shares * weight, (1 - shares) * weight[partners]
        worth[head] = own + other
        of_own = (own / np.maximum(worth[head], 1e-9)).astype(np.float32)[:, None]
        answers[head] = of_own * targets[head] + (1 - of_own) * targets[head][partners]
    return both, answers, worth


def truth(split: Split, heads: Sequence[str], rarity: float = 0.0) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """What each head should answer (N, 7), and what each row is worth to it (N,)."""
    sizes = np.bincount(split.labels, minlength=COUNT)
    worth = ((sizes.mean() / np.maximum(sizes, 1)) ** rarity).astype(np.float32)[split.labels]
    targets = {"fer2013": np.eye(COUNT, dtype=np.float32)[split.labels], "crowd": split.crowd}
    weights = {"fer2013": worth, "crowd": split.crowd_weight}
    return {head: targets[head] for head in heads}, {head: weights[head] for head in heads}
