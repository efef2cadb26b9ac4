"""What is read in faces that show each expression: what the simulated classes' errors are fitted to."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.readings.probabilities import Labels, Probabilities
from fer_desktop.evaluation.metrics import confusion


def study(answers: Probabilities, truth: Labels) -> Iterator[dict[str, Any]]:
    """By what a face shows, how many faces are read as each; then, by what is read, the mean probability of each.

    The latter rows also have the mean and the standard deviation of the probability of what is read.
    """
    for name, row in zip(EXPRESSIONS, confusion(answers, truth), strict=True):
        yield {"of": f"shown {name}", **dict(zip(EXPRESSIONS, row.tolist(), strict=True))}
    read, top = answers.argmax(axis=1), answers.max(axis=1)
    for index, name in enumerate(EXPRESSIONS):
        some = read == index
        means = answers[some].mean(axis=0) if some.any() else np.full(len(EXPRESSIONS), np.nan)
        said = {expression: float(mean) for expression, mean in zip(EXPRESSIONS, means, strict=True)}
        spread = float(top[some].std()) if some.any() else float("nan")
        yield {"of": f"read as {name}", **said, "n": int(some.sum()), "spread": spread}
