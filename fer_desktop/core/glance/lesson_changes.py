"""The changes of a whole lesson: each that was told while it ran, as it was at its largest."""

from collections.abc import Iterable

from fer_desktop.core.glance.types import Change, Glance, PastChange


def lesson_changes(glances: Iterable[Glance]) -> list[PastChange]:
    """Each change once, in the order in which they began, and until when it was told."""
    found: dict[tuple[object, ...], PastChange] = {}
    for glance in glances:
        change = glance.change
        if change is None:
            continue
        key = change.group, change.more, change.since_s, glance.since_marker
        largest = found[key].change if key in found else change
        found[key] = PastChange(max(largest, change, key=_size), glance.elapsed_s)
    return sorted(found.values(), key=lambda past: past.change.since_s)


def _size(change: Change) -> float:
    return abs(change.faces - change.usual)
