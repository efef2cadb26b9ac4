"""Where a session stands, what may be done with it now, how it keeps up, and how it ended."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice

FAULT: Final = Message("A fault in the program was met; what happened is in the log file.")


class Phase(StrEnum):
    """Where a session stands."""

    IDLE = "idle"
    LOADING = "loading"  # detector and network
    OPENING = "opening"  # the source
    WAITING = "waiting"  # for the first frame
    LIVE = "live"
    PAUSED = "paused"
    LOST = "lost"  # the source, which is being opened again
    SAVING = "saving"


class Unseen(StrEnum):
    """Whether a source that gives no frames is there all the same, which is no fault and no loss."""

    NOT = ""
    COVERED = "covered"  # another window lies over the one that is read
    OURS = "ours"  # a window of this program lies over it
    HIDDEN = "hidden"  # that one is minimised or on another desktop


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """What header, menus and the other views go by."""

    phase: Phase = Phase.IDLE
    reason: Message | None = None  # why the source is lost
    recording: bool = False  # the first frame has come, and the end has not
    anybody_excluded: bool = False
    unsaved_s: int = 0  # seconds of the record that wait for room on the disk
    unseen: Unseen = Unseen.NOT  # while the source is lost
    stopped_lately: bool = False  # it is over, and may go on all the same
    seats_known: bool = False  # and would do so with everybody at their seat

    @property
    def running(self) -> bool:
        """Whether a session has begun and is not yet over."""
        return self.phase is not Phase.IDLE

    @property
    def waits(self) -> bool:
        """Whether what is read is there and cannot be seen for now, which is no loss."""
        return self.unseen is not Unseen.NOT

    @property
    def can_start(self) -> bool:
        """Whether another session may begin."""
        return not self.running

    @property
    def can_pause(self) -> bool:
        """Whether there is something to pause."""
        return self.recording and self.phase in (Phase.LIVE, Phase.LOST)

    @property
    def can_resume(self) -> bool:
        """Whether it is paused."""
        return self.recording and self.phase is Phase.PAUSED

    @property
    def can_take_up(self) -> bool:
        """Whether Stop can be undone."""
        return self.stopped_lately and not self.running

    @property
    def can_mark(self) -> bool:
        """Whether there is a running second to be named."""
        return self.recording

    @property
    def can_stop(self) -> bool:
        """Whether it can be ended, and is not ending already."""
        return self.running and self.phase is not Phase.SAVING

    @property
    def can_exclude(self) -> bool:
        """Whether somebody in the picture can be left out or brought back."""
        return self.phase is Phase.LIVE

    @property
    def can_include_everybody(self) -> bool:
        """Whether anybody is left out who can be brought back."""
        return self.running and self.anybody_excluded

    @property
    def can_give_up_saving(self) -> bool:
        """Whether a stopped session waits for room on the disk."""
        return self.phase is Phase.SAVING and self.unsaved_s > 0


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
    path: Path | None  # its file; None where no frame ever came, or it was to be kept nowhere
    elapsed_s: float
    reason: Message | None  # why it ended, where the user did not end it
    failed: bool  # it never began
    unrecorded: bool = False  # it ran, and was to be kept nowhere
