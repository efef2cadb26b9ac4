"""The languages that are committed: whole, compiled as they stand, and true to what the program asks for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fer_desktop.core.settings import Language
from requirements.translations import FOLDER, PLURALS, TEMPLATE, collect, compile_language

LANGUAGES = [language.value for language in Language if language is not Language.SYSTEM]
FILES = sorted(set(FOLDER.glob("*.ts")) - {FOLDER / TEMPLATE})
TRANSLATED = sorted(FOLDER.glob("fer_desktop_*.ts"))


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the program in one language."""

    context: str
    source: str
    comment: str
    counts: bool
    forms: tuple[str, ...]  # one, or one for each plural
    finished: bool

    @property
    def key(self) -> tuple[str, str, str, bool]:
        return self.context, self.source, self.comment, self.counts


def texts(file: Path) -> list[Text]:
    return [text for context in ET.parse(file).iterfind("context") for text in _texts(context)]


def finished(file: Path) -> Iterator[tuple[str, str]]:
    """Each text with each form of its translation."""
    return ((text.source, form) for text in texts(file) if text.finished for form in text.forms)


def _texts(context: ET.Element) -> Iterator[Text]:
    for message in context.iterfind("message"):
        said = message.find("translation")
        assert said is not None
        forms = [form.text or "" for form in said.iterfind("numerusform")] or [said.text or ""]
        yield Text(
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("comment", ""),
            message.get("numerus") == "yes",
            tuple(forms),
            said.get("type") is None and all(forms),
        )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the program asks for now: all of it, and what counts something."""
    folder = tmp_path_factory.mktemp("asked")
    collect(folder / TEMPLATE)
    collect(folder / PLURALS, plurals=True)
    return folder


def ids(file: Path) -> str:
    return file.stem


def test_every_language_that_can_be_chosen_is_there_and_no_other() -> None:
    assert [file.stem for file in TRANSLATED] == sorted(f"fer_desktop_{language}" for language in LANGUAGES)


@pytest.mark.parametrize("file", TRANSLATED, ids=ids)
def test_no_text_of_the_program_is_missing_and_none_is_left_from_an_older_one(file: Path, asked: Path) -> None:
    wanted = {text.key for text in texts(asked / (PLURALS if file.name == PLURALS else TEMPLATE))}
    found = {text.key for text in texts(file)}
    assert (wanted - found, found - wanted) == (set(), set()), "call `make translations`"


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_nothing_is_unfinished(file: Path) -> None:
    assert [text.source for text in texts(file) if not text.finished] == []


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_the_compiled_file_is_made_from_the_one_beside_it(file: Path, tmp_path: Path) -> None:
    compile_language(file, made := tmp_path / "made.qm")
    assert made.read_bytes() == file.with_suffix(".qm").read_bytes(), "call `make translations`"


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_files_are_in_an_order_that_can_be_merged(file: Path) -> None:
    contexts = [context.findtext("name", "") for context in ET.parse(file).iterfind("context")]
    assert contexts == sorted(contexts)
    assert "<location" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_what_stands_in_a_text_for_a_value_stands_in_its_translation(file: Path) -> None:
    wrong = [(text, form) for text, form in finished(file) if values(text) != values(form)]
    assert wrong == []


def values(text: str) -> Counter[str]:
    """The {names} of values, whatever their format, %n, %1, a key behind a tab, code, and what files are called."""
    names = re.findall(r"\{\w+|%n|%\d|\t|`[^`]*`|\*\*|…$|\*\.\w+|https?://|rtsp://|\.json|\.onnx", text)
    return Counter(names)


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_a_letter_that_is_pressed_is_marked_where_the_english_text_marks_one(file: Path) -> None:
    wrong = [(text, form) for text, form in finished(file) if marks(text) != marks(form)]
    assert wrong == []


def marks(text: str) -> int:
    """How many letters are marked to be pressed."""
    return len(re.findall(r"&\w", text.replace("&&", "")))


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_no_text_begins_or_ends_with_a_blank_that_the_english_has_not(file: Path) -> None:
    wrong = [(text, form) for text, form in finished(file) if blanks(text) != blanks(form)]
    assert wrong == []


def blanks(text: str) -> tuple[bool, bool]:
    return text != text.lstrip(), text != text.rstrip()
