"""`python -m fer_desktop` is `fer-desktop`."""

from fer_desktop.app.main import main

if __name__ == "__main__":
    main()
