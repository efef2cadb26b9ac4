"""A stored lesson as it is exported: read once, and limited as it may leave the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from statistics import median

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import ClockSet, Gap, SessionEvent
from fer_desktop.sessions.exports.limits import limited
from fer_desktop.sessions.exports.moments import Moment, moments
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.reader import StoredSession


@dataclass(frozen=True)
class Lesson:
    """One lesson."""

    stored: StoredSession
    events: list[SessionEvent]  # limited

    @cached_property
    def seconds(self) -> list[Summary]:
        """Those that were seen."""
        return [event for event in self.events if isinstance(event, Summary)]

    @cached_property
    def _clocks(self) -> list[ClockSet]:
        return [event for event in self.events if isinstance(event, ClockSet)]

    @cached_property
    def moments(self) -> list[Moment]:
        """Markers, alerts, changes, gaps, in the order of their time."""
        return moments(self.events)

    def time_of(self, elapsed_s: float) -> datetime:
        """What the wall clock showed then."""
        at, at_s = self.stored.started, 0.0
        for clock in self._clocks:
            if clock.elapsed_s <= elapsed_s:
                at, at_s = clock.at, clock.elapsed_s
        return at + timedelta(seconds=elapsed_s - at_s)

    def figures(self) -> dict[str, object]:
        """What is known of the lesson beside its seconds, by name."""
        read = [second for second in self.seconds if second.readable]
        return {
            "id": self.stored.id,
            "name": self.stored.name,
            "started": self.stored.started.isoformat(timespec="seconds"),
            "length_s": round(self.stored.length_s, 2),
            "state": self.stored.state.value,
            "live_class": self.stored.live_class,
            "seconds_seen": len(self.seconds),
            "seconds_read": len(read),
            "cameras_on": median(second.cameras_on for second in self.seconds) if self.seconds else None,
            "faces_read": median(second.readable for second in read) if read else None,
            **{f"{name.replace(' ', '_')}_s": length for name, length in self.gap_lengths()},
            "program": self.stored.program,
            "model_sha256": self.stored.model_sha256,
            "note": self.stored.note,
        }

    def gap_lengths(self) -> Iterator[tuple[str, float]]:
        """For how many seconds the lesson was not seen, by reason."""
        gaps = [event for event in self.events if isinstance(event, Gap)]
        for reason in State:
            length_s = sum(gap.end_s - gap.start_s for gap in gaps if gap.reason is reason)
            if length_s:
                yield reason.value, round(length_s, 2)


def lesson(store: Path, session_id: int) -> Lesson:
    """The lesson of that id, read without changing the store. Raises StoreError where there is none, or no figures."""
    stored = reader.session(store, session_id)
    events = reader.events(store, session_id)
    if not any(isinstance(event, Summary | Gap) for event in events):
        raise StoreError("No figures of lesson {id} are stored: there is nothing to write.", id=session_id)
    return Lesson(stored, limited(events, stored.live_class))
