"""Soft labels from trained networks, for another network to learn from (Hinton et al. 2015)."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.types import FloatArray
from fer_desktop.datasets.split import Split


def teacher_answers(split: Split, teachers: Sequence[Path], heads: Sequence[str]) -> dict[str, FloatArray]:
    """By head, (N, 7) the teachers' mean probabilities for each picture and its mirror image.

    `teachers` are files that `export` made. Raises TrainingError where one is not.
    """
    answers = [answer for file in teachers for answer in _answers(file, split, heads)]
    return {head: np.mean([answer[head] for answer in answers], axis=0, dtype=np.float32) for head in heads}


def _answers(file: Path, split: Split, heads: Sequence[str]) -> list[dict[str, FloatArray]]:
    try:
        model = keras.saving.load_model(file, compile=False)
        answers = [
            model.predict(pictures[..., None], batch_size=256, verbose=0)
            for pictures in (split.images, split.images[:, :, ::-1])
        ]
        probabilities = all(np.allclose(answers[0][head].sum(axis=1), 1.0, atol=1e-3) for head in heads)
    except Exception as error:  # Keras raises whatever the archive leads to
        raise _no_teacher(file, heads) from error
    if not probabilities:
        raise _no_teacher(file, heads)
    return answers


def _no_teacher(file: Path, heads: Sequence[str]) -> TrainingError:
    return TrainingError(
        "{file} cannot be a teacher: choose the expression.keras of a finished run with the outputs {heads}.",
        file=file,
        heads=" and ".join(heads),
    )
