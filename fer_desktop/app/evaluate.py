"""`evaluate`: what a network is worth, measured through the runtime that the app uses."""

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fer_desktop.app import paths

if TYPE_CHECKING:
    from fer_desktop.training.evaluate import Scores

DataFolder = Annotated[
    Path, typer.Option(metavar="DIR", help="The folder of FER-2013 as sheets: <split>.png and labels.csv.")
]
DATA: Final = Path("fer2013")


class SplitName(StrEnum):
    """The splits that a network can be measured on."""

    PUBLIC_TEST = "public_test"
    PRIVATE_TEST = "private_test"


def evaluate(
    model: Annotated[Path | None, typer.Option(help="A .tflite or .keras file with its sidecar.")] = None,
    split: Annotated[SplitName, typer.Option(help="Choose on public_test; private_test is for what ships.")] = (
        SplitName.PUBLIC_TEST
    ),
    data: DataFolder = DATA,
    card: Annotated[bool, typer.Option("--card", help="Write the figures into the network's card.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print what a network is worth on a split of FER-2013; without --model, the shipped one.

    Example: fer-desktop evaluate --data fer2013 --split private_test --json
    """
    file = model or paths.models() / "expression.tflite"
    scores, _ = judged(file, data, split.value, into_card=card)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(scores)))
        return
    typer.echo(f"{file}, {split.value}, {scores.n:,} faces")
    typer.echo(
        f"original labels: accuracy {scores.accuracy:.2%} ({scores.accuracy_distinct:.2%} without pictures known from "
        f"training), macro-F1 {scores.macro_f1:.3f}, ECE {scores.ece:.3f}"
    )
    typer.echo(
        f"FER+ majority ({scores.ferplus_n:,} faces): agreement {scores.ferplus_agreement:.2%} "
        f"({scores.ferplus_agreement_distinct:.2%}), macro-F1 {scores.ferplus_macro_f1:.3f}, "
        f"ECE {scores.ferplus_ece:.3f}"
    )


def judged(model: Path, data: Path, split: str, into_card: bool) -> "tuple[Scores, Path | None]":
    """The scores of a network file on a split, and its card where they were written into it.

    Raises ModelError or TrainingError where the file or the data cannot be used.
    """
    from fer_desktop.training.dataset import load_split
    from fer_desktop.training.evaluate import evaluate as scores_of
    from fer_desktop.training.model_card import add_figures
    from fer_desktop.vision.classifiers import make_classifier
    from fer_desktop.vision.crop import cut_crops
    from fer_desktop.vision.model_files import read_sidecar

    outputs = read_sidecar(model).outputs or ("",)
    heads = {name: make_classifier(model, name) for name in outputs}
    scores = scores_of(heads, cut_crops, load_split(data, split))
    return scores, add_figures(model, split, scores) if into_card else None
