"""Reads frames and records what they show: what a live session and a recording have in common."""

from collections.abc import Callable

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Frame, State
from fer_desktop.pipeline.events import EndReason, Excluded, SeatChange, SeatEvent
from fer_desktop.pipeline.ports import Analyzer
from fer_desktop.pipeline.session.commands import Exclude, ExclusionCommand, Include, IncludeEverybody
from fer_desktop.pipeline.session.recorder import STALE_S, Recorder

CurrentSeat = Callable[[int], int]


class SessionEngine:
    """One session: its analyzer, its record, and who is left out of it. One thread.

    Who is left out is resolved here, with each frame that is read, whether or not anybody looks at the window.
    """

    def __init__(self, analyzer: Analyzer, recorder: Recorder) -> None:
        self._analyzer, self._recorder = analyzer, recorder
        self._exclusion = Exclusion()
        self._commands = 0  # on who is left out

    def read(self, frame: Frame) -> Analysis:
        """What the frame shows, without those left out; `observe` records it. Raises what the detector raises."""
        exclusion = self._exclusion.of(frame.scene)
        analysis = self._analyzer.analyze(frame, exclusion.seats)
        self._exclude(exclusion.resolved(self._analyzer.current_seat), frame.captured_s)
        return analysis

    def observe(self, analysis: Analysis, fresh_for_s: float = STALE_S) -> None:
        """Records what was read in a frame, which tells of `fresh_for_s` from its capture."""
        self._recorder.observe(analysis, fresh_for_s)
        at_s = self._recorder.since_start_s(analysis.frame.captured_s)
        for seat, into in analysis.merged:
            self._recorder.record(SeatEvent(at_s, seat, SeatChange.MERGED, into))
        for seat in analysis.attendance.just_left:
            self._recorder.record(SeatEvent(at_s, seat, SeatChange.LEFT))
        for seat in analysis.attendance.just_back:
            self._recorder.record(SeatEvent(at_s, seat, SeatChange.CAME_BACK))

    def change_exclusion(self, command: ExclusionCommand, now_s: float) -> None:
        """Leaves somebody out or brings them back, from the next frame on.

        A seat of another scene is nobody's any more. It is recorded even where it changes nothing: the window waits.
        """
        self._commands += 1
        of_this_scene = isinstance(command, IncludeEverybody) or command.scene == self._exclusion.scene
        changed = applied(command, self._exclusion, self._analyzer.current_seat) if of_this_scene else self._exclusion
        self._exclude(changed, now_s, even_if_same=True)

    def hold(self, state: State, now_s: float) -> None:
        """What the seconds rest on until the next frame is observed."""
        self._recorder.set_state(state, now_s)

    def mark(self, text: str, now_s: float) -> None:
        """Names the running second."""
        self._recorder.mark(text, now_s)

    @property
    def next_tick_s(self) -> float:
        """When the next summary is due."""
        return self._recorder.next_tick_s

    def advance(self, now_s: float) -> None:
        """Records the summaries that are due."""
        self._recorder.advance(now_s)

    def finish(self, now_s: float, reason: EndReason) -> None:
        """Records the rest and the end."""
        self._recorder.finish(now_s, reason)

    def _exclude(self, exclusion: Exclusion, now_s: float, even_if_same: bool = False) -> None:
        before, self._exclusion = self._exclusion, exclusion
        if even_if_same or (exclusion != before and (exclusion.seats or before.seats)):
            self._recorder.record(Excluded(self._recorder.since_start_s(now_s), exclusion, self._commands))


def applied(command: ExclusionCommand, exclusion: Exclusion, current: CurrentSeat = lambda seat: seat) -> Exclusion:
    """Who is left out after the command; `current` gives the seat that stands for a seat now."""
    match command:
        case IncludeEverybody():
            return Exclusion(scene=exclusion.scene)
        case Exclude(seat, scene, own):
            before = exclusion.of(scene)
            return before.with_you(current(seat)) if own else before.excluding(current(seat))
        case Include(seat, scene):
            return exclusion.of(scene).including(current(seat))
