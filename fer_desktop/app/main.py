"""The command line: lists the commands, one file each, and reports errors in one line."""

import logging
import os
import sys
from datetime import datetime
from typing import Annotated, NoReturn

import typer

from fer_desktop import __version__
from fer_desktop.app import paths, privacy
from fer_desktop.app.commands.analyze import analyze
from fer_desktop.app.commands.audit import audit
from fer_desktop.app.commands.demo import demo
from fer_desktop.app.commands.export import export
from fer_desktop.app.commands.export_network import export_network
from fer_desktop.app.commands.import_lessons import import_lessons
from fer_desktop.app.commands.make_demo_faces import make_demo_faces
from fer_desktop.app.commands.measure.bench import bench
from fer_desktop.app.commands.measure.evaluate import evaluate
from fer_desktop.app.commands.measure.evaluate_alerts import evaluate_alerts
from fer_desktop.app.commands.measure.evaluate_class import evaluate_class
from fer_desktop.app.commands.measure.evaluate_gallery import evaluate_gallery
from fer_desktop.app.commands.measure.study import study
from fer_desktop.app.commands.screenshots import screenshots
from fer_desktop.app.commands.self_test import self_test
from fer_desktop.app.commands.sessions import sessions
from fer_desktop.app.commands.train import train
from fer_desktop.app.commands.window import open_window
from fer_desktop.app.ending import end
from fer_desktop.app.logs import start_logging
from fer_desktop.core.errors import FerError, StoreError
from fer_desktop.core.memory import let_large_blocks_go
from fer_desktop.core.seats.kept_aliases import kept_aliases

app = typer.Typer(name="fer-desktop", rich_markup_mode="rich")
app.command()(demo)
app.command()(analyze)
app.command()(sessions)
app.command()(export)
app.command("import")(import_lessons)
app.command("self-test")(self_test)
app.command()(bench)
app.command()(audit)
app.command()(train)
app.command("export-network")(export_network)
app.command()(evaluate)
app.command("evaluate-class")(evaluate_class)
app.command("evaluate-gallery")(evaluate_gallery)
app.command("evaluate-alerts")(evaluate_alerts)
app.command()(study)
app.command()(screenshots)
app.command("make-demo-faces")(make_demo_faces)

logger = logging.getLogger("fer_desktop")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"FER Desktop {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _default(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """A glance at the class in a video call: expressions on faces, as an aid and never as a verdict.

    Without a command the window opens.

    Example: fer-desktop demo
    """
    if context.invoked_subcommand is None:
        open_window()


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs one command and ends the program: 0 where it worked, 1 with one line on standard error, 2 for misuse."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            # An old terminal's code page must not turn a name with an accent into a crash.
            stream.reconfigure(errors="backslashreplace")
    # Threads would wait for one another where the call uses the cores, and our matrices are too small to gain by them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    let_large_blocks_go()
    privacy.guard()
    start_logging(paths.log_file())
    privacy.tidy(paths.settings_file().parent, paths.log_file().parent)
    _let_go_aliases()
    end(_exit_code(arguments))


def _let_go_aliases() -> None:
    """Erases aliases of seats that were kept for seven days, whatever the program is started for."""
    try:
        kept_aliases(paths.aliases_file(paths.store_file()), datetime.now().astimezone())
    except StoreError as error:
        logger.warning("%s", error)


def _exit_code(arguments: list[str] | None) -> int:
    try:
        typer.main.get_command(app)(args=arguments, prog_name="fer-desktop")
    except SystemExit as ended:  # it always ends so, and is not let out here, since a thread may hang
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except FerError as error:
        logger.info("Ended with: %s", error)
        typer.echo(str(error), err=True)
    except Exception:  # nothing is above this but the interpreter, which would show the user a traceback
        logger.exception("Internal error")
        typer.echo(
            f"The program has met an internal error: please report it with the file {paths.log_file()}.", err=True
        )
    return 1
