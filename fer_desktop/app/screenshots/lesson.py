"""A lesson as a session tells it: through the record's own parts, of a class that follows a script."""

import copy
from functools import partial
from typing import Final

from fer_desktop.app.screenshots.calls import Call
from fer_desktop.app.screenshots.day import CALL, STARTED
from fer_desktop.app.screenshots.looks import Looks, ScriptedLooks
from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.types import Analysis, State
from fer_desktop.pipeline.events import EndReason, MarkerColour, SessionEvent, Started
from fer_desktop.pipeline.session_engine.recording.glances import Glances
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in

ALERTS: Final = AlertSettings(frozenset({AlertKind.MORE_LOW}))
_MARKERS: Final = {65: "Homework", 320: "Video", 480: "Questions"}  # by the second
_BREAK_S: Final = (425, 440)  # she pauses


class _Kept(list[SessionEvent]):
    """A sink that is a list."""

    def write(self, event: SessionEvent) -> None:
        """Keeps it."""
        self.append(event)


class Lesson:
    """One lesson, second by second."""

    def __init__(self, call: Call, looks: Looks | None = None) -> None:
        self._call, self._events, self._second = call, _Kept(), 0
        self._told = {0: 0}  # how many events up to the second
        self._looks = looks or ScriptedLooks(call.readable)
        started = Started(STARTED, CALL.name, live_class=True)
        privacy_filter = partial(withheld, live_class=True)
        self._recorder = Recorder([self._events], started, 0.0, privacy_filter, Glances(True, ALERTS))

    @property
    def second(self) -> int:
        """Up to which it has gone."""
        return self._second

    def events(self, from_s: int = -1, to_s: int | None = None) -> tuple[SessionEvent, ...]:
        """What was told after one second and up to another: of all of it, from its start."""
        until = len(self._events) if to_s is None else self._told[to_s]
        return tuple(self._events[self._told.get(from_s, 0) : until])

    def analysis(self, second: int) -> Analysis:
        """What is read then."""
        return self._call.analysis(float(second), self._looks.at(second))

    def see(self, until_s: int) -> None:
        """The class is seen up to that second; markers are set on the way, and once there is a break."""
        while self._second < until_s:
            if self._second == _BREAK_S[0]:
                self.hold(State.PAUSED, _BREAK_S[1])
                continue
            self._recorder.observe(seen_in(self.analysis(self._second)))
            self._mark()
            self._go_on(self._second + 1)

    def hold(self, state: State, until_s: int) -> None:
        """Nothing is read up to that second."""
        self._recorder.hold(state, float(self._second))
        self._go_on(until_s)
        self._recorder.hold(None, float(self._second))

    def miss(self, state: State, until_s: int) -> None:
        """No frame comes up to that second, and nobody knows more of it than that."""
        self._recorder.miss(state)
        self._go_on(until_s)

    def end(self) -> None:
        """It is stopped."""
        self._recorder.finish(float(self._second), EndReason.STOPPED)

    def fork(self, call: Call | None = None) -> "Lesson":
        """The same lesson up to now, which may go on differently, or with another picture."""
        other = copy.deepcopy(self)
        if call is not None:
            other.look_at(call)
        return other

    def look_at(self, call: Call) -> None:
        """Another picture is seen from here on."""
        self._call = call

    def _mark(self) -> None:
        if name := _MARKERS.get(self._second):
            self._recorder.mark(name, float(self._second))
            if self._second == min(_MARKERS):
                self._recorder.edit_marker(1, name, MarkerColour.VIOLET)

    def _go_on(self, second: int) -> None:
        self._second = second
        self._recorder.advance(float(second))
        self._told[second] = len(self._events)
