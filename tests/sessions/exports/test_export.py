"""Files of lessons: whole or not there, none over another, under names that a file system takes."""

import csv
import errno
import json
import os
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.places import ROOT
from support.stored import started_store, stored, summary
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap, Marker
from fer_desktop.sessions.csv_export import HEADER
from fer_desktop.sessions.exports import export as export_module
from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.sessions.exports.kinds import Format
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.exports.names import file_name
from fer_desktop.sessions.store import exports as noted

KINDS = list(Format)


def page(lesson: Lesson) -> str:
    return f"<!DOCTYPE html>\n<p>{lesson.stored.name}</p>\n</html>\n"


def paper(_lesson: Lesson) -> bytes:
    return b"%PDF-1.4\n%%EOF\n"


def exporter(store: Path, folder: Path, kind: Format = Format.CSV) -> Exporter:
    return Exporter(store, folder, kind, paper if kind is Format.PDF else page)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store" / "sessions.db"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_lesson_becomes_one_file_and_nothing_beside_it(store: Path, out: Path, kind: Format):
    one = store_scripted(store, 120)
    written = exporter(store, out, kind).export(one)
    assert written.file.name == f"2026-03-02 09-00 Maths 9b.{kind}"
    assert list(out.iterdir()) == [written.file]
    assert written.file.stat().st_size > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_there_stays(store: Path, out: Path, kind: Format):
    one = store_lesson(store, [second(1.0)])
    (out / f"2026-03-02 09-00 Maths 9b.{kind}").write_text("hers")
    written = exporter(store, out, kind).export(one)
    assert written.file.name == f"2026-03-02 09-00 Maths 9b (2).{kind}"
    assert (out / f"2026-03-02 09-00 Maths 9b.{kind}").read_text() == "hers"


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_leaves_nothing_and_says_so(store: Path, out: Path, kind: Format, monkeypatch: pytest.MonkeyPatch):
    one = store_scripted(store, 120)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"Maths 9b.*the disk is full") as told:
        exporter(store, out, kind).export(one)
    assert ".part" not in str(told.value)
    assert list(out.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Format.CSV])  # see test_csv_of_events.py
def test_a_disk_that_fills_in_the_middle_is_told_in_one_sentence(
    store: Path, out: Path, kind: Format, monkeypatch: pytest.MonkeyPatch
):
    one = store_scripted(store, 120)
    real = export_module._whole

    class Full:
        """The place to write to is a disk without room."""

        def __init__(self, file: Path) -> None:
            self._real = real(file)

        def __enter__(self) -> Path:
            part = self._real.__enter__()
            part.symlink_to("/dev/full")
            return part

        def __exit__(self, *error: object) -> bool | None:
            return self._real.__exit__(*error)  # type: ignore[arg-type]

    monkeypatch.setattr(export_module, "_whole", Full)
    with pytest.raises(StoreError, match="the disk is full"):
        exporter(store, out, kind).export(one)
    assert list(out.iterdir()) == []


def test_what_is_being_recorded_is_exported_as_far_as_it_is(store: Path, out: Path):
    running = started_store(store)
    running.write(second(1.0))
    written = exporter(store, out).export(1)
    running.write(second(2.0))
    running.close()
    assert len(written.file.read_text().splitlines()) == 2


def test_reading_does_not_write_into_the_store(store: Path, out: Path, monkeypatch: pytest.MonkeyPatch):
    one = store_scripted(store, 60)
    monkeypatch.setattr(export_module, "note_export", lambda *_: None)
    before = {file.name: file.read_bytes() for file in store.parent.glob("sessions.db*") if "-shm" not in file.name}
    exporter(store, out).export(one)
    after = {file.name: file.read_bytes() for file in store.parent.glob("sessions.db*") if "-shm" not in file.name}
    assert {name: data for name, data in after.items() if data} == {name: data for name, data in before.items() if data}


def test_erasing_will_name_what_was_made(store: Path, out: Path):
    one = store_lesson(store, [second(1.0)])
    written = exporter(store, out).export(one)
    assert noted.exports_of(store, [one]) == [written.file.absolute()]


def test_nothing_is_written_among_the_files_of_the_store(store: Path):
    one = store_lesson(store, [second(1.0)])
    exported = exporter(store, store.parent / "backups")
    (store.parent / "backups").mkdir()
    with pytest.raises(StoreError, match="choose another name"):
        exported.export(one)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "events",
    [[second(1.0)], [summary(1.0, readable=0)], [Gap(0.0, 86_400.0, State.PAUSED)]],
    ids=["1s", "no face", "24h gap"],
)
def test_odd_lessons_are_files_too(store: Path, out: Path, kind: Format, events: list[object]):
    one = store_lesson(store, events)  # type: ignore[arg-type]
    assert exporter(store, out, kind).export(one).file.stat().st_size > 0


