"""The CSV file of a session that is over, made of its events: the rows that it had while it ran."""

import contextlib
import math
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from fer_desktop.core.files import UNFINISHED_SUFFIX
from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import ClockSet, Gap, Marker, SessionEvent, Started
from fer_desktop.sessions.csv_export import ROWS_OF_A_GAP, SessionCsv
from fer_desktop.sessions.write_errors import could_not_create

_SHORTEST_ROW_S: Final = 0.05  # what is left of a gap beside full seconds


def save_csv(events: Iterable[SessionEvent], path: Path) -> None:
    """Writes the file whole, or not at all; one that is there is replaced. Raises StoreError."""
    part = path.with_name(f".{secrets.token_hex(4)}{UNFINISHED_SUFFIX}")
    try:
        with contextlib.closing(SessionCsv(part, durable=False)) as csv:
            for event in rows_of(events):
                csv.write(event)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise could_not_create(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def rows_of(events: Iterable[SessionEvent]) -> Iterator[SessionEvent]:
    """The events that a CSV file has rows and marks of, as a running session tells them: a gap as its seconds."""
    timed: list[tuple[float, bool, SessionEvent]] = []
    last: Summary | None = None
    for event in events:
        match event:
            case Started():
                yield event
            case Summary():
                last = event
                timed.append((event.elapsed_s, True, event))
            case Gap():
                timed += [(second.elapsed_s, True, second) for second in _seconds_of(event, last)]
            case Marker() | ClockSet():
                timed.append((event.elapsed_s, False, event))
            case _:
                pass  # has no column
    # What was said of a second comes before the second itself.
    yield from (event for _, _, event in sorted(timed, key=lambda one: one[:2]))


def _seconds_of(gap: Gap, before: Summary | None) -> Iterator[Summary]:
    """A row for each second; a long gap is one row."""
    length_s = gap.end_s - gap.start_s
    times = [gap.end_s]
    if length_s <= ROWS_OF_A_GAP or gap.reason is State.STARTING:
        full = math.floor(length_s + _SHORTEST_ROW_S)
        times = [gap.start_s + second for second in range(1, full + 1)]
        if gap.end_s - gap.start_s - full > _SHORTEST_ROW_S or not times:
            times.append(gap.end_s)
    for elapsed_s in times:
        empty = summarize((), 0, elapsed_s, gap.reason)
        yield replace(empty, left=before.left, came_back=before.came_back) if before is not None else empty
