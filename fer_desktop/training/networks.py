"""The networks. Keras only, so that they train on TensorFlow or JAX alike.

Each takes uint8 grey faces (N, side, side, 1), holds its own preprocessing, and answers with two sets of seven logits:
`fer2013` (the original labels) and `crowd` (what FER+'s ten voters saw).
"""

from collections.abc import Callable

import keras
from keras import layers

from fer_desktop.core.expressions import COUNT
from fer_desktop.training.dataset import SIDE_PX

HEADS = ("fer2013", "crowd")


def compact() -> keras.Model:
    """0.7 M parameters: four stages of two 3x3 convolutions, from scratch on 48x48 grey faces."""
    inputs = keras.Input((SIDE_PX, SIDE_PX, 1), dtype="uint8", name="faces")
    x = layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
    for filters in (24, 48, 96, 192):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
            x = layers.BatchNormalization()(x)
            x = layers.ReLU()(x)
        x = layers.MaxPooling2D()(x) if filters < 192 else layers.GlobalAveragePooling2D()(x)
        x = layers.Dropout(0.25 if filters == 192 else 0.05)(x)
    return _two_headed(inputs, x, "compact")


def _two_headed(inputs: keras.KerasTensor, features: keras.KerasTensor, name: str) -> keras.Model:
    outputs = {head: layers.Dense(COUNT, name=head)(features) for head in HEADS}
    return keras.Model(inputs, outputs, name=name)


NETWORKS: dict[str, Callable[[], keras.Model]] = {"compact": compact}
