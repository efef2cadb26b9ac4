"""`analyze`: recordings, pictures and folders to CSV and lessons, as fast as the computer can."""

from pathlib import Path
from typing import Annotated

import typer


def analyze(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Recordings, pictures, or folders of them.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results go; created if missing.")],
    faces: Annotated[bool, typer.Option("--faces", help="Also write faces.csv, one row per face.")] = False,
    tiles: Annotated[
        bool, typer.Option("--tiles", help="Also write tiles.csv, one row per tile of a gallery.")
    ] = False,
    every: Annotated[
        float, typer.Option("--every", metavar="S", min=0.04, max=2.0, help="Seconds between the frames that are read.")
    ] = 0.5,
    jobs: Annotated[
        int,
        typer.Option("--jobs", metavar="N", min=1, max=64, help="Recordings read at once, in processes."),
    ] = 1,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help="A Dask cluster that reads the recordings, as tcp://host:8786."
        ),
    ] = "",
    no_store: Annotated[
        bool, typer.Option("--no-store", help="Make no lesson of the recordings: write the files alone.")
    ] = False,
    of_oneself: Annotated[
        bool, typer.Option("--recording-of-myself", help="You alone are seen in all of these: say so where asked to.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Read recordings and pictures into session.csv: one row per second, or one row per picture.

    Each recording becomes a lesson beside those of calls; pictures never do. What is finished is not read again, and a
    lesson is not made twice: after Ctrl+C, or a power cut, the same command goes on where it was.

    With "in the EU or EEA" and "teaching" or "work" answered in the window, recordings of others are refused: the law
    forbids reading them.

    Each of several recordings gets its own folder in DIR. Older results in DIR are kept under another name.

    Example: fer-desktop analyze lesson.mp4 --out results --faces
    """
    from fer_desktop.app.recordings.batch import Wanted, analyze_all
    from fer_desktop.app.recordings.run import Options
    from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress

    if scheduler and jobs > 1:
        raise typer.BadParameter("the cluster has workers of its own: leave --jobs out.", param_hint="--scheduler")
    wanted = Wanted(out, Options(faces, every, tiles), of_oneself, not no_store, jobs, scheduler)
    try:
        with CancellableProgress() as progress:
            batch = analyze_all(paths, wanted, progress)
    except KeyboardInterrupt:  # the second Ctrl+C, before anything could end by the first
        typer.echo("Ended at once: what was written so far is saved.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    typer.echo(batch.as_json() if as_json else batch.as_text(), nl=as_json or bool(batch.runs))
    for sentence in filter(None, (batch.note, *batch.problems.values())):
        typer.echo(sentence, err=True)
    if batch.stopped:
        typer.echo(batch.where_it_stopped(), err=True)
        raise typer.Exit(EXIT_INTERRUPTED)
    if batch.problems:
        raise typer.Exit(1)
