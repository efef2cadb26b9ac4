"""`evaluate-gallery`: how well tiles, faces and seats of a video call are read, on simulated calls."""

import json
from typing import Annotated

import typer

from fer_desktop.app import paths
from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress, StoppedError

_WORDS = {
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


def evaluate_gallery(
    seed: Annotated[int, typer.Option(min=0, help="A different seed gives other people and other events.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print how well tiles, faces and seats are read in simulated video calls, where all of them are known.

    The calls look like Zoom, Meet and Teams. Their people are the holdout half of the generated ones, on which nothing
    was tuned. It takes a few minutes.

    Example: fer-desktop evaluate-gallery --seed 7
    """
    from fer_desktop.app.compose import load_models
    from fer_desktop.core.settings import Settings
    from fer_desktop.evaluation.gallery import CALLS, evaluate_calls

    with CancellableProgress() as progress:
        progress.begin("simulated calls")
        models = load_models(Settings())  # the defaults, whatever this user has chosen
        try:
            tally = evaluate_calls(CALLS, paths.resources(), models.analyzer, seed, progress.update_or_stop)
        except StoppedError:
            typer.echo("Stopped before the end: there are no figures.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
    figures = tally.figures()
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, words in _WORDS.items():
        counted = name in {"unnoticed_swaps", "frames"}
        value = f"{figures[name]:.0f}" if counted else f"{figures[name]:.4f}"
        typer.echo(f"{words:<42}{value:>10}")
