"""Tells which session is being recorded, by a lock that the system lets go with the process that held it."""

import contextlib
import errno
import os
import sys
import time
from pathlib import Path
from typing import Final

# Somebody who only looks holds the lock for a moment.
_TRIES: Final = 5
_KEY_BYTES: Final = 64
_BETWEEN_S: Final = 0.02
# File systems without locks, as some network drives: there we cannot know, and recording matters more.
_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})


class RecordingLock:
    """The right to record into the store beside it; one at a time, of all programs."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(store.name + ".lock")
        self._descriptor: int | None = None

    def acquire(self, key: str = "") -> bool:
        """Whether it is ours from here on, until `release` or the end of the process; `key` is the session's.

        Raises OSError.
        """
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        for _ in range(_TRIES):
            if _locked(descriptor):
                self._descriptor = descriptor
                os.ftruncate(descriptor, 0)
                os.write(descriptor, key.encode("ascii"))
                return True
            time.sleep(_BETWEEN_S)
        os.close(descriptor)
        return False

    def release(self) -> None:
        """Lets it go; may be called twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def recorded(store: Path) -> str | None:
    """The key of the session that anybody, this process included, is recording into that store; None: nobody is."""
    path = store.with_name(store.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:  # nobody ever has
        return None
    try:
        for _ in range(_LOOKS):
            if _locked(descriptor, only_looks=True):
                return None
            time.sleep(_BETWEEN_S if _LOOKS > 1 else 0)
        return os.read(descriptor, _KEY_BYTES).decode("ascii", errors="replace")
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE: Final = 1 << 20
    _LOOKS: Final = _TRIES  # two who only look are in each other's way here

    def _locked(descriptor: int, only_looks: bool = False) -> bool:
        del only_looks
        with contextlib.suppress(OSError):
            # A byte that is locked cannot be read by others, so it is one far behind the key.
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
            return True
        os.lseek(descriptor, 0, os.SEEK_SET)
        return False

else:
    import fcntl

    _LOOKS: Final = 1

    def _locked(descriptor: int, only_looks: bool = False) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if only_looks else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return True
            raise
        return True
