"""The line at the foot of the window: how the program keeps up, in a word, and short messages."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStatusBar, QWidget

from fer_desktop.pipeline.session_engine.channel.status import Counters
from fer_desktop.ui.look.theme import SPACE
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip
from fer_desktop.ui.toolkit.timers import single_shot_timer

_MESSAGE_MS: Final = 4000
_LATE_S: Final = 1.0  # from a frame to its reading: from then on what is shown is not of this moment
_NONE_HZ, _ONCE_HZ, _OFTEN_HZ = 0.05, 0.8, 1.5
_EXPLAINED: Final = QT_TRANSLATE_NOOP(
    "StatusLine",
    "fps in: frames from the source. Updates: frames that were read; held back where more of them would "
    "take more of the processor than the settings leave to this program beside the call. Dropped: updates "
    "that came too late because the one before was still being read. Then the time from a frame to its "
    "reading, and this program's share of the processor.",
)


class StatusLine(QStatusBar):
    """How it goes to the left, its figures under the pointer; what was just done to the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._health, self._message = PlainLabel(), PlainLabel()
        self._said = ""
        self._dropped = 0  # of the session, when it was last looked at
        self._health.setContentsMargins(SPACE, 0, 0, 0)
        self._message.setContentsMargins(0, 0, SPACE, 0)
        self.addWidget(self._health)
        self.addPermanentWidget(self._message)
        self.setSizeGripEnabled(False)
        self._clear_message = single_shot_timer(self, _MESSAGE_MS)
        self._clear_message.timeout.connect(lambda: self._show_said(""))

    @property
    def health(self) -> str:
        """What stands to the left."""
        return self._health.text()

    @property
    def figures(self) -> str:
        """What stands under the pointer; empty where nothing is read."""
        return self._health.toolTip().split("\n", maxsplit=1)[0]

    def begin(self) -> None:
        """A session starts."""
        self._dropped = 0
        self._tell(self.tr("Starting"), "")
        self.show()

    def end(self) -> None:
        """A session is over."""
        self._tell("", "")

    def show_counters(self, counters: Counters) -> None:
        """How the program keeps up."""
        dropped, self._dropped = counters.dropped - self._dropped, counters.dropped
        late = counters.latency_s is not None and counters.latency_s >= _LATE_S
        if counters.updates_hz < _NONE_HZ:
            words = self.tr("Nothing is being read")
        elif counters.throttled or late or dropped > counters.updates_hz:
            words = self.tr("Slower than usual: the computer is busy")
        else:
            words = self._how_often(counters.updates_hz)
        self._tell(words, self._figures(counters))

    def _how_often(self, updates_hz: float) -> str:
        if updates_hz < _ONCE_HZ:
            return self.tr("Reading every {seconds} s").format(seconds=round(1 / updates_hz))
        if updates_hz < _OFTEN_HZ:
            return self.tr("Reading once a second")
        return self.tr("Reading {count} times a second").format(count=round(updates_hz))

    def _figures(self, counters: Counters) -> str:
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
        return self.tr(" · ", "between figures").join(parts)

    def _tell(self, words: str, figures: str) -> None:
        self._health.setText(words)
        self._show_said(self._said)
        self._health.setToolTip(f"{figures}\n{self.tr(str(_EXPLAINED))}" if figures else "")
        self._health.setAccessibleDescription(figures)

    def say(self, words: str) -> None:
        """Says what was just done; the words vanish by themselves."""
        self._show_said(words)
        self._clear_message.start()

    @property
    def said(self) -> str:
        """What stands to the right, ending with dots where there is no room for all of it."""
        return self._message.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shortens what was said to the room that there is."""
        super().resizeEvent(event)
        self._show_said(self._said)

    def _show_said(self, words: str) -> None:
        self._said = words
        room = self.width() - self._health.sizeHint().width() - 5 * SPACE
        shown = self._message.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))
        self._message.setText(shown)
        self._message.setToolTip(plain_tip(words) if shown != words else "")
        self._message.setAccessibleName(words)
