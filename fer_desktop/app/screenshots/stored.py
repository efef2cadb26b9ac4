"""The lessons of the pictures' store."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop import __version__
from fer_desktop.app.screenshots.day import CALL, STARTED, ZONE
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Ended, Marker, SessionEvent, Started
from fer_desktop.sessions.store.editing import set_class
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore

_CLASS: Final = "9b"
_EVERY_S: Final = 60  # of a lesson's seconds so many are one of the store's
_BEFORE: Final = (  # name, start, minutes
    ("Lesson – Meet", datetime(2026, 11, 20, 8, 0, tzinfo=ZONE), 44),
    ("Zoom Meeting", datetime(2026, 11, 24, 13, 30, tzinfo=ZONE), 91),
    ("Microsoft Teams", datetime(2026, 11, 25, 9, 10, tzinfo=ZONE), 38),
    ("Zoom Meeting", datetime(2026, 11, 26, 10, 15, tzinfo=ZONE), 47),
)


def store_lessons(path: Path, told: Sequence[SessionEvent]) -> None:
    """Writes lessons of some days into the store, the last one as it was told."""
    for name, start, minutes in _BEFORE:
        scale = 60 * minutes / max(event.elapsed_s for event in told if isinstance(event, Summary))
        _write(path, Started(start, name, live_class=True), _thinned(told, scale))
    _write(path, Started(STARTED, CALL.name, live_class=True), _thinned(told, 1.0))


def _thinned(told: Sequence[SessionEvent], scale: float) -> Iterator[SessionEvent]:
    """A second of each minute, all glances and the markers, in a lesson that is so much longer."""
    for event in told:
        kept = isinstance(event, Marker | Ended | Glance) or (
            isinstance(event, Summary) and round(event.elapsed_s) % _EVERY_S == 0
        )
        if kept and isinstance(event, Marker | Ended | Glance | Summary):
            yield dataclasses.replace(event, elapsed_s=float(round(scale * event.elapsed_s)))


def _write(path: Path, started: Started, events: Iterator[SessionEvent]) -> None:
    store = SessionStore(path, SessionFacts(__version__, ""))
    store.write(started)
    for event in events:
        store.write(event)
    stored = store.session_id
    store.close()
    if stored is not None:
        set_class(path, stored, _CLASS)
