"""What to do about a file that cannot be written, by what the system says of it."""

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.messages import Message

_FORBIDDEN: Final = Message(
    "{path} cannot be written, it is not permitted: allow this program to write in its folder; what was written before "
    "is kept."
)
_WRITE: Final[Mapping[int, Message]] = {
    errno.ENOSPC: Message(
        "{path} cannot be written, the disk is full: free some space on it; what was written before is kept."
    ),
    errno.EDQUOT: Message(
        "{path} cannot be written, your share of the disk is used up: delete or move files of yours; what was written "
        "before is kept."
    ),
    errno.EFBIG: Message(
        "{path} cannot be written, it has reached the size that is allowed: free some space or have the limit raised; "
        "what was written before is kept."
    ),
    errno.EIO: Message("{path} cannot be written, the disk reports an error: check its cable, or the drive itself."),
    errno.ESTALE: Message("{path} cannot be written, the network drive has lost it: connect the drive again."),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: Message(
        "{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again."
    ),
}
_WRITE_ELSE: Final = Message(
    "{path} cannot be written ({error}): free some space on that disk; what was written before is kept."
)
_CREATE: Final[Mapping[int, Message]] = {
    errno.ENOSPC: Message(
        "{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder "
        "(in the settings; on the command line with --out)."
    ),
    errno.EDQUOT: Message(
        "{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or choose another "
        "folder (in the settings; on the command line with --out)."
    ),
    errno.EIO: Message(
        "{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another folder "
        "(in the settings; on the command line with --out)."
    ),
    errno.ESTALE: Message(
        "{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another "
        "folder (in the settings; on the command line with --out)."
    ),
    errno.EROFS: Message(
        "{name} cannot be written in {parent}, the disk is write-protected: choose another folder "
        "(in the settings; on the command line with --out)."
    ),
}
_CREATE_ELSE: Final = Message(
    "{name} cannot be written in {parent}: make it writable, or choose another folder "
    "(in the settings; on the command line with --out)."
)


def could_not_write(path: Path, error: OSError) -> StoreError:
    """For a file that was written before."""
    told = _WRITE.get(error.errno or 0, _WRITE_ELSE)
    return StoreError(told.text, path=path, error=error.strerror or error)


def could_not_create(path: Path, error: OSError) -> StoreError:
    """For a new file."""
    told = _CREATE.get(error.errno or 0, _CREATE_ELSE)
    return StoreError(told.text, name=path.name, parent=path.parent)
