"""The documents tell of every setting, command and column that there is, and of none that there is not."""

import re
from enum import Enum

import pytest
import typer.main
from support.places import ROOT

from fer_desktop.app.main import app
from fer_desktop.core.settings import Settings
from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.core.settings.migrations import SCHEMA_VERSION
from fer_desktop.core.settings.setting import Setting
from fer_desktop.sessions import csv_export, faces_csv, tiles_csv
from fer_desktop.ui.automation.screenshots.states import STATES
from requirements.pictures import FOLDER, PICTURES

MOST_BYTES = 1_500_000  # of all pictures together
COMMANDS = typer.main.get_group(app).commands


def first_cells(text: str, header: str) -> list[str]:
    """The names in backticks of the first column of the table under `| header |`."""
    rows = text.split(f"| {header} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [row.split("|")[1].strip().strip("`") for row in rows]


def row_of(name: str) -> list[str]:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
    return [cell.strip().replace("`", "") for cell in row.strip("|").split("|")]


def test_every_setting_is_told_and_no_other():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert first_cells(text, "setting") == list(Settings.model_fields)
    assert f'`"schema": {SCHEMA_VERSION}`' in text


@pytest.mark.parametrize("setting", all_settings(), ids=lambda setting: setting.name)
def test_a_setting_is_told_with_its_bounds_and_default(setting: Setting):
    _, values, default, _ = row_of(setting.name)
    match setting.default:
        case bool():
            assert (values, default) == ("true, false", str(setting.default).lower())
        case int() | float():
            assert values == f"{setting.low:g} to {setting.high:g}"
            assert default == f"{setting.default:g}"
        case Enum():
            assert values == ", ".join(member.value or "empty" for member in type(setting.default))
            assert default == (setting.default.value or "empty")
        case _:
            assert (values, default) == ("text", setting.default or "empty")


def test_every_column_is_told_and_no_other():
    session, rest = (ROOT / "docs" / "csv.md").read_text(encoding="utf-8").split("# `faces.csv`")
    faces, tiles = rest.split("# `tiles.csv`")
    assert first_cells(session, "column") == list(csv_export.HEADER)
    assert first_cells(faces, "column") == list(faces_csv.HEADER)
    assert first_cells(tiles, "column") == list(tiles_csv.HEADER)
    assert f"Schema version {csv_export.SCHEMA_VERSION}." in session


def test_every_command_is_told_and_no_other():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = [match[1] for match in re.finditer(r"^\| `python main\.py ([a-z-]+)", text, flags=re.MULTILINE)]
    assert sorted(told) == sorted(COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_has_an_example(command: str):
    assert f"Example: fer-desktop {command}" in (COMMANDS[command].help or "")


def test_every_option_that_the_documents_name_exists():
    named = set(re.findall(r"`(--[a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    options = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    assert named - {"--help"} <= options


def test_links_between_the_documents_lead_somewhere():
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).exists(), f"{file.name} leads to {target}"


def test_the_make_targets_that_are_told_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        told = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert told
        assert told <= targets


def test_the_pictures_of_the_documents_are_those_that_are_made_and_small():
    files = sorted(FOLDER.iterdir())
    assert [file.name for file in files] == sorted(f"{name}.png" for name in PICTURES)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert {shown.rpartition("-")[0] for shown in PICTURES.values()} <= {state.name for state in STATES}
