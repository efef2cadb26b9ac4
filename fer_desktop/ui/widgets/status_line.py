"""The line at the foot of the window: how the program keeps up, and a word now and then."""

from typing import Final

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from fer_desktop.pipeline.session.status import Counters
from fer_desktop.ui.look.theme import SPACE
from fer_desktop.ui.widgets.timers import single_shot_timer

_SAID_MS: Final = 4000
_TIP: Final = (
    "fps in: frames from the source. Updates: frames that were read; held back where more of them would take more of "
    "the processor than the settings leave to this program beside the call. Dropped: updates that came too late "
    "because the one before was still being read. Then the time from a frame to its reading, and this program's share "
    "of the processor."
)


class StatusLine(QStatusBar):
    """Figures to the left, what was just done to the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures, self._said = QLabel(), QLabel()
        self._figures.setContentsMargins(SPACE, 0, 0, 0)
        self._said.setContentsMargins(0, 0, SPACE, 0)
        self._figures.setToolTip(_TIP)
        self.addWidget(self._figures)
        self.addPermanentWidget(self._said)
        self.setSizeGripEnabled(False)
        self._unsay = single_shot_timer(self, _SAID_MS)
        self._unsay.timeout.connect(self._said.clear)

    @property
    def figures(self) -> str:
        """What stands to the left."""
        return self._figures.text()

    def begin(self) -> None:
        """A session starts."""
        self._figures.setText("Starting")
        self.show()

    def end(self) -> None:
        """A session is over."""
        self._figures.clear()

    def show_counters(self, counters: Counters) -> None:
        """How the program keeps up."""
        updates_hz = f"{counters.updates_hz:.{0 if counters.updates_hz >= 2 else 1}f}"
        updates = f"{updates_hz} updates/s{', held back' if counters.throttled else ''}"
        parts = [f"{counters.frames_hz:.0f} fps in", updates, f"{counters.dropped} dropped"]
        if counters.latency_s is not None:
            parts.append(f"{1000 * counters.latency_s:.0f} ms")
        self._figures.setText(" · ".join([*parts, f"CPU {counters.cpu_percent:.0f} %"]))

    def say(self, words: str) -> None:
        """What was just done; it goes by itself."""
        self._said.setText(words)
        self._unsay.start()
