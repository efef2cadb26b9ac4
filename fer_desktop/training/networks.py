"""The networks. Keras only, so that they train on TensorFlow or JAX alike.

Each takes uint8 grey faces (N, side, side, 1), includes its own preprocessing, and has one output of seven logits per
head: `fer2013` (the original labels) and, where there are votes to learn from, `crowd` (what FER+'s ten voters saw).
"""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import keras
from keras import layers

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.datasets.fer2013 import SIDE_PX
from fer_desktop.training.recipes import RECIPES, Recipe

HEADS = ("fer2013", "crowd")
TRUNK = "trunk"  # name of the layer that holds the pretrained part


def compact(
    weights: Path | None = None,  # noqa: ARG001  all networks have one signature; this one starts from scratch
    heads: Sequence[str] = HEADS,
    pretrained: bool = True,  # noqa: ARG001  as above
    recipe: Recipe = RECIPES["compact"],
) -> keras.Model:
    """0.7 M parameters: four stages of two 3x3 convolutions, from scratch on 48x48 grey faces."""
    inputs = keras.Input((SIDE_PX, SIDE_PX, 1), dtype="uint8", name="faces")
    x = layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
    for filters in (24, 48, 96, 192):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
            x = layers.BatchNormalization()(x)
            x = layers.ReLU()(x)
        x = _squeeze_excited(x, recipe.se_ratio)
        x = layers.MaxPooling2D()(x) if filters < 192 else layers.GlobalAveragePooling2D()(x)
        x = layers.Dropout(0.25 if filters == 192 else 0.05)(x)
    return _headed(inputs, x, "compact", heads)


def mobilenet(
    weights: Path | None = None,
    heads: Sequence[str] = HEADS,
    pretrained: bool = True,
    recipe: Recipe = RECIPES["mobilenet"],
) -> keras.Model:
    """2.2 M parameters: MobileNet v1 up to its twelfth block, from ImageNet, on faces enlarged to the recipe's side.

    `weights` is the .weights.h5 file of that trunk; without it Keras downloads its own copy. A trunk that is not
    `pretrained` is left with random weights, to be replaced.
    """
    side = recipe.side_px
    trunk = _grey(_imagenet_trunk(weights, side), side) if pretrained else _mobilenet_trunk(1, side)
    inputs = keras.Input((SIDE_PX, SIDE_PX, 1), dtype="uint8", name="faces")
    x = layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
    x = layers.Resizing(side, side)(x)
    x = layers.GlobalAveragePooling2D()(_squeeze_excited(trunk(x), recipe.se_ratio))
    return _headed(inputs, layers.Dropout(0.3)(x), "mobilenet", heads)


_MOBILENET_END = "conv_pw_12_relu"


def _mobilenet_trunk(channels: int, side_px: int, weights: str | None = None) -> keras.Model:
    shape = (side_px, side_px, channels)
    whole = keras.applications.MobileNet(input_shape=shape, include_top=False, weights=weights)
    return keras.Model(whole.input, whole.get_layer(_MOBILENET_END).output, name=TRUNK)


def _imagenet_trunk(weights: Path | None, side_px: int) -> keras.Model:
    if weights is None:
        try:
            return _mobilenet_trunk(3, side_px, "imagenet")
        except Exception as reason:  # Keras raises a bare Exception where a download fails
            raise TrainingError(
                "The ImageNet weights could not be downloaded: go online, or choose their file with --weights."
            ) from reason
    trunk = _mobilenet_trunk(3, side_px)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Keras only warns where a file lacks a layer
            trunk.load_weights(weights)
    except (OSError, ValueError, KeyError, UserWarning) as reason:
        raise TrainingError(
            "{weights} does not hold MobileNet's weights up to {mobilenet_end}: choose another file with --weights.",
            weights=weights,
            mobilenet_end=_MOBILENET_END,
        ) from reason
    return trunk


def _grey(colour: keras.Model, side_px: int) -> keras.Model:
    """The same trunk for one channel: on a grey picture the first layer's three kernels can be added up."""
    trunk = _mobilenet_trunk(1, side_px)
    first = colour.get_layer("conv1").get_weights()[0].sum(axis=2, keepdims=True)
    trunk.set_weights([first, *colour.get_weights()[1:]])
    return trunk


def _squeeze_excited(features: keras.KerasTensor, ratio: int) -> keras.KerasTensor:
    """Each channel scaled by a weight computed from all channels' means (squeeze-excitation, Hu et al. 2018)."""
    if not ratio:
        return features
    channels = features.shape[-1]
    x = layers.GlobalAveragePooling2D(keepdims=True)(features)
    x = layers.Dense(max(1, channels // ratio), activation="relu")(x)
    return layers.Multiply()([features, layers.Dense(channels, activation="sigmoid")(x)])


def _headed(inputs: keras.KerasTensor, features: keras.KerasTensor, name: str, heads: Sequence[str]) -> keras.Model:
    outputs = {head: layers.Dense(N_EXPRESSIONS, name=head)(features) for head in heads}
    return keras.Model(inputs, outputs, name=name)


NETWORKS: dict[str, Callable[[Path | None, Sequence[str], bool, Recipe], keras.Model]] = {
    "compact": compact,
    "mobilenet": mobilenet,
}
