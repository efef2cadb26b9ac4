"""A recording from its first frame to its last: every frame is waited for, and time is the recording's own."""

from collections.abc import Callable, Iterable

from fer_desktop.core.types import Analysis, Frame
from fer_desktop.pipeline.session.engine import SessionEngine


def read_all(
    frames: Iterable[Frame], engine: SessionEngine, fresh_for_s: float, on_read: Callable[[Analysis], None]
) -> None:
    """Reads and records the frames in turn; what is read from one holds for `fresh_for_s`. `on_read` is told of each.

    The summaries after the last frame are the caller's to ask for: how long the recording goes on after it is not
    known here. Raises what the frames raise.
    """
    for frame in frames:
        engine.advance(frame.captured_s)
        analysis = engine.read(frame)
        engine.observe(analysis, fresh_for_s)
        on_read(analysis)
