"""Probabilities that match how often they are right: a temperature, and the uniform share that label smoothing adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.probabilities import softmax
from fer_desktop.core.types import FloatArray
from fer_desktop.datasets.split import Split

_TEMPERATURES: Final = np.geomspace(0.3, 5.0, 100)
_UNIFORM_SHARES: Final = np.linspace(0.0, 0.3, 31)
_FLOOR: Final = 1e-3  # no expression is ever ruled out


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns the logits of one head into probabilities.

    A network trained on smoothed labels answers with a mixture: (1 - uniform_share) of what it believes, and
    uniform_share spread evenly over the seven. No temperature undoes that, since it lowers the surest answers most.
    """

    temperature: float  # divides the logits: Guo et al. 2017
    uniform_share: float  # 0 to 0.3, subtracted in equal parts before the rest is scaled to sum 1

    def probabilities(self, logits: FloatArray) -> FloatArray:
        """(N, 7) of logits (N, 7)."""
        return _without_uniform_share(softmax(logits / self.temperature), self.uniform_share)

    def layers(self, logits: keras.KerasTensor, name: str) -> keras.KerasTensor:
        """The same as layers of a network, the last one named `name`_probabilities."""
        scaled = keras.layers.Rescaling(1.0 / self.temperature, name=f"{name}_temperature")(logits)
        answers = keras.layers.Softmax(name=f"{name}_softmax")(scaled)
        lowest = _FLOOR + self.uniform_share / N_EXPRESSIONS
        rest = keras.ops.maximum(answers, lowest) - (lowest - _FLOOR)
        total = keras.ops.sum(rest, axis=-1, keepdims=True)
        return keras.layers.Rescaling(1.0, name=f"{name}_probabilities")(rest / total)


def _without_uniform_share(answers: FloatArray, uniform_share: float) -> FloatArray:
    rest = np.maximum(answers - uniform_share / N_EXPRESSIONS, _FLOOR)
    return np.asarray(rest / rest.sum(axis=1, keepdims=True), dtype=np.float32)


def calibrations(model: keras.Model, split: Split) -> dict[str, Calibration]:
    """By head, the calibration under which the true labels of the split are likeliest."""
    logits = cast(Mapping[str, FloatArray], model.predict(split.images[..., None], batch_size=256, verbose=0))
    targets = {"fer2013": split.labels, "crowd": split.plurality}
    return {
        head: fit(answers[targets[head] >= 0], targets[head][targets[head] >= 0]) for head, answers in logits.items()
    }


def fit(logits: FloatArray, labels: npt.NDArray[np.int64]) -> Calibration:
    """The calibration under which the `labels` (N,) of `logits` (N, 7) are likeliest."""
    best, lowest_loss = Calibration(1.0, 0.0), np.inf
    rows = np.arange(len(labels))
    for temperature in _TEMPERATURES:
        answers = softmax(logits / temperature)
        for uniform_share in _UNIFORM_SHARES:
            loss = -float(np.log(_without_uniform_share(answers, float(uniform_share))[rows, labels]).mean())
            if loss < lowest_loss:
                best, lowest_loss = Calibration(float(temperature), float(uniform_share)), loss
    return best
