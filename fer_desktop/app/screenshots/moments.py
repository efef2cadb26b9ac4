"""The moments of lessons that pictures are taken at."""

from functools import cached_property
from pathlib import Path
from typing import Final

from fer_desktop.app.screenshots.calls import Call, class_call, slides_alone
from fer_desktop.app.screenshots.day import CALL
from fer_desktop.app.screenshots.lesson import Lesson
from fer_desktop.capture.desktop.window import CLOSED, COVERED
from fer_desktop.core.glance.types import Glance, Group
from fer_desktop.core.messages import message
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Alert, SessionEvent
from fer_desktop.pipeline.session_engine.channel.status import Counters, Phase, SessionEnd, SessionStatus, Unseen
from fer_desktop.pipeline.session_engine.host import Notice
from fer_desktop.ui.automation.screenshots.replay import Moment, Replay

_CLASS: Final = 25
_SMALL_CLASS: Final = 4
_LEARNING_S, _CALM_S, _END_S = 150, 555, 800
_NOTICED_S: Final = 12  # how long a change is on when its picture is taken
_SEEN_TOO_S: Final = 30  # until the sentence says what an alert told before
_LATER_S: Final = 12  # how long something is wrong then
_LIVE: Final = SessionStatus(Phase.LIVE, recording=True)


class Moments:
    """All of them; each part of a lesson is played once."""

    def __init__(self, store: Path) -> None:
        """`store`: where a session that ended is said to be."""
        self._store = store

    @cached_property
    def call(self) -> Call:
        """The class that is seen."""
        return class_call(_CLASS, "calm", away=1)

    @cached_property
    def _calm(self) -> Lesson:
        """The lesson before anything happens."""
        lesson = Lesson(self.call)
        lesson.see(_CALM_S)
        return lesson

    @cached_property
    def lesson(self) -> Lesson:
        """All of it, ended."""
        lesson = self._calm.fork()
        lesson.see(_END_S)
        lesson.end()
        return lesson

    def replay(self, moment: Moment) -> Replay:
        """The lesson up to that moment."""
        match moment:
            case Moment.LOADING:
                return Replay(CALL, ())
            case Moment.LEARNING:
                return self._cut(self._calm, _LEARNING_S)
            case Moment.CALM:
                return self._cut(self._calm, _CALM_S)
            case Moment.CHANGED:
                return self._cut(self.lesson, _first_smiles(self.lesson.events()) + _NOTICED_S)
            case Moment.ALERT:
                return self._cut(self.lesson, _first_alert(self.lesson.events()) + _SEEN_TOO_S)
            case Moment.ENDED:
                return self._ended()
            case Moment.WITHHELD:
                small = Lesson(class_call(_SMALL_CLASS, "all_on"))
                small.see(_LEARNING_S)
                return self._cut(small, _LEARNING_S)
            case Moment.NO_FACE:
                alone = self._calm.fork(slides_alone())
                alone.see(_CALM_S + 5 * _LATER_S)
                return self._cut(alone, alone.second)
            case _:
                return self._unseen(moment)

    def _cut(self, lesson: Lesson, second: int) -> Replay:
        told = _LIVE, *lesson.events(to_s=second), _counters(second)
        return Replay(CALL, told, lesson.analysis(second))

    def _unseen(self, moment: Moment) -> Replay:
        """Nothing is read for some seconds, for one reason or another."""
        lesson, until_s = self._calm.fork(), _CALM_S + _LATER_S
        status, counters = _LIVE, _counters(until_s)
        match moment:
            case Moment.PAUSED:
                lesson.hold(State.PAUSED, until_s)
                status = SessionStatus(Phase.PAUSED, recording=True)
            case Moment.COVERED:
                lesson.hold(State.COVERED, until_s)
                reason = message(COVERED, program="LibreOffice")
                status = SessionStatus(Phase.LOST, reason, recording=True, unseen=Unseen.COVERED)
            case Moment.LOST:
                lesson.hold(State.NO_SOURCE, until_s)
                status = SessionStatus(Phase.LOST, message(CLOSED), recording=True)
            case _:
                lesson.miss(State.SLOW, until_s)
                counters = Counters(12.0, 0.3, 47, 2.8, 96.0, float(until_s))
        before = _LIVE, *lesson.events(to_s=_CALM_S)
        after: tuple[Notice, ...] = (status, *lesson.events(_CALM_S), counters)
        return Replay(CALL, before, lesson.analysis(_CALM_S), after)

    def _ended(self) -> Replay:
        end = SessionEnd(CALL, self._store, float(_END_S), None, failed=False)
        told = _LIVE, *self.lesson.events()
        return Replay(CALL, told, self.lesson.analysis(_END_S), (SessionStatus(), end))


def _counters(second: int) -> Counters:
    return Counters(15.0, 5.0, 0, 0.09, 9.0, float(second))


def _first_smiles(events: tuple[SessionEvent, ...]) -> int:
    """The second in which many smile for the first time."""
    changes = ((event.elapsed_s, event.change) for event in events if isinstance(event, Glance))
    return next(round(at_s) for at_s, change in changes if change and change.group is Group.SMILING and change.more)


def _first_alert(events: tuple[SessionEvent, ...]) -> int:
    return next(round(event.elapsed_s) for event in events if isinstance(event, Alert))
