"""What a running session can be told; each goes through one queue into the analysis, which alone acts on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pause:
    """Frames are let go until `Resume`."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Goes on after `Pause`."""


@dataclass(frozen=True, slots=True)
class SourceLost:
    """No frame comes until `SourceBack`."""


@dataclass(frozen=True, slots=True)
class SourceBack:
    """Frames come again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Names the running second."""

    text: str


@dataclass(frozen=True, slots=True)
class Exclude:
    """Leaves a seat out; `own`: it is the teacher's."""

    seat: int
    scene: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Include:
    """Brings a seat back."""

    seat: int
    scene: int = 0


@dataclass(frozen=True, slots=True)
class IncludeEverybody:
    """Brings all seats back."""


@dataclass(frozen=True, slots=True)
class Drain:
    """Ends the session once the frame that waits has been read: its source is over, or `failed` for good."""

    failed: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Ends the session now."""


@dataclass(frozen=True, slots=True)
class GiveUpSaving:
    """Lets go of what the disk has no room for, so that a stopped session ends."""


ExclusionCommand = Exclude | Include | IncludeEverybody
Command = Pause | Resume | SourceLost | SourceBack | Mark | ExclusionCommand | Drain | Stop | GiveUpSaving
