"""From the texts in the program to a translated window: the template, a language made from it, and who sees it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from support.fakes import FakeServices

from fer_desktop.pipeline.session_engine.status import FAULT
from fer_desktop.ui.application import load_language, make_application
from fer_desktop.ui.look.words import told
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
    """Speaks English again after the test."""
    yield qapp
    QLocale.setDefault(QLocale.system())
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
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


@pytest.mark.parametrize("languages", [["de"], ["de-AT"], ["fr-FR", "de-DE"]])
def test_the_first_language_of_the_user_that_there_is_is_spoken(
    program: QApplication, folder: Path, languages: list[str]
) -> None:
    assert load_language(program, folder, languages) is not None
    assert QCoreApplication.translate("Menus", "&File") == "&Datei"
    assert told(FAULT) == "Ein Fehler."
    assert QCoreApplication.translate("Menus", "&Quit") == "&Quit"  # not translated yet


@pytest.mark.usefixtures("program")
def test_the_program_starts_in_the_language_of_the_system(services: FakeServices, folder: Path) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    make_application(services, folder)
    app = make_application(services, folder)
    assert QCoreApplication.translate("Menus", "&File") == "&Datei"
    assert len(app.findChildren(QTranslator)) == 1


@pytest.mark.parametrize("languages", [["fr-FR"], ["C"], ["en-GB", "de-DE"]])
def test_english_is_spoken_where_there_is_no_other_or_the_user_prefers_it(
    program: QApplication, folder: Path, languages: list[str]
) -> None:
    assert load_language(program, folder, languages) is None
    assert QCoreApplication.translate("Menus", "&File") == "&File"