def test_a_lesson_without_figures_is_told(store: Path, out: Path):
    stored(store)
    with pytest.raises(StoreError, match="No figures of lesson 1"):
        exporter(store, out).export(1)
    with pytest.raises(StoreError, match="no session 9"):
        exporter(store, out).export(9)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("half", [b"%PDF-1.4\nhalf", b"", b"%%EOF\n"])
def test_what_is_not_whole_is_not_there(store: Path, out: Path, half: bytes):
    one = store_lesson(store, [second(1.0)])
    with pytest.raises(StoreError, match=r"Maths 9b\.pdf could not be written whole"):
        Exporter(store, out, Format.PDF, lambda _: half).export(one)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("../../etc/passwd", ".. .. etc passwd"),
        (r"C:\lessons\a:b?", "C lessons a b"),
        ("a\tb\nc\x00d", "a b c d"),
        ("ends. ", "ends"),
        ("", ""),
        ("é" * 300, "é" * 60),
        ("\udcff<>", ""),
        ("CON", "CON"),  # the day stands before it
        ("Fractions\u202efdp.exe\u2069", "Fractionsfdp.exe"),
        ("Lesson 👩\u200d🏫", "Lesson 👩\u200d🏫"),
    ],
)
def test_names_have_nothing_of_a_path(name: str, fit: str):
    assert file_name(STARTED, name) == f"2026-03-02 09-00 {fit}".strip()


ODD_NAMES = ("../../up", "CON", "NUL.", "a\x00b", "x" * 300, "🙂" * 100, "\u202egnp", r"..\..\up", ". ")


@pytest.mark.parametrize("kind", [one for one in Format if one is not Format.PARQUET])
@pytest.mark.parametrize(
    "name", ["../../up", "CON", "NUL.", "a\x00b", "x" * 300, "🙂" * 100, "\u202egnp", r"..\..\up", ". "]
)
def test_whatever_a_lesson_is_called_its_file_lies_in_the_folder(store: Path, out: Path, kind: Format, name: str):
    one = store_lesson(store, [second(1.0)], name=name)
    made = Exporter(
        store, out, kind, lambda _: b"%PDF-1.4\n%%EOF\n" if kind is Format.PDF else "<!DOCTYPE html>\n<html></html>\n"
    )
    file = made.export(one).file
    assert file.parent == out
    assert file in out.iterdir()
    assert file.name.startswith("2026-03-02 09-00")
    assert len(file.name.encode()) < 255
    assert not file.stem.endswith((".", " "))


def test_formulas_are_text_in_every_file(store: Path, out: Path):
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
    events = [
        part for at, name in enumerate(evil, start=1) for part in (Marker(at, float(at), name), second(float(at)))
    ]
    one = store_lesson(store, events, name="=1+1")
    file = exporter(store, out).export(one).file
    with file.open(encoding="utf-8-sig", newline="") as opened:
        cells = [cell for row in csv.DictReader(opened) for cell in row.values()]
    assert len(cells) == len(evil) * len(HEADER)
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]


def told_in_document(header: str) -> list[str]:
    """The names in the first column of a table of docs/exports.md."""
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = text.split(f"| {header} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [row.split("|")[1].strip().strip("`") for row in rows]


def test_json_says_what_it_is(store: Path, out: Path):
    one = store_scripted(store, 300)
    found = json.loads(exporter(store, out, Format.JSON).export(one).file.read_text(encoding="utf-8"))
    assert (found["format"], found["version"], found["csv_schema"]) == ("fer-desktop lesson", 1, 3)
    assert found["lesson"]["name"] == "Maths 9b"
    assert list(found["seconds"][0]) == list(HEADER) == list(found["columns"])
    assert told_in_document("key") == list(found)
    assert told_in_document("format") == [kind.value for kind in KINDS]
    assert {"marker", "gap", "alert"} <= {moment["kind"] for moment in found["moments"]}
    assert all(list(moment) == list(found["moment_columns"]) for moment in found["moments"])


def test_all_files_have_the_same_rows(store: Path, out: Path):
    one = store_scripted(store, 300)
    file = exporter(store, out).export(one).file
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    found = json.loads(exporter(store, out, Format.JSON).export(one).file.read_text(encoding="utf-8"))["seconds"]
    assert [row["time"] for row in rows] == [row["time"] for row in found]
    assert [row["count_happy"] for row in rows] == [str(row["count_happy"]) for row in found]
    assert [row["mean_happy"] or "None" for row in rows] == [
        f"{row['mean_happy']:g}" if row["mean_happy"] is not None else "None" for row in found
    ]


def test_the_dictionary_lies_beside_a_table_once(store: Path, out: Path):
    one = store_lesson(store, [second(1.0)])
    for _ in range(2):
        exported = exporter(store, out)
        exported.export(one)
        assert exported.dictionary() == out / "columns.md"
    assert len(list(out.glob("columns*"))) == 1
    assert all(f"| `{name}` |" in (out / "columns.md").read_text() for name in HEADER)
    (out / "columns.md").write_text("hers")
    assert exporter(store, out).dictionary() == out / "columns (2).md"
    assert exporter(store, out, Format.JSON).dictionary() is None
