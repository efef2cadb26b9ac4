"""The log of what was accepted when: one JSON object a line, only ever added to, for its user alone."""

import json
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import make_private, private_opener, write_whole
from fer_desktop.core.settings import Context, Jurisdiction

_MOST_BYTES: Final = 10_000_000  # some 50,000 acceptances


class Answered(StrEnum):
    """What happened."""

    ACCEPTED = "accepted"  # for the first time, or again after the text had changed
    CHANGED = "changed"  # other answers than before


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Answers that were given and accepted."""

    time: datetime  # with its offset from UTC
    program: str  # its version
    text: int  # the version of what was read before (policy.TEXT_VERSION)
    event: Answered
    jurisdiction: Jurisdiction
    context: Context


@dataclass(frozen=True, slots=True)
class ConsentLog:
    """What the file holds."""

    entries: tuple[Acceptance, ...] = ()  # in the order in which they were added
    damaged: int = 0  # lines that cannot be read; they stay in the file


def add_acceptance(file: Path, acceptance: Acceptance) -> None:
    """Adds a line, which is on the disk when this returns. Raises StoreError where it cannot be written."""
    line = json.dumps(_as_json(acceptance)).encode("ascii") + b"\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        is_new = not file.exists()
        # A line that a crash cut off is ended first, so that it does not take this one with it. One write adds a line
        # whole, whatever another window adds at the same time.
        _append(file, b"\n" + line if _is_cut_off(file) else line)
        make_private(file)
        if is_new:
            _sync_folder(file.parent)
    except OSError as error:
        raise StoreError(
            "Your answers cannot be kept in {file}: check that its folder can be written.", file=file
        ) from error


def read_log(file: Path) -> ConsentLog:
    """All that can be read of it; empty where there is none. Raises StoreError where the file cannot be opened."""
    entries, damaged = [], 0
    for line in _content(file).split(b"\n"):
        if line.strip():
            try:
                entries.append(_from_json(json.loads(line)))
            except (ValueError, TypeError, KeyError, RecursionError):
                damaged += 1
    return ConsentLog(tuple(entries), damaged)


def save_copy(file: Path, target: Path) -> None:
    """Writes the log as it is, damaged lines too, to another place. Raises StoreError."""
    content = _content(file)
    try:
        if target.exists() and file.exists() and target.samefile(file):
            raise StoreError("The copy would replace the log itself: choose another name.")
        write_whole(target, content, private=True)
    except OSError as error:
        raise StoreError(
            "The copy cannot be saved as {path}: check that its folder can be written.", path=target
        ) from error


def _append(file: Path, data: bytes) -> None:
    # Without waiting, should it be a pipe; what is no file is refused.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = private_opener(str(file), flags)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(f"{file} is no file")
        before = os.fstat(number).st_size
        if os.write(number, data) != len(data):  # the disk is full: half a line is none
            os.ftruncate(number, before)
            raise OSError(f"{file} could not be written whole")
        os.fsync(number)
    finally:
        os.close(number)


def _is_cut_off(file: Path) -> bool:
    """Whether its last line has no end."""
    if not file.is_file():  # a pipe would be waited for; what adds the line refuses it
        return False
    with file.open("rb") as opened:
        if not opened.seek(0, os.SEEK_END):
            return False
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) != b"\n"


def _sync_folder(folder: Path) -> None:
    """Has the folder know of a new file after a crash; Windows does so itself."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _content(file: Path) -> bytes:
    try:
        if not file.exists():
            return b""
        if not file.is_file():
            raise OSError(f"{file} is no file")
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise StoreError(
            "The log of your answers, {file}, cannot be read: check that you may open it.", file=file
        ) from error
    if len(content) > _MOST_BYTES:
        raise StoreError(
            "The log of your answers, {file}, is far too large: move it elsewhere, and a new one is begun.", file=file
        )
    return content


def _as_json(acceptance: Acceptance) -> dict[str, object]:
    return {
        "time": acceptance.time.isoformat(timespec="seconds"),
        "program": acceptance.program,
        "text": acceptance.text,
        "event": acceptance.event.value,
        "jurisdiction": acceptance.jurisdiction.value,
        "context": acceptance.context.value,
    }


def _from_json(found: dict[str, Any]) -> Acceptance:
    """The acceptance in a line; ValueError, TypeError or KeyError where it is none. Other keys are let be."""
    time = datetime.fromisoformat(found["time"])
    if time.utcoffset() is None:
        raise ValueError("a time without its offset")
    return Acceptance(
        time,
        str(found["program"]),
        int(found["text"]),
        Answered(found["event"]),
        Jurisdiction(found["jurisdiction"]),
        Context(found["context"]),
    )
