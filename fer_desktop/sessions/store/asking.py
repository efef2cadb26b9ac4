"""Questions in SQL to the store: three documented views, read and never written, within limits of time and size."""

import contextlib
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.glance.shown import LEAST_LOW
from fer_desktop.sessions.store.reader import LAST_S
from fer_desktop.sessions.store.sqlite.database import reading
from fer_desktop.sessions.store.sqlite.faults import is_full
from fer_desktop.sessions.store.sqlite.schema import TABLES

MOST_ROWS: Final = 100_000
MOST_S: Final = 10.0
_MOST_CELL: Final = 1_000_000  # bytes
_EVERY: Final = 10_000  # of SQLite's steps the clock is looked at
_LOW: Final = ("angry", "disgust", "fear", "sad")


def _mean(expression: str) -> str:
    """Of a live class the mean over the 30 s that a second lies in, as in an export; see exports/limits.py."""
    mean = f"mean_{expression}"
    window = "(PARTITION BY session, CAST((round(elapsed_s, 2) + 29.999) / 30 AS INTEGER))"
    weighted = f"sum({mean} * readable) OVER {window} / sum(iif({mean} IS NULL, 0, readable)) OVER {window}"
    return f"iif({mean} IS NULL, NULL, iif(live_class, round({weighted}, 4), {mean})) AS {mean}"


def _count(expression: str) -> str:
    """Of a live class no one or two sad, afraid, angry or disgusted faces, but among the neutral ones."""
    count = f"count_{expression}"
    hidden = "live_class AND state = 'live' AND readable > 0"
    if expression in _LOW:
        return f"iif({hidden} AND {count} < {LEAST_LOW}, NULL, {count}) AS {count}"
    if expression == "neutral":
        few = " + ".join(f"iif(count_{one} < {LEAST_LOW}, count_{one}, 0)" for one in _LOW)
        return f"{count} + iif({hidden}, {few}, 0) AS {count}"
    return count


# Strings and comments of a question, and the names that it reads from.
_UNREAD: Final = re.compile(r"'[^']*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_TABLE: Final = re.compile(r"""(?:\bfrom\b|\bjoin\b|,|\.|\()\s*["'`\[]?(\w+)""", re.IGNORECASE)
_COUNTED: Final = "seats, cameras_on, faces, readable"
# What each view is made of; docs/store.md says what its columns hold.
VIEWS: Final = {
    "lesson": f"""SELECT id AS lesson, iif(name = '', source, name) AS name, started, live_class,
        round(coalesce(ended_s, {LAST_S}), 2) AS length_s, end_reason,
        (SELECT count(*) FROM main.seconds WHERE session = sessions.id) AS seconds_seen,
        (SELECT count(*) FROM main.seconds WHERE session = sessions.id AND readable > 0) AS seconds_read,
        note FROM main.sessions""",
    "second": f"""SELECT session AS lesson, elapsed_s, state, {_COUNTED},
        {", ".join(map(_mean, EXPRESSIONS))}, {", ".join(map(_count, EXPRESSIONS))}, "left", came_back
        FROM main.seconds JOIN main.sessions ON sessions.id = session""",
    "moment": f"""SELECT session AS lesson, elapsed_s, NULL AS length_s, 'marker' AS kind, text AS name,
            NULL AS faces, NULL AS usual, NULL AS "of" FROM main.markers WHERE text <> ''
        UNION ALL SELECT session, elapsed_s, NULL, 'alert', kind, faces,
            iif(kind = 'more look low' AND usual < {LEAST_LOW - 0.5}, NULL, CAST(usual + 0.5 AS INTEGER)), "of"
            FROM main.alerts
        UNION ALL SELECT session, start_s, end_s - start_s, 'gap', reason, NULL, NULL, NULL FROM main.gaps
            WHERE reason <> 'starting'""",
}
_REFUSED: Final = "A question may read the views lesson, second and moment, and nothing else: see docs/store.md."
_NO_ANSWER: Final = "The question cannot be answered ({error}): look at its words; docs/store.md has the columns."
_TOO_LONG: Final = "The question took longer than {seconds} s: ask for fewer lessons, or for one at a time."


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows that a question came to."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    cut: bool  # there are more


def ask(path: Path, question: str, most_rows: int = MOST_ROWS, most_s: float = MOST_S) -> Answer:
    """Answers one SELECT. Raises StoreError where it asks for more than the views, is none, or takes too long."""
    if not path.exists():
        raise StoreError("No lesson is stored: there is nothing to ask.")
    with reading(path) as connection:
        _limit(connection, question, most_s)
        try:
            found = connection.execute(question)
            rows = found.fetchmany(most_rows + 1)
        except sqlite3.OperationalError as error:
            if is_full(error) or getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_IOERR")):
                raise
            if str(error) == "interrupted":
                raise StoreError(_TOO_LONG, seconds=round(most_s)) from error
            raise StoreError(_NO_ANSWER, error=error) from error
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_AUTH":
                raise StoreError(_REFUSED) from error
            if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise
            raise StoreError(_NO_ANSWER, error=error) from error
        columns = tuple(str(one[0]) for one in found.description or ())
        with contextlib.suppress(sqlite3.Error):
            found.close()
    return Answer(columns, rows[:most_rows], len(rows) > most_rows)


def _limit(connection: sqlite3.Connection, question: str, most_s: float) -> None:
    """From here on the connection reads the views alone."""
    # SQLite names to the authorizer the view that a table is read for, but a name that a question gives to a part of
    # its own as well: what reads the tables has a name that no question can know.
    inner = {f"{name}_{secrets.token_hex(8)}": name for name in VIEWS}
    for hidden, name in inner.items():
        connection.execute(f"CREATE TEMP VIEW {hidden} AS {VIEWS[name]}")
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {hidden}")
    # Where rows are only counted, SQLite takes a view apart and tells of its table, without a column or the view.
    named = {word.lower() for word in _TABLE.findall(_UNREAD.sub(" ", question))}
    end_s = time.monotonic() + most_s
    connection.set_progress_handler(lambda: int(time.monotonic() > end_s), _EVERY)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_CELL)

    def allowed(action: int, table: str | None, column: str | None, place: str | None, within: str | None) -> int:
        counted = within is None and not column and table in TABLES and table not in named
        of_ours = table in VIEWS or table in inner or (place == "main" and (within in inner or counted))
        reads = action == sqlite3.SQLITE_READ and of_ours
        calls = action == sqlite3.SQLITE_FUNCTION and column != "load_extension"
        if reads or calls or action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    connection.set_authorizer(allowed)
