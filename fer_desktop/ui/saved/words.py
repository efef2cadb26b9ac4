"""What is said of a stored session."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import Left, LeftFile, SavedSession, SavedState
from fer_desktop.ui.look import times
from fer_desktop.ui.look.times import day_words, length_words, time_words
from fer_desktop.ui.saved.editing import Edit, Field
from fer_desktop.ui.saved.erasing import Erasure

translate = QCoreApplication.translate


def name(session: SavedSession) -> str:
    """What it is called."""
    return name_of(session)


def when(session: SavedSession, seconds: bool = False) -> str:
    """Day and time of its start; with `seconds`, where another one started in the same minute."""
    text = translate("SavedSessions", "{day}, {time}", "day and time")
    return text.format(day=day_words(session.started.date()), time=time_words(session.started, seconds))


def state(session: SavedSession) -> str:
    """How it stands, in a few words; empty where it has ended as usual."""
    match session.state:
        case SavedState.RECORDING:
            return translate("SavedSessions", "recording")
        case SavedState.ENDED_UNEXPECTEDLY:
            ended = translate("SavedSessions", "ended unexpectedly")
        case _:
            ended = ""
    if session.has_figures:
        return ended
    empty = translate("SavedSessions", "no figures")
    return translate("SavedSessions", ", ", "between words").join(filter(None, (ended, empty)))


def no_figures(session: SavedSession) -> str:
    """What there is of one whose figures are lost; empty of any other."""
    if session.has_figures:
        return ""
    if session.own_csv is None:
        return translate("SavedSessions", "No figures of this lesson are left.")
    text = translate("SavedSessions", "No figures of this lesson are left here. Its CSV file is {file}")
    return text.format(file=session.own_csv)


def kept_until(session: SavedSession, now: datetime | None = None) -> str:
    """Until when it is kept."""
    now = now or times.now()
    if session.state is SavedState.RECORDING:
        return ""
    if session.goes is None:
        return translate("SavedSessions", "for ever")
    if session.goes <= now:
        return translate("SavedSessions", "the next lesson or start")
    return day_words(session.goes.astimezone().date(), now.date())


def kept(session: SavedSession) -> str:
    """Until when it is kept, in a sentence; empty where that is for ever."""
    if session.goes is None:
        return ""
    return translate("SavedSessions", "Kept with your lessons until {day}.").format(day=kept_until(session))


def unexpected_end(session: SavedSession) -> str:
    """What is offered of one that ended unexpectedly."""
    if not session.has_figures:
        text = translate("SavedSessions", "“{name}” ended unexpectedly.")
        return "\n".join((text.format(name=name(session)), no_figures(session)))
    text = translate(
        "SavedSessions",
        "“{name}” ended unexpectedly {day} at {time}.\nIts first {length} were saved, up to the second before.",
        "day is a word such as today, or a date",
    )
    end = session.last_second
    return text.format(
        name=name(session), day=day_words(end.date()), time=time_words(end), length=length_words(session.length_s)
    )


def erased(erasure: Erasure) -> str:
    """What can still be undone."""
    if erasure.everything:
        return translate("SavedSessions", "All lessons are erased.")
    if erasure.marker is not None:
        return translate("SavedSessions", "What the marker says is erased.")
    if len(erasure.sessions) > 1:
        return translate("SavedSessions", "{count} lessons are erased.").format(count=len(erasure.sessions))
    return translate("SavedSessions", "“{name}” is erased.").format(name=name(erasure.sessions[0]))


def edited(edit: Edit) -> str:
    """What was changed and can be undone."""
    if edit.field is Field.NAME:
        text = translate("SavedSessions", "“{before}” is called “{after}” from now on.")
        return text.format(before=name(edit.lesson), after=name(edit.of(edit.lesson)))
    if not edit.after:
        return translate("SavedSessions", "“{name}” is of no class now.").format(name=name(edit.lesson))
    text = translate("SavedSessions", "“{name}” is of the class “{class_name}” now.")
    return text.format(name=name(edit.lesson), class_name=edit.after)


def left_alone(files: Sequence[LeftFile]) -> str:
    """Files that were not erased with their lesson or marker, a line each; empty where there are none."""
    return "\n".join(map(_left, files))


def _left(left: LeftFile) -> str:
    match left.why:
        case Left.MARKER:
            return translate("SavedSessions", "The marker's text is still in {file}").format(file=left.file)
        case Left.COPY:
            return translate("SavedSessions", "A copy that you saved is left: {file}").format(file=left.file)
    text = translate(
        "SavedSessions",
        "The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}",
        "day is a date, or a word such as today",
    )
    return text.format(day=day_words(left.started.date()) if left.started is not None else "", file=left.file)
