"""The language of the window: its texts, Qt's own words, and how numbers and days are written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase

from fer_desktop.core.settings import Language

ENGLISH: Final = "en"
# Letters that not every system has a font for, and what the language is called in others.
_LETTERS: Final = {"hi": QFontDatabase.WritingSystem.Devanagari}
_NAMES: Final = {"hi": QT_TRANSLATE_NOOP("Languages", "Hindi")}


def system_languages() -> list[str]:
    """What the user's system speaks, as "de-AT", the first one before all others."""
    return QLocale.system().uiLanguages()


def wanted_language(chosen: Language, folder: Path) -> str:
    """The language that is chosen, or the first of the system's that is in the folder; English where none is."""
    return first_known(system_languages(), folder) if chosen is Language.SYSTEM else chosen.value


def first_known(languages: Sequence[str], folder: Path) -> str:
    """The first of them that there is a `folder`/fer_desktop_<language>.qm of, as "de"; else English."""
    for language in (tag.split("-")[0] for tag in languages):
        if language == ENGLISH or (folder / f"fer_desktop_{language}.qm").is_file():
            return language
    return ENGLISH


def can_be_shown(language: str) -> bool:
    """Whether a font that is installed has its letters."""
    return language not in _LETTERS or bool(QFontDatabase.families(_LETTERS[language]))


def own_name(language: Language, name: str) -> str:
    """What it calls itself, or what others call it where no font has its letters."""
    return name if can_be_shown(language.value) else _called(language.value)


def speak(app: QCoreApplication, folder: Path, language: str) -> str:
    """The language that all speaks which is made from here on: that one, or English where no font can show it."""
    spoken = language if can_be_shown(language) else ENGLISH
    QLocale.setDefault(_locale(spoken))
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    # Of two the later one is asked first. What Qt lacks itself, as Hindi, is in the program's folder.
    for name, places in ((f"qtbase_{spoken}", (folder, qt)), (f"fer_desktop_{spoken}", (folder,))):
        translator = QTranslator()
        if any(translator.load(str(place / f"{name}.qm")) for place in places):
            translator.setParent(app)  # which holds it
            app.installTranslator(translator)
    return spoken


def spoken() -> str:
    """The language that all speaks now, as HTML names it."""
    locale = QLocale()
    return ENGLISH if locale.language() == QLocale.Language.C else locale.bcp47Name().split("-")[0]


def language_problem(language: str) -> str:
    """One sentence where it cannot be shown; empty where it can."""
    if can_be_shown(language):
        return ""
    return QCoreApplication.translate(
        "Application",
        "No font here has the letters of {language}, so the window is in English. Install one, such as Noto Sans "
        "Devanagari, and start again.",
    ).format(language=_called(language))


def _called(language: str) -> str:
    return QCoreApplication.translate("Languages", str(_NAMES[language]))


def _locale(language: str) -> QLocale:
    """As the language is written where the user is; the system's own, digits and formats, where it is that language."""
    system = QLocale.system()
    tongue = QLocale(language).language()
    if tongue == system.language() or (language == ENGLISH and system.language() == QLocale.Language.C):
        return system
    return QLocale(tongue, system.territory())
