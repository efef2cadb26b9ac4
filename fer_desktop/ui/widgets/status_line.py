"""The line at the foot of the window: how the program keeps up, and short messages."""

from typing import Final

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from fer_desktop.pipeline.session_engine.status import Counters
from fer_desktop.ui.look.theme import SPACE
from fer_desktop.ui.widgets.timers import single_shot_timer

_MESSAGE_MS: Final = 4000


class StatusLine(QStatusBar):
    """Figures to the left, what was just done to the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures, self._message = QLabel(), QLabel()
        self._figures.setContentsMargins(SPACE, 0, 0, 0)
        self._message.setContentsMargins(0, 0, SPACE, 0)
        self._figures.setToolTip(
            self.tr(
                "fps in: frames from the source. Updates: frames that were read; held back where more of them would "
                "take more of the processor than the settings leave to this program beside the call. Dropped: updates "
                "that came too late because the one before was still being read. Then the time from a frame to its "
                "reading, and this program's share of the processor."
            )
        )
        self.addWidget(self._figures)
        self.addPermanentWidget(self._message)
        self.setSizeGripEnabled(False)
        self._clear_message = single_shot_timer(self, _MESSAGE_MS)
        self._clear_message.timeout.connect(self._message.clear)

    @property
    def figures(self) -> str:
        """What stands to the left."""
        return self._figures.text()

    def begin(self) -> None:
        """A session starts."""
        self._figures.setText(self.tr("Starting"))
        self.show()

    def end(self) -> None:
        """A session is over."""
        self._figures.clear()

    def show_counters(self, counters: Counters) -> None:
        """How the program keeps up."""
        updates_hz = f"{counters.updates_hz:.{0 if counters.updates_hz >= 2 else 1}f}"
        updates = self.tr("{hz} updates/s, held back") if counters.throttled else self.tr("{hz} updates/s")
        parts = [
            self.tr("{hz} fps in").format(hz=f"{counters.frames_hz:.0f}"),
            updates.format(hz=updates_hz),
            self.tr("%n dropped", None, counters.dropped),
        ]
        if counters.latency_s is not None:
            parts.append(self.tr("{latency} ms").format(latency=f"{1000 * counters.latency_s:.0f}"))
        parts.append(self.tr("CPU {percent} %").format(percent=f"{counters.cpu_percent:.0f}"))
        self._figures.setText(self.tr(" · ", "between figures").join(parts))

    def say(self, words: str) -> None:
        """Says what was just done; the words vanish by themselves."""
        self._message.setText(words)
        self._clear_message.start()
