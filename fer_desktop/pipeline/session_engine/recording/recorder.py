"""The record of a session: one summary a second, whatever comes, and what happened in between."""

import dataclasses
import math
from collections.abc import Callable, Sequence
from typing import Final

from fer_desktop.core.glance.alerts.alert_choices import AlertSettings
from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import Analysis, Attendance, Reason, State, Summary
from fer_desktop.pipeline.events import (
    AlertAnswered,
    ClockSet,
    Ended,
    EndReason,
    Excluded,
    Gap,
    Marker,
    MarkerColour,
    MarkerEdited,
    SeatChange,
    SeatEvent,
    SessionEvent,
    Started,
    StateChanged,
    TakenUp,
)
from fer_desktop.pipeline.ports import EventSink
from fer_desktop.pipeline.session_engine.recording.glances import Glances
from fer_desktop.pipeline.session_engine.recording.seen import Seen

TICK_S: Final = 1.0
# A second was seen where a frame of it, or of the second before, was read. A frame that is older says nothing of it,
# however slow source, detector or network are: no hang may stretch this.
STALE_S: Final = 2.0
# After a pause the first picture takes its time: it may have to be captured, and detector and network loaded.
FIRST_PICTURE_S: Final = 10.0
MOST_ROWS: Final = 60  # that are made up for one by one; more seconds without a frame are one stretch
_SHORTEST_ROW_S: Final = 0.05  # a rest that is shorter than this gets no summary of its own
_ROUNDING_S: Final = 1e-6


