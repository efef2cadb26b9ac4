"""`evaluate-alerts`: how often alerts are false and which changes they find, on simulated classes."""

import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress, StoppedError

if TYPE_CHECKING:
    from fer_desktop.evaluation.alert_study import Job, Outcome

_FEWEST_PER_CHANGE, _MOST_PER_CHANGE = 5, 200
# A process takes a second to start.
_JOBS_WORTH_PROCESSES: Final = 16


def evaluate_alerts(
    hours: Annotated[
        float, typer.Option(min=0.01, metavar="H", help="Lessons of an hour without a change, for each kind of error.")
    ] = 50.0,
    size: Annotated[int, typer.Option(min=1, max=300, metavar="N", help="People in each class.")] = 23,
    seed: Annotated[int, typer.Option(min=0, help="Limits were chosen on seeds from 1000 on.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print how often alerts and changed sentences are false in simulated classes, and which changes are found.

    People misread by the network stay misread for minutes. `plain` is the sentence's threshold and hold alone. Of each
    change twice as many lessons are played as there are hours, 5 to 200.

    Example: fer-desktop evaluate-alerts --hours 500 --json
    """
    from fer_desktop.evaluation.alert_study import figures, jobs

    per_change = min(max(round(2 * hours), _FEWEST_PER_CHANGE), _MOST_PER_CHANGE)
    planned = list(jobs(hours, per_change, size, seed))
    outcomes = []
    with CancellableProgress() as progress:
        progress.begin("simulated lessons")
        try:
            for outcome in _played(planned):
                outcomes.append(outcome)
                progress.update_or_stop(len(outcomes), len(planned))
        except StoppedError:
            typer.echo("Stopped before the end: there are no figures.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
    told = figures(outcomes)
    if as_json:
        plan = {"hours": hours, "size": size, "seed": seed, "lessons_per_change": per_change}
        typer.echo(json.dumps({**told, "plan": plan}))
        return
    _print(told)


def _played(planned: "Sequence[Job]") -> "Iterator[Outcome]":
    """The outcomes in the order of the jobs, so that the same seed prints the same."""
    from fer_desktop.evaluation.alert_study import play

    workers = min(os.cpu_count() or 1, len(planned))
    if len(planned) < _JOBS_WORTH_PROCESSES or workers < 2:
        yield from map(play, planned)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(play, planned)


def _print(told: dict[str, dict[str, dict[str, Any]]]) -> None:
    from rich import print as rich_print
    from rich.table import Table

    names = list(told["normal"]["home"]["found"])
    table = Table("preset", "error", "false/h", "at most", "sentences/10 h", *names, title="found within 120 s")
    for rule, by_error in told.items():
        for error, row in by_error.items():
            found = ["" if share is None else f"{share:.0%}" for share in row["found"].values()]
            rates = (row["false_per_hour"], row["false_per_hour_upper_95"], row["sentences_per_10_h"])
            table.add_row(rule, error, *(f"{rate:.2f}" for rate in rates), *found)
    rich_print(table)
