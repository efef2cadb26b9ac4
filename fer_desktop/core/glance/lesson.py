"""A whole lesson in words: never its last second."""

from collections.abc import Sequence
from statistics import fmean
from typing import Final

from fer_desktop.core.glance.groups import group_shares
from fer_desktop.core.glance.sentence import Clock, clock_time, is_small, most_show, sentence
from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import FloatArray, State, Summary

# A lesson of less has no course.
_LEAST: Final = 6  # glances
FROM_FILE: Final = Message("It came from a file, which does not say what was usual.")
_OVER_ALL: Final = {
    "Nearly all smile.": Message("Over the whole lesson nearly all smiled."),
    "Mostly smiling.": Message("Over the whole lesson mostly smiling."),
    "Mostly neutral.": Message("Over the whole lesson mostly neutral."),
    "Mixed.": Message("Over the whole lesson mixed."),
}

_LARGEST: Final = {
    (Group.SMILING, True): Message("Most changed at {time}: more faces than usual smiled."),
    (Group.SMILING, False): Message("Most changed at {time}: fewer faces than usual smiled."),
    (Group.SURPRISED, True): Message("Most changed at {time}: more faces than usual looked surprised."),
    (Group.LOW, True): Message("Most changed at {time}: more faces than usual looked sad, afraid or angry."),
}


def lesson_sentence(glances: Sequence[Glance], clock: Clock | None = None) -> tuple[Message, Message]:
    """What most faces showed over the lesson, and its largest change; from glances of equal distance in time."""
    seen = [glance.now for glance in glances if glance.state is State.LIVE and glance.now.read]
    if (few := _too_few(glances, len(seen))) is not None:
        return sentence(few)
    if len(seen) < _LEAST:
        return Message("Too little was seen to say."), Message("")
    mean = GroupCounts(**{group.value: fmean(now.of(group) for now in seen) for group in Group})
    return _over_all(mean), _largest(glances, is_small(mean), clock or clock_time)


def stored_glances(glances: Sequence[Glance], seconds: Sequence[Summary]) -> list[Glance]:
    """The glances of a stored lesson; of one that came out of a file, what its seconds say of all faces alone."""
    return list(glances) or [_glance_of(second) for second in seconds]


def stored_sentence(
    glances: Sequence[Glance], seconds: Sequence[Summary], clock: Clock | None = None
) -> tuple[Message, Message]:
    """`lesson_sentence` of a stored lesson, which may have no glances of its own."""
    first, second = lesson_sentence(stored_glances(glances, seconds), clock)
    tells = first in _OVER_ALL.values() and second.text
    return first, FROM_FILE if tells and not glances else second


def _too_few(glances: Sequence[Glance], seen: int) -> Glance | None:
    """One of those whose figures are withheld, where next to nothing else was seen."""
    withheld = [glance for glance in glances if glance.state is State.WITHHELD]
    return withheld[0] if seen < min(_LEAST, len(withheld)) else None


def _glance_of(second: Summary) -> Glance:
    if second.state is not State.LIVE or not second.readable:
        return Glance(second.elapsed_s, second.state)
    shares: FloatArray = group_shares(second.mean) * second.readable
    smiling, surprised, neutral, low = (float(share) for share in shares)
    now = GroupCounts(smiling, surprised, neutral, low)
    return Glance(second.elapsed_s, second.state, Basis.LEARNING, now)


def _over_all(mean: GroupCounts) -> Message:
    return _OVER_ALL[most_show(mean).text]


def _largest(glances: Sequence[Glance], small: bool, clock: Clock) -> Message:
    changes = [glance.change for glance in glances if glance.change is not None]
    if small:
        return Message("")
    if not changes and all(glance.usual is None for glance in glances):
        return Message("Too short to learn what is usual.")
    if not changes:
        return Message("About the same throughout.")
    largest = max(changes, key=_size)
    return message(_LARGEST[largest.group, largest.more].text, time=clock(largest.since_s))


def _size(change: Change) -> float:
    return abs(change.faces - change.usual)
