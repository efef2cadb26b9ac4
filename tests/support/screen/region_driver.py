"""A program with the region picker in it, and one that shows a known picture; tests run them on a virtual screen.

`region_driver.py picture FILE.npy` shows those pixels, (H, W, 3) BGR, below all windows until it is ended.
`region_driver.py picker OUT.npy [--last L,T,W,H] [--hiding]` prints READY when the picker has the keyboard, then one
line of JSON: {"region": [l, t, w, h]}, {"cancelled": true} or {"failed": sentence}; OUT.npy gets the pixels of that
region, captured after the choice. With --hiding a red main window is on the screen before and after.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import mss
import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.region.overlay import RegionOverlay

_REDRAWN_WITHIN_S = 5.0


class Wallpaper(QWidget):
    """A picture below all windows."""

    def __init__(self, pixels: Image) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDesktop)
        height, width = pixels.shape[:2]
        self.setGeometry(0, 0, width, height)
        self._pixels = pixels  # QImage does not keep them
        self._picture = QImage(self._pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()


class Driver(QObject):
    """Opens the picker and reports how it ends."""

    def __init__(self, out: Path, last: Region | None, main_window: QWidget | None) -> None:
        super().__init__()
        self._out = out
        self._screen = mss.MSS()
        self._frozen: dict[Region, Image] = {}
        monitors = [Region(m["left"], m["top"], m["width"], m["height"]) for m in self._screen.monitors[1:]]
        self._overlay = RegionOverlay(self._freeze, monitors, last, self)
        self._overlay.chosen.connect(self._on_chosen)
        self._overlay.cancelled.connect(lambda: self._end({"cancelled": True}))
        self._overlay.failed.connect(lambda sentence: self._end({"failed": sentence}))
        self._main_window = main_window
        self._next = self._start_when_seen
        self._watch = QTimer(self, interval=20)
        self._watch.timeout.connect(lambda: self._next())
        self._watch.start()

    def _start_when_seen(self) -> None:
        if self._main_window is not None:
            inside = Region(*(self._main_window.geometry().center() - QPoint(5, 5)).toTuple(), 10, 10)
            if not (self._grab(inside) == (0, 0, 255)).all():
                return
        self._next = self._tell_when_ready
        self._overlay.start(self._main_window)

    def _tell_when_ready(self) -> None:
        windows = self._overlay.windows
        shown = all(window.windowHandle().isExposed() for window in windows)
        if windows and shown and any(window.isActiveWindow() for window in windows):
            self._watch.stop()
            _say("READY")

    def _freeze(self, region: Region) -> Image:
        self._frozen[region] = self._grab(region)
        return self._frozen[region]

    def _grab(self, region: Region) -> Image:
        shot = self._screen.grab(
            {"left": region.left, "top": region.top, "width": region.width, "height": region.height}
        )
        return np.array(shot, dtype=np.uint8)[:, :, :3]

    def _on_chosen(self, region: Region) -> None:
        """Captures the region once the programs below the picker have redrawn themselves."""
        monitor, picture = next(
            (monitor, picture)
            for monitor, picture in self._frozen.items()
            if monitor.left <= region.left < monitor.left + monitor.width
            and monitor.top <= region.top < monitor.top + monitor.height
        )
        rows = slice(region.top - monitor.top, region.top - monitor.top + region.height)
        columns = slice(region.left - monitor.left, region.left - monitor.left + region.width)
        deadline = time.monotonic() + _REDRAWN_WITHIN_S
        captured = self._grab(region)
        while not np.array_equal(captured, picture[rows, columns]) and time.monotonic() < deadline:
            QApplication.processEvents()
            captured = self._grab(region)
        np.save(self._out, captured)
        self._end({"region": [region.left, region.top, region.width, region.height]})

    def _end(self, result: dict[str, object]) -> None:
        _say(json.dumps(result))
        # A main window is shown again by now, and lives on until the test has seen it.
        if not any(window.isVisible() for window in QApplication.topLevelWidgets()):
            QApplication.quit()


def main() -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    picture = commands.add_parser("picture")
    picture.add_argument("pixels", type=Path)
    start_page = commands.add_parser("picker")
    start_page.add_argument("out", type=Path)
    start_page.add_argument("--last")
    start_page.add_argument("--hiding", action="store_true")
    arguments = parser.parse_args()
    app = QApplication([])
    if arguments.command == "picture":
        wallpaper = Wallpaper(np.load(arguments.pixels))
        wallpaper.show()
        return app.exec()
    apply_theme(app, "light")
    main_window = _main_window() if arguments.hiding else None
    last = Region(*(int(number) for number in arguments.last.split(","))) if arguments.last else None
    driver = Driver(arguments.out, last, main_window)
    status = app.exec()
    del driver
    return status


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _main_window() -> QWidget:
    window = QWidget()
    window.setGeometry(300, 200, 200, 150)
    palette = window.palette()
    palette.setColor(palette.ColorRole.Window, Qt.GlobalColor.red)
    window.setPalette(palette)
    window.show()
    return window


if __name__ == "__main__":
    sys.exit(main())
