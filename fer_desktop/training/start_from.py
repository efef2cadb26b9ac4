"""Weights of an earlier network, for a run to start from."""

from pathlib import Path

import keras

from fer_desktop.core.errors import TrainingError
from fer_desktop.training.networks import HEADS


def take_weights(model: keras.Model, file: Path) -> None:
    """Gives `model` the weights of the network in `file`: a checkpoint, or an exported expression.keras.

    Heads are told apart by name; what else has weights, by its order, since Keras numbers the names of layers anew in
    each program. A head too many in the file does no harm. Raises TrainingError where the file does not fit.
    """
    given, wanted = _loaded(file), model
    alike = _shapes(_trunk(given)) == _shapes(_trunk(wanted)) and all(
        head in _heads(given) and _shapes([_heads(given)[head]]) == _shapes([layer])
        for head, layer in _heads(wanted).items()
    )
    if not alike:
        raise TrainingError(f"{file} is not of the network {model.name}: give another file with --start-from.")
    for layer, other in zip(_trunk(wanted), _trunk(given), strict=True):
        layer.set_weights(other.get_weights())
    for head, layer in _heads(wanted).items():
        layer.set_weights(_heads(given)[head].get_weights())


def keep_of(model: keras.Model, file: Path, share: float) -> None:
    """Moves the weights of `model` the given share (0-1) of the way back to those of the network in `file`.

    Between a network and one that was trained on from it lie better ones than either (Wortsman et al. 2022).
    Raises TrainingError where the file does not fit.
    """
    before = keras.models.clone_model(model)
    take_weights(before, file)
    pairs = zip(model.get_weights(), before.get_weights(), strict=True)
    model.set_weights([(1 - share) * after + share * old for after, old in pairs])


def _trunk(model: keras.Model) -> list[keras.Layer]:
    return [layer for layer in model.layers if layer.weights and layer.name not in HEADS]


def _heads(model: keras.Model) -> dict[str, keras.Layer]:
    return {layer.name: layer for layer in model.layers if layer.name in HEADS}


def _shapes(layers: list[keras.Layer]) -> list[list[tuple[int, ...]]]:
    return [[tuple(weight.shape) for weight in layer.weights] for layer in layers]


def _loaded(file: Path) -> keras.Model:
    try:
        return keras.saving.load_model(file, compile=False)
    except Exception as error:  # Keras raises whatever the archive makes it stumble over
        raise TrainingError(
            f"{file} is no Keras network that can be loaded here: give a .keras file with --start-from."
        ) from error
