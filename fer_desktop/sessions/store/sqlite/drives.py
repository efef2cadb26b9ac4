"""Whether a file lies on a drive of another computer, where SQLite's write-ahead log may not be.

The log is shared through memory that all programs map, which computers cannot: https://sqlite.org/wal.html, "all
processes using a database must be on the same host computer".
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

import psutil

# As mount tables call them: NFS, Windows' shares, Apple's, WebDAV, and what clusters and virtual machines share.
_REMOTE: Final = (
    *("nfs", "cifs", "smb", "afp", "webdav", "davfs", "sshfs", "ncp", "afs", "coda", "9p", "virtiofs", "vboxsf"),
    *("prl_fs", "vmhgfs", "ceph", "gluster", "lustre", "gpfs", "beegfs", "ocfs2", "gfs2", "rclone", "s3fs", "gvfs"),
)
_SHARES: Final = ("\\\\", "//")  # how names on Windows' shares begin


class Mount(NamedTuple):
    """A drive and where it is."""

    mountpoint: str
    fstype: str
    opts: str


def on_network(path: Path) -> bool:
    """Whether the folder of `path` is on a drive of another computer; False where that is not known."""
    try:
        place = os.path.realpath(path.parent)
        mounts = [Mount(each.mountpoint, each.fstype, each.opts) for each in psutil.disk_partitions(all=True)]
    except (OSError, RuntimeError, psutil.Error):
        return False
    return is_remote(place, mounts)


def is_remote(place: str, mounts: Iterable[Mount]) -> bool:
    """Whether the drive that holds that folder, of those in the table, is another computer's."""
    if place.startswith(_SHARES):
        return True
    holding = [mount for mount in mounts if _holds(mount.mountpoint, place)]
    if not holding:
        return False
    # Of two at one place the later one is what is seen.
    last = max(enumerate(holding), key=lambda each: (len(each[1].mountpoint), each[0]))[1]
    kind = last.fstype.lower().removeprefix("fuse.")
    return kind.startswith(_REMOTE) or "remote" in last.opts.split(",")


def _holds(mountpoint: str, place: str) -> bool:
    root = os.path.normcase(mountpoint)
    return os.path.normcase(place) == root or os.path.normcase(place).startswith(root.rstrip("/\\") + os.sep)
