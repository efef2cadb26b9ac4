"""`evaluate-gallery`: how well tiles, faces and seats of a video call are read, on calls of which all is known."""

import json
from typing import Annotated

import typer

from fer_desktop.app import paths
from fer_desktop.app.commands.analyze import EXIT_INTERRUPTED

_WORDS = {
    "tile_recall": "tiles found",
    "tile_false": "false tiles among those given",
    "face_recall_45": "faces of 45 px and more found",
    "face_recall_24": "faces of 24 to 44 px found",
    "false_faces_per_frame": "false faces a frame",
    "identity_kept": "participants on their own seat",
    "identity_kept_hardest": "the same in the hardest call",
    "unnoticed_swaps": "seats that were another's for over 5 s",
    "coverage_error": "error of cameras on",
    "expression_share_error": "error of the expressions' shares",
    "frames": "frames",
}


class _StoppedError(Exception):
    """The user has had enough."""


def evaluate_gallery(
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another class and other events.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Play simulated video calls to the program and print how much of what they show it has read.

    The calls are Zoom's, Meet's and Teams', with generated people; a few minutes.

    Example: fer-desktop evaluate-gallery --seed 7
    """
    from fer_desktop.app.compose import load_models
    from fer_desktop.app.terminal.cancellable import CancellableProgress
    from fer_desktop.core.settings import Settings
    from fer_desktop.evaluation.gallery import CALLS, evaluate_calls

    with CancellableProgress() as watch:

        def on_progress(done_s: float, of_s: float) -> None:
            watch.progress(done_s, of_s)
            if watch.stopped:
                raise _StoppedError

        watch.begin("simulated calls")
        models = load_models(Settings())  # the defaults, whatever this user has chosen
        try:
            figures = evaluate_calls(CALLS, paths.resources(), models.analyzer, seed, on_progress).figures()
        except _StoppedError:
            typer.echo("Stopped before the end: there are no figures.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, words in _WORDS.items():
        counted = name in {"unnoticed_swaps", "frames"}
        value = f"{figures[name]:.0f}" if counted else f"{figures[name]:.4f}"
        typer.echo(f"{words:<42}{value:>10}")
