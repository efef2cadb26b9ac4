"""What to do about a file that cannot be written, by what the system says of it."""

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError

_CHOOSE: Final = "choose another folder (in the settings; on the command line with --out)."
_WRITE: Final[Mapping[int, str]] = {
    errno.ENOSPC: "{path} cannot be written, the disk is full: free some space on it; what was written before is kept.",
    errno.EDQUOT: "{path} cannot be written, your share of the disk is used up: delete or move files of yours; what "
    "was written before is kept.",
    errno.EFBIG: "{path} cannot be written, it has reached the size that is allowed: free some space or have the limit "
    "raised; what was written before is kept.",
    errno.EIO: "{path} cannot be written, the disk reports an error: check its cable, or the drive itself.",
    errno.ESTALE: "{path} cannot be written, the network drive has lost it: connect the drive again.",
    errno.EACCES: "{path} cannot be written, it is not permitted: allow this program to write in its folder.",
    errno.EPERM: "{path} cannot be written, it is not permitted: allow this program to write in its folder.",
    errno.EROFS: "{path} cannot be written, the disk is write-protected now: take the protection off, or connect it "
    "again.",
}
_WRITE_ELSE: Final = (
    "{path} cannot be written ({error}): free some space on that disk; what was written before is kept."
)
_CREATE: Final[Mapping[int, str]] = {
    errno.ENOSPC: "{name} cannot be written in {parent}, the disk is full: free some space, or " + _CHOOSE,
    errno.EDQUOT: "{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or "
    + _CHOOSE,
    errno.EIO: "{name} cannot be written in {parent}, the disk reports an error: check its cable, or " + _CHOOSE,
    errno.ESTALE: "{name} cannot be written in {parent}, the network drive has lost it: connect it again, or "
    + _CHOOSE,
    errno.EROFS: "{name} cannot be written in {parent}, the disk is write-protected: " + _CHOOSE,
}
_CREATE_ELSE: Final = "{name} cannot be written in {parent}: make it writable, or " + _CHOOSE


def could_not_write(path: Path, error: OSError) -> StoreError:
    """For a file that was written before."""
    text = _WRITE.get(error.errno or 0, _WRITE_ELSE)
    return StoreError(text, path=path, error=error.strerror or error)


def could_not_create(path: Path, error: OSError) -> StoreError:
    """For a new file."""
    return StoreError(_CREATE.get(error.errno or 0, _CREATE_ELSE), name=path.name, parent=path.parent)
