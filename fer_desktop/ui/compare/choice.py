"""With what a lesson can be compared: the usual of its class, and her other lessons, those of its class first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.comparison.reference import LEAST_LESSONS
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.look.times import day_words, time_words


@dataclass(frozen=True, slots=True)
class Choices:
    """One lesson, and what there is beside it."""

    lesson: SavedSession
    others: tuple[SavedSession, ...]  # of its class first, then the newest first
    earlier: int  # of its class, before it

    @property
    def has_class(self) -> bool:
        """Whether she said of which class it was, so that something can be usual there."""
        return bool(self.lesson.class_name)

    def first(self) -> int | None:
        """The id of what is chosen at first: None is the usual of the class, where there is enough for one."""
        return None if not self.others or (self.has_class and self.earlier >= LEAST_LESSONS) else self.others[0].id


def choices(listed: Sequence[SavedSession], session_id: int) -> Choices | None:
    """What can be chosen of the stored lessons; None where that one is not among them."""
    lesson = next((one for one in listed if one.id == session_id), None)
    if lesson is None:
        return None
    over = [one for one in listed if one.id != session_id and one.has_figures and one.state is not SavedState.RECORDING]
    alike = [one for one in over if lesson.class_name and one.class_name == lesson.class_name]
    others = sorted(over, key=lambda one: one.started, reverse=True)
    others.sort(key=lambda one: one not in alike)
    return Choices(lesson, tuple(others), sum(one.started < lesson.started for one in alike))


def lesson_words(lesson: SavedSession) -> str:
    """ "9b · Zoom Meeting · yesterday, 10:15"; with its class where she named it."""
    when = QCoreApplication.translate("CompareChoice", "{day}, {time}").format(
        day=day_words(lesson.started.date()), time=time_words(lesson.started)
    )
    return " · ".join(filter(None, (lesson.class_name, name_of(lesson), when)))
