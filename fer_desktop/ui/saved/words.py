"""What is said of a stored session."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.look.times import day_words, length_words, time_words
from fer_desktop.ui.saved.erasing import Erasure

translate = QCoreApplication.translate


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
            return translate("SavedSessions", "ended unexpectedly")
    return ""


def kept_until(session: SavedSession, now: datetime | None = None) -> str:
    """Until when it is kept."""
    now = now or datetime.now().astimezone()
    if session.state is SavedState.RECORDING:
        return ""
    if session.goes is None:
        return translate("SavedSessions", "for ever")
    if session.goes <= now:
        return translate("SavedSessions", "the next lesson or start")
    return day_words(session.goes.astimezone().date(), now.date())


def unexpected_end(session: SavedSession) -> str:
    """What is offered of one that ended unexpectedly."""
    text = translate(
        "SavedSessions",
        "“{name}” ended unexpectedly {day} at {time}.\nIts first {length} were saved, up to the second before.",
        "day is a word such as today, or a date",
    )
    end = session.last_second
    return text.format(
        name=session.name, day=day_words(end.date()), time=time_words(end), length=length_words(session.length_s)
    )


def erased(erasure: Erasure) -> str:
    """What can still be undone."""
    if erasure.everything:
        return translate("SavedSessions", "All lessons are erased.")
    if erasure.marker is not None:
        return translate("SavedSessions", "What the marker says is erased.")
    return translate("SavedSessions", "“{name}” is erased.").format(name=erasure.sessions[0].name)


def left_alone(files: Sequence[Path]) -> str:
    """Files that were not erased with their session; empty where there are none."""
    if not files:
        return ""
    if len(files) == 1:
        text = translate("SavedSessions", "Out of reach, look for it yourself: {files}")
    else:
        text = translate("SavedSessions", "Out of reach, look for them yourself: {files}")
    return text.format(files=translate("SavedSessions", ", ", "between files").join(str(file) for file in files))
