"""Where files are: those shipped with the program, and the user's."""

import sys
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import SettingsError, StoreError
from fer_desktop.core.settings import Settings

APP_NAME: Final = "FER Desktop"


def resources() -> Path:
    """The folder of icons and the demo class. Raises StoreError where it is missing."""
    return _shipped("resources")


def icon() -> Path:
    """The program's picture. Raises StoreError where the folder is missing."""
    return resources() / "icon.png"


def translations() -> Path:
    """The folder of the window's languages, which may be absent. Raises StoreError where that of resources is."""
    return resources() / "i18n"


def models() -> Path:
    """The folder of the shipped network. Raises StoreError where it is missing."""
    return _shipped("models")


def settings_file() -> Path:
    """The user's settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / "settings.json"


def log_file() -> Path:
    """The program's log."""
    import platformdirs

    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False)) / "fer-desktop.log"


def sessions_folder(settings: Settings) -> Path:
    """Where sessions are saved: as the settings say, else in the user's documents."""
    import platformdirs

    if settings.sessions_folder:
        return at_home(settings.sessions_folder, "sessions folder")
    return Path(platformdirs.user_documents_dir()) / APP_NAME


def store_file() -> Path:
    """The store of sessions."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "sessions.db"


def consent_file() -> Path:
    """The log of what was accepted when."""
    return store_file().with_name("consent.jsonl")


def aliases_file(store: Path) -> Path:
    """The aliases of seats that the teacher keeps, beside that store and never in it."""
    return store.with_name("aliases.jsonl")


def readings_folder(store: Path) -> Path:
    """Where readings of recordings wait that were interrupted in the window, beside that store."""
    return store.with_name("readings")


def at_home(path: str, what: str) -> Path:
    """`path` with its `~` expanded. Raises SettingsError where it names a user who does not exist."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise SettingsError(
            "There is no home folder for {path}: choose another {what} in the settings.", path=path, what=what
        ) from error


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parents[1]
    # A bundle unpacks beside its program, a wheel has the folder inside the package, a checkout at its root.
    bundle = getattr(sys, "_MEIPASS", None)
    for parent in (Path(bundle),) if bundle else (package, package.parent):
        if (parent / name).is_dir():
            return parent / name
    raise StoreError("The program's folder {name} is missing: install it again.", name=name)
