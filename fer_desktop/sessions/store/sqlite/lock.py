"""Locks that the system lets go with the process that held them: who records, and which session."""

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


class FileLock:
    """Something that one at a time may have, of all programs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, key: str = "") -> bool:
        """Whether it is ours from here on, until `release` or the end of the process; others can read the `key`.

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


class RecordingLock(FileLock):
    """The right to record into a store; the key is the session's."""

    def __init__(self, store: Path) -> None:
        super().__init__(_recording(store))


def recorded(store: Path) -> str | None:
    """The key of the session that anybody, this process included, is recording into that store; None: nobody is."""
    return held_with(_recording(store))


def _recording(store: Path) -> Path:
    return store.with_name(store.name + ".lock")


def held_with(path: Path) -> str | None:
    """The key that anybody, this process included, holds a lock with; None: nobody does."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:  # nobody ever has
        return None
    try:
        for _ in range(_LOOKS):
            if _locked(descriptor, only_looks=True):
                return None
            if _LOOKS > 1:
                time.sleep(_BETWEEN_S)  # another who only looks lets go of it soon; no system tells when
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
