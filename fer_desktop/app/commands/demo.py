"""`demo`: the program on the demo class, to look at or, with --out, to record."""

from pathlib import Path
from typing import Annotated

import typer

from fer_desktop.core.errors import FerError


def demo(
    seconds: Annotated[
        float | None, typer.Option("--seconds", metavar="S", min=5.0, help="Play the whole script in S seconds.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write session.csv, window.png and trend.png there, then end."),
    ] = None,
) -> None:
    """Open the program on the demo class: a scripted call with generated faces, none of them a real person.

    With --out it ends by itself and needs no display: the window is shown if there is one. An older session.csv in DIR
    is kept under another name, older pictures are replaced. The script takes three minutes unless --seconds says
    otherwise.

    Example: fer-desktop demo --seconds 60 --out demo-out
    """
    from fer_desktop.app.terminal.display import draw_offscreen, has_display

    if out is not None:
        if not has_display():
            draw_offscreen()
            typer.echo("There is no display: the window is drawn in memory.")
        _record(seconds, out)
    elif has_display():
        _show(seconds)
    else:
        raise FerError("There is no display for the window: start it on a desktop, or add --out DIR.")


def _show(seconds: float | None) -> None:
    from fer_desktop.app import paths
    from fer_desktop.app.user_window import run_user_window
    from fer_desktop.core.settings import load_settings

    settings_file = paths.settings_file()
    raise typer.Exit(run_user_window(load_settings(settings_file), settings_file, demo=True, demo_s=seconds))


def _record(seconds: float | None, out: Path) -> None:
    from fer_desktop.app import paths
    from fer_desktop.app.services import AppServices
    from fer_desktop.app.terminal.outputs import check_writable, rotate_existing
    from fer_desktop.core.settings import load_settings
    from fer_desktop.simulation.demo_script import SCRIPT_S
    from fer_desktop.ui.automation.demo_run import run_demo

    settings_file = paths.settings_file()
    settings = load_settings(settings_file)
    check_writable(out)
    session = out / "session.csv"
    rotate_existing(session)
    services = AppServices(settings, settings_file, session_file=session, demo_s=seconds)
    files = run_demo(services, services.demo(), out, seconds or SCRIPT_S, log_file=paths.log_file())
    typer.echo(f"Written to {out}: {files.session.name}, {files.window.name}, {files.trend.name}.")
