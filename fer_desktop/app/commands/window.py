"""The window, which opens where no command is given."""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from fer_desktop.core.errors import FerError, SettingsError

if TYPE_CHECKING:
    from fer_desktop.core.messages import Message
    from fer_desktop.core.settings import Settings


def open_window() -> None:
    """Opens the window and ends with its exit code. Raises FerError where it cannot be shown."""
    from fer_desktop.app import paths
    from fer_desktop.app.terminal.display import has_display

    if not has_display():
        raise FerError("There is no display for the window: start it on a desktop, or use analyze or demo --out DIR.")
    settings_file = paths.settings_file()
    settings = settings_or_defaults(settings_file)
    from fer_desktop.app.user_window import run_user_window

    raise typer.Exit(run_user_window(settings, settings_file))


def settings_or_defaults(file: Path) -> "Settings":
    """The settings, or the defaults if they cannot be read and the user, asked in a window, chooses those.

    Raises SettingsError if the user chooses not to, or if there is a terminal to report to. The unreadable file is then
    left alone, otherwise renamed to end in `.bad`.
    """
    from fer_desktop.core.settings import Settings, load_settings

    try:
        return load_settings(file)
    except SettingsError as error:
        if not _without_terminal() or not _wants_defaults(error.message, file):
            raise
    # If it cannot be renamed, the program starts anyway and asks again next time.
    with contextlib.suppress(OSError):
        os.replace(file, _bad(file))
    return Settings()


def _bad(file: Path) -> Path:
    return file.with_name(f"{file.name}.bad")


def _without_terminal() -> bool:
    """Whether the program was started from its icon, so that nobody sees standard error."""
    return bool(getattr(sys, "frozen", False)) or sys.stderr is None or not sys.stderr.isatty()


def _wants_defaults(problem: "Message", file: Path) -> bool:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QMessageBox

    from fer_desktop.app import paths
    from fer_desktop.app.services import AppServices
    from fer_desktop.core.settings import Settings
    from fer_desktop.ui.application import make_application
    from fer_desktop.ui.look.words import told

    app = make_application(AppServices(Settings(), file), paths.translations())
    translate = QCoreApplication.translate
    box = QMessageBox(QMessageBox.Icon.Warning, "FER Desktop", told(problem))
    box.setInformativeText(
        translate("SettingsQuestion", "Or start with the defaults; the file is then renamed to {name}.").format(
            name=_bad(file).name
        )
    )
    start = box.addButton(translate("SettingsQuestion", "Start with the defaults"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("SettingsQuestion", "Close"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(start)
    box.exec()
    wanted = box.clickedButton() is start
    if not wanted:
        app.quit()
    return wanted
