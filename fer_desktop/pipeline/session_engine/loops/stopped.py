"""A session that was stopped, and may go on for a while as if it had not been."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import SourceKind
from fer_desktop.pipeline.events import SessionEvent
from fer_desktop.pipeline.ports import SessionFile
from fer_desktop.pipeline.session_engine.channel.reports import Report
from fer_desktop.pipeline.session_engine.loops.reader import FrameReader
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.session_sinks import SessionSinks
from fer_desktop.pipeline.session_engine.recording.session_time import SessionTime

NOBODY: Final = Exclusion()
PLAYED: Final = (SourceKind.RECORDING, SourceKind.PICTURES)  # these would begin again from their start


class Telling:
    """The sink that shows what is recorded, to whoever runs the session now."""

    def __init__(self, tell: Callable[[Report], None]) -> None:
        self.tell = tell

    def write(self, event: SessionEvent) -> None:
        """Tells it."""
        self.tell(event)


@dataclass(frozen=True, slots=True, eq=False)
class Stopped:
    """Its record with all that it counts, and where it is kept. File and store are closed and whole."""

    recorder: Recorder
    file: SessionFile
    sinks: SessionSinks
    telling: Telling
    time: SessionTime
    started_s: float
    elapsed_s: float
    reader: FrameReader | None = None  # which knows everybody by their seats; None where it died
    exclusion: Exclusion = NOBODY  # who was left out, as the reader knows them

    def known_by(self, reader: FrameReader | None) -> "Stopped":
        """The same, with what knows everybody; None: what knew them before."""
        return self if reader is None else replace(self, reader=reader, exclusion=reader.exclusion)

    def take_up(self, captured_s: float, tell: Callable[[Report], None]) -> None:
        """Opens both again, and goes on with a frame of that time; what lies between is a pause.

        Raises StoreError where the session is not there any more as it was left: what was erased stays so.
        """
        self.file.reopen()
        try:
            self.sinks.reopen_store()
        except StoreError:
            self.file.close()
            raise
        self.telling.tell = tell
        self.recorder.take_up(captured_s, anew=self.reader is None)
