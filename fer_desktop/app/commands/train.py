"""`train`: trains a network on FER-2013, exports it and writes its card."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fer_desktop.app.commands.export_network import finish
from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED
from fer_desktop.app.terminal.data_folder import DataFolder
from fer_desktop.app.training_setup import check_data, is_installed, needs_tensorflow
from fer_desktop.core.errors import TrainingError

if TYPE_CHECKING:
    from fer_desktop.app.training_run import TrainingRequest
    from fer_desktop.training.recipes import Recipe

_DISTILLATION_WEIGHT = 0.5  # teachers and labels count equally


class Network(StrEnum):
    """The networks that can be trained."""

    COMPACT = "compact"
    MOBILENET = "mobilenet"


def train(
    network: Annotated[Network, typer.Argument(help="The network to train.")] = Network.COMPACT,
    *,
    data: DataFolder,
    out: Annotated[Path, typer.Option(help="The run's folder: checkpoint, log, and finally the network.")] = Path(
        "run"
    ),
    weights: Annotated[
        Path | None, typer.Option(help="ImageNet weights that mobilenet starts from; by default downloaded.")
    ] = None,
    start_from: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A .keras file of the same kind of network to start from."),
    ] = None,
    teacher: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="The expression.keras of a run to learn from as well; repeatable."),
    ] = None,
    epochs: Annotated[
        int | None,
        typer.Option(min=2, help="Passes over the training split; by default as in the network's recipe."),
    ] = None,
    learning_rate: Annotated[
        float | None, typer.Option(min=1e-7, max=1.0, help="Peak learning rate; by default as in the network's recipe.")
    ] = None,
    mixup: Annotated[
        float, typer.Option(min=0.0, max=10.0, help="Blends faces with weights drawn from Beta(X, X); 0: off.")
    ] = 0.0,
    averaging: Annotated[
        float,
        typer.Option(min=0.0, max=0.99999, help="Decay X of an exponential moving average of the weights; 0: off."),
    ] = 0.0,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Any other field of the recipe, such as class_weight_power=0; repeatable.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Continue after the last finished epoch.")] = False,
) -> None:
    """Train a network on FER-2013 and write it to a folder, ready to use, with its card.

    Example: fer-desktop train compact --data fer2013 --out run
    """
    needs_tensorflow()
    from fer_desktop.app.training_run import TrainingRequest
    from fer_desktop.training.recipes import with_changes
    from fer_desktop.training.run_folder import RunFolder

    teachers = tuple(teacher or ())
    recipe = _recipe(network, epochs, learning_rate, seed, mixup, averaging, start_from, teachers)
    recipe = with_changes(recipe, changes or [])
    if recipe.weight_interpolation and start_from is None:
        raise TrainingError("weight_interpolation needs a network to interpolate with: choose one with --start-from.")
    RunFolder(out).check(recipe, resume)
    try:
        _train_and_export(TrainingRequest(check_data(data), out, recipe, resume, weights, start_from, teachers), data)
    except KeyboardInterrupt:
        done = RunFolder(out).epochs_done
        where = f"after {done} of {recipe.epochs} epochs" if done else "before the first epoch was finished"
        how = "continue with the same command and --resume" if done else "start again with the same command"
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

    recipe = dataclasses.replace(RECIPES[network.value], seed=seed, mixup=mixup, ema_decay=averaging)
    if epochs is not None:
        recipe = dataclasses.replace(recipe, epochs=epochs)
    if learning_rate is not None:
        recipe = dataclasses.replace(recipe, learning_rate=learning_rate)
    if start_from is not None:  # its trunk is trained on faces already: no need to freeze it
        recipe = dataclasses.replace(recipe, started_from=_hash(start_from, "--start-from"), frozen_epochs=0)
    if teachers:
        hashes = tuple(_hash(file, "--teacher") for file in teachers)
        recipe = dataclasses.replace(recipe, distillation_weight=_DISTILLATION_WEIGHT, teacher_hashes=hashes)
    return recipe


def _hash(file: Path, option: str) -> str:
    import hashlib

    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise TrainingError(
            "{file} cannot be opened: choose a .keras file with {option}.", file=file, option=option
        ) from error


def _train_and_export(request: "TrainingRequest", data: Path) -> None:
    """Trains, exports and measures the network."""
    from fer_desktop.app.training_run import trained

    checkpoint, out = trained(request), request.out
    if not is_installed("tensorflow"):
        raise TrainingError(
            "{checkpoint} is trained: to export it, use --resume on a computer with TensorFlow.", checkpoint=checkpoint
        )
    from fer_desktop.training.export import export

    exported = checkpoint, request.data.public_test, out, request.recipe, request.start_from
    finish(export(*exported), out, data)
    typer.echo(f"The plot of the run is {out / 'training.png'}.")
