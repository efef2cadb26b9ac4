"""What training and export need before Keras is loaded: that it is there, and data worth loading it for."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from fer_desktop.core.errors import TrainingError

if TYPE_CHECKING:
    from fer_desktop.datasets.fer2013 import TrainingData


def check_data(data: Path) -> "TrainingData":
    """The data, read and checked before TensorFlow is loaded; prints what was left out.

    Raises TrainingError where FER-2013 is not there, or is not complete.
    """
    from fer_desktop.datasets.fer2013 import load_training_data
    from fer_desktop.datasets.split import skipped_sentence

    found = load_training_data(data)
    if found.skipped:
        typer.echo(skipped_sentence(found.skipped))
    if not found.training.has_votes:
        typer.echo("These pictures have no FER+ votes: the network will have the output fer2013 only.")
    return found


def needs_tensorflow() -> None:
    """Prepares the import of Keras' backend, usually TensorFlow. Raises TrainingError where it is not installed."""
    # TensorFlow turns oneDNN off on processors without AVX-512, where it still saves a quarter of the time.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    if not all(map(is_installed, ("keras", backend, "matplotlib"))):
        raise TrainingError("Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].")


def is_installed(module: str) -> bool:
    """Whether that module can be imported, without doing so."""
    import importlib.util

    return importlib.util.find_spec(module) is not None
