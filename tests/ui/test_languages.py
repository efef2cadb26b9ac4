"""From the texts in the program to a translated window: the template, a language made from it, and who sees it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices

from fer_desktop.app import paths
from fer_desktop.core.settings import Language
from fer_desktop.pipeline.session_engine.channel.status import FAULT
from fer_desktop.ui import languages
from fer_desktop.ui.application import make_application
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.languages import can_be_shown, first_known, language_problem, speak
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.words import told
from fer_desktop.ui.settings.dialog import SettingsDialog
from requirements.translations import PROGRAM, TEMPLATE, messages_of_other_rooms, update


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template, and German with one menu and one message in it."""
    folder = tmp_path_factory.mktemp("translations")
    update(folder)
    german = ET.parse(folder / TEMPLATE)
    german.getroot().set("language", "de")
    translate(german, "Menus", "&File", "&Datei")
    translate(german, "Message", str(FAULT), "Ein Fehler.")
    german.write(folder / "fer_desktop_de.ts", encoding="utf-8", xml_declaration=True)
    update(folder)
    return folder


def translate(file: "ET.ElementTree[ET.Element]", context: str, source: str, words: str) -> None:
    for message in file.iterfind(f"context[name='{context}']/message"):
        if message.findtext("source") == source:
            translation = message.find("translation")
            assert translation is not None
            translation.text = words
            del translation.attrib["type"]


def sources(folder: Path, context: str) -> set[str | None]:
    file = ET.parse(folder / TEMPLATE)
    return {message.findtext("source") for message in file.iterfind(f"context[name='{context}']/message")}


def contexts(folder: Path) -> set[str]:
    return {context.findtext("name", "") for context in ET.parse(folder / TEMPLATE).iterfind("context")}


def translated_in(file: Path) -> Iterator[str]:
    """The texts that Qt's translation is asked for in a module, where they stand in the call."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Attribute(_, "tr"), [ast.Constant(str(text)), *_]):
                yield text
            case ast.Call(
                ast.Name("translate" | "QT_TRANSLATE_NOOP") | ast.Attribute(_, "translate"),
                [_, ast.Constant(str(text)), *_],
            ):
                yield text


@pytest.fixture
def program(qapp: QApplication) -> Iterator[QApplication]:
    """Speaks no language yet, whatever was tested before in this process, and none again after the test."""
    forget_languages(qapp)
    yield qapp
    forget_languages(qapp)


def forget_languages(app: QApplication) -> None:
    QLocale.setDefault(QLocale.system())
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.setParent(None)


def test_what_other_rooms_say_is_found_where_it_stands() -> None:
    found = messages_of_other_rooms()
    assert "{name} was not found: connect it, or choose another camera." in found  # from a function
    assert str(FAULT) in found  # a constant
    assert "Smallest face that is read" in found  # of a setting
    assert "As the system" in found  # one of a setting's choices


def test_what_is_said_in_a_terminal_alone_is_left_out() -> None:
    assert not any("was started with {differences}" in text for text in messages_of_other_rooms())


def test_the_template_holds_the_windows_texts_and_all_messages(folder: Path) -> None:
    assert {"&File", "&Quit", "&Pause\tSpace"} <= sources(folder, "Menus")
    assert "almost dark" in sources(folder, "ModelCard")
    assert "Start with the defaults" in sources(folder, "SettingsQuestion")
    assert sources(folder, "Message") == messages_of_other_rooms()


def test_the_template_misses_nothing_that_the_window_has_translated(folder: Path) -> None:
    known = {text for context in contexts(folder) for text in sources(folder, context)}
    asked = {text for file in (PROGRAM / "ui").rglob("*.py") for text in translated_in(file)}
    assert len(asked) > 50
    assert asked <= known  # lupdate sees nothing within an f-string


@pytest.mark.parametrize(
    ("system", "spoken"),
    [
        (["de"], "de"),
        (["de-AT"], "de"),
        (["fr-FR", "de-DE"], "de"),
        (["fr-FR"], "en"),
        (["C"], "en"),
        (["en-GB", "de-DE"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_of_the_user_that_there_is_is_spoken(folder: Path, system: list[str], spoken: str) -> None:
    assert first_known(system, folder) == spoken


def test_a_language_is_spoken_in_texts_messages_and_numbers(program: QApplication, folder: Path) -> None:
    assert speak(program, folder, "de") == "de"
    assert QCoreApplication.translate("Menus", "&File") == "&Datei"
    assert told(FAULT) == "Ein Fehler."
    assert QCoreApplication.translate("Menus", "&Quit") == "&Quit"  # not translated yet
    assert QLocale().toString(1.5) == "1,5"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"  # Qt's own


@pytest.mark.usefixtures("program")
def test_the_program_starts_in_the_language_of_the_system(
    services: FakeServices, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "system_languages", lambda: ["de-DE"])
    make_application(services, folder)
    app = make_application(services, folder)
    assert QCoreApplication.translate("Menus", "&File") == "&Datei"
    assert len(app.findChildren(QTranslator)) == 2


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("chosen", [language for language in Language if language is not Language.SYSTEM])
def test_the_program_starts_in_the_language_that_is_chosen(services: FakeServices, chosen: Language) -> None:
    services.put(language=chosen)
    make_application(services, paths.translations())
    if can_be_shown(chosen.value):
        # How it writes figures is a matter of the country too: Spanish has a point in the United States.
        assert chosen is Language.ENGLISH or QLocale().language() == QLocale(chosen.value).language()
        # English comes from the program, its plurals from a file.
        assert (QCoreApplication.translate("Menus", "&Quit") == "&Quit") is (chosen is Language.ENGLISH)
        assert Counts().came_back(1) != "%n came back"


def test_english_counts_right(program: QApplication) -> None:
    assert speak(program, paths.translations(), "en") == "en"
    assert [Counts().tiles(n) for n in (0, 1, 2)] == ["0 tiles", "1 tile", "2 tiles"]


@pytest.mark.parametrize("language", ["hi", "es", "de", "fr"])
def test_qts_own_buttons_and_file_dialog_speak_it_too(
    program: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(languages, "can_be_shown", lambda _: True)
    assert speak(program, paths.translations(), language) == language
    buttons, files = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel), QFileDialog(None, "", "/")
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    for one in (buttons, files):
        qtbot.addWidget(one)
    said = {one.text() for box in (buttons, files) for one in box.findChildren(QPushButton)}
    assert said
    assert not said & {"Cancel", "&Open", "Open", "&Choose", ""}
    names = [files.labelText(label) for label in (QFileDialog.DialogLabel.FileName, QFileDialog.DialogLabel.FileType)]
    assert "File &name:" not in names


@pytest.mark.usefixtures("program")
def test_where_no_font_has_the_letters_the_window_is_in_english_and_says_so(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert speak(qapp, paths.translations(), "hi") == "en"
    assert QCoreApplication.translate("Menus", "&File") == "&File"
    assert language_problem("hi").startswith("No font here has the letters of Hindi, so the window is in English.")
    assert [language_problem(language) for language in ("en", "es", "de", "fr")] == [""] * 4


def test_the_setting_says_that_it_takes_effect_at_the_next_start(qtbot: QtBot, services: FakeServices) -> None:
    dialog = SettingsDialog(services, SettingsModel(services), running=False)
    qtbot.addWidget(dialog)
    assert "Takes effect at the next start." in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.fields["language"].set(Language.FRENCH)
    assert dialog.values().language is Language.FRENCH
    assert wait_for_jobs(5000)
