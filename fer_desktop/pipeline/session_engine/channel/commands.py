"""What the loops of a session are told: by its controller, and by one another. Each goes through one queue a loop."""

from dataclasses import dataclass

from fer_desktop.core.glance.alerts.alert_choices import AlertSettings
from fer_desktop.core.messages import Message
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import MarkerColour
from fer_desktop.pipeline.session_engine.recording.seen import Seen


@dataclass(frozen=True, slots=True)
class Pause:
    """Frames are let go until `Resume`."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Goes on after `Pause`."""


@dataclass(frozen=True, slots=True)
class SourceLost:
    """No frame comes until `SourceBack`."""

    why: State = State.NO_SOURCE


@dataclass(frozen=True, slots=True)
class SourceBack:
    """Frames come again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Names the running second, or a moment before it."""

    text: str
    at_s: float | None = None  # session time; None: now


@dataclass(frozen=True, slots=True)
class EditMarker:
    """Renames a marker of this session, gives it a colour, takes it away (empty) or brings it back."""

    number: int
    text: str
    colour: MarkerColour = MarkerColour.GREY


@dataclass(frozen=True, slots=True)
class ChooseAlerts:
    """What the teacher is told of from here on."""

    settings: AlertSettings


@dataclass(frozen=True, slots=True)
class QuietAlerts:
    """No alert for the quiet time."""


@dataclass(frozen=True, slots=True)
class AnswerAlert:
    """Whether an alert was of use."""

    number: int
    useful: bool


@dataclass(frozen=True, slots=True)
class CompareWithMarker:
    """From here on with what was usual until now, under that name; empty: with what is usual again."""

    text: str


@dataclass(frozen=True, slots=True)
class SetClassSize:
    """How many are in the class, as the teacher says; 0: she does not say."""

    size: int


AlertCommand = ChooseAlerts | QuietAlerts | AnswerAlert | CompareWithMarker


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
    """Ends the session once the frame that waits has been read: its source is over, or failed for good, and why."""

    why: Message | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Ends the session now."""


@dataclass(frozen=True, slots=True)
class GiveUpSaving:
    """Lets go of what the disk has no room for, so that a stopped session ends."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The analysis has its first frame, captured then."""

    captured_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """The analysis has read a frame; `analyzer` counts those that the session had before."""

    seen: Seen
    analyzer: int = 0


@dataclass(frozen=True, slots=True)
class ExclusionSettled:
    """Who is left out from that time of the frames' clock on, resting on so many of the teacher's choices."""

    at_s: float
    exclusion: Exclusion
    commands: int


@dataclass(frozen=True, slots=True)
class Drained:
    """The last frame of the source has been read."""


ExclusionCommand = Exclude | Include | IncludeEverybody
Notification = Begun | Observed | ExclusionSettled | Drained  # of the analysis, to the record
Command = (
    Notification
    | Pause
    | Resume
    | SourceLost
    | SourceBack
    | Mark
    | EditMarker
    | ChooseAlerts
    | QuietAlerts
    | AnswerAlert
    | CompareWithMarker
    | SetClassSize
    | ExclusionCommand
    | Drain
    | Stop
    | GiveUpSaving
)
