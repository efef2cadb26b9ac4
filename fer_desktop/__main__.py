"""`python -m fer_desktop` is `fer-desktop`."""

if __name__ == "__main__":
    # Old Pythons must get as far as this: nothing newer than 3.6 in this file.
    from fer_desktop.core import python_version

    python_version.check()
    from fer_desktop.app.main import main

    main()
