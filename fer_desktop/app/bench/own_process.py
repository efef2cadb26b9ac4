"""This program, started once more."""

import os
import sys
from pathlib import Path


def command(*arguments: str) -> list[str]:
    """What starts it with these arguments, from a bundle or from source."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "fer_desktop"]
    return [*program, *arguments]


def environment() -> dict[str, str]:
    """Ours, in which it is found from any folder."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
