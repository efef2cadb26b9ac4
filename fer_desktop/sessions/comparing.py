"""Stored lessons as they are compared: read one at a time, and counted alike."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from fer_desktop.core.comparison.reference import MOST_LESSONS
from fer_desktop.core.comparison.series import Named, Series, Source, series
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Gap, Marker
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.reader import SessionState, StoredSession

# Lessons of a class that are looked at for those that can be counted: some may be without figures.
_LOOKED_AT: Final = 3 * MOST_LESSONS


# A shorter gap lies between two glances.
_LEAST_GAP_S: Final = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    glances: Series | None  # None where it has none, as one that came from a file
    seconds: Series


def pair(store: Path, session_id: int, other_id: int) -> tuple[Series, Series]:
    """The two lessons of these ids. Raises StoreError."""
    one, other = _read(store, session_id), _read(store, other_id)
    if one.glances is None or other.glances is None:
        return one.seconds, other.seconds
    return one.glances, other.glances


def with_earlier(store: Path, session_id: int) -> tuple[Series, list[Series]]:
    """The lesson, and the last ten of its class before it that the same network read, the newest first.

    Raises StoreError.
    """
    one, earlier = _read(store, session_id), list[Series]()
    for found in _before(store, session_id):
        other = _read(store, found.id)
        counted = other.seconds if one.glances is None else other.glances
        if counted is not None and counted.usual_faces:
            earlier.append(counted)
        if len(earlier) == MOST_LESSONS:
            break
    return one.seconds if one.glances is None else one.glances, earlier


def _before(store: Path, session_id: int) -> list[StoredSession]:
    this = reader.session(store, session_id)
    if not this.class_name:
        return []
    of_class = [
        one
        for one in reader.sessions(store)
        if one.id != this.id
        and one.class_name == this.class_name
        and (one.live_class, one.model_sha256) == (this.live_class, this.model_sha256)
        and one.started < this.started
        and one.has_figures
        and one.state is not SessionState.RECORDING
    ]
    return sorted(of_class, key=lambda one: one.started, reverse=True)[:_LOOKED_AT]


def _read(store: Path, session_id: int) -> _Read:
    stored = reader.session(store, session_id)
    events = reader.events(store, session_id)
    told = [event for event in events if isinstance(event, Glance | Summary)]
    moments = [Named(event.elapsed_s, event.text) for event in events if isinstance(event, Marker) and event.text]
    unseen = [(event.start_s, event.end_s) for event in events if isinstance(event, Gap)]
    gaps = tuple((start_s, end_s) for start_s, end_s in sorted(unseen) if end_s - start_s >= _LEAST_GAP_S)

    def counted(source: Source) -> Series:
        found = series(told, stored.length_s, source, moments, stored.model_sha256, stored.live_class)
        return replace(found, gaps=gaps)

    has_glances = any(isinstance(event, Glance) for event in told)
    return _Read(counted(Source.GLANCES) if has_glances else None, counted(Source.SECONDS))
