"""`study`: measures again what a limit or a default was chosen by."""

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fer_desktop.app import paths
from fer_desktop.app.logs import native_chatter_silenced
from fer_desktop.app.terminal.data_folder import DataFolder
from fer_desktop.core.errors import TrainingError
from fer_desktop.core.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from fer_desktop.core.types import FloatArray
    from fer_desktop.datasets.split import Split
    from fer_desktop.pipeline.ports import ExpressionClassifier


class Subject(StrEnum):
    """What can be studied."""

    GATE = "gate"
    BASELINE = "baseline"
    USUAL = "usual"
    READINGS = "readings"


def study(
    subject: Annotated[
        Subject,
        typer.Argument(
            help="gate: its limits; baseline, usual: faces and their usual look; readings: what is read in what."
        ),
    ],
    *,
    model: Annotated[Path | None, typer.Option(help="A network with its sidecar; by default the shipped one.")] = None,
    head: Annotated[str, typer.Option(help="The output to study; by default the network's first.")] = "",
    data: DataFolder,
    every: Annotated[int, typer.Option(metavar="N", min=1, help="Use only every N-th face of public_test.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print the measurements behind the quality gate's limits, the comparison with usual looks, or simulated classes.

    Example: fer-desktop study gate --data fer2013
    """
    from fer_desktop.vision.classifiers import make_classifier

    with native_chatter_silenced():
        classifier = make_classifier(model or paths.models() / "expression.tflite", head)
    if subject is Subject.BASELINE:
        rows = _baseline(classifier)
    else:
        split, truth = _voted(data, head, every)
        rows = {Subject.GATE: _gate, Subject.USUAL: _usual, Subject.READINGS: _readings}[subject](
            classifier, split, truth
        )
    if as_json:
        typer.echo(json.dumps(rows))
        return
    _print(rows)


def _voted(data: Path, head: str, every: int) -> "tuple[Split, npt.NDArray[np.int64]]":
    """The faces of public_test whose label is known, and that label."""
    import numpy as np

    from fer_desktop.datasets.fer2013 import load_split

    split = load_split(data, "public_test")
    if head != "fer2013" and not split.has_votes:
        raise TrainingError(
            "{data} has no FER+ votes: use --head fer2013, or choose the folder with the sheets by --data.", data=data
        )
    split = split.take(np.arange(0, len(split), every))
    truth = split.labels if head == "fer2013" else split.plurality
    return split.take(truth >= 0), truth[truth >= 0]


def _gate(classifier: "ExpressionClassifier", split: "Split", truth: "npt.NDArray[np.int64]") -> list[dict[str, Any]]:
    from fer_desktop.evaluation.gate_study import FALLING, limit
    from fer_desktop.evaluation.gate_study import study as gate_study
    from fer_desktop.vision.crop import cut_crops
    from fer_desktop.vision.detectors import make_detector

    with native_chatter_silenced():
        detector = make_detector(Settings(), paths.models())
    rows = []
    for measure, bins in gate_study(split.images, truth, classifier, cut_crops, detector):
        at = limit(bins, rising=measure not in FALLING)
        rows += [{"measure": measure, **dataclasses.asdict(part), "limit": at} for part in bins]
    return rows


def _usual(classifier: "ExpressionClassifier", split: "Split", truth: "npt.NDArray[np.int64]") -> list[dict[str, Any]]:
    from fer_desktop.evaluation.baseline_study import study_of_usual_looks

    return [dataclasses.asdict(row) for row in study_of_usual_looks(_answers(classifier, split), truth)]


def _readings(
    classifier: "ExpressionClassifier", split: "Split", truth: "npt.NDArray[np.int64]"
) -> list[dict[str, Any]]:
    from fer_desktop.evaluation.readings_study import study as readings_study

    return list(readings_study(_answers(classifier, split), truth))


def _answers(classifier: "ExpressionClassifier", split: "Split") -> "FloatArray":
    """(N, 7) what the network says of each face."""
    import numpy as np

    from fer_desktop.evaluation.degradations import whole_square
    from fer_desktop.vision.crop import cut_crops

    pictures = np.repeat(split.images[..., None], 3, axis=3)
    crops = np.concatenate([cut_crops(picture, whole_square(picture), classifier.spec) for picture in pictures])
    return classifier.classify(crops)


def _baseline(classifier: "ExpressionClassifier") -> list[dict[str, Any]]:
    from fer_desktop.core.types import PeopleSplit
    from fer_desktop.evaluation.baseline_study import generated_people, read_people
    from fer_desktop.evaluation.baseline_study import study as baseline_study
    from fer_desktop.vision.crop import cut_crops

    rows = []
    for split in PeopleSplit:
        answers = read_people(generated_people(paths.resources(), split), cut_crops, classifier)
        rows += [{"half": split.value, **dataclasses.asdict(outcome)} for outcome in baseline_study(answers)]
    return rows


def _print(rows: list[dict[str, Any]]) -> None:
    from rich import print as rich_print
    from rich.table import Table

    table = Table(*rows[0])
    for row in rows:
        cells = (f"{value:.3g}" if isinstance(value, float) else str(value) for value in row.values())
        table.add_row(*cells)
    rich_print(table)
