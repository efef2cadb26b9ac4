"""One short sound, as loud as the system's own are."""

from PySide6.QtWidgets import QApplication


def play_quiet_sound() -> None:
    """Plays the system's own sound, where it has one and lets it be heard; returns at once."""
    QApplication.beep()
