"""The changes of a whole lesson: each that was told while it ran, as it was at its largest."""

from collections.abc import Iterable
from dataclasses import replace

from fer_desktop.core.glance.types import Change, Glance, PastChange
from fer_desktop.core.types import State


def lesson_changes(glances: Iterable[Glance]) -> list[PastChange]:
    """Each change once, in the order in which they began, from when and until when it was told.

    The glances are those of the lesson, in order. One that tells of no change, or of another, ends a change; so does
    time in which the class was not seen.
    """
    found: list[PastChange] = []
    before: Change | None = None
    for glance in glances:
        change = glance.change if glance.state is State.LIVE else None
        if change is not None and before is not None and _is_same(change, before):
            largest = max(found[-1].change, change, key=_size)
            found[-1] = PastChange(replace(largest, since_s=found[-1].change.since_s), glance.elapsed_s)
        elif change is not None:
            found.append(PastChange(change, glance.elapsed_s))
        before = change
    return found


def _is_same(change: Change, other: Change) -> bool:
    return (change.group, change.more) == (other.group, other.more)


def _size(change: Change) -> float:
    return abs(change.faces - change.usual)
