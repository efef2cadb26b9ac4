"""Trains a network on FER-2013; an interrupted run resumes after its last finished epoch."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import TrainingData, select_subset
from fer_desktop.training.batches import Batches, targets_and_weights
from fer_desktop.training.networks import HEADS, NETWORKS, TRUNK
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.run_folder import RunFolder
from fer_desktop.training.start_from import load_weights
from fer_desktop.training.teachers import teacher_answers

Figures = dict[str, float]


def _ignore(*_: object) -> None:
    """What to do with progress that nobody shows."""


def train(
    data: TrainingData,
    folder: Path,
    recipe: Recipe,
    *,
    resume: bool = False,
    on_epoch: Callable[[int, Figures], None] = _ignore,
    on_step: Callable[[int, int], None] = _ignore,
    weights: Path | None = None,
    start_from: Path | None = None,
    teachers: Sequence[Path] = (),
) -> Path:
    """The file of the trained Keras model in `folder`, which also holds `log.csv` and the last epoch's checkpoint.

    The model has the heads that the data has labels for. `weights` are those of a pretrained trunk, `start_from` is a
    whole network of the same kind to start from. `teachers` are exported networks whose answers count as much as the
    recipe says. `on_epoch` gets the number of each finished epoch and its figures, `on_step` the number of steps done
    and of all steps in the run.
    Raises TrainingError where a file or the folder does not fit, or the loss is no longer finite.
    """
    run = RunFolder(folder)
    run.check(recipe, resume)
    keras.utils.set_random_seed(recipe.seed)
    training = select_subset(data.training, recipe.subset)
    heads = HEADS if data.training.has_votes else HEADS[:1]
    steps = len(training) // recipe.batch
    if not steps:
        raise TrainingError(
            "{training} pictures are too few to train on: provide at least {batch}.",
            training=len(training),
            batch=recipe.batch,
        )
    model = _model(run, recipe, heads, weights, start_from)
    run.start(recipe)
    soft_labels = teacher_answers(training, teachers, heads) if teachers else {}
    validation = (data.public_test.images[..., None], *targets_and_weights(data.public_test, heads))
    for phase in _phases(recipe):
        done = run.epochs_done
        if done >= phase.end:
            continue
        if done == phase.first:  # else the checkpoint holds this phase's optimizer
            _compile(model, recipe, steps * (phase.end - phase.first), phase.frozen)
        model.fit(
            Batches(training, recipe, done, heads, soft_labels),
            validation_data=validation,
            validation_batch_size=256,
            epochs=phase.end,
            initial_epoch=done,
            shuffle=False,  # Batches shuffles itself, by seed and epoch
            verbose=0,
            callbacks=[*_ema_callbacks(recipe), _Checkpointer(run, recipe, steps, on_epoch, on_step)],
        )
    return folder / f"epoch-{recipe.epochs:03d}.keras"


class _Checkpointer(keras.callbacks.Callback):
    """Reports progress, and saves the model and the figures of each epoch."""

    def __init__(
        self,
        run: RunFolder,
        recipe: Recipe,
        steps: int,
        on_epoch: Callable[[int, Figures], None],
        on_step: Callable[[int, int], None],
    ) -> None:
        super().__init__()
        self._run, self._recipe, self._steps, self._on_epoch, self._on_step = run, recipe, steps, on_epoch, on_step
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: Figures | None = None) -> None:  # noqa: ARG002  Keras passes it by name
        self._epoch = epoch
        # A .keras file does not hold dropout's generator state: a resumed epoch would drop other units.
        for index, layer in enumerate(self.model.layers):
            if isinstance(layer, keras.layers.Dropout):
                layer.seed_generator.state.assign([self._recipe.seed + index, epoch])

    def on_train_batch_end(self, batch: int, logs: Figures | None = None) -> None:  # noqa: ARG002  Keras passes it by name
        self._on_step(self._epoch * self._steps + batch + 1, self._recipe.epochs * self._steps)

    def on_epoch_end(self, epoch: int, logs: Figures | None = None) -> None:
        figures = _by_head(logs or {}, list(self.model.output))
        if not math.isfinite(figures["loss"]):
            raise TrainingError(
                "The loss became infinite or undefined in epoch {epoch}: start again with a lower --learning-rate "
                "and another --out.",
                epoch=epoch + 1,
            )
        if epoch + 1 == self.params["epochs"]:  # Keras does this later, too late for the checkpoint
            self.model.optimizer.finalize_variable_values(self.model.trainable_variables)
        self._run.save(self.model, epoch + 1, figures)
        self._on_epoch(epoch + 1, figures)


def _ema_callbacks(recipe: Recipe) -> list[keras.callbacks.Callback]:
    """Evaluates and saves the moving average of the weights, where the recipe asks for one."""
    return [keras.callbacks.SwapEMAWeights()] if recipe.ema_decay else []


def _by_head(logs: Figures, heads: Sequence[str]) -> Figures:
    """The figures with the head in their names, which Keras leaves out where there is only one head."""
    renamed = {"accuracy": f"{heads[0]}_accuracy", "val_accuracy": f"val_{heads[0]}_accuracy"}
    return {renamed.get(name, name): float(value) for name, value in logs.items()}


@dataclass(frozen=True, slots=True)
class _Phase:
    """Epochs that share one learning-rate schedule."""

    first: int
    end: int
    frozen: bool  # the pretrained trunk is not trained


def _phases(recipe: Recipe) -> list[_Phase]:
    frozen = recipe.frozen_epochs
    return [_Phase(0, frozen, frozen=True), _Phase(frozen, recipe.epochs, frozen=False)]


def _model(
    run: RunFolder, recipe: Recipe, heads: Sequence[str], weights: Path | None, start_from: Path | None
) -> keras.Model:
    """The network of the last checkpoint, or a new one."""
    if run.checkpoint is None:
        model = NETWORKS[recipe.network](weights, heads, start_from is None, recipe)
        if start_from is not None:
            load_weights(model, start_from)
        return model
    try:
        model = keras.saving.load_model(run.checkpoint)
    except Exception as error:  # Keras raises whatever the archive leads to
        raise TrainingError(
            "{checkpoint} cannot be loaded: delete it, and start again without --resume.", checkpoint=run.checkpoint
        ) from error
    if set(model.output) != set(heads):
        raise TrainingError(
            "{path} was started with other --data: continue with that, or choose another --out.", path=run.path
        )
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
    smoothing = 0.0 if recipe.teacher_hashes else recipe.label_smoothing
    losses = {
        "fer2013": keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing),
        "crowd": keras.losses.CategoricalCrossentropy(from_logits=True),
    }
    optimizer = keras.optimizers.AdamW(
        rate,
        weight_decay=recipe.weight_decay,
        clipnorm=1.0,
        use_ema=recipe.ema_decay > 0,
        ema_momentum=recipe.ema_decay,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # On a CPU an epoch of convolutions takes several times longer with XLA than with oneDNN.
    model.compile(
        optimizer,
        loss={head: losses[head] for head in model.output},
        metrics={head: ["accuracy"] for head in model.output},
        jit_compile=keras.backend.backend() == "jax",
    )
