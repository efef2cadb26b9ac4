"""What a lesson's history hands out: frozen data only."""

import math
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.shown import LEAST_LOW, LEAST_READ
from fer_desktop.core.types import FloatArray

Times = npt.NDArray[np.float64]


TOLD_FROM = LEAST_LOW - 0.5  # faces of the low group; they are means, and rounded where they are told


class Column(IntEnum):
    """What a row holds: mean counts of faces or cameras, and shares where it says so."""

    SMILING = 0
    SURPRISED = 1
    LOW = 2
    FACES = 3  # that these three are counted among
    USUAL_SMILING = 4  # share of the faces read; NaN while it is not known
    USUAL_LOW = 5
    READ = 6
    CAMERAS = 7
    SEATS = 8
    TURNED = 9
    NO_FACE = 10
    CLASS = 11  # how many there are: those with a camera on, or as many as she says


class Missing(StrEnum):
    """Why nothing is known of a stretch of time; the values are those of State as far as it has them."""

    PAUSED = "paused"
    NO_SOURCE = "no source"
    COVERED = "covered"
    SLOW = "slow"
    ASLEEP = "asleep"
    STARTING = "starting"
    WITHHELD = "withheld"
    NO_FACE = "no face"
    BREAK = "break"  # nobody is in sight, for longer than a class looks down
    UNSEEN = "unseen"  # rows are missing, and nothing says why


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of which nothing is known."""

    start_s: float
    end_s: float
    why: Missing


@dataclass(frozen=True, slots=True, eq=False)
class LessonPoints:
    """What is drawn of a lesson."""

    elapsed_s: Times  # (M,) rising
    values: npt.NDArray[np.float64]  # (M, len(Column))
    runs: tuple[slice, ...]  # the stretches between breaks, each of which is known as a whole or not

    def share(self, column: Column, of: Column = Column.FACES) -> npt.NDArray[np.float64]:
        """(M,) 0-1; NaN where nothing is known."""
        among = self.values[:, of]
        return self.values[:, column] / np.where(among > 0, among, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The lesson at one time."""

    elapsed_s: float
    values: FloatArray  # (len(Column),) NaN where it is not known
    why: Missing | None = None  # why there is nothing to tell of expressions; None where there is
    near: str = ""  # the marker or alert close to it

    @property
    def tells_low(self) -> bool:
        """Whether the low group may be told, be it as "0–2": beside its usual alone, and not of a small class."""
        return math.isfinite(self.of(Column.USUAL_LOW)) and self.of(Column.FACES) >= LEAST_READ - 0.5

    def of(self, column: Column) -> float:
        """The value of a column."""
        return float(self.values[column])
