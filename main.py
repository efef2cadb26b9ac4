"""`python main.py` is `fer-desktop`."""

import sys

if __name__ == "__main__":
    # Old Pythons must get as far as this sentence: nothing newer than 3.6 in this file.
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"FER Desktop needs Python 3.11, 3.12 or 3.13 and this is {found}: install Python 3.13 and run it there."
        )
    from fer_desktop.app.main import main

    main()
