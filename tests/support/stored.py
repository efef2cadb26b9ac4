"""Sessions in a store."""

from datetime import datetime
from pathlib import Path

import numpy as np
from support.clocks import STARTED

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS
from fer_desktop.core.types import Reason, State, Summary, no_figures
from fer_desktop.pipeline.events import Ended, EndReason, SessionEvent, Started
from fer_desktop.sessions.csv_export import new_session
from fer_desktop.sessions.store.writer import AGAIN_S, SessionFacts, SessionStore

FACTS = SessionFacts("0.1.0", "ab" * 32, {"smoothing_s": 1.0, "min_score": 0.5})


def summary(
    elapsed_s: float,
    readable: int = 3,
    state: State = State.LIVE,
    not_read: tuple[tuple[Reason, int], ...] = (),
    left: int = 0,
    came_back: int = 0,
) -> Summary:
    """A second of a class of four."""
    figures = np.full(N_EXPRESSIONS, 0.1, np.float32) if readable else no_figures()
    counts = np.zeros(N_EXPRESSIONS, np.int64)
    counts[HAPPY] = readable
    return Summary(
        elapsed_s,
        state,
        4,
        4,
        readable,
        readable,
        figures,
        figures - np.float32(0.05),
        figures + np.float32(0.05),
        counts,
        not_read,
        left,
        came_back,
    )


def started_store(
    path: Path,
    facts: SessionFacts = FACTS,
    again_s: float = AGAIN_S,
    at: datetime = STARTED,
    name: str = "Zoom meeting",
) -> SessionStore:
    """A session that has begun."""
    store = SessionStore(path, facts, again_s)
    store.write(Started(at, name, live_class=True))
    return store


def stored(
    path: Path,
    *events: SessionEvent,
    facts: SessionFacts = FACTS,
    at: datetime = STARTED,
    name: str = "Zoom meeting",
) -> None:
    """A session of which that much was stored before it ended, in whatever way."""
    store = started_store(path, facts, at=at, name=name)
    for event in events:
        store.write(event)
    store.close()


def stored_with_csv(path: Path, folder: Path, at: datetime = STARTED) -> Path:
    """A session that ended as usual, with its CSV file, which is returned."""
    csv = new_session(folder, at)
    for event in (Started(at, "Zoom meeting", live_class=True), summary(1.0)):
        csv.write(event)
    csv.close()
    stored(path, summary(1.0), Ended(1.0, EndReason.STOPPED), facts=SessionFacts("", "", {}, csv.path), at=at)
    return csv.path
