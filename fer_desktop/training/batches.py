"""What a network learns from, batch by batch: augmented faces, what each head should answer, what a row is worth."""

from collections.abc import Mapping, Sequence

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import FloatArray
from fer_desktop.datasets.split import Split
from fer_desktop.training.augment import augmented
from fer_desktop.training.mixing import Batch, cut_into_each_other, mixed
from fer_desktop.training.networks import HEADS
from fer_desktop.training.recipes import Recipe


class Batches(keras.utils.PyDataset):
    """Augmented batches; epoch k of a resumed run is epoch k of an unbroken one."""

    def __init__(
        self,
        split: Split,
        recipe: Recipe,
        first_epoch: int,
        heads: Sequence[str] = HEADS,
        soft: Mapping[str, FloatArray] | None = None,
    ) -> None:
        super().__init__()
        self._split, self._recipe, self._epoch = split, recipe, first_epoch
        self._targets, self._weights = truth(split, heads, recipe.rarity)
        if recipe.voters and split.has_votes:
            own, share = self._targets["fer2013"], np.float32(recipe.voters)
            self._targets["fer2013"] = (1 - share) * own + share * suggested_by_votes(split)
        if soft:
            self._learn_from(soft)
        self._order = self._shuffled()

    def _learn_from(self, soft: Mapping[str, FloatArray]) -> None:
        """Mixes the teachers' answers (N, 7) into what each head should answer."""
        share, smoothing = self._recipe.teaching, self._recipe.label_smoothing
        for head, answers in soft.items():
            own = self._targets[head]
            if head == "fer2013":  # smoothed here, since the loss would smooth the teachers' answers too
                own = own * (1 - smoothing) + smoothing / N_EXPRESSIONS
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
        recipe = self._recipe
        images = [augmented(self._split.images[row], rng, recipe.degraded, recipe.erased) for row in rows]
        faces = np.stack(images)[..., None]
        targets = {head: values[rows] for head, values in self._targets.items()}
        weights = {head: values[rows] for head, values in self._weights.items()}
        batch = faces, targets, weights
        if recipe.mixup:
            shares = rng.beta(recipe.mixup, recipe.mixup, len(rows)).astype(np.float32)
            batch = mixed(batch, shares, rng.permutation(len(rows)))
        if recipe.cutmix:
            batch = cut_into_each_other(batch, recipe.cutmix, rng)
        return batch

    def on_epoch_end(self) -> None:
        """The next epoch's order."""
        self._epoch += 1
        self._order = self._shuffled()


def suggested_by_votes(split: Split) -> FloatArray:
    """(N, 7) how likely each original label is for a face that FER+'s voters saw so, by least squares over the split.

    What the voters did not see in a face is mostly noise of its label: an answer to learn from that varies less.
    """
    shares = split.votes / np.maximum(split.votes.sum(axis=1, keepdims=True), 1)
    known = np.concatenate([np.ones((len(split), 1)), shares, np.sqrt(shares)], axis=1)
    weights = np.linalg.lstsq(known, np.eye(N_EXPRESSIONS)[split.labels], rcond=None)[0]
    likely = np.maximum(known @ weights, 1e-3)
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), dtype=np.float32)


def truth(
    split: Split, heads: Sequence[str], rarity: float = 0.0
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """What each head should answer (N, 7), and what each row is worth to it (N,)."""
    sizes = np.bincount(split.labels, minlength=N_EXPRESSIONS)
    worth = ((sizes.mean() / np.maximum(sizes, 1)) ** rarity).astype(np.float32)[split.labels]
    targets = {"fer2013": np.eye(N_EXPRESSIONS, dtype=np.float32)[split.labels], "crowd": split.crowd}
    weights = {"fer2013": worth, "crowd": split.crowd_weight}
    return {head: targets[head] for head in heads}, {head: weights[head] for head in heads}
