"""`import`: a session's CSV file becomes a stored lesson again."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from fer_desktop.app import paths
from fer_desktop.core.errors import FerError
from fer_desktop.core.policy import Opening, verdict


class Seen(StrEnum):
    """Who was seen in a lesson."""

    CLASS = "class"
    MYSELF = "myself"
    DEMO = "demo"


_OPENINGS: Final = {
    Seen.CLASS: Opening.RECORDING,  # others, however they were seen then
    Seen.MYSELF: Opening.OWN_RECORDING,
    Seen.DEMO: Opening.DEMO,
}


def import_lessons(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV files of sessions, of any version.")],
    of: Annotated[
        Seen, typer.Option("--of", help="Who was seen; exports of a class leave out what would tell of one child.")
    ] = Seen.CLASS,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was taken over as JSON.")] = False,
) -> None:
    """Take sessions' CSV files back into the list of lessons. A lesson that is there already is not taken twice.

    With "in the EU or EEA" and "teaching" or "work" answered in the window, those of others are refused.

    Example: fer-desktop import "session 2026-03-02 09-00-00.csv"
    """
    from fer_desktop.core.errors import SourceError
    from fer_desktop.core.settings import load_settings
    from fer_desktop.sessions.imports.import_csv import import_csv

    refusal = verdict(load_settings(paths.settings_file()), _OPENINGS[of], attended=False).refusal
    if refusal is not None:
        raise SourceError(refusal)
    taken, failed = [], dict[str, str]()
    for file in files:
        try:
            taken.append(import_csv(paths.store_file(), file, live_class=of is Seen.CLASS))
        except FerError as error:
            failed[str(file)] = str(error)
    if as_json:
        told = [{"lesson": one.lesson, "file": str(one.file), "seconds": one.seconds} for one in taken]
        problems = [{"file": file, "problem": sentence} for file, sentence in failed.items()]
        typer.echo(json.dumps({"imported": told, "failed": problems}))
    else:
        for one in taken:
            typer.echo(f"{one.lesson:>5}  {one.file}, {one.seconds} seconds")
    for sentence in failed.values():
        typer.echo(sentence, err=True)
    if failed:
        raise typer.Exit(1)
