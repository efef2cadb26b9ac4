"""The next frame of a recording is decoded while one is looked at."""

import queue
import threading
from collections.abc import Generator
from typing import Protocol

from fer_desktop.core.types import Frame
from fer_desktop.pipeline.ports import Source


class RecordedSource(Source, Protocol):
    """A recording, whose frames carry its own time."""

    @property
    def length_s(self) -> float | None:
        """The length that the file claims, and the real one once it has ended; None where it claims none."""

    @property
    def plain(self) -> bool:
        """Whether its time stamps made sense so far."""


_Found = tuple[Frame, bool] | Exception | None


def read_ahead(source: RecordedSource) -> Generator[tuple[Frame, bool], None, None]:
    """The frames of an open source, each with whether it was `plain` up to it; at most two wait in memory.

    The source is read in a thread of its own, which is over when this is closed. Raises what the source raises.
    """
    found: queue.Queue[_Found] = queue.Queue(maxsize=1)
    stop = threading.Event()
    thread = threading.Thread(target=_read, args=(source, found, stop), name="read ahead", daemon=True)
    thread.start()
    try:
        while (one := found.get()) is not None:
            if isinstance(one, Exception):
                raise one
            yield one
    finally:
        stop.set()
        while thread.is_alive():  # it may wait for room
            _empty(found)
            thread.join(0.01)


def _read(source: RecordedSource, found: "queue.Queue[_Found]", stop: threading.Event) -> None:
    last: Exception | None = None
    try:
        while not stop.is_set() and (frame := source.read()) is not None:
            found.put((frame, source.plain))
    except Exception as error:  # noqa: BLE001 (whatever it is, it is raised in the thread that waits for the frame)
        last = error
    found.put(last)


def _empty(found: "queue.Queue[_Found]") -> None:
    while not found.empty():
        found.get_nowait()
