"""`evaluate-gallery`: how well tiles, faces and seats of a video call are read, on simulated calls."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fer_desktop.app import paths
from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress, StoppedError

if TYPE_CHECKING:
    from fer_desktop.app.compose import LoadedModels
    from fer_desktop.core.types import PeopleSplit
    from fer_desktop.evaluation.cases import CaseTally
    from fer_desktop.evaluation.gallery import Call
    from fer_desktop.simulation.hard_cases.case import CallCase

_WORDS: Final = {
    "tile_recall": "tiles found",
    "tile_false": "false tiles among those reported",
    "face_recall_45": "faces of 45 px and more found",
    "face_recall_24": "faces of 24 to 44 px found",
    "false_faces_per_frame": "false faces per frame",
    "identity_kept": "participants at their own seat",
    "identity_kept_hardest": "the same in the hardest call",
    "unnoticed_swaps": "seats given to another for over 5 s",
    "coverage_error": "error in the number of cameras on",
    "expression_share_error": "error in the shares of expressions",
    "frames": "frames",
}
_QUICK_S: Final = 10.0  # of each scripted call


class People(StrEnum):
    """The values of PeopleSplit, which would bring numpy along to every start of the program."""

    TUNING = "tuning"
    HOLDOUT = "holdout"


def evaluate_gallery(
    seed: Annotated[int, typer.Option(min=0, help="A different seed gives other people and other events.")] = 100,
    cases: Annotated[
        str, typer.Option("--cases", metavar="NAME,...", help="Only these cases, or groups of them; no scripted calls.")
    ] = "",
    people: Annotated[
        People, typer.Option("--people", help="Thresholds are chosen on `tuning`; figures are from `holdout`.")
    ] = People.HOLDOUT,
    quick: Annotated[bool, typer.Option("--quick", help="20 frames of each call and case.")] = False,
    overlays: Annotated[
        Path | None,
        typer.Option("--overlays", metavar="DIR", help="Also draw what was counted in each case; created if missing."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print how well tiles, faces and seats are read in simulated video calls, where all of them are known.

    Scripted calls look like Zoom, Meet and Teams; cases are what is hard to read, each on its own. Their people are the
    holdout half of the generated ones, on which nothing was tuned. It takes some 20 minutes.

    Example: fer-desktop evaluate-gallery --seed 7 --cases gap_0,gap_1 --overlays seen
    """
    from fer_desktop.app.compose import load_models
    from fer_desktop.app.terminal.cases_text import cases_text
    from fer_desktop.app.terminal.outputs import check_writable
    from fer_desktop.core.settings import Settings
    from fer_desktop.core.types import PeopleSplit
    from fer_desktop.evaluation.case_overlays import write_overlay

    chosen, split = _playable(_chosen(cases)), PeopleSplit(people)
    if overlays is not None:
        check_writable(overlays)
    figures: dict[str, float] = {}
    with CancellableProgress() as progress:
        models = load_models(Settings())  # the defaults, whatever this user has chosen
        try:
            if not cases:
                figures = _scripted(models, seed, split, quick, progress)
            tallies = _by_case(models, chosen, seed, split, quick, progress)
        except StoppedError:
            typer.echo("Stopped before the end: there are no figures.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
    if overlays is not None:
        for tally in tallies.values():
            write_overlay(overlays, tally)
    if as_json:
        by_case: dict[str, Any] = {name: tally.figures() for name, tally in tallies.items()}
        typer.echo(json.dumps({**figures, "by_case": by_case}))
        return
    if figures:
        typer.echo(_words(figures) + "\n")
    typer.echo(cases_text(tallies))


def _chosen(names: str) -> "Sequence[CallCase]":
    """The cases of these names or groups, in the catalogue's order; all where none is named."""
    from fer_desktop.simulation.hard_cases.catalogue import CASES

    wanted = {name.strip() for name in names.split(",") if name.strip()}
    known = set(CASES) | {case.group for case in CASES.values()}
    if unknown := sorted(wanted - known):
        raise typer.BadParameter(
            f"There is no case {unknown[0]}. There are: {', '.join(CASES)}.", param_hint="'--cases'"
        )
    return [case for case in CASES.values() if not wanted or {case.name, case.group} & wanted]


def _playable(cases: "Sequence[CallCase]") -> "Sequence[CallCase]":
    """The cases that can be played here; says which need encoders that are not installed."""
    from fer_desktop.simulation.recording import check_encoders, has_encoders

    if has_encoders():
        return cases
    coded = [case.name for case in cases if case.is_coded]
    if len(coded) == len(cases):
        check_encoders()
    typer.echo(
        "Without PyAV's encoders all lines are JPEG"
        + (f", and these cases are left out: {', '.join(coded)}" if coded else "")
        + ". `make setup EXTRAS=dev` installs them.",
        err=True,
    )
    return [case for case in cases if not case.is_coded]


def _scripted(
    models: "LoadedModels", seed: int, people: "PeopleSplit", quick: bool, progress: CancellableProgress
) -> dict[str, float]:
    from fer_desktop.evaluation.gallery import CALLS, evaluate_calls

    calls: Sequence[Call] = CALLS
    if quick:
        calls = [replace(call, end_s=min(call.end_s, _QUICK_S)) for call in calls]
    progress.begin("simulated calls")
    tally = evaluate_calls(calls, paths.resources(), models.analyzer, seed, progress.update_or_stop, people)
    return tally.figures()


def _by_case(
    models: "LoadedModels",
    cases: "Sequence[CallCase]",
    seed: int,
    people: "PeopleSplit",
    quick: bool,
    progress: CancellableProgress,
) -> "Mapping[str, CaseTally]":
    from fer_desktop.core.readings.quality import Gate
    from fer_desktop.evaluation.cases import FULL, QUICK, CaseReader, evaluate_cases
    from fer_desktop.simulation.hard_cases.catalogue import make_call
    from fer_desktop.vision.crop import cut_crops

    gate = Gate(models.settings.min_score, models.settings.min_height_px)
    progress.begin("cases")
    return evaluate_cases(
        cases,
        lambda case, each: make_call(case, paths.resources(), each, people),
        CaseReader(models.analyzer, models.detector, cut_crops, gate),
        seed,
        QUICK if quick else FULL,
        progress.update_or_stop,
    )


def _words(figures: Mapping[str, float]) -> str:
    lines = []
    for name, words in _WORDS.items():
        counted = name in {"unnoticed_swaps", "frames"}
        value = f"{figures[name]:.0f}" if counted else f"{figures[name]:.4f}"
        lines.append(f"{words:<42}{value:>10}")
    return "\n".join(lines)
