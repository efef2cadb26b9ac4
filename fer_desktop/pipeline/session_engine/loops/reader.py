"""Reads frames, without those whom the teacher left out."""

from collections.abc import Callable

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Frame
from fer_desktop.pipeline.ports import Analyzer
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, ExclusionCommand, Include, IncludeEverybody

CurrentSeat = Callable[[int], int]
# When (on the frames' clock), who is left out from then on, and how many of the teacher's choices that rests on.
OnExclusion = Callable[[float, Exclusion, int], None]


class FrameReader:
    """An analyzer, and who is left out. One thread: that of the analyzer.

    Who is left out is resolved here, with each frame that is read, whether or not anybody looks at the window.
    """

    def __init__(self, analyzer: Analyzer, on_exclusion: OnExclusion, commands: int = 0) -> None:
        """`commands`: how many choices of the teacher's were made before this analyzer."""
        self._analyzer, self._on_exclusion, self.commands = analyzer, on_exclusion, commands
        self._exclusion = Exclusion()

    @property
    def exclusion(self) -> Exclusion:
        """Who is left out of the next frame."""
        return self._exclusion

    def let_go(self) -> None:
        """Nobody listens any more to who is left out; that stays so."""
        self._on_exclusion = lambda _at_s, _exclusion, _commands: None

    def hand_over(self, on_exclusion: OnExclusion) -> None:
        """From here on it belongs to another loop, whose choices are counted from nothing; who is left out stays so."""
        self._on_exclusion, self.commands = on_exclusion, 0

    def read(self, frame: Frame) -> Analysis:
        """What the frame shows, without those left out. Raises what the detector raises."""
        exclusion = self._exclusion.of(frame.scene)
        analysis = self._analyzer.analyze(frame, exclusion.seats)
        self._exclude(exclusion.resolved(self._analyzer.current_seat), frame.captured_s)
        return analysis

    def change_exclusion(self, command: ExclusionCommand, now_s: float) -> None:
        """Leaves somebody out or brings them back, from the next frame on.

        A seat of another scene is nobody's any more. It is told even where it changes nothing: the window waits.
        """
        self.commands += 1
        of_this_scene = isinstance(command, IncludeEverybody) or command.scene == self._exclusion.scene
        changed = applied(command, self._exclusion, self._analyzer.current_seat) if of_this_scene else self._exclusion
        self._exclude(changed, now_s, even_if_same=True)

    def _exclude(self, exclusion: Exclusion, now_s: float, even_if_same: bool = False) -> None:
        before, self._exclusion = self._exclusion, exclusion
        if even_if_same or (exclusion != before and (exclusion.seats or before.seats)):
            self._on_exclusion(now_s, exclusion, self.commands)


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
