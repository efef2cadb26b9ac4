"""The program's window under several locales: `start_driver.py FOLDER LOCALE ...` prints a line for each.

"tr_TR.UTF-8 tr_TR STARTED": the window came up, with the dialogs for settings and streams, and a session was live. Each
start has a process of its own, forked before Qt has looked at the locale, since importing takes longest.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QTimer
from support.fakes import DEMO, FakeServices

from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.application import end_threads, make_application
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.sources.stream_dialog import StreamDialog

_POLL_MS = 20
_PATIENCE_MS = 20_000


def start(folder: Path) -> bool:
    """Whether the window came up and a session was live. Raises whatever goes wrong on the way."""
    services = FakeServices(folder)
    app = make_application(services)
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(services, store, DEMO)
    window.show()
    dialogs = [StreamDialog("", window), SettingsDialog(services, window.settings, False, window)]

    def look() -> None:
        if window.session.status.phase is Phase.LIVE:
            app.exit(0)

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(_POLL_MS)
    QTimer.singleShot(_PATIENCE_MS, lambda: app.exit(1))
    code = app.exec()
    for dialog in dialogs:
        dialog.close()
    window.session.stop()
    window.session.give_up_saving()
    end_threads(window)
    return code == 0


def main(folder: Path, locales: list[str]) -> None:
    """Starts once under each."""
    for name in locales:
        if sys.platform != "win32" and (child := os.fork()):
            os.waitpid(child, 0)
            continue
        for variable in ("LC_ALL", "LANG", "LANGUAGE"):
            os.environ[variable] = name
        place = folder / name
        place.mkdir()
        try:
            told = f"{name} {QLocale().name()} {'STARTED' if start(place) else 'NOT LIVE'}\n"
            os.write(sys.stdout.fileno(), told.encode())
        finally:
            os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
