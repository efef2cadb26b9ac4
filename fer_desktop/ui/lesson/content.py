"""What an opened lesson consists of, made of its events once; slow for a long one, hence in a worker's thread."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.glance.lesson import FROM_FILE, stored_sentence
from fer_desktop.core.glance.lesson_changes import largest_changes
from fer_desktop.core.glance.sentence import sentence
from fer_desktop.core.glance.types import Basis, Glance, GroupCounts, PastChange
from fer_desktop.core.messages import Message
from fer_desktop.core.types import State, Summary, no_figures
from fer_desktop.pipeline.events import Alert, ClassSize, Gap, Marker, stops
from fer_desktop.ui.bridge.saved import OpenedLesson, SavedSession
from fer_desktop.ui.trend.history import History
from fer_desktop.ui.trend.lesson.data import Column, Missing, Moment, Stretch
from fer_desktop.ui.trend.lesson.history import LessonHistory

_HOLDS_S: Final = 10.0  # a glance is told every five seconds
_EVERY_S: Final = 5.0
LEAST_GAP_S: Final = 10.0  # a shorter one is no moment of a lesson
_SAME_S: Final = 1.0  # a chart's stretch begins with a second
_STATES: Final = {state.value: state for state in State if not state.seen}
_NO_COUNTS: Final = np.zeros(len(no_figures()), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class LessonContent:
    """All that the page shows of it."""

    saved: SavedSession
    live_class: bool
    notes: str
    history: LessonHistory
    seconds: History
    markers: tuple[Marker, ...]
    alerts: tuple[Alert, ...]
    changes: tuple[PastChange, ...]  # the largest ones
    sentence: tuple[Message, Message]
    glances: tuple[Glance, ...]  # in the order of their time
    from_file: bool  # it says nothing of what was usual
    stops: tuple[Gap, ...]  # pauses in which it was over, until it was resumed

    @property
    def length_s(self) -> float:
        """How long it was."""
        return max(self.saved.length_s, self.history.last_s)

    @property
    def gaps(self) -> list[Stretch]:
        """The stretches in which nothing was known, as the chart names them, without those that are no moment."""
        return [gap for gap in self.history.missing if gap.end_s - gap.start_s >= LEAST_GAP_S]

    def is_stop(self, stretch: Stretch) -> bool:
        """Whether it was over in that stretch, until it was resumed."""
        return any(abs(gap.start_s - stretch.start_s) < _SAME_S for gap in self.stops)

    def glance_at(self, elapsed_s: float) -> Glance:
        """What one look at the class said then."""
        place = bisect_right(self.glances, elapsed_s, key=lambda glance: glance.elapsed_s) - 1
        glance = self.glances[place] if place >= 0 else None
        if glance is not None and elapsed_s - glance.elapsed_s <= _HOLDS_S:
            return glance
        moment = self.history.moment(elapsed_s)
        why = moment.why if moment is not None else Missing.STARTING
        return Glance(glance.elapsed_s if glance is not None else 0.0, _state(why))

    def lines(self, glance: Glance) -> tuple[Message, Message]:
        """That glance in words."""
        first, second = sentence(glance)
        compares = glance.state is State.LIVE and glance.now.read > 0
        return first, FROM_FILE if self.from_file and compares else second


def load(opened: Callable[[int], OpenedLesson], session_id: int) -> LessonContent:
    """The content of the lesson of that id. Raises what `opened` raises, such as StoreError."""
    return content_of(opened(session_id))


def content_of(lesson: OpenedLesson) -> LessonContent:
    """The same of what was read from the store."""
    told = [event for event in lesson.events if isinstance(event, Glance)]
    seconds = [event for event in lesson.events if isinstance(event, Summary)]
    history, curves = _histories(lesson)
    return LessonContent(
        saved=lesson.saved,
        live_class=lesson.live_class,
        notes=lesson.notes,
        history=history,
        seconds=curves,
        markers=tuple(event for event in lesson.events if isinstance(event, Marker) and event.text),
        alerts=tuple(history.alerts),
        changes=tuple(largest_changes(told)),
        sentence=stored_sentence(told, seconds),
        glances=tuple(told or _glances_of(history)),
        from_file=not told and bool(seconds),
        stops=tuple(stops(lesson.events)),
    )


def _histories(lesson: OpenedLesson) -> tuple[LessonHistory, History]:
    """What the two charts draw, told as a running session tells it."""
    history, curves = LessonHistory(), History()
    history.withholds_few = curves.withholds_few = lesson.live_class
    for event in lesson.events:
        match event:
            case Summary():
                history.append(event)
                curves.append(event)
            case Gap():
                unseen = _unseen(event)
                history.append(unseen)
                curves.append(unseen)
            case Glance():
                history.show_glance(event)
                curves.show_glance(event)
            case Alert():
                history.alert(event)
            case ClassSize():
                history.class_size = event.size
    return history, curves


def _unseen(gap: Gap) -> Summary:
    """The last second of a gap, which makes the charts leave all of it empty."""
    none = no_figures()
    return Summary(gap.end_s, gap.reason, 0, 0, 0, 0, none, none, none, _NO_COUNTS)


def _state(why: Missing | None) -> State:
    """Why nothing is told; a second that is missing without a reason is one in which no face was read."""
    return State.LIVE if why is None else _STATES.get(why.value, State.LIVE)


def _glances_of(history: LessonHistory) -> Iterator[Glance]:
    """Glances of a lesson that has none of its own, as one out of a file: means over 30 s, compared with nothing."""
    for elapsed_s in np.arange(history.start_s, history.last_s + 1e-6, _EVERY_S).tolist():
        moment = history.moment(elapsed_s)
        if moment is not None and moment.why is None and moment.of(Column.FACES) > 0:
            yield _glance_of(moment)
        elif moment is not None and moment.why is Missing.WITHHELD:
            yield Glance(elapsed_s, State.WITHHELD)


def _glance_of(moment: Moment) -> Glance:
    smiling, surprised, low = (moment.of(column) for column in (Column.SMILING, Column.SURPRISED, Column.LOW))
    faces, cameras = moment.of(Column.FACES), moment.of(Column.CAMERAS)
    now = GroupCounts(smiling, surprised, max(0.0, faces - smiling - surprised - low), low)
    no_face = max(0, round(cameras) - round(faces))
    return Glance(moment.elapsed_s, State.LIVE, Basis.LEARNING, now, no_face)
