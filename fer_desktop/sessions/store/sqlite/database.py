"""Opens the file of the store, makes it where there is none, and brings an older one up to date."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import make_private
from fer_desktop.sessions.store.sqlite.backups import back_up
from fer_desktop.sessions.store.sqlite.drives import on_network
from fer_desktop.sessions.store.sqlite.faults import told
from fer_desktop.sessions.store.sqlite.schema import APPLICATION_ID, SCHEMA, Schema, take_step, version_of

BUSY_S: Final = 2.0  # how long another program's transaction is waited for
_PRAGMAS: Final = (
    # What was stored is on the disk when a commit returns, also on macOS, where fsync alone does not see to that.
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten
    "temp_store = MEMORY",  # nothing of a session is left in a temporary file
    "trusted_schema = OFF",
)
_WAL_VERSION: Final = (18, b"\x02")  # where a file of SQLite says that it has a write-ahead log, and how
Clock = Callable[[], datetime]


def local_time() -> datetime:
    """The wall clock, with its offset from UTC."""
    return datetime.now().astimezone()


@contextlib.contextmanager
def opened(path: Path, schema: Schema = SCHEMA, now: Clock = local_time) -> Iterator[sqlite3.Connection]:
    """The store, closed at the end; errors of SQLite within are told as StoreError."""
    with told(path), contextlib.closing(open_store(path, schema, now)) as connection:
        yield connection


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The store, for reading alone, while another program may record into it; an older one is brought up to date first.

    Errors of SQLite within are told as StoreError, and so is a store that is not there or of a newer program.
    """
    with told(path), contextlib.closing(_open_to_read(path)) as connection:
        yield connection


def _open_to_read(path: Path) -> sqlite3.Connection:
    connection = _connect_to_read(path)
    try:
        _refuse_others(connection, path, SCHEMA)
        is_today = version_of(connection) == SCHEMA.version and not _has_misplaced_log(path)
    except BaseException:
        connection.close()
        raise
    if not is_today:
        connection.close()
        with opened(path):  # which brings it up to date
            connection = _connect_to_read(path)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    place = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(place, timeout=BUSY_S, isolation_level=None, uri=True)
    try:
        version_of(connection)
    except sqlite3.OperationalError:
        connection.close()
        if os.access(path.parent, os.W_OK) or not path.exists():
            raise
        # On a medium that cannot be written nobody else writes either; SQLite wants to be told so.
        return sqlite3.connect(f"{place}&immutable=1", isolation_level=None, uri=True)
    except BaseException:
        connection.close()
        raise
    return connection


def open_store(path: Path, schema: Schema = SCHEMA, now: Clock = local_time) -> sqlite3.Connection:
    """The store in `path`, in the version of `schema`; made where it is missing, for this user's eyes alone.

    Before an older one is migrated it is backed up. Transactions begin with BEGIN, there is none otherwise.
    Raises DamagedStoreError, StoreError where it cannot be written or was made by a newer program.
    """
    with told(path):
        ensure_file(path)
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        try:
            _prepare(connection, path, schema, now)
        except BaseException:
            connection.close()
            raise
    return connection


def ensure_file(path: Path) -> None:
    """Makes the file and its folder where they are missing, both readable for this user alone. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # An existing one must not be opened here: closing it would drop SQLite's own locks on it.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    make_private(path.parent)
    make_private(path)


def _prepare(connection: sqlite3.Connection, path: Path, schema: Schema, now: Clock) -> None:
    if _has_misplaced_log(path):
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # reads the log without memory that is shared
    _refuse_others(connection, path, schema)
    _choose_journal(connection, path)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    before = version_of(connection)
    if 0 < before < schema.version:
        back_up(connection, path, now(), f"before version {schema.version}")
    for version in range(before, schema.version):
        take_step(connection, schema, version)


def _choose_journal(connection: sqlite3.Connection, path: Path) -> None:
    """The write-ahead log, by which nobody waits for a reader; on another computer's drive a plain journal."""
    connection.execute(f"PRAGMA journal_mode = {'TRUNCATE' if on_network(path) else 'WAL'}")
    if connection.execute("PRAGMA locking_mode = NORMAL").fetchone() == ("normal",):
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # lets go what was held alone


def _has_misplaced_log(path: Path) -> bool:
    """Whether a store that was made on a drive of this computer lies on another's now."""
    at, as_wal = _WAL_VERSION
    with path.open("rb") as file:
        file.seek(at)
        return file.read(1) == as_wal and on_network(path)


def _refuse_others(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    made_by = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    if made_by != APPLICATION_ID and (made_by or tables):
        raise StoreError("{path} is a database of another program: move it away.", path=path)
    if version_of(connection) > schema.version:
        raise StoreError("{path} was written by a newer version of this program: install that one again.", path=path)
