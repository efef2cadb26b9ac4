"""The settings' file: JSON with a schema version, written whole."""

import json
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import SettingsError, StoreError
from fer_desktop.core.files import read_small, write_whole
from fer_desktop.core.settings.migrations import SCHEMA_VERSION, up_to_date
from fer_desktop.core.settings.model import Settings

_MOST_BYTES: Final = 1_000_000  # a thousand times what is written here


def load_settings(file: Path) -> Settings:
    """The settings in `file`; the defaults where there is none. Unknown names are left out.

    Raises SettingsError where it is not JSON, of a newer program, or holds a value out of bounds. It may be anything:
    whatever cannot be read is refused in a short sentence.
    """
    try:
        found = json.loads(read_small(file, _MOST_BYTES))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise SettingsError("The settings in {file} cannot be read: mend or delete the file.", file=file) from error
    version = found.get("schema") if isinstance(found, dict) else None
    if type(version) is not int or version < 1:  # a bool is an int, but no version
        raise SettingsError("The settings in {file} are not this program's: mend or delete the file.", file=file)
    if version > SCHEMA_VERSION:
        raise SettingsError(
            "The settings in {file} were written by a newer version: update, or delete the file.", file=file
        )
    values = up_to_date(found, version)
    try:
        return Settings.model_validate({name: values[name] for name in Settings.model_fields if name in values})
    except SettingsError as error:
        raise SettingsError("{problem} Change it in {file}, or delete the file.", problem=error, file=file) from error


def save_settings(settings: Settings, file: Path) -> None:
    """Writes the settings whole or not at all. Raises StoreError where the folder cannot be written."""
    text = json.dumps({"schema": SCHEMA_VERSION, **dict(settings)}, indent=2) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
    except OSError as error:
        raise StoreError(
            "The settings cannot be saved in {folder}: check that it can be written.", folder=file.parent
        ) from error
