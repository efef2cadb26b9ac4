"""Reports of lessons in the language that the program speaks, with what the card says of the network in use."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from fer_desktop import __version__
from fer_desktop.app import paths
from fer_desktop.app.compose import model_file
from fer_desktop.core.card_errors import CardErrors, errors_of
from fer_desktop.core.errors import FerError
from fer_desktop.core.settings import Settings
from fer_desktop.sessions.exports.kinds import Format
from fer_desktop.sessions.report.content import Speaker, content
from fer_desktop.sessions.report.page import as_html

if TYPE_CHECKING:
    from fer_desktop.core.report_page import ReportPage
    from fer_desktop.sessions.exports.lesson import Lesson

Report = Callable[["Lesson"], str | bytes]


def report_maker(kind: Format, settings: Settings) -> Report:
    """Makes the page of a lesson, as HTML or as PDF; the second needs a running Qt, as both do for another language."""

    @cache
    def card_of(output: str) -> tuple[str, CardErrors]:
        from fer_desktop.vision.model_files import model_hash, read_card

        try:
            file = model_file(settings)
            return model_hash(file), errors_of(read_card(file), output)
        except (FerError, OSError):  # the report says that it is not known
            return "", CardErrors()

    def page_of(lesson: "Lesson") -> "ReportPage":
        sha256, errors = card_of(str(lesson.stored.settings.get("output") or ""))
        read_by_it = sha256 and sha256 == lesson.stored.model_sha256
        return content(lesson, errors if read_by_it else CardErrors(), __version__, her_speaker())

    def made(lesson: "Lesson") -> str | bytes:
        if kind is Format.PDF:
            from fer_desktop.ui.report.pdf import as_pdf

            return as_pdf(page_of(lesson))
        return as_html(page_of(lesson))

    return made


def her_speaker() -> Speaker:
    """Speaks as the window does."""
    from fer_desktop.ui.languages import spoken
    from fer_desktop.ui.look.times import full_day_words, time_words
    from fer_desktop.ui.look.words import told

    return Speaker(spoken(), told, full_day_words, time_words)


def speak_without_window(settings: Settings) -> None:
    """Starts Qt without a screen, in her language, where it does not run yet; for a command."""
    import sys

    from fer_desktop.app.terminal.display import draw_offscreen
    from fer_desktop.ui.languages import speak, wanted_language

    if sys.platform != "win32":  # where only a platform with windows knows the system's fonts
        draw_offscreen()
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        app = QGuiApplication(sys.argv[:1])
        folder = paths.translations()
        speak(app, folder, wanted_language(settings.language, folder))
        _kept.append(app)


_kept: list[object] = []  # Qt ends with it
