"""`train`: a network from FER-2013, exported and with its card."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fer_desktop.app.commands.analyze import EXIT_INTERRUPTED
from fer_desktop.app.commands.evaluate import judged
from fer_desktop.app.terminal.data_folder import DataFolder
from fer_desktop.core.errors import TrainingError

if TYPE_CHECKING:
    from fer_desktop.app.training_run import TrainingRequest
    from fer_desktop.datasets.fer2013 import TrainingData
    from fer_desktop.training.recipes import Recipe


_TEACHING = 0.5  # teachers and labels count the same


class Network(StrEnum):
    """The networks that can be trained."""

    COMPACT = "compact"
    MOBILENET = "mobilenet"


def train(
    network: Annotated[Network, typer.Argument(help="The network to train.")] = Network.COMPACT,
    *,
    data: DataFolder,
    out: Annotated[Path, typer.Option(help="The run's folder: checkpoint, log, then the network.")] = Path("run"),
    weights: Annotated[
        Path | None, typer.Option(help="ImageNet weights that mobilenet starts from; without, they are fetched.")
    ] = None,
    start_from: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A .keras file of the same network whose weights it starts from."),
    ] = None,
    teacher: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="The expression.keras of a run that it also learns from; may be repeated."),
    ] = None,
    epochs: Annotated[
        int | None,
        typer.Option(min=2, help="How often the training split is gone through; without, the network's own."),
    ] = None,
    learning_rate: Annotated[
        float | None, typer.Option(min=1e-7, max=1.0, help="The highest one of the run; without, the network's own.")
    ] = None,
    mixup: Annotated[
        float, typer.Option(min=0.0, max=10.0, help="Lays faces over each other by shares from Beta(X, X); 0: not.")
    ] = 0.0,
    averaging: Annotated[
        float,
        typer.Option(
            min=0.0, max=0.99999, help="Keeps the mean of the weights, X of it at each step; 0: the last ones."
        ),
    ] = 0.0,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Anything else of the recipe, as in rarity=0; repeatable."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on after the last finished epoch.")] = False,
) -> None:
    """Train a network on FER-2013 and leave it in a folder, ready to use, with its card.

    Example: fer-desktop train compact --data fer2013 --out run
    """
    needs_tensorflow()
    from fer_desktop.app.training_run import TrainingRequest
    from fer_desktop.training.recipes import changed
    from fer_desktop.training.run_folder import RunFolder

    teachers = tuple(teacher or ())
    recipe = _recipe(network, epochs, learning_rate, seed, mixup, averaging, start_from, teachers)
    recipe = changed(recipe, changes or [])
    if recipe.kept and start_from is None:
        raise TrainingError("There is no start of which kept could keep anything: give it with --start-from.")
    RunFolder(out).check(recipe, resume)
    try:
        _carry_out(TrainingRequest(check_data(data), out, recipe, resume, weights, start_from, teachers), data)
    except KeyboardInterrupt:
        done = RunFolder(out).done
        where = f"after {done} of {recipe.epochs} epochs" if done else "before the first epoch was finished"
        how = "go on with the same command and --resume" if done else "start again with the same command"
        typer.echo(f"Stopped {where}: {how}.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _recipe(
    network: Network,
    epochs: int | None,
    learning_rate: float | None,
    seed: int,
    mixup: float,
    averaging: float,
    start_from: Path | None,
    teachers: tuple[Path, ...],
) -> "Recipe":
    import dataclasses

    from fer_desktop.training.recipes import RECIPES

    recipe = dataclasses.replace(RECIPES[network.value], seed=seed, mixup=mixup, averaging=averaging)
    if epochs is not None:
        recipe = dataclasses.replace(recipe, epochs=epochs)
    if learning_rate is not None:
        recipe = dataclasses.replace(recipe, learning_rate=learning_rate)
    if start_from is not None:  # its trunk knows faces already: nothing to hold still for
        recipe = dataclasses.replace(recipe, started_from=_hash(start_from, "--start-from"), frozen_epochs=0)
    if teachers:
        taught_by = tuple(_hash(file, "--teacher") for file in teachers)
        recipe = dataclasses.replace(recipe, teaching=_TEACHING, taught_by=taught_by)
    return recipe


def _hash(file: Path, option: str) -> str:
    import hashlib

    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise TrainingError(f"{file} cannot be opened: give a .keras file with {option}.") from error


def check_data(data: Path) -> "TrainingData":
    """The data, read and checked long before TensorFlow is loaded, and a sentence about what was left out.

    Raises TrainingError where FER-2013 is not there, or is not complete.
    """
    from fer_desktop.datasets.fer2013 import load_training_data
    from fer_desktop.datasets.split import skipped_sentence

    found = load_training_data(data)
    if found.skipped:
        typer.echo(skipped_sentence(found.skipped))
    if not found.training.has_votes:
        typer.echo("These pictures have no votes of FER+: the network will answer with the original labels alone.")
    return found


def _carry_out(order: "TrainingRequest", data: Path) -> None:
    """Trains, exports and measures."""
    from fer_desktop.app.training_run import trained

    checkpoint, out = trained(order), order.out
    if not _installed("tensorflow"):
        raise TrainingError(f"{checkpoint} is trained; to export it, use --resume on a computer with TensorFlow.")
    from fer_desktop.training.export import export

    exported = checkpoint, order.data.public_test, out, order.recipe, order.start_from
    for head, found in export(*exported).items():
        typer.echo(
            f"Calibration of {head}: temperature {found.temperature:.2f}, {found.chance:.0%} of chance taken off."
        )
    typer.echo("Measuring it on the public test …")
    scores, card = judged(out / "expression.tflite", data, "public_test", into_card=True)
    crowd = "" if scores.ferplus_agreement is None else f", {scores.ferplus_agreement:.1%} of FER+'s"
    typer.echo(f"Public test: {scores.accuracy:.1%} of the original labels{crowd}.")
    typer.echo(f"The network is {out / 'expression.tflite'}, its card {card}, its course {out / 'training.png'}.")


def needs_tensorflow() -> None:
    """Gets what Keras runs on ready to import, as a rule TensorFlow. Raises TrainingError where it is not installed."""
    # TensorFlow leaves oneDNN off on processors without AVX-512, where it still saves a quarter of the time.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    if not all(map(_installed, ("keras", backend, "matplotlib"))):
        raise TrainingError("Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].")


def _installed(module: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(module) is not None
