"""The record of a session: one summary a second, whatever comes, and what happened in between."""

import dataclasses
import math
from collections.abc import Callable, Sequence
from typing import Final

from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import Analysis, Attendance, State, Summary
from fer_desktop.pipeline.events import Ended, EndReason, Gap, Marker, SessionEvent, Started, StateChanged
from fer_desktop.pipeline.ports import EventSink

TICK_S: Final = 1.0
# An analysis older than this says nothing about now.
STALE_S: Final = 2.0
_SHORTEST_ROW_S: Final = 0.05  # a rest that is shorter than this gets no summary of its own


class Recorder:
    """Hands the events of one session to its sinks, in order. One thread.

    The clock is the frames' own (`captured_s`): monotonic time for a live source, the time stamps of a recording.
    """

    def __init__(
        self,
        sinks: Sequence[EventSink],
        started: Started,
        started_s: float,
        privacy_filter: Callable[[Summary], Summary] | None = None,
    ) -> None:
        """`privacy_filter` gives what of a summary may be kept and shown; None: all of it."""
        self._sinks, self._started_s = tuple(sinks), started_s
        self._privacy_filter = privacy_filter or (lambda summary: summary)
        self._ticks = 0
        self._state = State.STARTING
        self._latest: Analysis | None = None
        self._fresh_for_s = STALE_S
        self._attendance = Attendance()  # counts of the session: they outlast what was seen
        self._markers = 0
        self._marked = False  # since the last summary
        self._covered_s = 0.0  # up to where there are summaries
        self._gap: Gap | None = None  # that is still going on
        self.record(started)

    @property
    def elapsed_s(self) -> float:
        """Time of the last full tick."""
        return self._ticks * TICK_S

    @property
    def next_tick_s(self) -> float:
        """When the next summary is due, on the frames' clock."""
        return self._started_s + (self._ticks + 1) * TICK_S

    def since_start_s(self, now_s: float) -> float:
        """That time of the frames' clock as time since the first frame."""
        return max(0.0, now_s - self._started_s)

    def record(self, event: SessionEvent) -> None:
        """Hands an event to the sinks."""
        for sink in self._sinks:
            sink.write(event)

    def mark(self, text: str, now_s: float) -> None:
        """Names the second that is being recorded."""
        self._markers += 1
        self._marked = True
        self.record(Marker(self._markers, self.since_start_s(now_s), text))

    def set_state(self, state: State, now_s: float) -> None:
        """What the coming summaries rest on. Anything but live forgets what was seen before."""
        if state is not self._state:
            self._state = state
            self.record(StateChanged(self.since_start_s(now_s), state))
        if state is not State.LIVE:
            self._latest = None

    def observe(self, analysis: Analysis, fresh_for_s: float = STALE_S) -> None:
        """Takes what was read in a frame, which holds for `fresh_for_s` from its capture; from here it is live."""
        self.set_state(State.LIVE, analysis.frame.captured_s)
        self._latest, self._fresh_for_s = analysis, fresh_for_s
        self._attendance = analysis.attendance

    def advance(self, now_s: float) -> None:
        """Records the summaries of all ticks that have passed up to `now_s`."""
        for tick in range(self._ticks + 1, math.floor((now_s - self._started_s) / TICK_S + 1e-6) + 1):
            self._ticks = tick
            self._summarize(tick * TICK_S, self._started_s + tick * TICK_S)

    def finish(self, now_s: float, reason: EndReason = EndReason.STOPPED) -> None:
        """As `advance`, with a last summary of the second that had begun, and the end; call it once."""
        self.advance(now_s)
        rest_s = now_s - self._started_s - self.elapsed_s
        if rest_s > _SHORTEST_ROW_S or self._marked or not self._ticks:
            self._summarize(round(self.since_start_s(now_s), 2), now_s)
        self._close_gap()
        self.record(Ended(self.since_start_s(now_s), reason))

    def _summarize(self, elapsed_s: float, at_s: float) -> None:
        latest = self._latest
        seen = latest if latest is not None and at_s - latest.frame.captured_s <= self._fresh_for_s else None
        state = State.NO_SOURCE if self._state is State.LIVE and seen is None else self._state
        self._follow_gap(elapsed_s, state)
        summary = self._privacy_filter(summary_of(seen, elapsed_s, state))
        self._marked, self._covered_s = False, elapsed_s
        self.record(dataclasses.replace(summary, left=self._attendance.left, came_back=self._attendance.came_back))

    def _follow_gap(self, elapsed_s: float, state: State) -> None:
        if self._gap is not None and state is self._gap.reason:
            self._gap = dataclasses.replace(self._gap, end_s=elapsed_s)
            return
        self._close_gap()
        if state is not State.LIVE:
            self._gap = Gap(self._covered_s, elapsed_s, state)

    def _close_gap(self) -> None:
        if self._gap is not None:
            self.record(self._gap)
            self._gap = None


def summary_of(seen: Analysis | None, elapsed_s: float, state: State) -> Summary:
    """The class as an analysis shows it; None: nothing is known."""
    if seen is None:
        return summarize((), 0, elapsed_s, state)
    return summarize(seen.readings, seen.seats, elapsed_s, state, seen.cameras_on)
