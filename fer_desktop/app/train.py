"""`train`: a network from FER-2013, exported and with its card."""

import dataclasses
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fer_desktop.app.evaluate import DATA, DataFolder, judged
from fer_desktop.app.logs import native_chatter_silenced
from fer_desktop.core.errors import TrainingError


class Network(StrEnum):
    """The networks that can be trained."""

    COMPACT = "compact"
    MOBILENET = "mobilenet"


def train(
    network: Annotated[Network, typer.Argument(help="The network to train.")] = Network.COMPACT,
    data: DataFolder = DATA,
    out: Annotated[Path, typer.Option(help="The run's folder: checkpoint, log, then the network.")] = Path("run"),
    weights: Annotated[
        Path | None, typer.Option(help="ImageNet weights that mobilenet starts from; without, they are fetched.")
    ] = None,
    epochs: Annotated[
        int | None,
        typer.Option(min=2, help="How often the training split is gone through; without, the network's own."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on after the last finished epoch.")] = False,
) -> None:
    """Train a network on FER-2013 and leave it in a folder, ready to use, with its card.

    Example: fer-desktop train compact --data fer2013 --out run
    """
    needs_tensorflow()
    check_data(data)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with native_chatter_silenced():
        from fer_desktop.training.export import export
        from fer_desktop.training.recipes import RECIPES
        from fer_desktop.training.train import train as train_network

    recipe = dataclasses.replace(RECIPES[network.value], seed=seed)
    if epochs is not None:
        recipe = dataclasses.replace(recipe, epochs=epochs)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task(f"{network.value}", total=recipe.epochs)

        def report(epoch: int, figures: dict[str, float]) -> None:
            progress.update(task, completed=epoch)
            progress.console.print(
                f"epoch {epoch}: loss {figures['loss']:.3f}, public test {figures['val_fer2013_accuracy']:.1%} of the "
                f"original labels, {figures['val_crowd_accuracy']:.1%} of the crowd's"
            )

        trained = train_network(data, out, recipe, resume, report, weights)
    temperatures = export(trained, data, out, recipe)
    scores, card = judged(out / "expression.tflite", data, "public_test", into_card=True)
    typer.echo(f"Temperatures: {', '.join(f'{head} {value:.2f}' for head, value in temperatures.items())}")
    typer.echo(f"Public test: {scores.accuracy:.1%} of the original labels, {scores.ferplus_agreement:.1%} of FER+'s.")
    typer.echo(f"The network is {out / 'expression.tflite'}, its card {card}.")


def check_data(folder: Path) -> None:
    """Raises TrainingError where FER-2013 is not there; long before TensorFlow is loaded."""
    from fer_desktop.training.dataset import load_split

    for split in ("public_test", "training"):
        load_split(folder, split)


def needs_tensorflow() -> None:
    """Gets TensorFlow ready to import. Raises TrainingError where it is not installed."""
    import importlib.util

    # TensorFlow leaves oneDNN off on processors without AVX-512, where it still saves a quarter of the time.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    if importlib.util.find_spec("keras") is None or importlib.util.find_spec(backend) is None:
        raise TrainingError("Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].")
