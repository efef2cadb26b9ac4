"""What a glance at the class consists of: frozen data only."""

from dataclasses import dataclass
from enum import StrEnum

from fer_desktop.core.types import State


class Group(StrEnum):
    """What a face shows, as far as it may be told of a class; files carry the value.

    Sad, afraid, angry and disgusted are one, since mix-ups among them cancel and the rest does not.
    """

    SMILING = "smiling"
    SURPRISED = "surprised"
    NEUTRAL = "neutral"
    LOW = "low"  # sad, afraid, angry or disgusted
    UNSURE = "unsure"  # read, but nothing is probable enough to be named


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Faces by what they show; whole numbers where they are of one moment, means or medians else."""

    smiling: float = 0
    surprised: float = 0
    neutral: float = 0
    low: float = 0
    unsure: float = 0

    @property
    def read(self) -> float:
        """All of them."""
        return self.smiling + self.surprised + self.neutral + self.low + self.unsure

    def of(self, group: Group) -> float:
        """Those that show this."""
        return float(getattr(self, group.value))


class Basis(StrEnum):
    """What a glance can compare with."""

    NOTHING = "nothing"  # no face is read
    FIRST = "first"  # faces are read, and none for long enough yet
    LEARNING = "learning"  # what is usual is not known yet
    USUAL = "usual"  # the lesson's last ten minutes
    MARKER = "marker"  # the minutes before a moment that the teacher named


@dataclass(frozen=True, slots=True)
class Change:
    """A difference from usual that chance does not explain, and that has lasted."""

    group: Group
    more: bool  # than usual; else fewer
    faces: float  # that show it now, of those that were also read before
    usual: float  # of the same faces
    of: int  # how many faces these are
    since_s: float  # session time at which it was first said


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change that is over, as it was at its largest."""

    change: Change
    until_s: float


@dataclass(frozen=True, slots=True)
class Glance:
    """The class over the last 30 s; told every few seconds.

    Of a live class with few readable faces `state` is WITHHELD and no count of an expression is given.
    """

    elapsed_s: float  # since the session's start
    state: State  # of the second it was made in
    basis: Basis = Basis.NOTHING
    now: GroupCounts = GroupCounts()  # faces read within the last 30 s
    no_face: int = 0  # cameras on whose face was not read in that time
    camera_off: int = 0
    usual: GroupCounts | None = None  # over the faces read both now and then; None where nothing is compared
    change: Change | None = None
    past: PastChange | None = None  # of the last two minutes, where no change is on
    since_marker: str = ""  # the marker's text, with Basis.MARKER
    break_since_s: float | None = None  # since when nobody is in sight, once that is a break; see breaks.py
    unsettled: bool = False  # a difference that could be a change is there, and nothing is said of it yet
    learning_left_s: float = 0.0  # seconds of the class still to be seen, with Basis.LEARNING
