"""A recording from its first frame to its last: every frame is waited for, and time is the recording's own."""

from collections.abc import Callable, Iterable
from typing import Final

from fer_desktop.core.types import Analysis, Frame, State
from fer_desktop.pipeline.session_engine.engine import SessionEngine

_PAUSE_S: Final = 10.0  # a recording that shows nothing for so long has no picture there


def read_all(
    frames: Iterable[Frame], engine: SessionEngine, fresh_for_s: float, on_read: Callable[[Analysis], None]
) -> None:
    """Reads and records the frames in turn; what is read from one holds for `fresh_for_s`. `on_read` is told of each.

    The summaries after the last frame are the caller's to ask for: how long the recording goes on after it is not
    known here. Raises what the frames raise.
    """
    before_s = 0.0
    try:
        for frame in frames:
            engine.miss(State.SLOW if frame.captured_s - before_s < _PAUSE_S else State.NO_SOURCE)
            before_s = frame.captured_s
            engine.advance(frame.captured_s)
            analysis = engine.read(frame)
            engine.observe(analysis, fresh_for_s)
            on_read(analysis)
    finally:
        engine.miss(State.NO_SOURCE)
