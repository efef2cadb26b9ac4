"""The program as a user starts it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.places import ROOT


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error; there must be no other."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def environment(home: Path, **more: str) -> dict[str, str]:
    """That of a user whose settings, log and documents lie in `home`."""
    folders = {
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_DOCUMENTS_DIR": "documents",
        "HOME": ".",
    }
    return {**os.environ, **{name: str(home / folder) for name, folder in folders.items()}, **more}


def settings_file(home: Path) -> Path:
    """Where the program looks for the settings of that user."""
    return home / "config" / "FER Desktop" / "settings.json"


def store_file(home: Path) -> Path:
    """Where the program stores that user's sessions."""
    return home / "data" / "FER Desktop" / "sessions.db"


def start(home: Path, *arguments: str | Path, **more: str) -> subprocess.Popen[str]:
    """`python main.py ...`, running."""
    return subprocess.Popen(
        [sys.executable, ROOT / "main.py", *arguments],
        cwd=ROOT,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run(home: Path, *arguments: str | Path, **more: str) -> Ended:
    """`python main.py ...` to its end."""
    process = start(home, *arguments, **more)
    out, err = process.communicate(timeout=110)
    return Ended(process.returncode, out, err)
