"""What the store needs when the program starts, in the background: a check, the expiry, today's backup."""

from dataclasses import dataclass
from pathlib import Path

from fer_desktop.sessions.store.erasing import NOTHING, Erased
from fer_desktop.sessions.store.expiry import KEEP_DAYS, erase_expired
from fer_desktop.sessions.store.repair import Repaired, check, repair_alone
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import Clock, local_time, opened
from fer_desktop.sessions.store.sqlite.lock import recorded


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was done."""

    repaired: Repaired | None = None  # what was saved, where the store was damaged
    erased: Erased = NOTHING
    backup: Path | None = None


def tend(path: Path, keep_days: int | None = KEEP_DAYS, now: Clock = local_time) -> Upkeep:
    """Checks the store and repairs it, erases what is older than may be kept, and backs it up once a day; slow.

    `keep_days` None: for ever; 0: until the next session or start. Nothing while a session is being recorded, or where
    there is no store. Raises StoreError.
    """
    if not path.exists() or recorded(path) is not None:
        return Upkeep()
    # A session may begin while this is read; it must not have to wait.
    repaired = repair_alone(path, now) if check(path).problems else None
    erased = erase_expired(path, now(), keep_days)
    with opened(path, now=now) as connection:
        backup = backups.daily_backup(connection, path, now())
        backups.prune(path, now().date(), keep_days)
    return Upkeep(repaired, erased, backup)
