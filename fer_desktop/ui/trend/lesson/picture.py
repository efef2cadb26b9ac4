"""All that is painted of the lesson so far: frozen data only."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from fer_desktop.pipeline.events import MarkerColour
from fer_desktop.ui.trend.lesson.columns import Scale
from fer_desktop.ui.trend.lesson.data import LessonPoints
from fer_desktop.ui.trend.lesson.labels import Word
from fer_desktop.ui.trend.lesson.lanes import Bands


@dataclass(frozen=True, slots=True)
class NamedMoment:
    """A marker or an alert."""

    elapsed_s: float
    text: str
    width: float  # px of the text
    alert: bool = False
    colour: MarkerColour = MarkerColour.GREY
    number: int = 0  # of the marker


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap, and its reason in a word or two."""

    rects: tuple[QRectF, ...]  # the uppermost first
    word: str
    rest: bool = False  # a break, in which nothing is missing


@dataclass(frozen=True, slots=True)
class LessonPicture:
    """All that is painted."""

    bands: Bands
    scale: Scale
    points: LessonPoints
    blanks: tuple[Blank, ...]
    moments: tuple[NamedMoment, ...]  # in the order of their time
    words: tuple[Word, ...]
    now_x: float
