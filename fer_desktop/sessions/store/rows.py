"""Events as rows of the store, and rows as the events they were."""

import json
import math
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import FloatArray, Reason, State, Summary
from fer_desktop.pipeline.events import ClassSize, ClockSet, Excluded, SessionEvent, StateChanged, TakenUp
from fer_desktop.sessions.store.glance_row import glance_data, glance_of
from fer_desktop.sessions.store.sqlite.schema import COUNTS, FIGURES

SECOND_COLUMNS: Final = (
    "elapsed_s",
    "state",
    "seats",
    "cameras_on",
    "faces",
    "readable",
    *FIGURES,
    *COUNTS,
    "not_read",
    '"left"',
    "came_back",
)
EXCLUDED: Final = "excluded"
PlayedBack = ClassSize | ClockSet | Excluded | Glance | StateChanged | TakenUp
Row = tuple[object, ...]


def second_row(summary: Summary) -> Row:
    """The values of SECOND_COLUMNS; NaN becomes NULL."""
    figures = (float(value) for array in (summary.mean, summary.low, summary.high) for value in array)
    return (
        summary.elapsed_s,
        summary.state.value,
        summary.seats,
        summary.cameras_on,
        summary.faces,
        summary.readable,
        *(None if math.isnan(value) else value for value in figures),
        *(int(count) for count in summary.counts),
        json.dumps({reason.value: count for reason, count in summary.not_read}),
        summary.left,
        summary.came_back,
    )


def summary_of_row(row: Sequence[object]) -> Summary:
    """The summary whose SECOND_COLUMNS these are. Raises ValueError, TypeError where they are none."""
    elapsed_s, state, *counts = row[:6]
    figures, rest = row[6 : 6 + len(FIGURES)], row[6 + len(FIGURES) :]
    mean, low, high = (
        _figures(figures[start : start + N_EXPRESSIONS]) for start in range(0, len(figures), N_EXPRESSIONS)
    )
    seats, cameras_on, faces, readable = map(_whole, counts)
    return Summary(
        _number(elapsed_s),
        State(str(state)),
        seats,
        cameras_on,
        faces,
        readable,
        mean,
        low,
        high,
        np.array(rest[:N_EXPRESSIONS], dtype=np.int64),
        tuple((Reason(reason), int(count)) for reason, count in json.loads(str(rest[-3])).items()),
        _whole(rest[-2]),
        _whole(rest[-1]),
    )


def _figures(values: Sequence[object]) -> FloatArray:
    return np.array([math.nan if value is None else value for value in values], dtype=np.float32)


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


def event_data(event: PlayedBack) -> tuple[str, str]:
    """Kind and JSON of an event that is only played back: numbers alone."""
    match event:
        case Excluded(_, exclusion, _):
            # How many, and never who: that is forgotten with the session.
            return EXCLUDED, json.dumps({"seats": len(exclusion.seats), "you": exclusion.you is not None})
        case ClockSet(_, at):
            return "clock", json.dumps({"at": at.isoformat()})
        case StateChanged(_, state):
            return "state", json.dumps({"state": state.value})
        case ClassSize(_, size):
            return "class size", json.dumps({"size": size})
        case TakenUp():
            return "taken up", "{}"
        case Glance():
            return "glance", glance_data(event)


def _state(elapsed_s: float, data: dict[str, object]) -> SessionEvent:
    return StateChanged(elapsed_s, State(str(data["state"])))


def _clock(elapsed_s: float, data: dict[str, object]) -> SessionEvent:
    return ClockSet(elapsed_s, datetime.fromisoformat(str(data["at"])))


def _class_size(elapsed_s: float, data: dict[str, object]) -> SessionEvent:
    return ClassSize(elapsed_s, _whole(data["size"]))


_KINDS: Final[dict[str, Callable[[float, dict[str, object]], SessionEvent]]] = {
    "class size": _class_size,
    "clock": _clock,
    "glance": glance_of,
    "state": _state,
    "taken up": lambda elapsed_s, _data: TakenUp(elapsed_s),
}


def event_of(elapsed_s: float, kind: str, data: str) -> SessionEvent | None:
    """The event; None where this version plays none of that kind back. Raises ValueError, TypeError, KeyError."""
    make = _KINDS.get(kind)
    return None if make is None else make(elapsed_s, json.loads(data))


def insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], values: Sequence[object]) -> None:
    """Adds a row; one that stands for the same thing is replaced, since a failed commit may have been none."""
    places = ", ".join("?" * len(columns))
    connection.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({places})", values)
