"""`export`: stored lessons as files for a spreadsheet, a program, or to be read."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fer_desktop.app import paths
from fer_desktop.app.terminal.data_folder import default_data
from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.exports.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fer_desktop.sessions.exports.export import Report, Written

_NETWORKS: Final = (".keras", ".weights", ".h5")


def export(
    lessons: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Which lessons: `sessions list` shows their ids.")
    ] = None,
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go; created if missing.")],
    kind: Annotated[Format, typer.Option("--format", help="What each lesson becomes.")] = Format.CSV,
    everything: Annotated[bool, typer.Option("--all", help="All lessons.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
    data: Annotated[Path | None, typer.Option(hidden=True)] = None,
    recipe: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Write stored lessons as files, while the window is open too. No file takes the place of another.

    Of a live class means are of 30 s, and fewer than three sad, afraid, angry or disgusted faces are an empty cell.
    html and pdf are the report, on one page, in your language. parquet needs pyarrow.

    Example: fer-desktop export 12 13 --format xlsx --out lessons
    """
    if lessons and len(lessons) == 1 and _is_network(lessons[0]):
        _export_network(Path(lessons[0]), out, data, recipe)
        return
    if data is not None or recipe is not None:
        raise typer.BadParameter("--data and --recipe belong to `export-network`.")
    if everything == bool(lessons):
        raise typer.BadParameter("say which lessons, or --all.")
    _export(_ids(lessons or ()), everything, kind, out, as_json)


def _is_network(given: str) -> bool:
    return Path(given).suffix.lower() in _NETWORKS and Path(given).exists()


def _export_network(network: Path, out: Path, data: Path | None, recipe: Path | None) -> None:
    """What `export` was before there were lessons to export."""
    from fer_desktop.app.commands.export_network import export_network

    typer.echo("A network is exported by `export-network`; `export` still does it, and is for lessons now.", err=True)
    export_network(network, data=data or default_data(), out=out, recipe=recipe)


def _ids(given: "Sequence[str]") -> list[int]:
    if not all(one.isascii() and one.isdecimal() for one in given):
        raise typer.BadParameter("a lesson's id is a number: `sessions list` shows them.")
    return list(dict.fromkeys(map(int, given)))


def _export(ids: list[int], everything: bool, kind: Format, out: Path, as_json: bool) -> None:
    from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress
    from fer_desktop.app.terminal.outputs import check_writable
    from fer_desktop.sessions.exports.export import Exporter
    from fer_desktop.sessions.store import reader

    store = paths.store_file()
    exporter = Exporter(store, out, kind, _report(kind))
    if everything:
        ids = [found.id for found in reader.sessions(store)]
        if not ids:
            raise StoreError("No lesson is stored: there is nothing to write.")
    check_writable(out)
    written: list[Written] = []
    failed: dict[int, str] = {}
    with CancellableProgress() as progress:
        progress.begin(str(kind))
        for done, one in enumerate(ids, start=1):
            try:
                written.append(exporter.export(one))
            except StoreError as error:
                failed[one] = str(error)
                if isinstance(error.__cause__, OSError):  # of the disk, where the next one would fail too
                    break
            progress.update(done, len(ids))
            if progress.stopped:
                break
    dictionary = exporter.dictionary() if written else None
    _tell(written, dictionary, failed, as_json)
    if failed:
        raise typer.Exit(1)
    if progress.stopped:
        typer.echo("Stopped before the end: the files written so far are whole.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED)


def _tell(written: "Sequence[Written]", dictionary: Path | None, failed: dict[int, str], as_json: bool) -> None:
    if as_json:
        told = {
            "written": [{"lesson": one.lesson, "file": str(one.file)} for one in written],
            "columns": None if dictionary is None else str(dictionary),
            "failed": [{"lesson": one, "problem": sentence} for one, sentence in failed.items()],
        }
        typer.echo(json.dumps(told))
    else:
        for one in written:
            typer.echo(f"{one.lesson:>5}  {one.file}")
        if dictionary is not None:
            typer.echo(f"What the columns hold: {dictionary}")
    for sentence in failed.values():
        typer.echo(sentence, err=True)


def _report(kind: Format) -> "Report":
    """Makes reports; Qt starts where one is wanted."""
    from fer_desktop.app.taking_home.reports import report_maker, speak_without_window
    from fer_desktop.core.errors import SettingsError
    from fer_desktop.core.settings import Settings, load_settings

    try:
        settings = load_settings(paths.settings_file())
    except SettingsError:  # a lesson can be taken along with settings that are damaged
        settings = Settings()
    if kind in (Format.HTML, Format.PDF):
        speak_without_window(settings)
    return report_maker(kind, settings)
