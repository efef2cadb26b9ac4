"""The changes of a whole lesson: each that was told while it ran, as it was at its largest, and its words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from fer_desktop.core.glance.changes import threshold
from fer_desktop.core.glance.shown import LEAST_LOW, about
from fer_desktop.core.glance.types import Change, Glance, Group, PastChange
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import State

MOST_MOMENTS: Final = 3  # changes that are worth to be looked at again
_CHANGED: Final = {
    (Group.SMILING, True): Message("More faces than usual smiled: about {now} of {of}, usually {usual}; for {length}."),
    (Group.SMILING, False): Message(
        "Fewer faces than usual smiled: about {now} of {of}, usually {usual}; for {length}."
    ),
    (Group.SURPRISED, True): Message(
        "More faces than usual looked surprised: about {now} of {of}, usually {usual}; for {length}."
    ),
    (Group.LOW, True): Message(
        "More faces than usual looked sad, afraid or angry: about {now} of {of}, usually {usual}; for {length}."
    ),
}
_FEW_LOW: Final = "0–2"
_Began = tuple[Group, bool, float]  # which change it is: of what, whether more, and since when


def lesson_changes(glances: Iterable[Glance]) -> list[PastChange]:
    """Each change once, in the order in which they began, from when and until when it was told.

    The glances are those of the lesson, in order. One that tells of no change, or of another, ends a change; so does
    time in which the class was not seen, unless the same one is told after it: as that which began before.
    """
    found: list[PastChange] = []
    places: dict[_Began, int] = {}  # of each in `found`
    before: Change | None = None
    for glance in glances:
        change = glance.change if glance.state is State.LIVE else None
        if change is not None:
            goes_on = before is not None and _is_same(change, before)
            place = places.setdefault(_began(change), places[_began(before)] if before and goes_on else len(found))
            if place == len(found):
                found.append(PastChange(change, glance.elapsed_s))
            else:
                found[place] = _longer(found[place], change, glance.elapsed_s)
        before = change
    return found


def largest_changes(glances: Iterable[Glance], most: int = MOST_MOMENTS) -> list[PastChange]:
    """The changes that were furthest beyond what chance explains, `most` at most, in the order in which they began.

    A difference of four is more in a class of ten than of fifty: they are measured by the threshold of their faces.
    """
    largest = sorted(lesson_changes(glances), key=lambda past: -beyond_chance(past.change))[:most]
    return sorted(largest, key=lambda past: past.change.since_s)


def beyond_chance(change: Change) -> float:
    """How many thresholds the change is from usual; 1 is the least that is said."""
    return _size(change) / int(threshold(change.of))


def past_change_words(past: PastChange, length: object) -> Message:
    """The change in a sentence; `length`: how long it lasted, in words."""
    change = past.change
    usual: object = about(change.usual)
    if change.group is Group.LOW and about(change.usual) < LEAST_LOW:
        usual = _FEW_LOW
    text = _CHANGED[change.group, change.more].text
    return message(text, now=about(change.faces), of=change.of, usual=usual, length=length)


def length_s_of(past: PastChange) -> float:
    """How long the change was told, in seconds."""
    return max(0.0, past.until_s - past.change.since_s)


def _longer(past: PastChange, change: Change, until_s: float) -> PastChange:
    """The change until then, as it was at its largest."""
    largest = max(past.change, change, key=_size)
    return PastChange(replace(largest, since_s=past.change.since_s), until_s)


def _began(change: Change) -> _Began:
    return change.group, change.more, change.since_s


def _is_same(change: Change, other: Change) -> bool:
    return (change.group, change.more) == (other.group, other.more)


def _size(change: Change) -> float:
    return abs(change.faces - change.usual)
