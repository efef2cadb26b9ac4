"""Sessions in a store."""

from pathlib import Path

import numpy as np
from support.clocks import STARTED

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS
from fer_desktop.core.types import Reason, State, Summary, no_figures
from fer_desktop.pipeline.events import SessionEvent, Started
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


def started_store(path: Path, facts: SessionFacts = FACTS, again_s: float = AGAIN_S) -> SessionStore:
    """A session that has begun."""
    store = SessionStore(path, facts, again_s)
    store.write(Started(STARTED, "Zoom meeting", live_class=True))
    return store


def stored(path: Path, *events: SessionEvent, facts: SessionFacts = FACTS) -> None:
    """A session of which that much was stored before it ended, in whatever way."""
    store = started_store(path, facts)
    for event in events:
        store.write(event)
    store.close()
