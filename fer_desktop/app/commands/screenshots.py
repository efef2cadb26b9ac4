"""`screenshots`: pictures of every page and state of the window, the same on any day."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fer_desktop.core.errors import FerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fer_desktop.ui.automation.screenshots.states import State
    from fer_desktop.ui.automation.screenshots.taking import Taken

_SCREEN_PX: Final = (1920, 1080)  # logical


class Look(StrEnum):
    """The themes of the pictures."""

    LIGHT = "light"
    DARK = "dark"
    BOTH = "both"


class Tongue(StrEnum):
    """The values of core's Language but for the system's, which would bring all settings to every start."""

    ENGLISH = "en"
    HINDI = "hi"
    SPANISH = "es"
    GERMAN = "de"
    FRENCH = "fr"


def screenshots(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the pictures go; created if missing.")
    ] = None,
    language: Annotated[Tongue, typer.Option("--language", help="What the window speaks.")] = Tongue.ENGLISH,
    scale: Annotated[
        float, typer.Option("--scale", metavar="S", min=1.0, max=4.0, help="Device pixels to one of the window's.")
    ] = 1.0,
    theme: Annotated[Look, typer.Option("--theme", help="In which colours.")] = Look.BOTH,
    only: Annotated[str, typer.Option("--only", metavar="NAME,...", help="Only these states, see --list.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Print the names of all states, and end.")] = False,
    font: Annotated[
        str, typer.Option("--font", metavar="FAMILY", help="Letters of this font instead of the desktop's.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written, or listed, as JSON.")] = False,
) -> None:
    """Write a picture of every page and state of the window as DIR/<state>-<theme>.png; no display is needed.

    They show a scripted class of generated people on a fixed day, and nothing of this computer: two runs on one machine
    write the same bytes.

    Example: fer-desktop screenshots --out pictures --theme dark --only live-alert,strip-alert
    """
    from fer_desktop.ui.automation.screenshots.states import STATES

    states = _chosen(only, STATES)
    if listed:
        names = [state.name for state in states]
        typer.echo(json.dumps(names) if as_json else "\n".join(names))
        return
    if out is None:
        raise typer.BadParameter("say where the pictures go: --out DIR.", param_hint="'--out'")
    themes = [Look.LIGHT.value, Look.DARK.value] if theme is Look.BOTH else [theme.value]
    taken = _take(states, themes, out, language.value, scale, font, as_json)
    if as_json:
        typer.echo(json.dumps([_told(one) for one in taken]))


def _chosen(names: str, states: "Sequence[State]") -> "Sequence[State]":
    """The states of these names, in their order; all where none is named."""
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    known = [state.name for state in states]
    if unknown := sorted(wanted - set(known)):
        raise typer.BadParameter(
            f"There is no state {unknown[0]}. There are: {', '.join(known)}.", param_hint="'--only'"
        )
    return [state for state in states if not wanted or state.name in wanted]


def _take(
    states: "Sequence[State]",
    themes: list[str],
    out: Path,
    language: str,
    scale: float,
    font: str,
    quiet: bool,
) -> "list[Taken]":
    """Takes the pictures and, unless `quiet`, says of each that it is there."""
    from fer_desktop.app import paths
    from fer_desktop.app.screenshots.day import NOW
    from fer_desktop.app.screenshots.studio import PictureStudio
    from fer_desktop.app.terminal.display import draw_on_screen_in_memory
    from fer_desktop.app.terminal.outputs import check_writable
    from fer_desktop.core.files import temporary_folder
    from fer_desktop.core.settings import Language
    from fer_desktop.ui.automation.screenshots.taking import Setting, take

    check_writable(out)
    screen_px = round(scale * _SCREEN_PX[0]), round(scale * _SCREEN_PX[1])
    setting = Setting(language, NOW, font, paths.translations(), paths.icon())
    taken = []
    with temporary_folder() as folder:
        draw_on_screen_in_memory(folder, _SCREEN_PX, scale)
        studio = PictureStudio(folder, Language(language), screen_px, scale)
        try:
            for one in take(studio, states, themes, setting, out):
                taken.append(one)
                if not quiet:
                    typer.echo(one.file.name)
        except TimeoutError as error:
            raise FerError("A picture did not come about: try again with fewer of them (--only).") from error
    return taken


def _told(taken: "Taken") -> dict[str, object]:
    return {
        "state": taken.state,
        "theme": taken.theme,
        "file": str(taken.file),
        "width": taken.width_px,
        "height": taken.height_px,
    }
