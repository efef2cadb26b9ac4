"""The window, which opens where no command is given."""

import sys

import typer

from fer_desktop.core.errors import FerError


def open_window() -> None:
    """Opens the window and ends with its exit code. Raises FerError where it cannot be shown."""
    from fer_desktop.app import paths
    from fer_desktop.app.display import has_display
    from fer_desktop.app.services import AppServices
    from fer_desktop.core.settings import load_settings

    if not has_display():
        raise FerError("There is no display for the window: start it on a desktop, or use analyze or demo --out DIR.")
    settings_file = paths.settings_file()
    try:
        settings = load_settings(settings_file)
    except FerError as error:
        if getattr(sys, "frozen", False):
            _show(str(error))
        raise
    from fer_desktop.ui.application import run_app

    raise typer.Exit(run_app(AppServices(settings, settings_file), log_file=paths.log_file()))


def _show(sentence: str) -> None:
    """Who starts a bundle from its icon sees no terminal."""
    from PySide6.QtWidgets import QApplication, QMessageBox

    app = QApplication(sys.argv[:1])
    QMessageBox.critical(None, "FER Desktop", sentence)
    app.quit()
