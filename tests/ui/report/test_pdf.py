"""The report as PDF: one page whatever it says, in every language, with text that can be read aloud."""

import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath
from support.stored import summary
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.app import paths
from fer_desktop.core.card_errors import CardErrors, Shown
from fer_desktop.core.messages import Message
from fer_desktop.core.report_page import ReportPage, Row
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap, Marker, SessionEvent, TakenUp
from fer_desktop.sessions.exports.lesson import lesson
from fer_desktop.sessions.report.content import Speaker, content
from fer_desktop.sessions.store.editing import set_class, set_notes
from fer_desktop.ui.report.language import with_language
from fer_desktop.ui.report.paper import DPI, Paper
from fer_desktop.ui.report.pdf import as_pdf
from fer_desktop.ui.report.sheet import Sheet

ERRORS = CardErrors(0.63, {Shown.SMILING: 0.85, Shown.LOW: 0.45})
LONG = "Ein Name, der nie und nimmer auf eine Zeile passt, weil er immer weitergeht " * 3
REASONS = (State.STARTING, State.PAUSED, State.NO_SOURCE, State.COVERED, State.SLOW, State.ASLEEP)
FULL: list[SessionEvent] = [
    *(Gap(90.0 * place, 90.0 * (place + 1), reason) for place, reason in enumerate(REASONS)),
    *(summary(540.0 + at, readable=0, state=State.WITHHELD) for at in range(1, 60)),
    *(Marker(at, 600.0 + at, LONG) for at in range(1, 300)),
    *(second(600.0 + at) for at in range(1, 300)),
    TakenUp(899.0),
    Gap(899.0, 990.0, State.PAUSED),
]
ODD: dict[str, list[SessionEvent]] = {
    "1 s": [second(1.0)],
    "no face": [summary(1.0, readable=0)],
    "24 h": [Gap(0.0, 86_399.0, State.PAUSED), second(86_400.0)],
    "all there is": FULL,
}


def page_of(folder: Path, events: list[SessionEvent], speaker: Speaker | None = None, notes: str = "") -> ReportPage:
    store = folder / "sessions.db"
    one = store_lesson(store, events, name=LONG[:110])
    set_notes(store, one, notes)
    return content(lesson(store, one), ERRORS, "0.1.0", speaker)


def speaking(language: str) -> Speaker:
    translator = QTranslator()
    assert language == "en" or translator.load(str(paths.translations() / f"fer_desktop_{language}.qm"))

    def tell(sentence: Message) -> str:
        values = {name: tell(one) if isinstance(one, Message) else one for name, one in sentence.values.items()}
        text = str(translator.translate("Message", sentence.text)) or sentence.text
        return text.format(**values) if values else text

    return Speaker(language, tell)


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:  # kept as it is
            found.append(raw)
    return found


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "hi"])
@pytest.mark.parametrize("odd", ODD)
def test_it_is_one_page_on_which_all_that_must_be_said_has_room(tmp_path: Path, language: str, odd: str):
    page = page_of(tmp_path, ODD[odd], speaking(language), LONG * 5)
    pdf = as_pdf(page)
    assert pdf.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 595" in pdf
    assert f"/Lang ({language})".encode() in pdf
    sheets = [Sheet(_paper(scale), page) for scale in (1.0, 0.95, 0.9, 0.85, 0.8)]
    assert any(sheet.fits for sheet in sheets)


def _paper(scale: float = 1.0) -> Paper:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    return Paper(image, scale)


@pytest.mark.usefixtures("qapp")
def test_changes_have_room_before_what_was_only_named(tmp_path: Path):
    page = page_of(tmp_path, FULL)
    change = Row("10:00:00", "", "More faces than usual smiled: about 9 of 12, usually 3; for 2 min.")
    sheet = Sheet(_paper(), replace(page, moments=[*page.moments, change]))
    shown = [lines for moment in sheet._shown if moment.words for lines in moment.words.text]
    assert shown == [change.words]
    assert 0 < len(sheet._shown) < len(page.moments)


