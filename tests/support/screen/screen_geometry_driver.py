"""The program's window with a session of a part of the screen; a test runs it on a virtual screen and moves it.

`own_window_driver.py FOLDER LEFT TOP WIDTH HEIGHT` reads that region. As soon as it does it prints the message across
the window, and again each time that it changes: its words, or `-` where there is none.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from support.fakes import FakeServices

from fer_desktop.core.sources import Region, RegionChoice
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.main_window import MainWindow


def main() -> int:
    folder, region = Path(sys.argv[1]), Region(*(int(number) for number in sys.argv[2:6]))
    app = QApplication([])
    apply_theme(app, "light")
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    choice = RegionChoice("Part of the screen", region)
    window = MainWindow(FakeServices(folder), store, choice)
    said = [""]

    def tell() -> None:
        if (skip := window.notice.button("Skip")) is not None:  # which of them she is
            skip.click()
        now = window.notice.text if "move it aside" in window.notice.text else "-"
        if window.session.status.phase is Phase.LIVE and now != said[-1]:
            said.append(now)
            sys.stdout.write(f"{now}\n")
            sys.stdout.flush()

    watch = QTimer(window, interval=20)
    watch.timeout.connect(tell)
    watch.start()
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
