"""The lessons of the pictures' store."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop import __version__
from fer_desktop.app.screenshots.day import CALL, STARTED, ZONE
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.sources import DEMO_NAME
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Ended, Marker, SessionEvent, Started
from fer_desktop.sessions.store import editing
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore

_EVERY_S: Final = 60  # of a lesson's seconds so many are one of the store's


@dataclasses.dataclass(frozen=True, slots=True)
class _Before:
    """A lesson of another day: a part of the one that was told, in as many minutes."""

    source: str
    start: datetime
    minutes: int
    part: tuple[float, float]  # of that lesson, 0-1
    name: str = ""
    class_name: str = ""
    ends: bool = True  # else unexpectedly
    live_class: bool = True


_BEFORES: Final = (
    _Before("Lesson – Meet", datetime(2026, 11, 20, 8, 0, tzinfo=ZONE), 44, (0.0, 0.75), "Physics", "10a"),
    _Before("Maths – Zoom", datetime(2026, 11, 24, 13, 30, tzinfo=ZONE), 91, (0.0, 1.0), "Maths", "9b"),
    _Before("Microsoft Teams", datetime(2026, 11, 25, 9, 10, tzinfo=ZONE), 38, (0.4, 1.0), "Maths", "7c"),
    _Before(DEMO_NAME, datetime(2026, 11, 25, 16, 40, tzinfo=ZONE), 3, (0.2, 0.8), live_class=False),
    _Before("Lesson – Meet", datetime(2026, 11, 26, 8, 0, tzinfo=ZONE), 21, (0.1, 0.55), "Physics", "10a", ends=False),
    _Before("Maths – Zoom", datetime(2026, 11, 26, 10, 15, tzinfo=ZONE), 47, (0.15, 0.9), "Maths", "9b"),
)


def store_lessons(path: Path, told: Sequence[SessionEvent]) -> None:
    """Writes lessons of some days into the store, the last one whole, as it was told."""
    for before in _BEFORES:
        started = Started(before.start, before.source, before.live_class)
        _write(path, started, _thinned(told, before), before)
    whole = (event for event in told if not isinstance(event, Started))
    _write(path, Started(STARTED, CALL.name, live_class=True), whole, None)


def _thinned(told: Sequence[SessionEvent], before: _Before) -> Iterator[SessionEvent]:
    """A second of each minute, the glances and the markers, in a lesson that is of so much and as much longer."""
    length_s = max(event.elapsed_s for event in told if isinstance(event, Summary))
    first_s, last_s = (share * length_s for share in before.part)
    scale = 60 * before.minutes / (last_s - first_s)
    for event in told:
        if isinstance(event, Summary) and round(event.elapsed_s) % _EVERY_S:
            continue
        if isinstance(event, Ended) and before.ends:
            yield dataclasses.replace(event, elapsed_s=float(round(scale * (last_s - first_s))))
        elif isinstance(event, Marker | Glance | Summary) and first_s < event.elapsed_s <= last_s:
            yield dataclasses.replace(event, elapsed_s=float(round(scale * (event.elapsed_s - first_s))))


def _write(path: Path, started: Started, events: Iterable[SessionEvent], before: _Before | None) -> None:
    store = SessionStore(path, SessionFacts(__version__, ""))
    store.write(started)
    store.write_many(list(events))
    session = store.session_id
    store.close()
    if session is not None and before is not None:
        editing.rename(path, session, before.name)
        editing.set_class(path, session, before.class_name)
