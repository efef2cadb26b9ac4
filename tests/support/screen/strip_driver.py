"""The strip on a virtual screen: a test moves windows about and hears where it is.

`strip_driver.py strip FOLDER` shows a window named "Main" with a session that runs, and its strip. As often as
something changes it prints `[left, top, width, height]` of the strip in px, or `null` where it is not there, and
"pause" when that button is pressed; the one for markers gives the strip the keyboard. The window counts as covered
while FOLDER/covered is there.
`strip_driver.py slides` fills the screen with a red window named "Slides".
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from support.gui.glances import CALM

from fer_desktop.core.messages import Message
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.mini.appearing import Appearing
from fer_desktop.ui.mini.strip import MiniStrip
from fer_desktop.ui.mini.tray import Tray


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _strip(app: QApplication, folder: Path) -> int:
    window = QWidget()
    window.setWindowTitle("Main")
    window.setGeometry(200, 300, 640, 400)
    strip = MiniStrip(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    strip.show_status(SessionStatus(Phase.LIVE, recording=True))
    strip.show_glance(CALM, Message("As usual"))
    strip.pause_wanted.connect(lambda: _say("pause"))
    strip.marker_wanted.connect(strip.take_keyboard)
    appearing = Appearing(window, strip, (folder / "covered").exists)
    tray = Tray(app.windowIcon(), app)
    tray.show_status(SessionStatus(Phase.LIVE, recording=True))
    said: list[object] = ["nothing yet"]

    def tell() -> None:
        ratio, place, screen = strip.devicePixelRatioF(), strip.geometry(), strip.screen().geometry()
        # Qt gives a screen's corner in device pixels, and places on it in logical ones.
        left, top = screen.x() + (place.x() - screen.x()) * ratio, screen.y() + (place.y() - screen.y()) * ratio
        sides = (left, top, place.width() * ratio, place.height() * ratio)
        now = [round(side) for side in sides] if strip.isVisible() else None
        if now != said[-1]:
            said.append(now)
            _say(now)

    watch = QTimer(window)
    watch.setInterval(20)
    watch.timeout.connect(tell)
    watch.start()
    window.show()
    appearing.set_running(True)
    return app.exec()


def _slides(app: QApplication) -> int:
    slides = QWidget()
    slides.setWindowTitle("Slides")
    slides.setStyleSheet("background: #ff0000")
    slides.showFullScreen()
    return app.exec()


def main() -> int:
    app = QApplication([])
    if sys.argv[1] == "slides":
        return _slides(app)
    apply_theme(app, "light")
    return _strip(app, Path(sys.argv[2]))


if __name__ == "__main__":
    sys.exit(main())
