"""What keeps the class inside of the program: files for its user alone, no picture in a dump, nothing left over."""

import contextlib
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fer_desktop.core.files import TEMPORARY_PREFIX, UNFINISHED_SUFFIX, make_private

logger = logging.getLogger(__name__)

_FOR_THE_USER_ALONE: Final = 0o077
_DUMP_FILTER: Final = Path("/proc/self/coredump_filter")
_UNFINISHED_AFTER_S: Final = 60.0  # a file that is still being written by another instance is younger
# winbase.h and werapi.h: no box after a crash, no report of a file that is missing, none of the heap.
_SEM_QUIET: Final = 0x0001 | 0x0002 | 0x8000
_WER_NO_HEAP: Final = 1


def guard() -> None:
    """For the rest of this process: new files are its user's alone, and a crash writes no memory to the disk."""
    os.umask(_FOR_THE_USER_ALONE)
    if sys.platform == "win32":
        _exclude_from_error_reports()
    else:
        _write_no_core()


def _write_no_core() -> None:
    """Empties every dump, that of a collector behind a pipe too, which no limit stops; the process stays traceable.

    PR_SET_DUMPABLE would do so as well, but without it desktop portals refuse to let the screen be seen.
    """
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError):  # other systems than Linux have none
        _DUMP_FILTER.write_text("0", encoding="ascii")
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _exclude_from_error_reports() -> None:
    """Windows error reporting takes no memory of this process; of a program of our own, nothing at all."""
    if sys.platform != "win32":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.windll.kernel32.SetErrorMode(_SEM_QUIET)
        ctypes.windll.kernel32.WerSetFlags(_WER_NO_HEAP)
    # It is kept by the name of the program: a checkout's would be python.exe, whose reports others may want.
    if getattr(sys, "frozen", False):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.wer.WerAddExcludedApplication(ctypes.c_wchar_p(sys.executable), False)


def tidy(*own_folders: Path) -> None:
    """Removes what an earlier run left that ended hard, and closes `own_folders` and what lies in them to others."""
    for folder in _left_over():
        logger.info("A temporary folder of a run that ended hard is removed")
        shutil.rmtree(folder, ignore_errors=True)
    for own in own_folders:
        if not own.is_dir():
            continue
        make_private(own)
        with contextlib.suppress(OSError):
            for file in own.iterdir():
                _tidy_file(file)


def _tidy_file(file: Path) -> None:
    if file.is_symlink() or not file.is_file():
        return
    make_private(file)
    unfinished = file.name.startswith(".") and file.suffix == UNFINISHED_SUFFIX
    if unfinished and time.time() - file.stat().st_mtime > _UNFINISHED_AFTER_S:
        file.unlink(missing_ok=True)


def _left_over() -> Iterator[Path]:
    """This user's temporary folders of processes that are no more."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{TEMPORARY_PREFIX}*"):
            number = folder.name.removeprefix(TEMPORARY_PREFIX).split("-")[0]
            if number.isdecimal() and _is_own_folder(folder) and not _runs(int(number), folder):
                yield folder


def _is_own_folder(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    if sys.platform == "win32":  # where the folder is each user's own
        return True
    return folder.stat().st_uid == os.getuid()


def _runs(number: int, folder: Path) -> bool:
    """Whether the process that made the folder still runs; one that began later has taken over its number."""
    import psutil

    try:
        began_s: float = psutil.Process(number).create_time()
    except (psutil.NoSuchProcess, OverflowError):
        return False
    except psutil.AccessDenied:
        return True
    return began_s <= folder.stat().st_ctime + 1.0
