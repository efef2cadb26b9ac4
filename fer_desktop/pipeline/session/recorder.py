"""One summary a second, whatever comes: the clock of a session."""

import dataclasses
import math
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import Analysis, Attendance, State, Summary
from fer_desktop.pipeline.ports import SummarySink

TICK_S: Final = 1.0
# An analysis older than this says nothing about now.
STALE_S: Final = 2.0


class Recorder:
    """Rows of one session. Driven by one thread; `mark` may be called from any.

    The clock is the frames' own (`captured_s`): monotonic time for a live source, the time stamps of a recording.
    """

    def __init__(
        self, sinks: Sequence[SummarySink], started_s: float, privacy_filter: Callable[[Summary], Summary] | None = None
    ) -> None:
        """`privacy_filter` gives what of a summary may be kept and shown; None: all of it."""
        self._sinks, self._started_s = tuple(sinks), started_s
        self._privacy_filter = privacy_filter or (lambda summary: summary)
        self.stale_s = STALE_S  # more where frames are analysed less often than that
        self._ticks = 0
        self._state = State.STARTING
        self._latest: Analysis | None = None
        self._attendance = Attendance()  # counts of the session: they outlast what was seen
        self._marks: list[str] = []
        self._lock = threading.Lock()

    @property
    def elapsed_s(self) -> float:
        """Time of the last full tick."""
        return self._ticks * TICK_S

    def mark(self, text: str) -> None:
        """Names the second that is being recorded."""
        with self._lock:
            self._marks.append(text)

    def set_state(self, state: State) -> None:
        """What the coming rows rest on. Anything but live forgets what was seen before."""
        self._state = state
        if state is not State.LIVE:
            self._latest = None

    def observe(self, analysis: Analysis) -> None:
        """Takes what was read in a frame; the state is live from here on."""
        self._state = State.LIVE
        self._latest = analysis
        self._attendance = analysis.attendance

    def advance(self, now_s: float) -> list[Summary]:
        """The summaries of all ticks that have passed up to `now_s`, each handed to the sinks."""
        return list(self._due(now_s))

    def finish(self, now_s: float) -> list[Summary]:
        """As `advance`, with a last row for the second that had begun; call it once."""
        summaries = self.advance(now_s)
        rest_s = now_s - self._started_s - self.elapsed_s
        if rest_s > 0.05 or self._marks or not self._ticks:
            summaries.append(self._write(round(max(0.0, now_s - self._started_s), 2), now_s))
        return summaries

    def _due(self, now_s: float) -> Iterator[Summary]:
        for tick in range(self._ticks + 1, math.floor((now_s - self._started_s) / TICK_S + 1e-6) + 1):
            self._ticks = tick
            yield self._write(tick * TICK_S, self._started_s + tick * TICK_S)

    def _write(self, elapsed_s: float, at_s: float) -> Summary:
        fresh = self._latest is not None and at_s - self._latest.frame.captured_s <= self.stale_s
        state = State.NO_SOURCE if self._state is State.LIVE and not fresh else self._state
        seen = self._latest if fresh else None
        with self._lock:
            marker, self._marks = "; ".join(self._marks), []
        summary = self._privacy_filter(_summary_of(seen, elapsed_s, state, marker))
        summary = dataclasses.replace(summary, left=self._attendance.left, came_back=self._attendance.came_back)
        for sink in self._sinks:
            sink.write(summary)
        return summary


def _summary_of(seen: Analysis | None, elapsed_s: float, state: State, marker: str) -> Summary:
    if seen is None:
        return summarize((), 0, elapsed_s, state, marker)
    return summarize(seen.readings, seen.seats, elapsed_s, state, marker, seen.cameras_on)
