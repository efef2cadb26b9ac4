"""Repairs a store in a thread of its own, so that the session that met the damage goes on."""

import logging
import threading
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.store.repair import repair
from fer_desktop.sessions.store.sqlite.lock import RecordingLock

logger = logging.getLogger(__name__)

# A small store is repaired within this; a session waits no longer for it.
AT_ONCE_S: Final = 0.5


class Repairing:
    """One repair, under the lock of the session that met the damage, which it keeps until it is over."""

    def __init__(self, path: Path, lock: RecordingLock) -> None:
        self._path, self._lock = path, lock
        self._over, self._guard = threading.Event(), threading.Lock()
        self._keeps_lock = False
        self.failed: StoreError | None = None
        threading.Thread(target=self._run, name="store repair", daemon=True).start()

    def is_over(self) -> bool:
        """Whether it is done, or has failed, within a moment."""
        return self._over.wait(AT_ONCE_S)

    def leave(self) -> None:
        """The session is over: the lock is released with the repair."""
        with self._guard:
            self._keeps_lock = True
            if self._over.is_set():
                self._lock.release()

    def _run(self) -> None:
        try:
            logger.warning("%s", repair(self._path).sentence)
        except StoreError as error:
            self.failed = error
        except Exception:  # the top of a thread: what left it would vanish, and the session would wait for ever
            logger.exception("Fault in the repair")
            self.failed = StoreError("The store of sessions {path} cannot be repaired.", path=self._path)
        with self._guard:
            self._over.set()
            if self._keeps_lock:
                self._lock.release()
