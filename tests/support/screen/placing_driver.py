"""The program's window on a virtual screen, with what a test asks of its place as lines of JSON.

`placing_driver.py FOLDER [LEFT TOP WIDTH HEIGHT]` opens it, with a session of that part of the screen where one is
named. Each time that its place changes, and has then been the same for a moment, it prints where its frame is and where
there is room for one, in logical pixels, which buttons of the header are not whole in it, and whether it was docked.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSettings, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication
from support.fakes import FakeServices

from fer_desktop.capture.desktop.region import monitors
from fer_desktop.core.sources import Region, RegionChoice
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.main_window import MainWindow

_SAME_TIMES, _EVERY_MS = 15, 20


class RealScreens(FakeServices):
    """As the fakes, with the monitors that are there."""

    def screens(self) -> list[Region]:
        return monitors()


def _state(window: MainWindow, docked: list[bool]) -> dict[str, object]:
    header = window.page.header
    buttons = set(header.findChildren(QAbstractButton)) - {header.new} if window.session.status.running else set()
    shown = QRect(QPoint(), window.size())
    cut = [
        button.text() or button.accessibleName()
        for button in buttons
        if not (button.isVisible() and shown.contains(QRect(button.mapTo(window, QPoint()), button.size())))
    ]
    frame, available = window.frameGeometry(), window.screen().availableGeometry()
    return {"frame": frame.getRect(), "available": available.getRect(), "cut": cut, "docked": docked[-1:]}


def main() -> int:
    folder = Path(sys.argv[1])
    app = QApplication([])
    apply_theme(app, "light")
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    numbers = [int(text) for text in sys.argv[2:6]]
    choice = RegionChoice("Part of the screen", Region(*numbers)) if numbers else None
    window = MainWindow(RealScreens(folder), store, choice)
    docked: list[bool] = []
    window.placing.docked.connect(lambda: docked.append(True))
    window.placing.no_room.connect(lambda: docked.append(False))
    seen: list[str] = []
    told = [""]

    def look() -> None:
        if window.isMinimized():  # it gave way to the strip, and is wanted back
            window.away.appearing.bring_back()
            return
        seen.append(json.dumps(_state(window, docked)))
        del seen[:-_SAME_TIMES]
        if len(seen) == _SAME_TIMES and len(set(seen)) == 1 and seen[0] != told[0]:
            told[0] = seen[0]
            sys.stdout.write(f"{told[0]}\n")
            sys.stdout.flush()

    watch = QTimer(window)
    watch.setInterval(_EVERY_MS)
    watch.timeout.connect(look)
    window.ready.connect(watch.start)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
