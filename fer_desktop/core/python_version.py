"""Which Pythons the program runs on. Old ones must get as far as the sentence: nothing newer than 3.6 here."""

import sys


def check() -> None:
    """Ends the program with one sentence on a Python that it does not run on."""
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"FER Desktop needs Python 3.11, 3.12 or 3.13 and this is {found}: install Python 3.13 and run it there."
        )
