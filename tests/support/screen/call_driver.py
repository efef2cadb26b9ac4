"""A video call's window on a virtual screen, whose class changes at a known time.

`call_driver.py TITLE LEFT TOP WIDTH HEIGHT CHANGE_S` shows a gallery of 25 generated people until it is ended. From
`CHANGE_S` seconds on 16 of them smile. It prints READY once the first picture is drawn.
"""

import sys
import time
from typing import Final

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.app import paths
from fer_desktop.core.expressions import HAPPY, NEUTRAL, SURPRISE
from fer_desktop.core.types import Image, PeopleSplit
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.layout import Style, View
from fer_desktop.simulation.render.painter import CallPainter
from fer_desktop.simulation.script import WHOLE, CallScript, Events, Steps
from fer_desktop.simulation.source import CallSource
from fer_desktop.simulation.view import CallView

_PEOPLE: Final = 25
_SMILE: Final = 16
_LASTS_S: Final = 3600.0
_FRAME_MS: Final = 250
_SEED: Final = 21


def script(change_s: float) -> CallScript:
    """Now and then somebody smiles or is surprised for a moment, until most smile for good."""
    rng = np.random.default_rng(_SEED)
    everyone = range(_PEOPLE)
    faces = []
    for k in everyone:
        turns: list[tuple[float, int]] = []
        at_s = float(rng.uniform(5, 90))
        while at_s < change_s - 10:
            turns += [(at_s, HAPPY if rng.random() < 0.7 else SURPRISE), (at_s + 5, NEUTRAL)]
            at_s += float(rng.uniform(40, 160))
        if k < _SMILE:
            turns.append((change_s + float(rng.uniform(0, 4)), HAPPY))
        faces.append(tuple(turns))
    order = tuple(int(k) for k in rng.permutation(_PEOPLE))
    events = Events(
        faces=tuple(faces),
        order=Steps(order),
        speaker=Steps(0),
        page=Steps(0),
        view=Steps(View.GALLERY),
        window=Steps(WHOLE),
        slide=Steps(0),
        camera=tuple(Steps(k != order[3]) for k in everyone),
        backgrounds=tuple(Steps(0) for _ in everyone),
        episodes=tuple(() for _ in everyone),
        absences={},
    )
    return CallScript(_LASTS_S, events)


def call(change_s: float, width: int, height: int) -> CallSource:
    """What the window shows, for any time of the script."""
    played = script(change_s)
    people = CallPeople(_SEED, _PEOPLE, played, portraits=0.0)
    view = CallView(_PEOPLE, Style.ZOOM_DARK, (width, height))
    cast = Cast(paths.resources(), PeopleSplit.TUNING)
    return CallSource(played, people, cast, view, CallPainter(_SEED), _LASTS_S, 4.0, False, False)


class CallWindow(QWidget):
    """Draws it as time goes by."""

    def __init__(self, source: CallSource) -> None:
        super().__init__()
        self._source, self._began_s, self._told = source, time.monotonic(), False
        self._pixels: Image = source.image_at(0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        self._pixels = self._source.image_at(time.monotonic() - self._began_s)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        height, width = self._pixels.shape[:2]
        painter = QPainter(self)
        painter.drawImage(0, 0, QImage(self._pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888))
        painter.end()
        if not self._told:
            self._told = True
            sys.stdout.write("READY\n")
            sys.stdout.flush()


def main() -> int:
    title, change_s = sys.argv[1], float(sys.argv[6])
    left, top, width, height = map(int, sys.argv[2:6])
    app = QApplication([])
    window = CallWindow(call(change_s, width, height))
    window.setWindowTitle(title)
    window.setGeometry(left, top, width, height)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
