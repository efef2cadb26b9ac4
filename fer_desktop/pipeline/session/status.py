"""What a session tells the window: its phase, how it keeps up, how it ended."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from fer_desktop.core.sources import SourceChoice

REFUSED: Final = (
    "Live capture of a class stays off here: with education in the EU or EEA the law forbids it. "
    "The demo class, your own camera and recordings can be used."
)
FAULT: Final = "A fault in the program was met; what happened is in the log file."


class Phase(StrEnum):
    """Where a session stands."""

    IDLE = "idle"
    LOADING = "loading the model"
    OPENING = "opening the source"
    WAITING = "waiting for the first frame"
    LIVE = "live"
    PAUSED = "paused"
    LOST = "source lost, trying again"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class Counters:
    """How the program keeps up."""

    frames_hz: float  # frames read from the source
    updates_hz: float  # frames analysed
    dropped: int  # updates of this session that were due while an older frame was still being read
    latency_s: float | None  # capture to reading; None before the first reading
    cpu_percent: float  # of all cores, this program alone
    elapsed_s: float
    throttled: bool = False  # updates are fewer than they could be: the processor is left to the call


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """What is left of a session."""

    choice: SourceChoice
    path: Path | None  # its file; None where no frame ever came
    elapsed_s: float
    sentence: str  # why it ended, where the user did not end it
    failed: bool  # it never began