class Recorder:
    """Hands the events of one session to its sinks, in order. One thread.

    The clock is the frames' own (`captured_s`): time since the session's start that includes sleep for a live source,
    the time stamps of a recording.
    """

    def __init__(
        self,
        sinks: Sequence[EventSink],
        started: Started,
        started_s: float,
        privacy_filter: Callable[[Summary], Summary] | None = None,
        glances: Glances | None = None,
    ) -> None:
        """`privacy_filter` gives what of a summary may be kept and shown; None: all of it."""
        self._sinks, self._started_s = tuple(sinks), started_s
        self._privacy_filter = privacy_filter or (lambda summary: summary)
        self._ticks = 0
        self._state = State.STARTING
        self._held: State | None = None
        self._before: tuple[State, float] | None = None  # what it was held by before, and until when
        self._asleep = (math.inf, -math.inf)  # the last sleep, from and to
        self._missing = State.SLOW
        self._latest: Seen | None = None
        self._fresh_for_s = STALE_S
        self._ever_seen = False
        self._attendance, self._earlier = Attendance(), Attendance()  # counts: they outlast what was seen
        self._markers: list[Marker] = []  # as they were set, those that were taken away since too
        self._marked = False  # since the last summary
        self._covered_s = 0.0  # up to where there are summaries
        self._ended_s = 0.0
        self.glances = glances or Glances(started.live_class, AlertSettings())
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

    def mark(self, text: str, now_s: float, at_s: float | None = None) -> None:
        """Names the second that is being recorded, or the moment of the session time `at_s`, which has passed."""
        elapsed_s = self.since_start_s(now_s)
        marker = Marker(len(self._markers) + 1, elapsed_s if at_s is None else min(at_s, elapsed_s), text)
        self._markers.append(marker)
        self._marked |= marker.elapsed_s > self._covered_s
        self.record(marker)

    def edit_marker(self, number: int, text: str, colour: MarkerColour) -> None:
        """Renames or colours a marker, takes it away or brings it back; nothing where there was none of that number."""
        if 1 <= number <= len(self._markers):
            self.record(MarkerEdited(number, text, colour, self._markers[number - 1].elapsed_s))

    def answer_alert(self, number: int, useful: bool) -> None:
        """Whether the alert of that number was of use; nothing where there was none."""
        if self.glances.has_alert(number):
            self.record(AlertAnswered(number, useful))

    def leave_out(self, excluded: Excluded) -> None:
        """Who is left out has changed: who is counts no longer, at once."""
        self.glances.leave_out(excluded.exclusion.seats)
        self.record(excluded)

    def set_clock(self, clock: ClockSet) -> None:
        """What the wall clock shows from here on."""
        self.record(clock)

    def hold(self, state: State | None, now_s: float) -> None:
        """What keeps frames from being read from here on, and forgets what was seen before; None: nothing does."""
        if state is self._held:
            return
        self.advance(now_s)
        if self._held is not None:
            self._before = self._held, now_s
        self._held = state
        if state is not None:
            self._latest = None
            self._change(state, self.since_start_s(now_s))

    def sleep(self, from_s: float, to_s: float) -> None:
        """The computer slept, or the program was stopped, for that stretch."""
        self._asleep = from_s, to_s

    def miss(self, why: State) -> None:
        """Why seconds without a frame that was read have none, where nothing else is known."""
        self._missing = why

    def observe(self, seen: Seen, fresh_for_s: float = STALE_S) -> None:
        """Takes what was read in a frame, after the summaries up to it; while held only who came and left.

        `fresh_for_s`: how long a recording shows the frame, from its time on. Live it is always STALE_S.
        """
        self.advance(seen.captured_s)
        at_s = self.since_start_s(seen.captured_s)
        if self._held is None:
            if at_s >= self._covered_s - STALE_S:  # else it took so long that it tells of no second to come
                self._change(State.LIVE, at_s)
            self._latest, self._fresh_for_s, self._ever_seen = seen, fresh_for_s, True
            self.glances.observe(at_s, seen)
        left, back = self._earlier.left + seen.attendance.left, self._earlier.came_back + seen.attendance.came_back
        self._attendance = Attendance(left, back)
        for seat, into in seen.merged:
            self.record(SeatEvent(at_s, seat, SeatChange.MERGED, into))
        for seat in seen.attendance.just_left:
            self.record(SeatEvent(at_s, seat, SeatChange.LEFT))
        for seat in seen.attendance.just_back:
            self.record(SeatEvent(at_s, seat, SeatChange.CAME_BACK))

    def count_on(self) -> None:
        """Who has left is counted from nothing again by a fresh analyzer: what was counted so far stays."""
        self._earlier = self._attendance

    def advance(self, now_s: float) -> None:
        """Records the summaries of all ticks that have passed up to `now_s`.

        More than `MOST_ROWS` that nothing can be known of get one summary, at their end.
        """
        due = math.floor((now_s - self._started_s) / TICK_S + _ROUNDING_S)
        while self._ticks < due:
            tick = self._ticks + 1
            state = self._state_at(tick)
            if due - tick >= MOST_ROWS and not state.seen and not self._may_be_seen(tick):
                tick = self._end_of_stretch(state, due)
            self._ticks = tick
            self._summarize(tick * TICK_S, state)

    def finish(self, now_s: float, reason: EndReason = EndReason.STOPPED) -> None:
        """As `advance`, with a last summary of the second that had begun, and the end; call it once, or `take_up`."""
        self.advance(now_s)
        rest_s = now_s - self._started_s - self.elapsed_s
        if rest_s > _SHORTEST_ROW_S or self._marked or not self._ticks:
            elapsed_s = round(self.since_start_s(now_s), 2)
            self._summarize(elapsed_s, self._state_at(max(elapsed_s, self.elapsed_s)))
        self._close_gap()
        self._ended_s = self.since_start_s(now_s)
        self.record(Ended(self._ended_s, reason))

    def take_up(self, now_s: float, anew: bool) -> None:
        """Goes on after `finish`, until something else is held in a pause that began with the end.

        `anew`: seats are counted from one again.
        """
        self.record(TakenUp(self._ended_s))
        self._latest, self._before = None, None
        if anew:
            self.count_on()
            self.glances.begin_anew()
        self._held = State.PAUSED
        self._change(State.PAUSED, self._ended_s)
        self.advance(now_s)

    def _state_at(self, elapsed_s: float) -> State:
        """What the second that ends there rests on."""
        end_s = self._started_s + elapsed_s * TICK_S
        begin_s = self._started_s + max(0.0, elapsed_s - 1) * TICK_S
        if self._held is not None:
            return self._held
        age_s = end_s - self._latest.captured_s if self._latest is not None else math.inf
        if -_ROUNDING_S <= age_s <= end_s - begin_s:
            return State.LIVE
        slept_from_s, slept_to_s = self._asleep
        if slept_from_s < end_s and begin_s < slept_to_s:
            return State.ASLEEP
        if -_ROUNDING_S <= age_s <= self._fresh_for_s + _ROUNDING_S:
            return State.LIVE
        if self._before is not None and begin_s < self._before[1]:
            return self._before[0]
        if not self._ever_seen:
            return self._missing if elapsed_s > STALE_S else State.STARTING
        waits = self._latest is None and self._before is not None and begin_s < self._before[1] + FIRST_PICTURE_S
        return State.STARTING if waits and self._missing is State.SLOW else self._missing

    def _may_be_seen(self, tick: int) -> bool:
        """Whether what was seen is of a moment that lies still ahead of that tick."""
        return self._latest is not None and self._latest.captured_s > self._started_s + tick * TICK_S

    def _end_of_stretch(self, state: State, due: int) -> int:
        """The last tick up to `due` of which nothing else is known than that."""
        end_s = self._before[1] if self._before is not None and state is self._before[0] else math.inf
        if state is State.ASLEEP:
            end_s = self._asleep[1]
        elif self._held is not None:
            end_s = math.inf
        last = math.ceil((end_s - self._started_s) / TICK_S - _ROUNDING_S) if math.isfinite(end_s) else due
        return max(self._ticks + 1, min(due, last))

    def _change(self, state: State, elapsed_s: float) -> None:
        if state is not self._state:
            self._state = state
            self.record(StateChanged(elapsed_s, state))

    def _summarize(self, elapsed_s: float, state: State) -> None:
        if state is State.LIVE and self._latest is not None and all_covered(self._latest.summary):
            state = State.COVERED
        self._change(state, self._covered_s)
        self._follow_gap(elapsed_s, state)
        seen = self._latest if state is State.LIVE else None
        summary = dataclasses.replace(seen.summary, elapsed_s=elapsed_s) if seen else nothing_seen(elapsed_s, state)
        self._marked, self._covered_s = False, elapsed_s
        counts = self._attendance
        given = dataclasses.replace(self._privacy_filter(summary), left=counts.left, came_back=counts.came_back)
        self.record(given)
        for told in (self.glances.due(given), self.glances.alert(given)):
            if told is not None:
                self.record(told)

    def _follow_gap(self, elapsed_s: float, state: State) -> None:
        if self._gap is not None and state is self._gap.reason:
            self._gap = dataclasses.replace(self._gap, end_s=elapsed_s)
            return
        self._close_gap()
        if not state.seen:
            self._gap = Gap(self._covered_s, elapsed_s, state)

    def _close_gap(self) -> None:
        if self._gap is not None:
            self.record(self._gap)
            self._gap = None


def nothing_seen(elapsed_s: float, state: State) -> Summary:
    """A second of which nothing is known but why."""
    return summarize((), 0, elapsed_s, state)


def all_covered(summary: Summary) -> bool:
    """Whether another window lies over every face that there is."""
    return summary.faces > 0 and dict(summary.not_read).get(Reason.COVERED) == summary.faces


def summary_of(seen: Analysis | None, elapsed_s: float, state: State) -> Summary:
    """The class as an analysis shows it; None: nothing is known."""
    if seen is None:
        return nothing_seen(elapsed_s, state)
    return summarize(seen.readings, seen.seats, elapsed_s, state, seen.cameras_on, seen.rule)
