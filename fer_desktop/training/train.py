"""A trained network from FER-2013, in epochs that survive an interruption."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import COUNT
from fer_desktop.training.augment import augmented
from fer_desktop.training.dataset import Split, TrainingData, worth_training_on
from fer_desktop.training.networks import HEADS, NETWORKS, TRUNK
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.run_folder import RunFolder
from fer_desktop.training.start_from import take_weights
from fer_desktop.training.teachers import taught

Figures = dict[str, float]


def _unheard(*_: object) -> None:
    """What happens where nobody listens."""


def train(
    data: TrainingData,
    folder: Path,
    recipe: Recipe,
    *,
    resume: bool = False,
    report: Callable[[int, Figures], None] = _unheard,
    stepped: Callable[[int, int], None] = _unheard,
    weights: Path | None = None,
    start_from: Path | None = None,
    teachers: Sequence[Path] = (),
) -> Path:
    """The file of the trained Keras model in `folder`, which keeps a checkpoint of the last epoch and `log.csv`.

    It has the heads that the data has labels for. `weights` is where a pretrained trunk starts from, `start_from` a
    network of the same kind from which the whole run does. `teachers` are exported networks from whose answers it
    learns as far as the recipe says. `report` hears the number of each finished epoch and its figures, `stepped` how
    many steps of the run are done, and of how many.
    Raises TrainingError where a file or the folder does not fit, or the loss is no longer a number.
    """
    run = RunFolder(folder)
    run.check(recipe, resume)
    keras.utils.set_random_seed(recipe.seed)
    training, heads = worth_training_on(data.training), HEADS if data.training.has_votes else HEADS[:1]
    steps = len(training) // recipe.batch
    if not steps:
        raise TrainingError(f"{len(training)} pictures are too few to train on: at least {recipe.batch} are needed.")
    model = _model(run, recipe, heads, weights, start_from)
    run.begin(recipe)
    soft = taught(training, teachers, heads) if teachers else {}
    validation = (data.public_test.images[..., None], *_truth(data.public_test, heads))
    for phase in _phases(recipe):
        done = run.done
        if done >= phase.end:
            continue
        if done == phase.first:  # else the checkpoint holds the optimizer of this very phase
            _compile(model, recipe, steps * (phase.end - phase.first), phase.frozen)
        model.fit(
            Batches(training, recipe, done, heads, soft),
            validation_data=validation,
            validation_batch_size=256,
            epochs=phase.end,
            initial_epoch=done,
            shuffle=False,  # Batches shuffles itself, by seed and epoch
            verbose=0,
            callbacks=[_Keeper(run, recipe, steps, report, stepped)],
        )
    return folder / f"epoch-{recipe.epochs:03d}.keras"


class Batches(keras.utils.PyDataset):
    """Augmented batches; epoch k of a resumed run is epoch k of an unbroken one."""

    def __init__(
        self,
        split: Split,
        recipe: Recipe,
        first_epoch: int,
        heads: Sequence[str] = HEADS,
        soft: Mapping[str, npt.NDArray[np.float32]] | None = None,
    ) -> None:
        super().__init__()
        self._split, self._recipe, self._epoch = split, recipe, first_epoch
        self._targets, self._weights = _truth(split, heads, recipe.rarity)
        if soft:
            self._learn_from(soft)
        self._order = self._shuffled()

    def _learn_from(self, soft: Mapping[str, npt.NDArray[np.float32]]) -> None:
        """Mixes the teachers' answers (N, 7) into what each head should answer."""
        share, smoothing = self._recipe.teaching, self._recipe.label_smoothing
        for head, answers in soft.items():
            own = self._targets[head]
            if head == "fer2013":  # smoothed here, since the loss would smooth the teachers' answers too
                own = own * (1 - smoothing) + smoothing / COUNT
            else:  # a face on which nobody voted is still worth what the teachers say
                self._weights[head] = (1 - share) * self._weights[head] + np.float32(share)
            self._targets[head] = ((1 - share) * own + share * answers).astype(np.float32)

    def _shuffled(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.random.default_rng((self._recipe.seed, self._epoch)).permutation(len(self._split))

    def __len__(self) -> int:
        return len(self._split) // self._recipe.batch

    def __getitem__(self, index: int) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        rows = self._order[index * self._recipe.batch : (index + 1) * self._recipe.batch]
        rng = np.random.default_rng((self._recipe.seed, self._epoch, index))
        faces = np.stack([augmented(self._split.images[row], rng) for row in rows])[..., None]
        targets = {head: values[rows] for head, values in self._targets.items()}
        weights = {head: values[rows] for head, values in self._weights.items()}
        return faces, targets, weights

    def on_epoch_end(self) -> None:
        """The next epoch's order."""
        self._epoch += 1
        self._order = self._shuffled()


def _truth(split: Split, heads: Sequence[str], rarity: float = 0.0) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each head should answer (N, 7), and what each row is worth to it (N,)."""
    sizes = np.bincount(split.labels, minlength=COUNT)
    worth = ((sizes.mean() / np.maximum(sizes, 1)) ** rarity).astype(np.float32)[split.labels]
    targets = {"fer2013": np.eye(COUNT, dtype=np.float32)[split.labels], "crowd": split.crowd}
    weights = {"fer2013": worth, "crowd": split.crowd_weight}
    return {head: targets[head] for head in heads}, {head: weights[head] for head in heads}


class _Keeper(keras.callbacks.Callback):
    """Tells how far the run is, and keeps what each epoch came to."""

    def __init__(
        self,
        run: RunFolder,
        recipe: Recipe,
        steps: int,
        report: Callable[[int, Figures], None],
        stepped: Callable[[int, int], None],
    ) -> None:
        super().__init__()
        self._run, self._recipe, self._steps, self._report, self._stepped = run, recipe, steps, report, stepped
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: Figures | None = None) -> None:  # noqa: ARG002  Keras calls it so
        self._epoch = epoch
        # A .keras file does not hold the state of dropout's generator: a resumed epoch would drop other units.
        for index, layer in enumerate(self.model.layers):
            if isinstance(layer, keras.layers.Dropout):
                layer.seed_generator.state.assign([self._recipe.seed + index, epoch])

    def on_train_batch_end(self, batch: int, logs: Figures | None = None) -> None:  # noqa: ARG002  Keras calls it so
        self._stepped(self._epoch * self._steps + batch + 1, self._recipe.epochs * self._steps)

    def on_epoch_end(self, epoch: int, logs: Figures | None = None) -> None:
        figures = _by_head(logs or {}, list(self.model.output))
        if not math.isfinite(figures["loss"]):
            raise TrainingError(
                f"The loss was no longer a number in epoch {epoch + 1}: start again with a lower --learning-rate "
                "and another --out."
            )
        self._run.keep(self.model, epoch + 1, figures)
        self._report(epoch + 1, figures)


def _by_head(logs: Figures, heads: Sequence[str]) -> Figures:
    """The figures under names that begin with the head's, which Keras leaves out where there is only one."""
    alone = {"accuracy": f"{heads[0]}_accuracy", "val_accuracy": f"val_{heads[0]}_accuracy"}
    return {alone.get(name, name): float(value) for name, value in logs.items()}


@dataclass(frozen=True, slots=True)
class _Phase:
    """Epochs with one course of the learning rate."""

    first: int
    end: int
    frozen: bool  # a pretrained trunk stays as it came


def _phases(recipe: Recipe) -> list[_Phase]:
    frozen = recipe.frozen_epochs
    return [_Phase(0, frozen, frozen=True), _Phase(frozen, recipe.epochs, frozen=False)]


def _model(
    run: RunFolder, recipe: Recipe, heads: Sequence[str], weights: Path | None, start_from: Path | None
) -> keras.Model:
    """The network as the run left it, or a new one."""
    if run.checkpoint is None:
        model = NETWORKS[recipe.network](weights, heads, start_from is None)
        if start_from is not None:
            take_weights(model, start_from)
        return model
    try:
        model = keras.saving.load_model(run.checkpoint)
    except Exception as error:  # Keras raises whatever the archive makes it stumble over
        raise TrainingError(
            f"{run.checkpoint} cannot be loaded: delete it, and start again without --resume."
        ) from error
    if set(model.output) != set(heads):
        raise TrainingError(f"{run.path} was begun with other --data: go on with that, or give another --out.")
    return model


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
    smoothing = 0.0 if recipe.taught_by else recipe.label_smoothing
    losses = {
        "fer2013": keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing),
        "crowd": keras.losses.CategoricalCrossentropy(from_logits=True),
    }
    optimizer = keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay, clipnorm=1.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # XLA makes an epoch of convolutions on a CPU several times longer than oneDNN does.
    model.compile(
        optimizer,
        loss={head: losses[head] for head in model.output},
        metrics={head: ["accuracy"] for head in model.output},
        jit_compile=keras.backend.backend() == "jax",
    )
