"""The moments of a lesson, in the order of their time: markers, alerts, changes, gaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.lesson_changes import lesson_changes
from fer_desktop.core.glance.shown import LEAST_LOW, about
from fer_desktop.core.glance.types import Glance, Group, PastChange
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Alert, Gap, Marker, SessionEvent

_CHANGED: Final = {
    (Group.SMILING, True): "more smile",
    (Group.SMILING, False): "fewer smile",
    (Group.SURPRISED, True): "more surprised",
    (Group.LOW, True): "more look low",
}


class MomentKind(StrEnum):
    """What a moment is; files carry the value."""

    MARKER = "marker"
    ALERT = "alert"
    CHANGE = "change"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Moment:
    """One of them."""

    elapsed_s: float  # at which it began
    kind: MomentKind
    name: str
    length_s: float | None = None
    faces: int | None = None
    usual: int | None = None  # of the same faces; None where it is not told
    of: int | None = None


def moments(events: Iterable[SessionEvent]) -> list[Moment]:
    """All moments of a lesson, however short."""
    told = list(events)
    found = [*_told(told), *map(_change, lesson_changes(one for one in told if isinstance(one, Glance)))]
    return sorted(found, key=lambda moment: moment.elapsed_s)


def _told(events: Iterable[SessionEvent]) -> Iterator[Moment]:
    for event in events:
        match event:
            case Marker() if event.text:
                yield Moment(event.elapsed_s, MomentKind.MARKER, event.text)
            case Alert(_, elapsed_s, kind, faces, of, usual):
                low = kind is AlertKind.MORE_LOW
                yield Moment(elapsed_s, MomentKind.ALERT, kind.value, None, about(faces), _usual(usual, low), of)
            case Gap(start_s, end_s, reason) if reason is not State.STARTING:
                yield Moment(start_s, MomentKind.GAP, reason.value, end_s - start_s)


def _change(past: PastChange) -> Moment:
    change = past.change
    length_s = max(0.0, past.until_s - change.since_s)
    name = _CHANGED[change.group, change.more]
    usual = _usual(change.usual, change.group is Group.LOW)
    return Moment(change.since_s, MomentKind.CHANGE, name, length_s, about(change.faces), usual, change.of)


def _usual(faces: float, low: bool) -> int | None:
    """Fewer than three of the low group are not told of a class."""
    return None if low and about(faces) < LEAST_LOW else about(faces)
