"""The record of a recording: every frame was waited for, and time is the recording's own."""

from typing import Final

from fer_desktop.core.types import Analysis, State
from fer_desktop.pipeline.events import EndReason
from fer_desktop.pipeline.session_engine.recording.recorder import STALE_S, TICK_S, Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in

_PAUSE_S: Final = 10.0  # a recording that shows nothing for so long has no picture there


class RecordOfRecording:
    """Hands on what is read, frame after frame. One thread."""

    def __init__(self, recorder: Recorder, every_s: float) -> None:
        """`every_s`: between frames that are read."""
        self._recorder = recorder
        # What stands still is given again after twice that time, and holds until then.
        self._fresh_for_s = max(STALE_S, 2 * every_s + TICK_S)
        self._before_s = 0.0

    def take(self, analysis: Analysis) -> None:
        """Records the summaries up to a frame, and what it shows. Raises StoreError."""
        at_s = analysis.frame.captured_s
        self._recorder.miss(State.SLOW if at_s - self._before_s < _PAUSE_S else State.NO_SOURCE)
        self._before_s = at_s
        self._recorder.advance(at_s)
        self._recorder.observe(seen_in(analysis), self._fresh_for_s)

    def finish(self, end_s: float, reason: EndReason) -> None:
        """Records the rest up to where the recording was read, and the end. Raises StoreError."""
        self._recorder.miss(State.NO_SOURCE)
        self._recorder.finish(end_s, reason)
