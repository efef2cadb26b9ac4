"""`audit`: what a session leaves on the disk, and whom it talks to."""

from pathlib import Path
from typing import Annotated

import typer

from fer_desktop.core.errors import FerError


def audit(
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="S", min=5.0, max=600.0, help="Length of each of the two sessions.")
    ] = 8.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    played_in: Annotated[Path | None, typer.Option("--played-in", hidden=True)] = None,
    ends_hard: Annotated[bool, typer.Option("--ends-hard", hidden=True)] = False,
) -> None:
    """Play two short sessions in an empty home, then look for pictures in every file that is left, and for sockets.

    One session ends as usual, the other by a crash. Exits with 1 where a picture or a socket was found.

    Example: fer-desktop audit --json
    """
    from fer_desktop.app.audit.findings import ENDED_AS_USUAL, ENDED_HARD, as_text, audited, words_of_session

    if played_in is not None:
        _play(played_in, seconds, ends_hard)
        return
    findings = audited(
        {
            ENDED_AS_USUAL: words_of_session(seconds, ends_hard=False),
            ENDED_HARD: words_of_session(seconds, ends_hard=True),
        }
    )
    if not findings.pixels_looked_for:
        raise FerError("The audited sessions saw no picture, so nothing could be looked for: run self-test.")
    typer.echo(findings.as_json() if as_json else as_text(findings))
    if not findings.clean:
        raise typer.Exit(1)


def _play(folder: Path, seconds: float, ends_hard: bool) -> None:
    """A session in this process."""
    from fer_desktop.app import paths
    from fer_desktop.app.audit.played import play_audited
    from fer_desktop.app.audit.recorder import record_to

    record_to(folder)
    play_audited(folder, paths.settings_file(), seconds, ends_hard)
