"""One window of a user records; another process can ask it to come to the front, by a file beside the store."""

import contextlib
import logging
import os
import sys
from pathlib import Path

from fer_desktop.sessions.store.sqlite.lock import FileLock, held_with

logger = logging.getLogger(__name__)


class OneWindow:
    """The right to be the window that records into a store, until the process ends."""

    def __init__(self, store: Path) -> None:
        self._lock_file = store.with_name(store.name + ".window")
        self._request = store.with_name(store.name + ".show")
        self._lock = FileLock(self._lock_file)

    def acquire(self) -> bool:
        """Whether no other window has it. Where nobody can know, as in a folder that cannot be written, it is so."""
        try:
            self._lock_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._lock.acquire(str(os.getpid())):
                return False
            self._request.unlink(missing_ok=True)  # of a window that was gone before it saw it
        except OSError as error:
            logger.warning("Whether another window is open cannot be known: %s", error)
        return True

    def release(self) -> None:
        """Lets it go; may be called twice."""
        self._lock.release()

    def ask_to_show(self) -> None:
        """Asks the window that has it to come to the front."""
        with contextlib.suppress(OSError):
            _let_it_come_to_front(held_with(self._lock_file))
            self._request.touch(mode=0o600)

    def was_shown(self) -> bool:
        """Whether it has seen that."""
        return not self._request.exists()

    def asked_to_show(self) -> bool:
        """Whether another process has asked since; for the window that has it."""
        try:
            self._request.unlink()
        except OSError:  # nobody has
            return False
        return True


if sys.platform == "win32":
    import ctypes

    def _let_it_come_to_front(process: str | None) -> None:
        """Windows lets no program do that by itself, unless the one that the user has just started allows it."""
        if process and process.isdecimal():
            ctypes.windll.user32.AllowSetForegroundWindow(int(process))

else:

    def _let_it_come_to_front(process: str | None) -> None:
        del process
