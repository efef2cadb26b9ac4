"""Keras' mixup and cutmix for batches with two heads and sample weights.

The layers know one set of labels and no weights: each head's labels go through them multiplied by its weights, beside
the weights themselves, so that a face that counts for nothing lends no label to another.
"""

from typing import Any, Final

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.training.recipes import Recipe

Batch = tuple[npt.NDArray[np.uint8], dict[str, FloatArray], dict[str, FloatArray]]
"""Faces (N, H, W, 1), and by head targets (N, 7) and weights (N,)."""

_CUTMIX_SHARE: Final = 0.5  # of the batches
_TINY: Final = np.float32(1e-9)


class Mixing:
    """Mixes the faces of a batch, as far as the recipe asks for it."""

    def __init__(self, recipe: Recipe) -> None:
        self._mixup = keras.layers.MixUp(recipe.mixup) if recipe.mixup else None
        self._cutmix = keras.layers.CutMix((recipe.cutmix, recipe.cutmix)) if recipe.cutmix else None

    def apply(self, batch: Batch, rng: np.random.Generator) -> Batch:
        """The batch after mixup (Zhang et al. 2018) and cutmix (Yun et al. 2019); the same for the same generator."""
        if self._mixup is not None:
            batch = _mixed(self._mixup, batch, rng)
        if self._cutmix is not None and rng.random() < _CUTMIX_SHARE:
            batch = _mixed(self._cutmix, batch, rng)
        return batch


def _mixed(layer: Any, batch: Batch, rng: np.random.Generator) -> Batch:
    faces, targets, weights = batch
    drawn = layer.get_random_transformation(faces, seed=keras.random.SeedGenerator(int(rng.integers(2**31))))
    mixed_targets: dict[str, FloatArray] = {}
    mixed_weights: dict[str, FloatArray] = {}
    for head, weight in weights.items():
        total = _array(layer.transform_labels(weight[:, None], drawn))
        labels = _array(layer.transform_labels(weight[:, None] * targets[head], drawn))
        mixed_targets[head] = np.asarray(labels / np.maximum(total, _TINY), np.float32)
        mixed_weights[head] = total[:, 0]
    mixed_faces = np.rint(_array(layer.transform_images(faces, drawn))).astype(np.uint8)
    return mixed_faces, mixed_targets, mixed_weights


def _array(tensor: Any) -> FloatArray:
    return np.asarray(keras.ops.convert_to_numpy(tensor), np.float32)
