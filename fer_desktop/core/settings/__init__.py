"""What the user has chosen: one frozen model, its description field by field, and the file that keeps it."""

from fer_desktop.core.settings.choices import Context, Jurisdiction, Language, Retention, TextSize, Theme
from fer_desktop.core.settings.file import load_settings, save_settings
from fer_desktop.core.settings.model import Settings

__all__ = [
    "Context",
    "Jurisdiction",
    "Language",
    "Retention",
    "Settings",
    "TextSize",
    "Theme",
    "load_settings",
    "save_settings",
]
