"""Short runs of a network that trains in a blink, for the tests of training and export."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fer_desktop.app.training_setup import needs_tensorflow
from fer_desktop.training.recipes import Recipe

needs_tensorflow()

# TensorFlow reads its environment when it is imported.
import keras  # noqa: E402

from fer_desktop.datasets.fer2013 import TrainingData  # noqa: E402
from fer_desktop.training.networks import TRUNK  # noqa: E402
from fer_desktop.training.train import train  # noqa: E402

SHORT = Recipe(network="tiny", epochs=2, batch=32)
PRETRAINED = Recipe(network="tiny", epochs=3, frozen_epochs=1, batch=32, class_weight_power=0.25)

AVERAGED = Recipe(network="tiny", epochs=3, frozen_epochs=1, batch=32, ema_decay=0.8)


def tiny(
    _weights: Path | None, heads: Sequence[str], _pretrained: bool, _recipe: Recipe = SHORT, filters: int = 4
) -> keras.Model:
    """With what matters for resuming: batch norm's and dropout's own state."""
    inputs = keras.Input((48, 48, 1), dtype="uint8")
    x = keras.layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
    x = keras.layers.Conv2D(filters, 3, strides=4, use_bias=False, name=TRUNK)(keras.layers.Resizing(52, 52)(x))
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.BatchNormalization()(x))
    x = keras.layers.Dropout(0.2)(x)
    return keras.Model(inputs, {head: keras.layers.Dense(7, name=head)(x) for head in heads}, name="tiny")


def wide(weights: Path | None, heads: Sequence[str], pretrained: bool, recipe: Recipe = SHORT) -> keras.Model:
    return tiny(weights, heads, pretrained, recipe, filters=5)


def epochs_of(data: TrainingData, folder: Path, recipe: Recipe, resume: bool = False) -> list[int]:
    seen: list[int] = []
    train(data, folder, recipe, resume=resume, on_epoch=lambda epoch, _figures: seen.append(epoch))
    return seen


def log_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "log.csv").open(newline="") as handle:
        return list(csv.DictReader(handle))


class PowerCutError(Exception):
    pass


def cut_after(epoch: int) -> Any:
    def report(number: int, _figures: dict[str, float]) -> None:
        if number == epoch:
            raise PowerCutError

    return report