@pytest.mark.usefixtures("qapp")
def test_a_long_name_ends_in_an_ellipsis_within_the_page():
    paper = _paper()
    (line,) = paper.lines("W" * 300, paper.font(18), 5000, 1).text
    assert line.endswith("…")
    assert paper.metrics(paper.font(18)).horizontalAdvance(line) <= 5000
    first, last = paper.lines(f"{'words ' * 60}\n\n{'more ' * 60}", paper.font(9), 3000, 2).text
    assert last.endswith("…")
    assert "…" not in first


@pytest.mark.usefixtures("qapp")
def test_signs_beyond_the_first_plane_are_broken_whole():
    paper = _paper()
    lines = paper.lines("🙂" * 60, paper.font(12), 1500).text
    assert len(lines) > 1
    assert "".join(lines) == "🙂" * 60


@pytest.mark.usefixtures("qapp")
def test_it_is_kept_with_its_letters_and_says_what_it_is(tmp_path: Path):
    store = tmp_path / "sessions.db"
    page = content(lesson(store, store_scripted(store, 1200)), ERRORS, "0.1.0")
    pdf = as_pdf(page)
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf  # so that it can be read aloud and searched
    assert any(b'pdfaid:part="1"' in one for one in streams(pdf))
    assert b"/DisplayDocTitle true" in pdf
    assert "Maths 9b, Monday 2 March 2026, 09:00 to 09:20".encode("utf-16-be") in pdf
    # PDF/A lets no colour shine through another.
    assert set(re.findall(rb"/ca ([\d.]+)", pdf, re.IGNORECASE)) == {b"1.0"}


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.4\nof another writer\n%%EOF\n"])
def test_what_another_qt_may_write_is_left_as_it_is(broken: bytes):
    assert with_language(broken, "de") == broken


@pytest.mark.usefixtures("qapp")
def test_no_language_can_write_into_the_file(tmp_path: Path):
    pdf = as_pdf(replace(page_of(tmp_path, [second(1.0)]), language="de) /Evil (x"))
    assert b"Evil" not in pdf


@pytest.mark.usefixtures("qapp")
def test_on_grey_paper_the_lower_group_is_still_told_from_the_upper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its stripes, which lie in its area alone."""
    striped: list[object] = []
    set_clip = QPainter.setClipPath

    def clip(painter: QPainter, path: QPainterPath) -> None:
        striped.append(path)
        set_clip(painter, path)

    monkeypatch.setattr(QPainter, "setClipPath", clip)
    store = tmp_path / "sessions.db"
    as_pdf(content(lesson(store, store_scripted(store, 1200)), ERRORS, "0.1.0"))
    assert striped


@pytest.mark.usefixtures("qapp")
def test_however_long_the_name_its_class_stands_beside_it(tmp_path: Path) -> None:
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [second(1.0)], name="W" * 80)
    set_class(store, one, "9b")
    page = content(lesson(store, one), ERRORS, "0.1.0")
    assert ", 9b, Monday".encode("utf-16-be") in as_pdf(page)
    written: list[tuple[float, str]] = []

    class Written(Paper):
        def _line(self, x: float, y: float, words: str, font: QFont, colour: QColor) -> None:
            written.append((x + self.metrics(font).horizontalAdvance(words), words))
            super()._line(x, y, words, font, colour)

    image = QImage(5950, 8420, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    painter = QPainter(image)
    Sheet(Written(image), page).paint(painter)
    painter.end()
    (_, name), (right, of_class) = written[:2]
    assert name.startswith("WW")
    assert name.endswith("…")
    assert of_class == " · 9b"
    assert right <= 5950 - 420


@pytest.mark.usefixtures("qapp")
def test_markers_close_together_and_at_the_end_have_their_whole_names_over_the_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    names = {124.0: "quiz one", 131.0: "board", 360.0: "More faces than usual smile", 364.0: "dice"}
    markers = [Marker(number, at, name) for number, (at, name) in enumerate(names.items(), 1)]
    page = page_of(tmp_path, [*markers, *(second(float(at)) for at in range(1, 408))])
    written = list[str]()

    def label(paper: Paper, x: float, y: float, words: str, font: QFont, colour: QColor, part: float = 0.0) -> None:
        written.append(words)
        write(paper, x, y, words, font, colour, part)

    write = Paper.label
    monkeypatch.setattr(Paper, "label", label)
    as_pdf(page)
    assert [name for name in names.values() if name not in written] == []
