"""Which Python versions the program runs on. Old ones must reach the message: no syntax newer than 3.6 here."""

import sys


def check() -> None:
    """Ends the program with one sentence where this Python version is not supported."""
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"FER Desktop needs Python 3.11, 3.12 or 3.13 and this is {found}: install Python 3.13 and run it there."
        )
