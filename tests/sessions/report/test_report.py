"""The report: what it says, that it needs nothing beside itself, and that no name breaks it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.stored import summary
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.card_errors import CardErrors, Shown
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap, Marker, Note, TakenUp
from fer_desktop.sessions.exports.lesson import Lesson, lesson
from fer_desktop.sessions.report.content import Speaker, content
from fer_desktop.sessions.report.page import as_html
from fer_desktop.sessions.store.editing import set_class, set_notes

ERRORS = CardErrors(0.63, {Shown.SMILING: 0.85, Shown.LOW: 0.45})
VOID = {"meta", "rect", "path"}


def report(told: Lesson, errors: CardErrors, program: str, speaker: Speaker | None = None) -> str:
    return as_html(content(told, errors, program, speaker))


class Page(HTMLParser):
    """Its elements; each that opens has to close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def html(tmp_path: Path) -> str:
    store = tmp_path / "sessions.db"
    return report(lesson(store, store_scripted(store, 1200)), ERRORS, "0.1.0")


def test_it_says_what_the_lesson_was(html: str):
    page = Page(html)
    assert "Monday 2 March 2026, 09:00 to 09:20" in page.text
    assert "Over the whole lesson mostly neutral." in page.text
    assert re.search(r"More faces than usual smiled: about \d+ of \d+, usually \d+; for ", page.text)
    assert re.search(r"About 2\d of 23 cameras that were on were read, for \d+ min of 20 min\.", page.text)
    assert re.search(r"\d+ s: paused\.", page.text)
    assert "about 37 are misread, of 100 that look sad, afraid or angry about 55" in page.text
    assert "A change is named from 4 faces of" in page.text
    assert "Not for grading, appraisal or discipline." in page.text
    assert "Your notes" in page.text


def test_it_needs_nothing_beside_itself(html: str):
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not re.findall(r"(?:src|href)=|@import|url\((?!#)", html)
    assert "default-src 'none'" in html
    assert re.findall(r"https?://[^\"]+", html) == ["http://www.w3.org/2000/svg"] * 2


def test_screen_readers_find_their_way(html: str):
    page = Page(html)
    assert page.all("html") == [{"lang": "en"}]
    assert [tag for tag, _ in page.tags if re.fullmatch(r"h\d", tag)] == ["h1", *["h2"] * 4]
    for drawing in page.all("svg"):
        assert drawing["role"] == "img"
        for name in (drawing["aria-labelledby"] or "").split():
            assert f'id="{name}"' in html
    assert "More faces than usual" in re.findall(r"<desc[^>]*>(.*?)</desc>", html)[0]
    assert {head["scope"] for head in page.all("th")} == {"col", "row"}


def test_names_and_notes_are_text(tmp_path: Path):
    evil = "<script>alert(1)</script> & \"quoted\" 'too'"
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [Marker(1, 0.5, evil), second(1.0), Note(evil)], name=evil)
    html = report(lesson(store, one), ERRORS, evil)
    assert "<script" not in html
    assert Page(html).text.count("alert(1)") >= 4


def test_what_a_translator_writes_is_text(tmp_path: Path):
    store = tmp_path / "sessions.db"
    told = lesson(store, store_scripted(store, 400))
    html = report(
        told, ERRORS, "0.1.0", Speaker("fr", lambda sentence: f"<b>{sentence}", lambda _: "<i>", lambda *_: "<u>")
    )
    assert not re.search("<[biu]>", html)


def test_it_is_told_in_her_language(tmp_path: Path):
    store = tmp_path / "sessions.db"
    told = lesson(store, store_scripted(store, 900))
    speaker = Speaker("de", lambda sentence: f"[{sentence}]", lambda at: f"Tag {at.day}", lambda at, _: f"{at:%H} Uhr")
    page = Page(report(told, ERRORS, "0.1.0", speaker))
    assert page.all("html") == [{"lang": "de"}]
    said = " ".join(word for word in page.words if word.strip() and not word.strip().startswith("["))
    names = {marker.text for marker in told.events if isinstance(marker, Marker)}
    rest = {word.strip() for word in page.words if word.strip() and not word.strip().startswith("[")} - names
    assert rest <= {"Maths 9b", "FER Desktop 0.1.0", "09 Uhr", "5"}, said


def test_the_low_group_is_never_told_below_three(tmp_path: Path):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [second(float(at), low=2) for at in range(1, 60)])
    page = Page(report(lesson(store, one), ERRORS, "0.1.0"))
    assert "usually 2" not in page.text
    assert 'fill="#BFDCEC"' not in report(lesson(store, one), ERRORS, "0.1.0")


@pytest.mark.parametrize(
    "events",
    [
        [second(1.0)],
        [summary(1.0, readable=0)],
        [Gap(0.0, 86_400.0, State.PAUSED)],
        [summary(float(at), readable=0, state=State.WITHHELD) for at in range(1, 9)],
        [Marker(at, float(at), f"slide {at}") for at in range(1, 300)] + [second(300.0)],
    ],
    ids=["1 s", "no face", "24 h of a gap", "withheld", "300 markers"],
)
def test_odd_lessons_have_a_page(tmp_path: Path, events: list[object]):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, events)  # type: ignore[arg-type]
    html = report(lesson(store, one), CardErrors(), "0.1.0")
    assert "How often the network errs was not measured" in Page(html).text
    assert "nan" not in html.lower().replace("finance", "")


def test_a_lesson_from_a_file_does_not_pretend_to_know_what_was_usual(tmp_path: Path):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [second(float(at), smiling=9) for at in range(1, 60)])
    page = Page(report(lesson(store, one), ERRORS, "0.1.0"))
    assert "Over the whole lesson mostly smiling." in page.text
    assert "It came from a file, which does not say what was usual." in page.text


def test_what_she_wrote_of_the_lesson_stands_among_her_notes(tmp_path: Path):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [second(1.0)])
    set_notes(store, one, "Ask about <fractions>")
    html = report(lesson(store, one), ERRORS, "0.1.0")
    assert "Ask about &lt;fractions&gt;" in html


def test_a_day_is_a_page_of_a_hundred_kilobytes_at_most(tmp_path: Path):
    store = tmp_path / "sessions.db"
    one = store_scripted(store, 1800)
    assert len(report(lesson(store, one), ERRORS, "0.1.0")) < 100_000


def test_the_time_until_it_was_resumed_is_no_pause(tmp_path: Path):
    store = tmp_path / "sessions.db"
    pause, stop = Gap(1.0, 13.0, State.PAUSED), Gap(14.0, 22.0, State.PAUSED)
    one = store_lesson(store, [second(1.0), pause, second(14.0), TakenUp(14.3), stop, second(23.0)])
    page = Page(report(lesson(store, one), ERRORS, "0.1.0"))
    assert "8 s: stopped, and then resumed." in page.text
    assert "12 s: paused." in page.text
    only = store_lesson(store, [second(1.0), TakenUp(1.0), Gap(1.0, 9.0, State.PAUSED), second(10.0)])
    assert "paused" not in Page(report(lesson(store, only), ERRORS, "0.1.0")).text


def test_its_class_stands_beside_its_name(tmp_path: Path):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [second(1.0)], name="Fractions")
    assert "<h1>Fractions</h1>" in report(lesson(store, one), ERRORS, "0.1.0")
    set_class(store, one, "9b <i>")
    html = report(lesson(store, one), ERRORS, "0.1.0")
    assert "Fractions · 9b <i> Monday" in Page(html).text
    assert "<i>" not in html
