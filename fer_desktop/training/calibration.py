"""Answers that are as sure as they are right: a temperature, and the share of chance that label smoothing left in."""

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
_SHARES_OF_CHANCE: Final = np.linspace(0.0, 0.3, 31)
_LEAST: Final = 1e-3  # no expression is ever ruled out


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns the logits of one head into probabilities.

    A network whose labels were smoothed answers with (1 - chance) of what it holds true and `chance` spread over the
    seven: no temperature can take that off again, since it holds back the surest answers most.
    """

    temperature: float  # logits are divided by it: Guo et al. 2017
    chance: float  # 0 to 0.3, taken off in equal parts before the probabilities are brought back to a sum of one

    def probabilities(self, logits: FloatArray) -> FloatArray:
        """(N, 7) of logits (N, 7)."""
        return _without_chance(softmax(logits / self.temperature), self.chance)

    def layers(self, logits: keras.KerasTensor, name: str) -> keras.KerasTensor:
        """The same as part of a network, its last layer being `name`_probabilities."""
        cooled = keras.layers.Rescaling(1.0 / self.temperature, name=f"{name}_temperature")(logits)
        answers = keras.layers.Softmax(name=f"{name}_softmax")(cooled)
        part = _LEAST + self.chance / N_EXPRESSIONS
        kept = keras.ops.maximum(answers, part) - (part - _LEAST)
        total = keras.ops.sum(kept, axis=-1, keepdims=True)
        return keras.layers.Rescaling(1.0, name=f"{name}_probabilities")(kept / total)


def _without_chance(answers: FloatArray, chance: float) -> FloatArray:
    kept = np.maximum(answers - chance / N_EXPRESSIONS, _LEAST)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True), dtype=np.float32)


def calibrations(model: keras.Model, split: Split) -> dict[str, Calibration]:
    """By head, what makes the true labels of that split likeliest."""
    logits = cast(Mapping[str, FloatArray], model.predict(split.images[..., None], batch_size=256, verbose=0))
    targets = {"fer2013": split.labels, "crowd": split.plurality}
    return {
        head: fit(answers[targets[head] >= 0], targets[head][targets[head] >= 0]) for head, answers in logits.items()
    }


def fit(logits: FloatArray, labels: npt.NDArray[np.int64]) -> Calibration:
    """The calibration under which the `labels` (N,) of `logits` (N, 7) are likeliest."""
    best, least = Calibration(1.0, 0.0), np.inf
    own = np.arange(len(labels))
    for temperature in _TEMPERATURES:
        answers = softmax(logits / temperature)
        for chance in _SHARES_OF_CHANCE:
            loss = -float(np.log(_without_chance(answers, float(chance))[own, labels]).mean())
            if loss < least:
                best, least = Calibration(float(temperature), float(chance)), loss
    return best
