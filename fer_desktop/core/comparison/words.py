"""A comparison in words: one sentence, and on what it rests. The English is the messages' id."""

from collections.abc import Iterator
from typing import Final

from fer_desktop.core.comparison.alignment import By
from fer_desktop.core.comparison.compare import LEAST_COMPARED_S, Comparison, Why
from fer_desktop.core.comparison.differences import Difference
from fer_desktop.core.comparison.reference import LEAST_LESSONS
from fer_desktop.core.comparison.series import Series
from fer_desktop.core.glance.sentence import Clock, clock_time, most_show
from fer_desktop.core.glance.shown import LEAST_LOW, LEAST_READ, about
from fer_desktop.core.glance.types import Group
from fer_desktop.core.messages import Message, message

_MINUTE_S: Final = 60
_FEW_LOW: Final = "0–2"
_MOST: Final = 0.8  # of what was compared
# By group and whether there are more.
_OTHER: Final = {
    (Group.SMILING, True): Message(
        "More faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}."
    ),
    (Group.SMILING, False): Message(
        "Fewer faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}."
    ),
    (Group.SURPRISED, True): Message(
        "More faces looked surprised than in the other lesson, {when}: "
        "about {now} of {faces}, there {other} of {others}."
    ),
    (Group.SURPRISED, False): Message(
        "Fewer faces looked surprised than in the other lesson, {when}: "
        "about {now} of {faces}, there {other} of {others}."
    ),
    (Group.LOW, True): Message(
        "More faces looked sad, afraid or angry than in the other lesson, {when}: "
        "about {now} of {faces}, there {other} of {others}."
    ),
    (Group.LOW, False): Message(
        "Fewer faces looked sad, afraid or angry than in the other lesson, {when}: "
        "about {now} of {faces}, there {other} of {others}."
    ),
}
_USUAL: Final = {
    (Group.SMILING, True): Message(
        "More faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}."
    ),
    (Group.SMILING, False): Message(
        "Fewer faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}."
    ),
    (Group.SURPRISED, True): Message(
        "More faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}."
    ),
    (Group.SURPRISED, False): Message(
        "Fewer faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}."
    ),
    (Group.LOW, True): Message(
        "More faces looked sad, afraid or angry than is usual in this class, {when}: "
        "about {now} of {faces}, usually {other}."
    ),
    (Group.LOW, False): Message(
        "Fewer faces looked sad, afraid or angry than is usual in this class, {when}: "
        "about {now} of {faces}, usually {other}."
    ),
}
_WHY: Final = {
    Why.NO_MARKERS: Message("No markers have the same name: they can be laid over one another by time alone."),
    Why.NOTHING_READ: Message("No face was read in one of them: nothing is compared."),
    Why.WITHHELD: Message("Figures of fewer than 5 faces would tell of persons: nothing is compared."),
    Why.NETWORKS: Message("Different networks read them: what differs may be the networks', and is not told."),
}


def sentence(comparison: Comparison, clock: Clock = clock_time) -> Message:
    """The largest difference that chance does not explain, that there is none, or why none is looked for."""
    match comparison.why:
        case Why.FEW_LESSONS:
            return message(
                "What is usual takes {least} earlier lessons of this class. So far: {count}. Nothing is compared.",
                least=LEAST_LESSONS,
                count=len(comparison.others),
            )
        case Why.SMALL:
            return _small(comparison)
        case Why.SHORT:
            return message(
                "Less than {minutes} min of both were seen: too little to compare.",
                minutes=round(LEAST_COMPARED_S / _MINUTE_S),
            )
        case None:
            pass
        case why:
            return _WHY[why]
    if not comparison.found:
        return Message("Nothing that chance would not explain.")
    return _differs(comparison, comparison.found[0], clock)


def rests_on(comparison: Comparison) -> tuple[Message, ...]:
    """How they lie over one another, and how much that is."""
    return tuple(_rests_on(comparison))


def _rests_on(comparison: Comparison) -> Iterator[Message]:
    if comparison.usual and comparison.reference is not None:
        yield message(
            "Usual: the median and the middle 80 % of {count} earlier lessons of this class.",
            count=len(comparison.others),
        )
    if comparison.reference is None:
        return
    if comparison.seen_s >= _MINUTE_S:
        yield message("Compared: {minutes} min.", minutes=int(comparison.seen_s // _MINUTE_S))
    if comparison.by is By.MARKERS and comparison.tied:
        yield message("Markers of the same name: {count}.", count=len(comparison.tied))
    longer_s = comparison.others[0].length_s - comparison.lesson.length_s
    if not comparison.usual and comparison.by is By.TIME and longer_s >= _MINUTE_S:
        yield message(
            "The other lesson is {minutes} min longer; its end is not shown.", minutes=int(longer_s // _MINUTE_S)
        )


def _small(comparison: Comparison) -> Message:
    if comparison.usual:
        return message(
            "Of fewer than {least} faces only what most of them show is told. This lesson: {this}",
            least=LEAST_READ,
            this=_mostly(comparison.lesson),
        )
    return message(
        "Of fewer than {least} faces only what most of them show is told. "
        "This lesson: {this} The other lesson: {other}",
        least=LEAST_READ,
        this=_mostly(comparison.lesson),
        other=_mostly(comparison.others[0]),
    )


def _mostly(lesson: Series) -> Message:
    return most_show(lesson.mean) if lesson.mean is not None else Message("No face is read.")


def _differs(comparison: Comparison, difference: Difference, clock: Clock) -> Message:
    lasts_s = difference.end_s - difference.start_s
    if lasts_s >= _MOST * comparison.seen_s:
        when = Message("most of the time")
    else:
        when = message("from {begin} to {end}", begin=clock(difference.start_s), end=clock(difference.end_s))
    kind = difference.group, difference.more
    faces = about(difference.of)
    now = _few(difference.group, about(difference.faces))
    if comparison.usual:
        usual = _few(difference.group, about(difference.other_share * difference.of))
        return message(_USUAL[kind].text, when=when, now=now, faces=faces, other=usual)
    others = about(difference.other_of)
    other = _few(difference.group, about(difference.other_share * difference.other_of))
    return message(_OTHER[kind].text, when=when, now=now, faces=faces, other=other, others=others)


def _few(group: Group, faces: int) -> object:
    """The number, or "0–2" of the group that is not named below three."""
    return _FEW_LOW if group is Group.LOW and faces < LEAST_LOW else faces
