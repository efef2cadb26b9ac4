"""What a teacher does with a lesson after it, with mouse and keyboard: looks, marks, names, compares, saves, erases."""

import csv
import subprocess
import zipfile
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from support.command_line import store_file
from support.screen.desk import Desk
from support.screen.window_desk import PATIENCE_S, until

from fer_desktop.sessions.store import reader

_MAIN: Final = "MainWindow"
_GRACE_S: Final = 20.0  # in which an erasure can be undone, and is carried out
_INK: Final = 0.01  # of the page at least


def looked_at(desk: Desk, home: Path, name: str) -> None:
    """From the list into the lesson: scrubbed, played, marked, renamed."""
    store = store_file(home)
    desk.click_row(name, _MAIN, times=2)
    desk.until("Over the whole lesson", kind=_MAIN)
    desk.picture("lesson")
    desk.click_in("The lesson, as a chart", _MAIN, across=0.5)
    desk.click("Play", _MAIN)
    desk.until_button("Pause", _MAIN)
    desk.picture("lesson-played")
    desk.click("Pause", _MAIN)
    desk.until_button("Play", _MAIN)

    before = _markers(store, name)
    desk.key("m")
    desk.until_part("Name of the marker", _MAIN)
    desk.type("board")
    desk.key("Return")
    until(lambda: set(_markers(store, name)) == {*before, "board"}, "the marker is not stored")
    desk.click_row("board", _MAIN)
    desk.key("F2")
    desk.until_part("Name of the marker", _MAIN)
    desk.key("ctrl+a")
    desk.type("whiteboard")
    desk.key("Return")
    until(lambda: "whiteboard" in _markers(store, name), "the marker is not renamed")
    desk.picture("lesson-marked")


def named(desk: Desk, home: Path, name: str, class_name: str) -> None:
    """In the lesson: its name and its class are typed over."""
    desk.click("Rename the lesson", _MAIN)
    desk.type(name)
    desk.key("Return")
    until(lambda: name in _names(home), "the lesson is not renamed")
    desk.key("shift+F2")
    desk.until_part("Class of the lesson", _MAIN)
    desk.type(class_name)
    desk.key("Return")
    until(lambda: class_name in {one.class_name for one in reader.sessions(store_file(home))}, "it has no class")
    desk.until(name, kind=_MAIN)
    desk.picture("lesson-named")


def compared(desk: Desk) -> None:
    """In the lesson: beside the one before it."""
    desk.click("Compare…", _MAIN)
    desk.until("This lesson: ", kind="CompareDialog")
    desk.until("Other faces, other light", kind="CompareDialog")
    desk.picture("compared")
    desk.key("Escape")
    desk.until_gone("CompareDialog")


def saved(desk: Desk, folder: Path) -> None:
    """As a report from the lesson, twice; as tables from the list, which stays open; all into that folder."""
    folder.mkdir()
    desk.click("Report", _MAIN)
    desk.fill("Folder", str(folder), "ExportDialog")
    _save_as(desk, "Report as PDF", "pdf")
    _save_as(desk, "Report as web page", "html")
    _close_export(desk)
    desk.key("Escape")
    desk.until_part("Search lessons, classes, markers", _MAIN)
    desk.picture("list-named")
    desk.key("ctrl+h")
    desk.until_there("SavedDialog")
    desk.click("Save a copy…", "SavedDialog")
    _save_as(desk, "CSV", "csv")
    _save_as(desk, "Spreadsheet", "xlsx")
    _close_export(desk)


def erased_for_good(desk: Desk, home: Path, name: str) -> None:
    """In the list of saved lessons: undone once, then not."""
    kept = set(_names(home))
    desk.click_row(name, "SavedDialog")
    desk.click("Erase", "SavedDialog")
    desk.until(f"“{name}” is erased.", kind="SavedDialog")
    desk.click("Undo", "SavedDialog")
    desk.click_row(name, "SavedDialog")
    assert set(_names(home)) == kept
    desk.click("Erase", "SavedDialog")
    desk.until(f"“{name}” is erased.", kind="SavedDialog")
    desk.picture("erased")
    desk.click("Close", "SavedDialog")
    desk.until_gone("SavedDialog")
    desk.until(f"“{name}” is erased.", kind=_MAIN)
    until(lambda: set(_names(home)) == kept - {name}, "it is not erased for good")
    desk.until_silent(f"“{name}” is erased.", _MAIN, _GRACE_S)
    desk.picture("list-after")


def files_are_whole(folder: Path, pictures: Path, name: str) -> None:
    """Reads back what was saved."""
    files = {file.suffix: file for file in folder.iterdir() if name in file.name}
    assert set(files) >= {".pdf", ".html", ".csv", ".xlsx"}, sorted(one.name for one in folder.iterdir())
    page = files[".html"].read_text(encoding="utf-8")
    assert name in page
    assert "whiteboard" in page
    with files[".csv"].open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) > 60
    with zipfile.ZipFile(files[".xlsx"]) as book:
        assert book.testzip() is None
        assert b"whiteboard" in b"".join(book.read(one) for one in book.namelist() if one.endswith(".xml"))
    assert _ink(page_of(files[".pdf"], pictures / "report.png")) > _INK


def page_of(file: Path, picture: Path) -> QImage:
    """The one page of a PDF as a picture, which is kept there; drawn by another program than the one that wrote it."""
    command = ["pdftoppm", "-png", "-r", "100", "-singlefile", str(file), str(picture.with_suffix(""))]
    subprocess.run(command, check=True, timeout=PATIENCE_S)
    return QImage(str(picture))


def _ink(picture: QImage) -> float:
    """Share of the pixels that are dark, looked at here and there."""
    places = [(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)]
    return sum(picture.pixelColor(x, y).lightness() < 200 for x, y in places) / len(places)


def _save_as(desk: Desk, kind: str, suffix: str) -> None:
    desk.click(kind, "ExportDialog")
    desk.click("Save", "ExportDialog")
    desk.until(f".{suffix}", kind="ExportDialog")
    desk.picture(f"saved {kind}")


def _close_export(desk: Desk) -> None:
    desk.click("Close", "ExportDialog")
    desk.until_gone("ExportDialog")


def _names(home: Path) -> list[str]:
    return [one.name for one in reader.sessions(store_file(home))]


def _markers(store: Path, name: str) -> list[str]:
    (lesson,) = [one for one in reader.sessions(store) if one.name == name]
    return [marker.text for marker in reader.markers(store).get(lesson.id, [])]
