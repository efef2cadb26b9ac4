"""`evaluate-class`: how well the shares of a class are read, which is what the program shows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fer_desktop.app import paths
from fer_desktop.app.commands.measure.evaluate import SplitName
from fer_desktop.app.logs import native_chatter_silenced
from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress, StoppedError
from fer_desktop.app.terminal.data_folder import DataFolder
from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import EXPRESSIONS

if TYPE_CHECKING:
    from fer_desktop.core.readings.probabilities import Labels
    from fer_desktop.core.types import PeopleSplit
    from fer_desktop.datasets.split import Split
    from fer_desktop.evaluation.class_study.faces import Change, Pool
    from fer_desktop.pipeline.ports import ExpressionClassifier

_CHOOSING_SEED: Final = 1000  # seeds from here on; figures are of smaller ones


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is measured, and on what."""

    model: Path
    output: str
    data: Path
    split: SplitName
    classes: int
    seed: int


def evaluate_class(
    *,
    model: Annotated[Path | None, typer.Option(help="A network with its sidecar; by default the shipped one.")] = None,
    output: Annotated[str, typer.Option(help="The output to measure; by default the network's first.")] = "",
    data: DataFolder,
    split: Annotated[
        SplitName, typer.Option(help="The half of public_test that nothing was chosen on, or all of private_test.")
    ] = SplitName.PUBLIC_TEST,
    classes: Annotated[int, typer.Option(min=3, metavar="N", help="Classes of each size, by each degradation.")] = 900,
    seed: Annotated[int, typer.Option(min=0, max=_CHOOSING_SEED - 1, help="Draws other classes.")] = 1,
    choose: Annotated[
        bool, typer.Option("--choose", help="Print what the sidecar should hold, from the other half of public_test.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print how far the shares of a class are off, and how often their 95 % intervals hold the truth.

    Classes of 10, 25 and 49 with known mixtures are drawn from faces whose label is known, also at 24 px and after a
    codec, and from generated people. In brackets is the same of mean probabilities with Wilson's interval.

    Example: fer-desktop evaluate-class --data fer2013 --json
    """
    asked = _Asked(model or paths.models() / "expression.tflite", output, data, split, classes, seed)
    with CancellableProgress() as progress:
        try:
            told = _chosen(asked, progress) if choose else _figures(asked, progress)
        except StoppedError:
            typer.echo("Stopped before the end: there are no figures.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
    if as_json or choose:
        typer.echo(json.dumps(told, indent=2 if choose else None))
        return
    from fer_desktop.app.terminal.class_text import print_class

    print_class(told)


def _figures(asked: _Asked, progress: CancellableProgress) -> dict[str, Any]:
    from fer_desktop.core.types import PeopleSplit
    from fer_desktop.evaluation.class_study.faces import reported_under
    from fer_desktop.evaluation.class_study.figures import figures
    from fer_desktop.simulation.recording import has_encoders
    from fer_desktop.vision.model_files import read_sidecar

    if not has_encoders():
        typer.echo("Without the encoders of PyAV (extra `dev`) nothing is measured after a codec.", err=True)
    half = 1 if asked.split is SplitName.PUBLIC_TEST else None
    pools = _pools(asked, reported_under(), PeopleSplit.HOLDOUT, half, progress)
    rule = read_sidecar(asked.model).shares_rule(asked.output)
    progress.begin("classes")
    plan = {"split": asked.split.value, "classes": asked.classes, "seed": asked.seed, "faces": _counts(pools)}
    return {**figures(pools, rule, asked.classes, asked.seed, progress.update_or_stop), "plan": plan}


def _chosen(asked: _Asked, progress: CancellableProgress) -> dict[str, Any]:
    """What `class_shares` of the sidecar should hold for the output."""
    from fer_desktop.core.types import PeopleSplit
    from fer_desktop.evaluation.class_study.choosing import choose
    from fer_desktop.evaluation.class_study.faces import CHOSEN_UNDER, HOME
    from fer_desktop.vision.model_files import read_sidecar

    asked = _Asked(asked.model, asked.output, asked.data, SplitName.PUBLIC_TEST, asked.classes, _CHOOSING_SEED)
    pools = _pools(asked, CHOSEN_UNDER, PeopleSplit.TUNING, 0, progress)
    usual = pools[HOME].answers.mean(axis=0)
    progress.begin("choosing")
    rule = choose(pools, usual, asked.classes, asked.seed, progress.update_or_stop)
    output = asked.output or next(iter(read_sidecar(asked.model).outputs), "")
    shares = {name: round(float(share), 5) for name, share in zip(EXPRESSIONS, usual, strict=True)}
    named = f" --output {output}" if asked.output else ""
    return {
        output: {
            "usual": shares,
            "weight": rule.weight,
            "common": rule.common,
            "common_unclear": rule.common_unclear,
            "recipe": f"python main.py evaluate-class --choose{named} --classes {asked.classes} --data DIR: "
            f"even rows of public_test ({'; '.join(CHOSEN_UNDER)}) and generated people (tuning)",
        }
    }


def _pools(
    asked: _Asked,
    changes: "Mapping[str, Change]",
    people: "PeopleSplit",
    half: int | None,
    progress: CancellableProgress,
) -> "dict[str, Pool]":
    from fer_desktop.evaluation.baseline_study import generated_people, read_people
    from fer_desktop.evaluation.class_study.faces import GENERATED, pictures_of, pool_of_people, read_pools
    from fer_desktop.vision.classifiers import make_classifier
    from fer_desktop.vision.crop import cut_crops

    with native_chatter_silenced():
        classifier: ExpressionClassifier = make_classifier(asked.model, asked.output)
    progress.begin("reading faces")
    split, truth = _labelled(asked)
    wanted = slice(None) if half is None else slice(half, None, 2)
    pictures = pictures_of(split.images[wanted])
    pools = read_pools(pictures, truth[wanted], changes, classifier, cut_crops, progress.update_or_stop)
    answers = read_people(generated_people(paths.resources(), people), cut_crops, classifier)
    return {**pools, GENERATED: pool_of_people(answers)}


def _labelled(asked: _Asked) -> "tuple[Split, Labels]":
    """The faces of the split whose label is known: what most voters saw, or the original one for that output."""
    from fer_desktop.datasets.fer2013 import load_split

    split = load_split(asked.data, asked.split.value)
    if asked.output == "fer2013":
        return split, split.labels
    if not split.has_votes:
        raise TrainingError(
            "{data} has no FER+ votes: use --output fer2013, or choose the folder with the sheets by --data.",
            data=asked.data,
        )
    known = split.plurality >= 0
    return split.take(known), split.plurality[known]


def _counts(pools: "Mapping[str, Pool]") -> dict[str, int]:
    return {name: len(pool.truth) for name, pool in pools.items()}
