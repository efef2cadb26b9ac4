"""Every sentence that tells of a fault has a page with cause and cure, and is led to it in every language."""

from xml.etree import ElementTree as ET

import pytest

from fer_desktop.core.help.library import FAULTS, PAGES, Finder, page_called
from fer_desktop.core.help.pages import Kind, Page, Topic
from fer_desktop.core.help.topics import TOPICS
from fer_desktop.core.messages import message
from requirements.translations import FOLDER, messages_by_file

# What is said here is no fault, a part of a sentence, or for a terminal alone.
ELSEWHERE = (
    "app/audit/",
    "app/bench/kill_bench.py",
    "app/soak/",
    "app/training_setup.py",
    "app/bench/window_bench.py",
    "core/calls.py",
    "core/comparison/",
    "core/glance/",
    "core/help/",
    "core/settings/setting.py",
    "sessions/exports/parquet.py",
    "sessions/report/",
    "sessions/store/asking.py",
    "simulation/cast/actors.py",
    "simulation/recording.py",
    "ui/automation/",
)
NEVER_TOLD = {"", "damaged"}
TOLD = [(sentence, page) for page in PAGES for sentence in page.told]


def said_of_faults() -> dict[str, str]:
    """Each sentence that must have a page, and the module that says it."""
    files = [(name, texts) for name, texts in messages_by_file() if not name.startswith(ELSEWHERE)]
    return {sentence: name for name, texts in files for sentence in texts - NEVER_TOLD}


def translations(language: str) -> dict[str, str]:
    contexts = ET.parse(FOLDER / f"fer_desktop_{language}.ts").iterfind("context")
    texts = next(context for context in contexts if context.findtext("name") == "Message").iterfind("message")
    return {text.findtext("source", ""): text.findtext("translation") or "" for text in texts}


def filled(sentence: str) -> str:
    """The sentence with something for its values."""
    return sentence.format_map(_Anything())


class _Anything(dict[str, object]):
    def __missing__(self, key: str) -> object:
        return 7 if key in ("end_s", "claimed_s", "side") else f"<{key}>"


def test_every_sentence_that_tells_of_a_fault_has_a_page():
    homeless = {sentence: name for sentence, name in said_of_faults().items() if sentence not in dict(TOLD)}
    assert homeless == {}, "write it into `told` of the page in core/help that says what helps, or make a new page"


def test_no_page_is_about_a_sentence_that_nobody_says():
    said = {sentence for _, texts in messages_by_file() for sentence in texts}
    assert [sentence for sentence, _ in TOLD if sentence not in said] == []


def test_no_sentence_is_on_two_pages():
    assert len(dict(TOLD)) == len(TOLD)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "hi"])
def test_a_sentence_that_is_told_leads_to_its_page(language: str):
    known = {} if language == "en" else translations(language)

    def say(sentence: str) -> str:
        return known.get(sentence) or sentence

    finder = Finder.of(say)
    lost = [sentence for sentence, page in TOLD if finder.page_of(filled(say(sentence))) is not page]
    assert lost == []


def test_what_is_told_within_a_sentence_says_more_than_what_it_is_told_in():
    finder = Finder.of(str)
    inner = "The reading of frames ended by a fault; it is started again."
    for outer in ("{problem} What happened is in the log file.", "{problem} The session goes on, and so on."):
        assert finder.page_of(str(message(outer, problem=message(inner)))) is page_called("fault")
    covered = "Another window covers the chosen window: move one of them aside, and the session goes on."
    assert finder.page_of(f"{covered} What happened is in /home/a/log.txt") is page_called("covered")


def test_what_is_no_fault_leads_nowhere():
    finder = Finder.of(str)
    for sentence in ("About as usual.", "Mostly neutral.", "Saved to /home/a/session.csv", "“Physics” is erased.", ""):
        assert finder.page_of(sentence) is None


def test_a_translation_that_is_empty_is_about_nothing():
    finder = Finder.of(lambda _sentence: "")
    assert finder.page_of("Mostly neutral.") is None


def test_the_pages_have_names_of_their_own():
    assert len({page.key for page in PAGES}) == len(PAGES)
    assert [page.key for page in TOPICS] == list(Topic)


@pytest.mark.parametrize("page", FAULTS, ids=lambda page: page.key)
def test_a_page_about_a_fault_says_what_happened_why_and_what_helps(page: Page):
    assert page.is_fault
    assert [part.kind for part in page.parts] == [Kind.TEXT, Kind.HEADING, Kind.POINTS, Kind.HEADING, Kind.STEPS]
    assert all(part.words for part in page.parts)
