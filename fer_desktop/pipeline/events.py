"""What a session tells: a closed set of frozen values, in the order in which they happened.

The recorder hands them to sinks (the CSV file, the window); a stored session is the same values once more.
`elapsed_s` is time since the first frame. None of them holds a picture or a name of a student.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import State, Summary

_ROW_S: Final = 1.0  # the row before an end may be missing, where it is of a small part of a second


class SeatChange(StrEnum):
    """What happened to a seat."""

    LEFT = "left"
    CAME_BACK = "came_back"
    MERGED = "merged"


class EndReason(StrEnum):
    """Why a session ended."""

    STOPPED = "stopped"  # by the user
    SOURCE_ENDED = "source_ended"
    SOURCE_FAILED = "source_failed"


@dataclass(frozen=True, slots=True)
class Started:
    """The first frame has come."""

    at: datetime  # with its offset from UTC
    source: str  # what the user calls it
    live_class: bool  # other people are captured live


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of seconds that were not seen; told once, when it is over."""

    start_s: float
    end_s: float
    reason: State


@dataclass(frozen=True, slots=True)
class ClockSet:
    """The wall clock shows something else than the session's start and its length give: it was set, or has drifted."""

    elapsed_s: float
    at: datetime  # what it shows then, with its offset from UTC


class MarkerColour(StrEnum):
    """By which markers may be told apart, beside their names. None of them is an expression's."""

    GREY = "grey"
    VIOLET = "violet"
    TEAL = "teal"
    BROWN = "brown"


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment that the teacher named."""

    number: int  # from 1
    elapsed_s: float
    text: str
    colour: MarkerColour = MarkerColour.GREY


@dataclass(frozen=True, slots=True)
class MarkerEdited:
    """A marker as it is from now on: renamed, in another colour, or back after it was taken away; empty: taken away."""

    number: int
    text: str
    colour: MarkerColour | None = None  # None: as it was
    elapsed_s: float | None = None  # its moment, by which one that was taken away comes back; None: not known


@dataclass(frozen=True, slots=True)
class Alert:
    """A change in the class that is worth a glance."""

    number: int  # from 1
    elapsed_s: float
    kind: AlertKind
    faces: float  # that do so now
    of: int  # faces compared; of what is no expression, cameras that are on
    usual: float  # of the same faces


@dataclass(frozen=True, slots=True)
class AlertAnswered:
    """The teacher looked, and said whether the alert was of use."""

    number: int
    useful: bool


@dataclass(frozen=True, slots=True)
class Excluded:
    """Who is left out has changed: by the teacher, or since seats were merged."""

    elapsed_s: float
    exclusion: Exclusion
    commands: int  # how many of the teacher's choices it rests on


@dataclass(frozen=True, slots=True)
class ClassSize:
    """How many are in the class from here on, as the teacher says; 0: she does not say."""

    elapsed_s: float
    size: int


@dataclass(frozen=True, slots=True)
class Note:
    """What the teacher wrote about the lesson, or why its source broke off."""

    text: str


@dataclass(frozen=True, slots=True)
class StateChanged:
    """From here on seconds rest on something else."""

    elapsed_s: float
    state: State


@dataclass(frozen=True, slots=True)
class SeatEvent:
    """Somebody left or came back, or two seats turned out to be one."""

    elapsed_s: float
    seat: int
    change: SeatChange
    into: int | None = None  # the seat that stands for a merged one


@dataclass(frozen=True, slots=True)
class Ended:
    """The last event, unless the session is taken up again."""

    elapsed_s: float
    reason: EndReason


@dataclass(frozen=True, slots=True)
class TakenUp:
    """It goes on all the same: what it had ended at is a pause that began then."""

    elapsed_s: float


SessionEvent = (
    Started
    | Summary
    | Glance
    | Gap
    | ClockSet
    | Marker
    | MarkerEdited
    | Alert
    | AlertAnswered
    | Excluded
    | ClassSize
    | Note
    | StateChanged
    | SeatEvent
    | Ended
    | TakenUp
)


def stops(events: Iterable[SessionEvent]) -> list[Gap]:
    """The pauses in which the session was over, until it was taken up again."""
    told = list(events)
    ends_s = [event.elapsed_s for event in told if isinstance(event, TakenUp)]
    pauses = (event for event in told if isinstance(event, Gap) and event.reason is State.PAUSED)
    return [gap for gap in pauses if any(abs(gap.start_s - end_s) <= _ROW_S for end_s in ends_s)]
