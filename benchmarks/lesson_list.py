"""Prints what the list of lessons takes with thousands of them: to read, to show, to search, and a lesson's outline.

`PYTHONPATH=.:tests python benchmarks/lesson_list.py [lessons] [seconds of each]`. A store in a temporary folder, the
window drawn into memory, light theme, no display. Milliseconds: by the clock, median and the longest, and the
processor's median, which other work on the machine lengthens less.
"""

import dataclasses
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Final

from PySide6.QtWidgets import QApplication
from support.clocks import STARTED
from support.stored_lessons import store_scripted

from fer_desktop.app.saved import StoredSessions
from fer_desktop.core.settings import Retention, Settings
from fer_desktop.sessions.outline import outline
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.home.listed import Listed
from fer_desktop.ui.home.outlines import Outlines
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.saved.editing import Editing
from fer_desktop.ui.saved.erasing import Erasing

REPEATS: Final = 7
SIZE_PX: Final = (1128, 600)
TABLES: Final = ("seconds", "gaps", "markers", "events")


def fill(path: Path, count: int, seconds: int) -> None:
    """So many lessons, each a copy of one, seven hours apart."""
    store_scripted(path, seconds)
    with opened(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        own = {"id", "key", "started", "name", "class_name"}
        kept = ", ".join(sorted(columns(connection, "sessions") - own))
        for number in range(1, count):
            named = (f"k{number}", (STARTED + timedelta(hours=7 * number)).isoformat(), f"Maths {number % 40}", "9b")
            insert = f"INSERT INTO sessions (key, started, name, class_name, {kept})"
            row = connection.execute(f"{insert} SELECT ?, ?, ?, ?, {kept} FROM sessions WHERE id = 1", named).lastrowid
            for table in TABLES:
                same = ", ".join(f'"{name}"' for name in sorted(columns(connection, table) - {"id", "session"}))
                copy = f"INSERT INTO {table} (session, {same}) SELECT ?, {same} FROM {table} WHERE session = 1"
                connection.execute(copy, (row,))
        connection.execute("COMMIT")


def columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The names of a table's columns."""
    return {str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}


def took(what: str, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> None:
    """Does it some times and prints what that took, without what is done before each."""
    times, works = [], []
    for _ in range(REPEATS):
        before()
        wall_s, processor_s = time.perf_counter(), time.process_time()
        work()
        times.append(1000 * (time.perf_counter() - wall_s))
        works.append(1000 * (time.process_time() - processor_s))
    print(f"{what:42} {median(times):7.1f} {max(times):7.1f} {median(works):7.1f}")


def main() -> None:
    """Prints a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv)
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.db"
        fill(path, count, seconds)
        saved = StoredSessions(path, lambda: Settings(keep_sessions=Retention.FOR_EVER))
        lessons = list(saved.listed())
        page = Listed(Outlines(saved), Editing(saved), Erasing(saved))
        page.resize(*SIZE_PX)
        print(f"{count} lessons of {seconds} s, {path.stat().st_size / 1e6:.0f} MB")
        took("to read the list", saved.listed)

        def show(those: Sequence[SavedSession]) -> None:
            page.show_lessons(those)
            page.grab()

        def search(text: str) -> None:
            page.search.setText(text)
            page.grab()

        def empty() -> None:
            show([])

        took("to show it, painted", lambda: show(lessons), before=empty)
        took("both, from the store to the paint", lambda: show(saved.listed()), before=empty)
        took("the same list again, as after a lesson", lambda: page.show_lessons(list(lessons)))
        renamed = [dataclasses.replace(lessons[0], name="Algebra"), *lessons[1:]]
        took("one of them renamed", lambda: show(renamed), before=lambda: show(lessons))
        for text in ("m", "maths 3", "chemistry"):
            took(f"to search for “{text}”, painted", lambda: search(text), before=lambda: search(""))  # noqa: B023 (at once)
        scroll = page.rows.verticalScrollBar()

        def scroll_to(place: int) -> None:
            scroll.setValue(place)
            page.grab()

        took("to scroll to the end, painted", lambda: scroll_to(scroll.maximum()), before=lambda: scroll_to(0))
        for minutes in (47, 24 * 60):
            one = Path(folder) / f"{minutes}.db"
            session = store_scripted(one, 60 * minutes)
            took(f"an outline of {minutes} min", lambda: outline(one, session, 60.0 * minutes))  # noqa: B023 (at once)
        page.deleteLater()
    del app


if __name__ == "__main__":
    main()
