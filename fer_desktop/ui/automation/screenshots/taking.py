"""Takes the pictures."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from fer_desktop.core.files import temporary_folder
from fer_desktop.ui.application import make_application
from fer_desktop.ui.automation.screenshots.replay import Studio
from fer_desktop.ui.automation.screenshots.stage import Stage, picture_of, settle
from fer_desktop.ui.automation.screenshots.states import State
from fer_desktop.ui.look.motion import stand_still
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.look.times import stop_clock
from fer_desktop.ui.toolkit.png_file import write_png

logger = logging.getLogger(__name__)

# Where each language is spoken, for days, times and numbers, whatever this computer's user has.
_LOCALES: Final = {"en": "en_GB", "hi": "hi_IN", "es": "es_ES", "de": "de_DE", "fr": "fr_FR"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that was written."""

    state: str
    theme: str
    file: Path
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same in all pictures."""

    language: str
    now: datetime
    family: str = ""  # of the font; empty: the desktop's
    translations: Path | None = None
    icon: Path | None = None


def take(
    studio: Studio, states: Sequence[State], themes: Sequence[str], setting: Setting, out: Path
) -> Iterator[Taken]:
    """Writes each state in each theme as <state>-<theme>.png. Raises StoreError; TimeoutError where one does not come.

    The application must be this process's first, and for nothing else.
    """
    app = _still_application(studio, setting)
    with temporary_folder() as folder:
        for state in states:
            studio.set_up(state.given)
            apply_theme(app, themes[0], setting.family)
            with Stage(studio, folder) as stage:
                shown = state.show(stage)
                for theme in themes:
                    apply_theme(app, theme)
                    settle()
                    picture, file = picture_of(shown), out / f"{state.name}-{theme}.png"
                    write_png(picture, file)
                    yield Taken(state.name, theme, file, picture.width(), picture.height())


def _still_application(studio: Studio, setting: Setting) -> QApplication:
    """The application where nothing moves, blinks or goes by the clock."""
    qInstallMessageHandler(_log)
    stand_still()
    stop_clock(setting.now)
    app = make_application(studio, setting.translations, setting.icon)
    QLocale.setDefault(QLocale(_LOCALES[setting.language]))
    app.setQuitOnLastWindowClosed(False)
    QApplication.setCursorFlashTime(0)
    return app


def _log(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """What Qt's platform without a display says of all that it lacks is for the log alone."""
    logger.info("Qt: %s", words)
