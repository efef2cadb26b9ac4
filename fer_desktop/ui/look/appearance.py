"""What the settings say of the look: theme, size of text, motion; put in force as a whole."""

from PySide6.QtWidgets import QApplication

from fer_desktop.core.settings import Settings
from fer_desktop.ui.look.motion import want_less_motion
from fer_desktop.ui.look.theme import apply_theme, text_percent, theme_wanted


def apply_appearance(settings: Settings) -> None:
    """Puts the look of the settings in force, in every window that is there; what is as it was stays untouched."""
    want_less_motion(settings.less_motion)
    app = QApplication.instance()
    percent = settings.text_size.percent
    if isinstance(app, QApplication) and (settings.theme, percent) != (theme_wanted(), text_percent()):
        apply_theme(app, settings.theme, percent=percent)
