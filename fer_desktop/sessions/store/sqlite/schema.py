"""The tables of the store, and how an older store becomes one of today."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.expressions import EXPRESSIONS

APPLICATION_ID: Final = 0x46455244  # "FERD", by which `file` and we know our own
FIGURES: Final = tuple(f"{figure}_{expression}" for figure in ("mean", "low", "high") for expression in EXPRESSIONS)
COUNTS: Final = tuple(f"count_{expression}" for expression in EXPRESSIONS)
# Parents first. Each has a rowid of its own, by which a damaged one is read around its damage.
TABLES: Final = ("sessions", "seconds", "gaps", "markers", "alerts", "events", "exports", "former_texts")

_OF_SESSION: Final = "id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE"
_VERSION_1: Final = (
    # `key` stays the same in backups and after a repair, where an id might come twice.
    """CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, started TEXT NOT NULL, source TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '', live_class INTEGER NOT NULL, program TEXT NOT NULL, model_sha256 TEXT NOT NULL,
        settings TEXT NOT NULL, csv_file TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', ended_s REAL, end_reason TEXT
    ) STRICT""",
    f"""CREATE TABLE seconds (
        {_OF_SESSION}, elapsed_s REAL NOT NULL, state TEXT NOT NULL, seats INTEGER NOT NULL,
        cameras_on INTEGER NOT NULL, faces INTEGER NOT NULL, readable INTEGER NOT NULL,
        {", ".join(f"{name} REAL" for name in FIGURES)},
        {", ".join(f"{name} INTEGER NOT NULL" for name in COUNTS)},
        not_read TEXT NOT NULL, "left" INTEGER NOT NULL, came_back INTEGER NOT NULL, UNIQUE (session, elapsed_s)
    ) STRICT""",
    # `open`: it still goes on, as far as anybody knows.
    f"""CREATE TABLE gaps (
        {_OF_SESSION}, start_s REAL NOT NULL, end_s REAL NOT NULL, reason TEXT NOT NULL, open INTEGER NOT NULL,
        UNIQUE (session, start_s)
    ) STRICT""",
    f"""CREATE TABLE markers (
        {_OF_SESSION}, number INTEGER NOT NULL, elapsed_s REAL NOT NULL, text TEXT NOT NULL, UNIQUE (session, number)
    ) STRICT""",
    f"""CREATE TABLE alerts (
        {_OF_SESSION}, number INTEGER NOT NULL, elapsed_s REAL NOT NULL, expressions TEXT NOT NULL,
        faces INTEGER NOT NULL, usual REAL NOT NULL, useful INTEGER, UNIQUE (session, number)
    ) STRICT""",
    # What is never changed: states, glances, and how many are left out; `data` is JSON.
    f"""CREATE TABLE events (
        {_OF_SESSION}, position INTEGER NOT NULL, elapsed_s REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
        UNIQUE (session, position)
    ) STRICT""",
)
# CSV files that she had made of a stored session, which do not go with it.
_VERSION_2: Final = (f"CREATE TABLE exports ({_OF_SESSION}, file TEXT NOT NULL, UNIQUE (session, file)) STRICT",)
_VERSION_3: Final = (
    "ALTER TABLE markers ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",
    # SHA-256 of what markers said before they were changed, by which a CSV file that still says it is known as ours.
    f"CREATE TABLE former_texts ({_OF_SESSION}, sha256 TEXT NOT NULL, UNIQUE (session, sha256)) STRICT",
)

# What an alert is about, and of how many faces; `expressions` said the former before any alert was ever raised.
_VERSION_4: Final = (
    "ALTER TABLE alerts ADD COLUMN kind TEXT NOT NULL DEFAULT ''",
    'ALTER TABLE alerts ADD COLUMN "of" INTEGER NOT NULL DEFAULT 0',
)
# When which seat was empty was stored too, which is a person's row; how many have left stands in the seconds.
_VERSION_5: Final = ("DELETE FROM events WHERE kind = 'seat'",)
_VERSION_6: Final = (
    "ALTER TABLE sessions ADD COLUMN class_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sessions ADD COLUMN own_notes TEXT NOT NULL DEFAULT ''",  # hers; `note` is the program's
    # Which recording was read, and how: so that the same is not read twice. Empty where it was no recording.
    "ALTER TABLE sessions ADD COLUMN recording TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX sessions_of_source ON sessions (source, live_class, id)",
)


@dataclass(frozen=True, slots=True)
class Schema:
    """A version of the tables, as the steps that lead to it from nothing: the n-th leads from version n to n + 1."""

    steps: tuple[tuple[str, ...], ...]

    @property
    def version(self) -> int:
        """What `PRAGMA user_version` says of a store that has taken all steps."""
        return len(self.steps)


SCHEMA: Final = Schema((_VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4, _VERSION_5, _VERSION_6))


def version_of(connection: sqlite3.Connection) -> int:
    """The version of an open store; 0 where it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def take_step(connection: sqlite3.Connection, schema: Schema, version: int) -> None:
    """Leads an open store from `version` to the next one: all of the step, or none of it. Raises sqlite3.Error.

    Nothing where another program has done so in the meantime.
    """
    # Tables are rebuilt by migrations, and what refers to them must not be deleted with the old ones.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection) == version:
            for statement in schema.steps[version]:
                connection.execute(statement)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise sqlite3.IntegrityError(f"version {version + 1} breaks {len(broken)} references")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
