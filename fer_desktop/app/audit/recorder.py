"""Inside of the audited process: which files are opened for writing, which sockets and programs are asked for.

Only the standard library is imported, so that this can be in place before anything else is.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Any, Final

CALLS_FILE: Final = "python-calls.jsonl"
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MOST_CHARS: Final = 300  # of an argument
_recording_to: list[Path] = []


def record_to(folder: Path) -> None:
    """From here on, writes a line to a file in `folder` for each such call; once for a process, for good."""
    if _recording_to:
        return
    _recording_to.append(folder)
    file = os.open(folder / CALLS_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.addaudithook(lambda event, arguments: _note(file, event, arguments))


def _note(file: int, event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, str | bytes | os.PathLike) and isinstance(flags, int) and flags & _WRITES:
            _write(file, "open", str(Path(os.fsdecode(path)).absolute()))
    elif event.startswith("socket.") and event not in ("socket.gethostname", "socket.sethostname"):
        _write(file, event, _as_text(arguments))
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile"):
        _write(file, event, _as_text(arguments[:2]))


def _write(file: int, call: str, what: str) -> None:
    # `inspect.stack` opens source files to tell the same, and each would be recorded in turn.
    caller = _caller(sys._getframe(2))  # noqa: SLF001 (documented; its underscore says that not every Python has it)
    line = json.dumps({"call": call, "what": what, "where": caller})
    os.write(file, line.encode() + b"\n")  # one write a line: threads and forks do not mix them up


def _as_text(arguments: Iterable[Any]) -> str:
    return ", ".join(repr(one)[:_MOST_CHARS] for one in arguments if not _is_socket(one))


def _is_socket(value: object) -> bool:
    return type(value).__module__ in ("socket", "_socket")


def _caller(frame: FrameType | None) -> str:
    """The innermost line of code that is not the standard library's; else the innermost."""
    first = ""
    while frame is not None:
        name = str(frame.f_globals.get("__name__", "?"))
        place = f"{name}:{frame.f_lineno}"
        if name != __name__:
            first = first or place
            if name.partition(".")[0] not in sys.stdlib_module_names or name == "__main__":
                return place
        frame = frame.f_back
    return first
