"""Soft answers of trained networks, for another network to learn from (Hinton et al. 2015)."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.split import Split


def taught(split: Split, teachers: Sequence[Path], heads: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
    """By head, (N, 7) the mean answer of the teachers, files that `export` made, to each picture and its mirror image.

    Raises TrainingError where a file is no such network.
    """
    answers = [answer for file in teachers for answer in _answers(file, split, heads)]
    return {head: np.mean([answer[head] for answer in answers], axis=0, dtype=np.float32) for head in heads}


def _answers(file: Path, split: Split, heads: Sequence[str]) -> list[dict[str, npt.NDArray[np.float32]]]:
    try:
        model = keras.saving.load_model(file, compile=False)
        answers = [
            model.predict(pictures[..., None], batch_size=256, verbose=0)
            for pictures in (split.images, split.images[:, :, ::-1])
        ]
        probabilities = all(np.allclose(answers[0][head].sum(axis=1), 1.0, atol=1e-3) for head in heads)
    except Exception as error:  # Keras raises whatever the archive makes it stumble over
        raise _no_teacher(file, heads) from error
    if not probabilities:
        raise _no_teacher(file, heads)
    return answers


def _no_teacher(file: Path, heads: Sequence[str]) -> TrainingError:
    return TrainingError(
        f"{file} cannot teach: give the expression.keras of a finished run that answers with {' and '.join(heads)}."
    )
