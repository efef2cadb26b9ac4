"""What a network learns from, batch by batch: augmented faces, each head's targets, and each face's weight."""

from collections.abc import Mapping, Sequence

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import FloatArray
from fer_desktop.datasets.split import Split
from fer_desktop.training.augment import augment
from fer_desktop.training.mixing import Batch, Mixing
from fer_desktop.training.networks import HEADS
from fer_desktop.training.recipes import Recipe


class Batches(keras.utils.PyDataset):
    """Augmented batches; epoch k of a resumed run is epoch k of an uninterrupted one.

    `soft_labels` are teachers' answers (N, 7) by head.
    """

    def __init__(
        self,
        split: Split,
        recipe: Recipe,
        first_epoch: int,
        heads: Sequence[str] = HEADS,
        soft_labels: Mapping[str, FloatArray] | None = None,
    ) -> None:
        super().__init__()
        self._split, self._recipe, self._epoch = split, recipe, first_epoch
        self._targets, self._weights = targets_and_weights(split, heads, recipe.class_weight_power)
        if recipe.vote_label_mix and split.has_votes:
            given, share = self._targets["fer2013"], np.float32(recipe.vote_label_mix)
            self._targets["fer2013"] = (1 - share) * given + share * labels_predicted_by_votes(split)
        if soft_labels:
            self._mix_in(soft_labels)
        self._mixing = Mixing(recipe)
        self._order = self._shuffled()

    def _mix_in(self, soft_labels: Mapping[str, FloatArray]) -> None:
        share, smoothing = self._recipe.distillation_weight, self._recipe.label_smoothing
        for head, answers in soft_labels.items():
            given = self._targets[head]
            if head == "fer2013":  # smoothed here, since the loss would smooth the teachers' answers too
                given = given * (1 - smoothing) + smoothing / N_EXPRESSIONS
            else:  # a face without votes still counts for as much as the teachers' answers do
                self._weights[head] = (1 - share) * self._weights[head] + np.float32(share)
            self._targets[head] = ((1 - share) * given + share * answers).astype(np.float32)

    def _shuffled(self) -> npt.NDArray[np.int64]:
        return np.random.default_rng((self._recipe.seed, self._epoch)).permutation(len(self._split))

    def __len__(self) -> int:
        return len(self._split) // self._recipe.batch

    def __getitem__(self, index: int) -> Batch:
        rows = self._order[index * self._recipe.batch : (index + 1) * self._recipe.batch]
        rng = np.random.default_rng((self._recipe.seed, self._epoch, index))
        probabilities = self._recipe.degradation_probability, self._recipe.erasing_probability
        images = [augment(self._split.images[row], rng, *probabilities) for row in rows]
        targets = {head: values[rows] for head, values in self._targets.items()}
        weights = {head: values[rows] for head, values in self._weights.items()}
        return self._mixing.apply((np.stack(images)[..., None], targets, weights), rng)

    def on_epoch_end(self) -> None:
        """The next epoch's order."""
        self._epoch += 1
        self._order = self._shuffled()


def labels_predicted_by_votes(split: Split) -> FloatArray:
    """(N, 7) the probability of each original label given a face's FER+ votes, by least squares over the split.

    What FER+'s voters did not see in a face is mostly label noise: this target varies less than the given label.
    """
    shares = split.votes / np.maximum(split.votes.sum(axis=1, keepdims=True), 1)
    features = np.concatenate([np.ones((len(split), 1)), shares, np.sqrt(shares)], axis=1)
    coefficients = np.linalg.lstsq(features, np.eye(N_EXPRESSIONS)[split.labels], rcond=None)[0]
    predicted = np.maximum(features @ coefficients, 1e-3)
    return np.asarray(predicted / predicted.sum(axis=1, keepdims=True), dtype=np.float32)


def targets_and_weights(
    split: Split, heads: Sequence[str], class_weight_power: float = 0.0
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """By head, the targets (N, 7) and how much each face counts (N,)."""
    sizes = np.bincount(split.labels, minlength=N_EXPRESSIONS)
    by_class = ((sizes.mean() / np.maximum(sizes, 1)) ** class_weight_power).astype(np.float32)
    targets = {"fer2013": np.eye(N_EXPRESSIONS, dtype=np.float32)[split.labels], "crowd": split.crowd}
    weights = {"fer2013": by_class[split.labels], "crowd": split.crowd_weight}
    return {head: targets[head] for head in heads}, {head: weights[head] for head in heads}
