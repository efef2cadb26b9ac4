"""What is said of a lesson in the list, in few words."""

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.readings.outline import Outline
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.times import length_words, time_words
from fer_desktop.ui.saved import words

translate = QCoreApplication.translate


def facts(lesson: SavedSession, outline: Outline | None, marker: str = "") -> list[str]:
    """When it began, how long it is, how much was read, its markers. `marker`: the one that a search has found."""
    return [one for one in (began(lesson), length_words(lesson.length_s), *_more(lesson, outline, marker)) if one]


def began(lesson: SavedSession) -> str:
    """The time; of the demo class, which stands under no day, the day too."""
    return words.when(lesson) if lesson.is_demo else time_words(lesson.started)


def badge(lesson: SavedSession) -> str:
    """How it stands, where that is not as usual."""
    if lesson.state is SavedState.RECORDING:
        return translate("Home", "recording")
    if not lesson.has_figures:
        return translate("Home", "no figures")
    if lesson.state is SavedState.ENDED_UNEXPECTEDLY:
        return translate("Home", "recovered", "of a lesson that a crash ended")
    return ""


def kept(lesson: SavedSession) -> str:
    """Until when it is kept; empty where that is for ever."""
    if lesson.goes is None:
        return ""
    return translate("Home", "kept until {day}").format(day=words.kept_until(lesson))


def spoken(lesson: SavedSession, outline: Outline | None, marker: str = "") -> str:
    """All of a row, as a screen reader says it."""
    told = (words.name(lesson), lesson.class_name, badge(lesson), *facts(lesson, outline, marker))
    return ", ".join(one for one in (*told, course(lesson, outline), kept(lesson)) if one)


def course(lesson: SavedSession, outline: Outline | None) -> str:
    """The small trend in words: when most faces smiled."""
    at = outline.most_smiling_at if outline is not None else None
    if at is None:
        return ""
    return translate("Home", "most smiling after {length}").format(length=length_words(at * lesson.length_s))


def _more(lesson: SavedSession, outline: Outline | None, marker: str) -> list[str]:
    count = sum(bool(one.text) for one in lesson.markers)
    if marker:
        return [_coverage(outline), translate("Home", "marker “{text}”").format(text=marker)]
    return [_coverage(outline), Counts().markers(count) if count else ""]


def _coverage(outline: Outline | None) -> str:
    if outline is None:
        return ""
    if not outline.read:
        return translate("Home", "no face was read")
    text = translate("Home", "{faces} of {cameras} read", "faces read, of cameras that were on")
    return text.format(faces=outline.read, cameras=outline.cameras)
