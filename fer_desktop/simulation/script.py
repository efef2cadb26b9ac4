"""What happens in a simulated call, second by second: who is there, in which order, seen how."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.simulation.layout import View

Part = tuple[float, float, float, float]  # x0, y0, x1, y1 in shares of the picture

WHOLE: Final[Part] = (0.0, 0.0, 1.0, 1.0)
MOST_PARTICIPANTS: Final = 60
CROSS_FADE_S: Final = 1.0
DRAG_S: Final = 1.0  # that the window takes from one place to the next
_EASE_S: Final = 1.0  # that a trouble takes to come and to go

T = TypeVar("T")


class ScriptName(StrEnum):
    """The scripts there are."""

    ALL_ON = "all_on"  # as calm, and nobody's camera is off
    CALM = "calm"  # people move and change their expression, no more
    REORDERS = "reorders"  # the speaker comes to the front, tiles are shuffled
    PAGES = "pages"  # more people than a page shows, and its turns
    CAMERAS = "cameras"  # cameras go off and on, people join, leave, and come back after up to 60 s
    WINDOW_MOVES = "window_moves"  # the window is dragged and resized
    VIEWS = "views"  # a slide is shared, the speaker's view chosen
    FACES = "faces"  # faces turn, dim, blur, are cut off at the tile's edge, and get another background
    HARDEST = "hardest"  # all of the above
    RAPID_LAYOUTS = "restless"  # another layout every second


class Degradation(StrEnum):
    """What makes a face hard to read for some seconds."""

    CUT_OFF = "cut off"  # by the tile's edge
    TURNED = "turned"
    TILTED = "tilted"
    FAR = "far"
    DIM = "dim"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Episode:
    """Some seconds of trouble with one face."""

    start_s: float
    end_s: float
    degradation: Degradation
    sign: int  # -1 or 1: to the left or to the right
    strength: float  # 0-1 at its height

    def at(self, script_s: float) -> float:
        """How strong it is now, 0-1."""
        share = min(script_s - self.start_s, self.end_s - script_s) / _EASE_S
        return self.strength * (0.5 - 0.5 * math.cos(math.pi * min(max(share, 0.0), 1.0)))


class Steps(Generic[T]):
    """Something that changes at known times."""

    def __init__(self, first: T, changes: list[tuple[float, T]] | None = None) -> None:
        ordered = sorted(changes or (), key=lambda change: change[0])
        self._times = [time_s for time_s, _ in ordered]
        self._values = [first, *(value for _, value in ordered)]

    def at(self, script_s: float) -> T:
        """What it is."""
        return self._values[bisect_right(self._times, script_s)]

    def change(self, script_s: float) -> tuple[T, T, float]:
        """What it was before the last change, what it is, and the seconds since; infinite where it never changed."""
        place = bisect_right(self._times, script_s)
        since_s = script_s - self._times[place - 1] if place else math.inf
        return self._values[max(place - 1, 0)], self._values[place], since_s


@dataclass(frozen=True, slots=True)
class Shown:
    """What one participant's face shows at one time."""

    before: int  # expression on the way from
    after: int  # expression on the way to
    share: float  # 0-1 of the way

    @property
    def expression(self) -> int:
        """The one of which more is seen."""
        return self.after if self.share >= 0.5 else self.before

    @property
    def changing(self) -> bool:
        """Whether it is on the way."""
        return 0 < self.share < 1


@dataclass(frozen=True, slots=True)
class Moment:
    """How the call is seen at one time."""

    order: tuple[int, ...]  # the participants in the call, as their tiles follow one another
    page: int  # from 0; past the last page it means the last
    view: View
    window: Part
    speaker: int | None
    slide: int  # which one is shared, where one is


@dataclass(frozen=True, slots=True)
class Events:
    """All that a script lets happen, by time; the people's by participant."""

    order: Steps[tuple[int, ...]]
    page: Steps[int]
    view: Steps[View]
    window: Steps[Part]
    speaker: Steps[int | None]
    slide: Steps[int]
    faces: tuple[tuple[tuple[float, int], ...], ...]  # (script s, expression)
    camera: tuple[Steps[bool], ...]
    backgrounds: tuple[Steps[int], ...]  # which of the participant's own
    episodes: tuple[tuple[Episode, ...], ...]
    absences: Mapping[int, tuple[float, float]]  # who is away from when to when


class CallScript:
    """A script of one seed; the same for the same seed. All times are script seconds from 0."""

    def __init__(self, lasts_s: float, events: Events) -> None:
        self.lasts_s = lasts_s
        self._events = events

    @property
    def absences(self) -> Mapping[int, tuple[float, float]]:
        """Who leaves and comes back, from when to when."""
        return self._events.absences

    def moment(self, script_s: float) -> Moment:
        """How the call is seen."""
        events = self._events
        return Moment(
            events.order.at(script_s),
            events.page.at(script_s),
            events.view.at(script_s),
            self._window(script_s),
            events.speaker.at(script_s),
            events.slide.at(script_s),
        )

    def camera_on(self, participant: int, script_s: float) -> bool:
        """Whether the participant's tile shows a moving picture."""
        return self._events.camera[participant].at(script_s)

    def background(self, participant: int, script_s: float) -> int:
        """Which of the participant's own backgrounds is seen, from 0."""
        return self._events.backgrounds[participant].at(script_s)

    def episode(self, participant: int, script_s: float) -> tuple[Episode, float] | None:
        """The trouble with the participant's face now and how strong it is; None where there is none."""
        for episode in self._events.episodes[participant]:
            if episode.start_s < script_s < episode.end_s:
                return episode, episode.at(script_s)
        return None

    def shown(self, participant: int, script_s: float) -> Shown:
        """What the participant's face shows."""
        before = after = NEUTRAL
        start_s = -math.inf
        for turn_s, expression in self._events.faces[participant]:
            if turn_s > script_s:
                break
            before, after, start_s = after, expression, turn_s
        share = min((script_s - start_s) / CROSS_FADE_S, 1.0)
        # In steps, so that a picture can be kept while nothing changes.
        return Shown(before, after, round((0.5 - 0.5 * math.cos(math.pi * share)) * 8) / 8)

    def expressions(self, participant: int) -> frozenset[int]:
        """All that the participant's face ever shows."""
        return frozenset({NEUTRAL, *(expression for _, expression in self._events.faces[participant])})

    def _window(self, script_s: float) -> Part:
        before, after, since_s = self._events.window.change(script_s)
        share = min(since_s / DRAG_S, 1.0)
        x0, y0, x1, y1 = (was + share * (is_now - was) for was, is_now in zip(before, after, strict=True))
        return (x0, y0, x1, y1)
