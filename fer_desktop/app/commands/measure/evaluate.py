"""`evaluate`: how good a network is, measured through the runtime that the app uses."""

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fer_desktop.app import paths
from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress, StoppedError
from fer_desktop.app.terminal.data_folder import FacesFolder
from fer_desktop.core.errors import ModelError, StoreError, TrainingError

if TYPE_CHECKING:
    from fer_desktop.core.types import OnProgress
    from fer_desktop.datasets.labelled_faces import LabelledFaces
    from fer_desktop.evaluation.classifier import Evaluation, Scores


class SplitName(StrEnum):
    """The splits that a network can be measured on."""

    PUBLIC_TEST = "public_test"
    PRIVATE_TEST = "private_test"


def evaluate(
    *,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A .tflite or .keras file with its sidecar; by default the shipped one."),
    ] = None,
    split: Annotated[
        SplitName | None, typer.Option(help="By default public_test; private_test is for a network about to ship.")
    ] = None,
    data: FacesFolder,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where plots and evaluation.json go; created if missing.")
    ] = None,
    card: Annotated[bool, typer.Option("--card", help="Write the figures into the network's card.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print how good a network is on a split of FER-2013, or on any pictures sorted by expression.

    Faces of 16 to 48 px, blur, compression and dim light are measured too: about a minute per split.

    Example: fer-desktop evaluate --data fer2013 --split private_test --out figures
    """
    from fer_desktop.app.terminal.outputs import check_writable
    from fer_desktop.datasets.labelled_faces import is_class_folder

    file = model or paths.models() / "expression.tflite"
    named = "" if is_class_folder(data) else (split or SplitName.PUBLIC_TEST).value
    if not named:
        _check_options_for_folder(data, split, card)
    if out is not None:
        _check_plots()
        check_writable(out)
    with CancellableProgress() as progress:
        try:
            evaluation, faces = _measured(file, data, named, progress)
        except StoppedError:
            typer.echo("Stopped before the end: nothing was written.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
    name = f"{file.name} on {f'{named} of FER-2013' if named else data.name}, {len(faces):,} faces"
    result = _result(file, data, named, faces, evaluation.scores)
    if out is not None:
        _write(evaluation, name, result, out)
    if card:
        from fer_desktop.evaluation.model_card import add_figures

        add_figures(file, named, evaluation.scores)
    _print(name, result, evaluation.scores, faces.skipped, as_json)


def evaluate_split(model: Path, data: Path, split: str, into_card: bool) -> "tuple[Scores, Path | None]":
    """The scores of a network file on a split, and the file of its card if they are to be written into that.

    Raises ModelError or TrainingError where the file or the data cannot be used.
    """
    from fer_desktop.datasets.fer2013 import load_split
    from fer_desktop.datasets.labelled_faces import faces_of_split
    from fer_desktop.evaluation.model_card import add_figures

    scores = measure(model, faces_of_split(load_split(data, split))).scores
    return scores, add_figures(model, split, scores) if into_card else None


def measure(
    model: Path, faces: "LabelledFaces", on_progress: "OnProgress" = lambda _done, _of: None, thorough: bool = True
) -> "Evaluation":
    """All figures of a network file; without `thorough` those by height and condition are left out.

    Raises ModelError where the file cannot be used, or was replaced meanwhile: the figures must be that file's own.
    """
    from fer_desktop.app.logs import native_chatter_silenced
    from fer_desktop.evaluation.classifier import evaluate as evaluation_of
    from fer_desktop.vision.classifiers import make_classifier
    from fer_desktop.vision.crop import cut_crops
    from fer_desktop.vision.model_files import model_hash, read_sidecar

    outputs = read_sidecar(model).outputs or ("",)
    before = model_hash(model)
    with native_chatter_silenced():
        heads = {name: make_classifier(model, name) for name in outputs}
    evaluation = evaluation_of(heads, cut_crops, faces, on_progress, thorough)
    if not model.is_file() or model_hash(model) != before:
        raise ModelError("{model} was replaced while it was being measured: run the command again.", model=model)
    return evaluation


def _measured(file: Path, data: Path, split: str, progress: CancellableProgress) -> "tuple[Evaluation, LabelledFaces]":
    from fer_desktop.datasets.fer2013 import load_split
    from fer_desktop.datasets.labelled_faces import faces_of_folder, faces_of_split
    from fer_desktop.vision.model_files import read_sidecar

    read_sidecar(file)  # reports a wrong file before any picture is read
    progress.begin("reading faces")
    faces = faces_of_split(load_split(data, split)) if split else faces_of_folder(data)
    progress.begin("measuring")
    return measure(file, faces, progress.update_or_stop), faces


def _check_options_for_folder(data: Path, split: SplitName | None, card: bool) -> None:
    if card:
        raise typer.BadParameter(
            f"a card holds figures of FER-2013 only, and {data} is something else.", param_hint="--card"
        )
    if split is not None:
        typer.echo(f"{data} has no splits: all of it is measured, and --split is ignored.", err=True)


def _check_plots() -> None:
    import importlib.util

    if importlib.util.find_spec("matplotlib") is None:
        raise TrainingError("Plots need matplotlib: run `make setup EXTRAS=train`, or omit --out.")


def _result(file: Path, data: Path, split: str, faces: "LabelledFaces", scores: "Scores") -> dict[str, Any]:
    """All figures with their origin, as printed by --json."""
    from fer_desktop.vision.model_files import model_hash

    origin = {"model": str(file), "sha256": model_hash(file), "data": str(data), "split": split or None}
    return origin | {"skipped": list(faces.skipped)} | dataclasses.asdict(scores)


def _write(evaluation: "Evaluation", name: str, result: dict[str, Any], out: Path) -> None:
    from fer_desktop.core.files import write_whole
    from fer_desktop.evaluation.plots import draw

    try:
        draw(evaluation, name, out)
        write_whole(out / "evaluation.json", json.dumps(result, indent=2) + "\n")
    except OSError as error:
        raise StoreError(
            "The figures cannot be written to {out}: check that there is room on the disk.", out=out
        ) from error


def _print(name: str, result: dict[str, Any], scores: "Scores", skipped: tuple[str, ...], as_json: bool) -> None:
    from fer_desktop.datasets.split import skipped_sentence

    if as_json:
        typer.echo(json.dumps(result))
    else:
        from fer_desktop.app.terminal.evaluation_text import print_scores

        print_scores(name, scores)
    if skipped:
        typer.echo(skipped_sentence(skipped), err=True)
