"""What is said of an opened lesson beside its sentence."""

from PySide6.QtCore import QCoreApplication

from fer_desktop.ui.bridge.saved import SavedState
from fer_desktop.ui.lesson.content import LessonContent
from fer_desktop.ui.look.times import length_words
from fer_desktop.ui.saved.words import kept_until, state, when

translate = QCoreApplication.translate


def facts(content: LessonContent) -> str:
    """Day and time, length, how it stands, until when it is kept."""
    saved = content.saved
    day = when(saved)
    said = (
        day[:1].upper() + day[1:],
        length_words(content.length_s),
        state(saved),
        _kept(content),
    )
    return translate("Lesson", " · ", "between facts of a lesson").join(filter(None, said))


def _kept(content: LessonContent) -> str:
    saved = content.saved
    if saved.state is SavedState.RECORDING:
        return ""
    if saved.goes is None:
        return translate("Lesson", "kept until you erase it")
    return translate("Lesson", "kept until {day}").format(day=kept_until(saved))
