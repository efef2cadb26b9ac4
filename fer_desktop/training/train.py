"""A trained network from FER-2013, in epochs that survive an interruption."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import COUNT
from fer_desktop.training.augment import augmented
from fer_desktop.training.dataset import Split, load_split, worth_training_on
from fer_desktop.training.networks import NETWORKS, TRUNK
from fer_desktop.training.recipes import Recipe


class Batches(keras.utils.PyDataset):
    """Augmented batches; epoch k of a resumed run is epoch k of an unbroken one."""

    def __init__(self, split: Split, recipe: Recipe, first_epoch: int) -> None:
        super().__init__()
        self._split, self._recipe, self._epoch = split, recipe, first_epoch
        self._hard = np.eye(COUNT, dtype=np.float32)[split.labels]
        sizes = np.bincount(split.labels, minlength=COUNT)
        self._worth = ((sizes.mean() / np.maximum(sizes, 1)) ** recipe.rarity).astype(np.float32)[split.labels]
        self._crowd, self._weight = split.crowd, split.crowd_weight
        self._order = self._shuffled()

    def _shuffled(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.random.default_rng((self._recipe.seed, self._epoch)).permutation(len(self._split))

    def __len__(self) -> int:
        return len(self._split) // self._recipe.batch

    def __getitem__(self, index: int) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        rows = self._order[index * self._recipe.batch : (index + 1) * self._recipe.batch]
        rng = np.random.default_rng((self._recipe.seed, self._epoch, index))
        faces = np.stack([augmented(self._split.images[row], rng) for row in rows])[..., None]
        targets = {"fer2013": self._hard[rows], "crowd": self._crowd[rows]}
        weights = {"fer2013": self._worth[rows], "crowd": self._weight[rows]}
        return faces, targets, weights

    def on_epoch_end(self) -> None:
        """The next epoch's order."""
        self._epoch += 1
        self._order = self._shuffled()


class _Progress(keras.callbacks.Callback):
    """Saves, logs and reports after each epoch; a half-written checkpoint never replaces a whole one."""

    def __init__(self, folder: Path, seed: int, report: Callable[[int, dict[str, float]], None]) -> None:
        super().__init__()
        self._folder, self._seed, self._report = folder, seed, report

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:  # noqa: ARG002  Keras' own
        # A .keras file does not hold the state of dropout's generator: a resumed epoch would drop other units.
        for index, layer in enumerate(self.model.layers):
            if isinstance(layer, keras.layers.Dropout):
                layer.seed_generator.state.assign([self._seed + index, epoch])

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        half = self._folder / "writing.keras"
        self.model.save(half)
        os.replace(half, self._folder / f"epoch-{epoch + 1:03d}.keras")
        if epoch > 0:
            (self._folder / f"epoch-{epoch:03d}.keras").unlink(missing_ok=True)
        figures = {name: float(value) for name, value in (logs or {}).items()}
        log = self._folder / "log.csv"
        new = not log.exists()
        with log.open("a", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            if new:
                writer.writerow(["epoch", *sorted(figures)])
            writer.writerow([epoch + 1, *(f"{figures[name]:.5f}" for name in sorted(figures))])
        self._report(epoch + 1, figures)


def train(
    data: Path,
    folder: Path,
    recipe: Recipe,
    resume: bool,
    report: Callable[[int, dict[str, float]], None],
    weights: Path | None = None,
) -> Path:
    """The file of the trained Keras model in `folder`, which keeps a checkpoint of the last epoch and `log.csv`.

    `weights` is where a pretrained trunk starts from. `report` hears the number of each finished epoch and its figures.
    Raises TrainingError where the data is not there or the folder holds an unfinished run that was not asked to go on.
    """
    keras.utils.set_random_seed(recipe.seed)
    training = worth_training_on(load_split(data, "training"))
    public = load_split(data, "public_test")
    folder.mkdir(parents=True, exist_ok=True)
    last = max(folder.glob("epoch-*.keras"), default=None)
    if last is not None and not resume:
        raise TrainingError(f"{folder} holds an unfinished run. Go on with --resume, or give another --out.")
    done = int(last.stem.removeprefix("epoch-")) if last else 0
    model = keras.saving.load_model(last) if last else NETWORKS[recipe.network](weights)
    for first, end, frozen in ((0, recipe.frozen_epochs, True), (recipe.frozen_epochs, recipe.epochs, False)):
        if done >= end:
            continue
        if done == first:  # else the checkpoint holds the optimizer of this very phase
            _compile(model, recipe, (len(training) // recipe.batch) * (end - first), frozen)
        model.fit(
            Batches(training, recipe, done),
            validation_data=(
                public.images[..., None],
                {"fer2013": np.eye(COUNT, dtype=np.float32)[public.labels], "crowd": public.crowd},
                {"fer2013": np.ones(len(public), np.float32), "crowd": public.crowd_weight},
            ),
            validation_batch_size=256,
            epochs=end,
            initial_epoch=done,
            shuffle=False,  # Batches shuffles itself, by seed and epoch
            verbose=0,
            callbacks=[_Progress(folder, recipe.seed, report), keras.callbacks.TerminateOnNaN()],
        )
        done = end
    return folder / f"epoch-{recipe.epochs:03d}.keras"


def _compile(model: keras.Model, recipe: Recipe, steps: int, frozen: bool) -> None:
    for layer in model.layers:
        if layer.name == TRUNK:
            layer.trainable = not frozen
    warmup = min(steps // 2, steps // max(1, recipe.epochs - recipe.frozen_epochs))
    rate = keras.optimizers.schedules.CosineDecay(
        recipe.learning_rate * 0.05,
        decay_steps=max(1, steps - warmup),
        alpha=0.01,  # of the peak
        warmup_target=recipe.learning_rate,
        warmup_steps=warmup,
    )
    losses = {
        "fer2013": keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing),
        "crowd": keras.losses.CategoricalCrossentropy(from_logits=True),
    }
    optimizer = keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay, clipnorm=1.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    metrics = {head: ["accuracy"] for head in losses}
    # XLA makes an epoch of convolutions on a CPU several times longer than oneDNN does.
    model.compile(optimizer, loss=losses, metrics=metrics, jit_compile=keras.backend.backend() == "jax")
