"""What the pictures are taken of: what a session told up to a moment, and the program behind the window."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from fer_desktop.core.sources import Region, SourceChoice
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.session_engine.host import Notice
from fer_desktop.ui.bridge.services import Services


class Moment(StrEnum):
    """A moment of a lesson that is worth a picture."""

    LOADING = "loading"
    LEARNING = "learning"
    CALM = "calm"
    CHANGED = "changed"  # many smile
    ALERT = "alert"  # more faces look low, and she is told
    PAUSED = "paused"
    COVERED = "covered"
    LOST = "lost"
    SLOW = "slow"
    NO_FACE = "no face"
    WITHHELD = "withheld"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """What a session told until then, to be fed to the window's model, which does not know it from a live one."""

    choice: SourceChoice
    notices: tuple[Notice, ...]
    analysis: Analysis | None = None  # the last one
    after: tuple[Notice, ...] = ()  # what was told once that was seen


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the program finds the computer and its user."""

    answered: bool = True  # where and for what it is used
    in_eu: bool = False
    lessons: bool = True  # some are stored
    sees_screen: bool = True
    docks: bool = False  # a call leaves room for one column beside it


class Studio(Services, Protocol):
    """The program behind the pictures: nothing of this computer, this user or this day is in it."""

    def set_up(self, given: Circumstances) -> None:
        """As if it were started there."""

    def replay(self, moment: Moment) -> Replay:
        """The lesson up to that moment."""

    @property
    def call_place(self) -> Region:
        """Where the gallery of the call lies on the screen."""
