"""A trained network from FER-2013, in epochs that survive an interruption."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import TrainingData, worth_training_on
from fer_desktop.training.batches import Batches, truth
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
    training, heads = worth_training_on(data.training, recipe.rows), HEADS if data.training.has_votes else HEADS[:1]
    steps = len(training) // recipe.batch
    if not steps:
        raise TrainingError(f"{len(training)} pictures are too few to train on: at least {recipe.batch} are needed.")
    model = _model(run, recipe, heads, weights, start_from)
    run.begin(recipe)
    soft = taught(training, teachers, heads) if teachers else {}
    validation = (data.public_test.images[..., None], *truth(data.public_test, heads))
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
            callbacks=[*_averaging(recipe), _Keeper(run, recipe, steps, report, stepped)],
        )
    return folder / f"epoch-{recipe.epochs:03d}.keras"


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
        if epoch + 1 == self.params["epochs"]:  # Keras does it after this, too late for the checkpoint
            self.model.optimizer.finalize_variable_values(self.model.trainable_variables)
        self._run.keep(self.model, epoch + 1, figures)
        self._report(epoch + 1, figures)


def _averaging(recipe: Recipe) -> list[keras.callbacks.Callback]:
    """Has the public test taken by the mean of the weights, where that is what will be kept."""
    return [keras.callbacks.SwapEMAWeights()] if recipe.averaging else []


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
        model = NETWORKS[recipe.network](weights, heads, start_from is None, recipe)
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
    optimizer = keras.optimizers.AdamW(
        rate,
        weight_decay=recipe.weight_decay,
        clipnorm=1.0,
        use_ema=recipe.averaging > 0,
        ema_momentum=recipe.averaging,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # XLA makes an epoch of convolutions on a CPU several times longer than oneDNN does.
    model.compile(
        optimizer,
        loss={head: losses[head] for head in model.output},
        metrics={head: ["accuracy"] for head in model.output},
        jit_compile=keras.backend.backend() == "jax",
    )
