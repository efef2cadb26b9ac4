"""The workbook: its sheets, its numbers, its charts, and no formula."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.pipeline.events import Marker, Note
from fer_desktop.sessions.csv_export import HEADER
from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.sessions.exports.kinds import Format

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(tmp_path: Path, store: Path, session: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(Exporter(store, tmp_path, Format.XLSX, lambda _: "").export(session).file)


def rows(book: zipfile.ZipFile, number: int) -> list[dict[str, str]]:
    """Cells by the letters of their column; empty ones are not there."""
    sheet = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        {(cell.get("r") or "").rstrip("0123456789"): "".join(cell.itertext()) for cell in row}
        for row in sheet.iter(f"{MAIN}row")
    ]


def test_it_has_the_sheets_with_all_rows_and_charts_of_its_own(tmp_path: Path):
    store = tmp_path / "sessions.db"
    book = workbook(tmp_path, store, store_scripted(store, 300))
    names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
    assert names == ["Figures", "Seconds", "Moments", "Columns"]
    seconds = rows(book, 2)
    assert list(seconds[0].values()) == list(HEADER)
    assert len(seconds) == 301
    assert float(seconds[1]["B"]) == 1.0
    assert {row["D"] for row in rows(book, 3)[1:]} >= {"marker", "gap"}
    assert {row["A"] for row in rows(book, 4)} >= set(HEADER)
    charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert b"Seconds" in book.read(charts[0])


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org"])
def test_nothing_that_was_typed_is_a_formula_or_a_link(tmp_path: Path, evil: str):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [Marker(1, 1.0, evil), second(1.0), Note(evil)], name=evil)
    book = workbook(tmp_path, store, one)
    sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)
    shown = [cell for number in (1, 2, 3) for row in rows(book, number) for cell in row.values()]
    assert not [cell for cell in shown if cell[:1] in ("=", "@", "\t") or cell in ("+1", "-1")]
