"""Real windows of other programs on a virtual screen, moved and covered as a user would do it.

`window_desk.py TITLE FILL LEFT TOP WIDTH HEIGHT` shows one until it is ended. FILL is a colour, or `known`: the picture
that `known` gives, from the window's upper left corner.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from support.screen.virtual_screen import screen_environment

from fer_desktop.core.types import Image

PATIENCE_S = 30.0


def known(width: int, height: int) -> Image:
    """(height, width, 3) BGR; every pixel tells its place."""
    y, x = np.mgrid[0:height, 0:width]
    return np.dstack([x & 255, y & 255, (x >> 8) | (y >> 8) << 4]).astype(np.uint8)


def until(holds: Callable[[], bool], complaint: str) -> None:
    """Waits for a condition."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline_s, complaint
        time.sleep(0.02)  # another program and the window manager bring it about, and nothing tells when


class ShownWindow:
    """A window of another program, and the hand that moves it."""

    def __init__(self, display: str, title: str, handle: int) -> None:
        self.title, self.handle, self._display = title, handle, display

    def move(self, left: int, top: int) -> None:
        """Puts the client area's corner there."""
        self._hand("windowmove", str(self.handle), str(left), str(top))

    def resize(self, width: int, height: int) -> None:
        """Gives the client area that size."""
        self._hand("windowsize", str(self.handle), str(width), str(height))

    def bring_up(self) -> None:
        """Brings it to the front, opened where it was minimised."""
        self._hand("windowactivate", "--sync", str(self.handle))

    def minimise(self) -> None:
        """Minimises it."""
        self._hand("windowminimize", "--sync", str(self.handle))

    def rename(self, title: str) -> None:
        """Gives it another title."""
        self._hand("set_window", "--name", title, str(self.handle))

    def send_to_desktop(self, number: int) -> None:
        """Moves it to another desktop, 0 is the first."""
        self._hand("set_desktop_for_window", str(self.handle), str(number))

    def _hand(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=screen_environment(self._display), check=True, timeout=PATIENCE_S)


@contextmanager
def shown(display: str, title: str, place: tuple[int, int, int, int], fill: str = "known") -> Iterator[ShownWindow]:
    """Shows a window; `place` is its (left, top, width, height), which the window manager takes for a wish."""
    command = [sys.executable, __file__, title, fill, *map(str, place)]
    root = str(Path(__file__).resolve().parents[3])
    paths = {"PYTHONPATH": os.pathsep.join((root, str(Path(__file__).resolve().parents[2])))}
    environment = screen_environment(display) | paths
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            yield ShownWindow(display, title, int(process.stdout.readline()))
        finally:
            process.kill()


def main(title: str, fill: str, left: int, top: int, width: int, height: int) -> int:
    """Shows one window and prints its number once it is drawn."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    pixels = known(1920, 1080)
    picture = QImage(pixels.data, 1920, 1080, 3 * 1920, QImage.Format.Format_BGR888)

    class Shown(QWidget):
        told = False

        def paintEvent(self, _event: QPaintEvent) -> None:
            painter = QPainter(self)
            if fill == "known":
                painter.drawImage(0, 0, picture)
            else:
                painter.fillRect(self.rect(), QColor(fill))
            painter.end()
            if not self.told:
                self.told = True
                QTimer.singleShot(0, self.tell)

        def tell(self) -> None:
            sys.stdout.write(f"{int(self.winId())}\n")
            sys.stdout.flush()

    app = QApplication([])
    window = Shown()
    window.setWindowTitle(title)
    window.setGeometry(left, top, width, height)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], *(int(text) for text in sys.argv[3:])))
