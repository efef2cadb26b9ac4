"""When stored sessions go by themselves, and their going."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.erasing import NOTHING, Erased, erase_all_of
from fer_desktop.sessions.store.reader import SessionState, StoredSession

KEEP_DAYS: Final = 30
# One that ended unexpectedly is kept for so long at least, until she has said what is to become of it.
ANSWER_DAYS: Final = 7


def goes_at(session: StoredSession, keep_days: int | None) -> datetime | None:
    """When a session goes that is kept for so many days; None: never, or it is being recorded."""
    if keep_days is None or session.state is SessionState.RECORDING:
        return None
    return session.started + timedelta(days=max(keep_days, ANSWER_DAYS) if session.waits_for_answer else keep_days)


def expired(path: Path, now: datetime, keep_days: int | None) -> list[StoredSession]:
    """The sessions that are older than may be kept. Raises StoreError."""
    times = ((found, goes_at(found, keep_days)) for found in reader.sessions(path))
    return [found for found, at in times if at is not None and at < now]


def erase_expired(path: Path, now: datetime, keep_days: int | None) -> Erased:
    """Erases the sessions that are older than may be kept: from the store, its backups, with their CSV files.

    Raises StoreError.
    """
    gone = expired(path, now, keep_days)
    return erase_all_of(path, gone) if gone else NOTHING
