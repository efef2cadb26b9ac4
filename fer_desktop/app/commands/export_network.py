"""`export-network`: a trained .keras file as the program uses it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fer_desktop.app.commands.measure.evaluate import evaluate_split
from fer_desktop.app.terminal.data_folder import DataFolder
from fer_desktop.app.training_setup import check_data, needs_tensorflow
from fer_desktop.core.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fer_desktop.training.calibration import Calibration


def export_network(
    trained: Annotated[Path, typer.Argument(metavar="FILE", help="A .keras file that answers with logits.")],
    *,
    data: DataFolder,
    out: Annotated[Path, typer.Option(help="The folder that the network, its sidecar and its card go to.")],
    recipe: Annotated[
        Path | None, typer.Option(metavar="JSON", help="A file that says how it was trained, for its card.")
    ] = None,
) -> None:
    """Calibrate a network that was trained elsewhere, convert it, and measure it on the public test.

    What `train` trains, it exports itself.

    Example: fer-desktop export-network student.keras --data fer2013 --out models --recipe recipe.json
    """
    needs_tensorflow()
    told = _read_recipe(recipe) if recipe else {}
    public_test = check_data(data).public_test
    from fer_desktop.app.logs import native_chatter_silenced

    with native_chatter_silenced():
        from fer_desktop.training.export import export_model, load_uncalibrated
    finish(export_model(load_uncalibrated(trained), public_test, out, told), out, data)


def finish(fitted: "Mapping[str, Calibration]", out: Path, data: Path) -> None:
    """Says what an export came to, measures it and writes its card."""
    for head, found in fitted.items():
        typer.echo(
            f"Calibration of {head}: temperature {found.temperature:.2f}, "
            f"uniform share of {found.uniform_share:.0%} removed."
        )
    typer.echo("Measuring the network on the public test …")
    scores, card = evaluate_split(out / "expression.tflite", data, "public_test", into_card=True)
    crowd = "" if scores.ferplus_agreement is None else f", {scores.ferplus_agreement:.1%} of FER+'s"
    typer.echo(f"Public test: {scores.accuracy:.1%} of the original labels{crowd}.")
    typer.echo(f"The network is {out / 'expression.tflite'}, its card {card}.")


def _read_recipe(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise TrainingError("{file} cannot be read as JSON: mend it, or leave --recipe away.", file=file) from error
    if not isinstance(found, dict):
        raise TrainingError("{file} holds no JSON object: mend it, or leave --recipe away.", file=file)
    return found
