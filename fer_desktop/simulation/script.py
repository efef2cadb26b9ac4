"""What happens in a simulated call, second by second: who is there, in which order, in which view."""

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
DRAG_S: Final = 1.0  # how long the window takes from one place to the next
_EASE_S: Final = 1.0  # how long a degradation takes to set in and to go

T = TypeVar("T")


class ScriptName(StrEnum):
    """The available scripts."""

    ALL_ON = "all_on"  # like calm, with all cameras on
    CALM = "calm"  # people move and change their expression, nothing else
    REORDERS = "reorders"  # the speaker comes to the front, tiles are shuffled
    PAGES = "pages"  # more people than fit on a page, and pages are turned
    CAMERAS = "cameras"  # cameras go off and on; people join, leave, and come back after up to 60 s
    WINDOW_MOVES = "window_moves"  # the window is dragged and resized
    VIEWS = "views"  # a slide is shared, or the speaker view chosen
    FACES = "faces"  # faces turn, dim, blur, are cut off at the tile's edge, and get another background
    HARDEST = "hardest"  # all of the above
    RAPID_LAYOUTS = "restless"  # a new layout every second


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
    """Some seconds in which one face is degraded."""

    start_s: float
    end_s: float
    degradation: Degradation
    sign: int  # -1 or 1: to the left or to the right
    strength: float  # 0-1 at its peak

    def at(self, script_s: float) -> float:
        """Its current strength, 0-1."""
        share = min(script_s - self.start_s, self.end_s - script_s) / _EASE_S
        return self.strength * (0.5 - 0.5 * math.cos(math.pi * min(max(share, 0.0), 1.0)))


class Steps(Generic[T]):
    """A value that changes at known times."""

    def __init__(self, first: T, changes: list[tuple[float, T]] | None = None) -> None:
        ordered = sorted(changes or (), key=lambda change: change[0])
        self._times = [time_s for time_s, _ in ordered]
        self._values = [first, *(value for _, value in ordered)]

    def at(self, script_s: float) -> T:
        """The value at that time."""
        return self._values[bisect_right(self._times, script_s)]

    def change(self, script_s: float) -> tuple[T, T, float]:
        """The values before and after the last change, and the seconds since then; infinite if there was none."""
        place = bisect_right(self._times, script_s)
        since_s = script_s - self._times[place - 1] if place else math.inf
        return self._values[max(place - 1, 0)], self._values[place], since_s


@dataclass(frozen=True, slots=True)
class Shown:
    """What one participant's face shows at one time."""

    before: int  # the expression that fades out
    after: int  # the expression that fades in
    share: float  # 0-1 of the cross-fade

    @property
    def expression(self) -> int:
        """The predominant one."""
        return self.after if self.share >= 0.5 else self.before

    @property
    def changing(self) -> bool:
        """Whether a cross-fade is in progress."""
        return 0 < self.share < 1


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of the call's window at one time."""

    order: tuple[int, ...]  # the participants in the call, in the order of their tiles
    page: int  # from 0; beyond the last page: the last
    view: View
    window: Part
    speaker: int | None
    slide: int  # number of the shared slide, if one is shared


@dataclass(frozen=True, slots=True)
class Events:
    """All events of a script by time, those of people by participant."""

    order: Steps[tuple[int, ...]]
    page: Steps[int]
    view: Steps[View]
    window: Steps[Part]
    speaker: Steps[int | None]
    slide: Steps[int]
    faces: tuple[tuple[tuple[float, int], ...], ...]  # (script s, expression)
    camera: tuple[Steps[bool], ...]
    backgrounds: tuple[Steps[int], ...]  # index into the participant's own
    episodes: tuple[tuple[Episode, ...], ...]
    absences: Mapping[int, tuple[float, float]]  # who is away from when to when


class CallScript:
    """A script; the same for the same seed. All times are script seconds from 0."""

    def __init__(self, lasts_s: float, events: Events) -> None:
        self.lasts_s = lasts_s
        self._events = events

    @property
    def absences(self) -> Mapping[int, tuple[float, float]]:
        """Who is away, from when to when."""
        return self._events.absences

    def moment(self, script_s: float) -> Moment:
        """The state of the call's window."""
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
        """Which of the participant's own backgrounds is shown, from 0."""
        return self._events.backgrounds[participant].at(script_s)

    def episode(self, participant: int, script_s: float) -> tuple[Episode, float] | None:
        """The current degradation of the participant's face and its strength; None where there is none."""
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
        # In steps, so that pictures can be cached.
        return Shown(before, after, round((0.5 - 0.5 * math.cos(math.pi * share)) * 8) / 8)

    def expressions(self, participant: int) -> frozenset[int]:
        """All expressions that the participant's face ever shows."""
        return frozenset({NEUTRAL, *(expression for _, expression in self._events.faces[participant])})

    def _window(self, script_s: float) -> Part:
        before, after, since_s = self._events.window.change(script_s)
        share = min(since_s / DRAG_S, 1.0)
        x0, y0, x1, y1 = (was + share * (is_now - was) for was, is_now in zip(before, after, strict=True))
        return (x0, y0, x1, y1)
