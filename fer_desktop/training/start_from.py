"""Weights of an earlier network, for a run to start from."""

from pathlib import Path

import keras

from fer_desktop.core.errors import TrainingError
from fer_desktop.training.networks import HEADS


def load_weights(model: keras.Model, file: Path) -> None:
    """Gives `model` the weights of the network in `file`: a checkpoint, or an exported expression.keras.

    Heads are matched by name and all other layers by their order, since Keras numbers layer names afresh in each
    program. A head that only the file has is ignored. Raises TrainingError where the file does not fit.
    """
    source = _loaded(file)
    fits = _shapes(_trunk(source)) == _shapes(_trunk(model)) and all(
        head in _heads(source) and _shapes([_heads(source)[head]]) == _shapes([layer])
        for head, layer in _heads(model).items()
    )
    if not fits:
        raise TrainingError(
            "{file} does not hold a {name} network: choose another file with --start-from.", file=file, name=model.name
        )
    for layer, other in zip(_trunk(model), _trunk(source), strict=True):
        layer.set_weights(other.get_weights())
    for head, layer in _heads(model).items():
        layer.set_weights(_heads(source)[head].get_weights())


def interpolate_weights(model: keras.Model, file: Path, share: float) -> None:
    """Moves the weights of `model` the given share (0-1) of the way back to those of the network in `file`.

    Between a network and its fine-tuned version lie networks better than either (Wortsman et al. 2022).
    Raises TrainingError where the file does not fit.
    """
    start = keras.models.clone_model(model)
    load_weights(start, file)
    pairs = zip(model.get_weights(), start.get_weights(), strict=True)
    model.set_weights([(1 - share) * tuned + share * before for tuned, before in pairs])


def _trunk(model: keras.Model) -> list[keras.Layer]:
    return [layer for layer in model.layers if layer.weights and layer.name not in HEADS]


def _heads(model: keras.Model) -> dict[str, keras.Layer]:
    return {layer.name: layer for layer in model.layers if layer.name in HEADS}


def _shapes(layers: list[keras.Layer]) -> list[list[tuple[int, ...]]]:
    return [[tuple(weight.shape) for weight in layer.weights] for layer in layers]


def _loaded(file: Path) -> keras.Model:
    try:
        return keras.saving.load_model(file, compile=False)
    except Exception as error:  # Keras raises whatever the archive leads to
        raise TrainingError(
            "{file} cannot be loaded as a Keras network: choose a .keras file with --start-from.", file=file
        ) from error
