"""Reads frames and records what they show, in one thread: a recording, whose every frame is waited for."""

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Frame, State
from fer_desktop.pipeline.events import EndReason, Excluded
from fer_desktop.pipeline.ports import Analyzer
from fer_desktop.pipeline.session_engine.channel.commands import ExclusionCommand
from fer_desktop.pipeline.session_engine.loops.reader import FrameReader
from fer_desktop.pipeline.session_engine.recording.recorder import STALE_S, Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in


class SessionEngine:
    """A reader and its record. One thread; a live session has the two in two, since its record never waits."""

    def __init__(self, analyzer: Analyzer, recorder: Recorder) -> None:
        self._recorder = recorder
        self._reader = FrameReader(analyzer, self._on_exclusion)

    def read(self, frame: Frame) -> Analysis:
        """What the frame shows, without those left out; `observe` records it. Raises what the detector raises."""
        return self._reader.read(frame)

    def observe(self, analysis: Analysis, fresh_for_s: float = STALE_S) -> None:
        """Records what was read in a frame, which tells of `fresh_for_s` from its capture."""
        self._recorder.observe(seen_in(analysis), fresh_for_s)

    def change_exclusion(self, command: ExclusionCommand, now_s: float) -> None:
        """Leaves somebody out or brings them back, from the next frame on."""
        self._reader.change_exclusion(command, now_s)

    def miss(self, why: State) -> None:
        """Why seconds without a frame have none."""
        self._recorder.miss(why)

    def advance(self, now_s: float) -> None:
        """Records the summaries that are due."""
        self._recorder.advance(now_s)

    def finish(self, now_s: float, reason: EndReason) -> None:
        """Records the rest and the end."""
        self._recorder.finish(now_s, reason)

    def _on_exclusion(self, at_s: float, exclusion: Exclusion, commands: int) -> None:
        self._recorder.record(Excluded(self._recorder.since_start_s(at_s), exclusion, commands))
