"""Whole lessons in a store, without waiting for their seconds."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import numpy as np
from support.clocks import STARTED
from support.scripted_lessons import scripted_lesson, wilson_interval
from support.stored import FACTS

from fer_desktop.core.expressions import ANGRY, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Ended, EndReason, SessionEvent, Started
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore


def store_lesson(
    path: Path,
    events: Iterable[SessionEvent],
    name: str = "Maths 9b",
    live_class: bool = True,
    at: datetime = STARTED,
    facts: SessionFacts = FACTS,
    end_s: float | None = None,
) -> int:
    """Stores it in one commit, with an end where that is told; its id."""
    store = SessionStore(path, facts)
    ended = [] if end_s is None else [Ended(end_s, EndReason.STOPPED)]
    store.write_many([Started(at, name, live_class), *events, *ended])
    session = store.session_id
    store.close()
    assert session is not None
    return session


def store_scripted(
    path: Path, seconds: int = 900, name: str = "Maths 9b", at: datetime = STARTED, faces: int = 23
) -> int:
    """A lesson with a video, a low stretch, gaps, markers and alerts; its id."""
    lesson = scripted_lesson(seconds, faces)
    return store_lesson(path, lesson.events(), name, at=at, end_s=float(seconds))


def second(elapsed_s: float, low: int = 0, smiling: int = 3, faces: int = 12, afraid: int = 0) -> Summary:
    """A second of a class; `low` of the faces look sad, `afraid` afraid, the rest neutral."""
    counts = np.zeros(N_EXPRESSIONS, np.int64)
    counts[SAD], counts[FEAR], counts[HAPPY] = low, afraid, smiling
    counts[NEUTRAL] = faces - counts.sum()
    assert counts[ANGRY] == 0
    mean = (counts / faces).astype(np.float32)
    lower, upper = wilson_interval(mean, faces)
    return Summary(elapsed_s, State.LIVE, faces + 1, faces, faces, faces, mean, lower, upper, counts)
