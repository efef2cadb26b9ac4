"""System calls of the audited process, where the system has strace and lets it look: native libraries' too."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

TRACE_FILE: Final = "system-calls.txt"
_SOCKETS: Final = ("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg")
_FILES: Final = ("open", "openat", "creat")
_TRIAL_S: Final = 20.0
_CALL: Final = re.compile(r"^\d+\s+(\w+)\((.*)$")
_PATH: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')


def traced(command: Sequence[str], folder: Path) -> list[str]:
    """The command that runs the other one with its calls written to `folder`; the other one itself without strace."""
    strace = shutil.which("strace")
    if strace is None:
        return list(command)
    options = [strace, "-f", "--seccomp-bpf", "-qq", "-s", "200", "-e", f"trace={','.join((*_SOCKETS, *_FILES))}", "-o"]
    try:
        trial = subprocess.run([*options, os.devnull, strace, "-V"], capture_output=True, timeout=_TRIAL_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return list(command)
    return list(command) if trial.returncode else [*options, str(folder / TRACE_FILE), *command]


def socket_calls(folder: Path) -> list[tuple[str, str]]:
    """Each different call about a socket, and its arguments."""
    return list(dict.fromkeys((call, rest) for call, rest in _calls(folder) if call in _SOCKETS))


def written_files(folder: Path) -> set[Path]:
    """The files that were opened for writing, by absolute paths."""
    written = set()
    for call, rest in _calls(folder):
        if call in _FILES and (call == "creat" or re.search(r"O_(?:WRONLY|RDWR|CREAT)", rest)) and " = -1 " not in rest:
            path = _PATH.search(rest)
            if path is not None and path[1].startswith("/"):
                written.add(Path(path[1].encode("latin-1", "replace").decode("unicode_escape")))
    return written


def _calls(folder: Path) -> Iterator[tuple[str, str]]:
    file = folder / TRACE_FILE
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            call = _CALL.match(line)
            if call is not None:
                yield call[1], call[2].strip()
