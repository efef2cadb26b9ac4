"""The loop of a session that reads its source."""

import logging
import statistics
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from fer_desktop.core.errors import CoveredError, HiddenError, OwnWindowError, SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Frame, State
from fer_desktop.pipeline.ports import Source
from fer_desktop.pipeline.session_engine.channel.inbox import Inbox
from fer_desktop.pipeline.session_engine.channel.reports import (
    CannotBegin,
    Report,
    SourceBroke,
    SourceOpened,
    SourceOver,
)
from fer_desktop.pipeline.session_engine.channel.status import FAULT, Unseen

logger = logging.getLogger(__name__)


_USUAL_OF: Final = 15  # intervals between frames


class CaptureLoop:
    """Reads a source into an inbox until it ends, and opens it again where that is worth trying."""

    def __init__(
        self,
        open_source: Callable[[], Source],
        inbox: Inbox,
        tell: Callable[[Report], None],
        reopen_s: float = 2.0,
        again: bool = False,
        usual_s: float = 0.0,
    ) -> None:
        """`open_source` makes the source, in the thread, since it may load libraries. It may raise SourceError.

        `again`: the source gave frames before, in a loop that hung or died; it is tried until it can be opened.
        `usual_s`: what is known of the time between its frames; one that is given up for its silence may just be slow.
        """
        self._open_source, self._inbox, self._tell, self._reopen_s = open_source, inbox, tell, reopen_s
        self._again = again
        self._source: Source | None = None
        self._lock = threading.Lock()
        self._stop, self._going = threading.Event(), threading.Event()
        self._going.set()
        # Only the loop writes these.
        self.frames_in = 0  # frames read so far
        self.last_frame_s: float | None = None  # `captured_s` of the last one
        self.usual_s = usual_s  # the usual time between two; 0 where nothing is known of it
        self._intervals: deque[float] = deque([usual_s] if usual_s else [], maxlen=_USUAL_OF)

    def stop(self) -> None:
        """Makes `run` return soon; from any thread."""
        self._stop.set()
        self._going.set()
        with self._lock:
            if self._source is not None:
                self._source.cancel()

    @property
    def reopens(self) -> bool:
        """Whether its source is one that is worth opening again; False where there is none yet."""
        source = self._source
        return source is not None and source.reopens

    @property
    def paused(self) -> bool:
        """Whether it is paused: what is live is read and let go, all else stands still."""
        return not self._going.is_set()

    def pause(self, on: bool) -> None:
        """Pauses, or goes on; from any thread."""
        if on and not self._stop.is_set():
            self._going.clear()
        else:
            self._going.set()

    def run(self) -> None:
        """Opens, reads and closes the source, all in the calling thread."""
        try:
            self._capture()
        except BaseException:  # the top of a thread: what leaves it vanishes, and a sys.exit of a driver does too
            logger.exception("Fault while capturing")
            if not self._stop.is_set():
                self._tell(SourceBroke(FAULT) if self.reopens else SourceOver(FAULT))
        finally:
            with self._lock:
                self._source = None  # what it has read goes with it

    def _capture(self) -> None:
        try:
            source = self._open()
            if source is not None:
                self._tell(SourceOver(self._read_on(source)))
        finally:
            if self._source is not None:
                self._source.close()

    def _open(self) -> Source | None:
        """The source, open; None where it cannot be had, which is told, or where the loop is to stop."""
        try:
            source = self._open_source()
            with self._lock:
                self._source = source
            # Asked after `stop` can reach the source: one that came before then cancelled nothing.
            if self._stop.is_set():
                return None
            source.open()
        except SourceError as error:
            if self._stop.is_set():
                return None
            if self._again and self._source is not None:
                self._reopen(self._source, error)
                return None if self._stop.is_set() else self._source
            self._tell(CannotBegin(error.message))
            return None
        self._tell(SourceOpened())
        return source

    def _read_on(self, source: Source) -> Message | None:
        """Why the source broke off for good; None where it simply ended or was stopped."""
        while not self._stop.is_set():
            if not source.reopens:
                self._going.wait()  # a recording stands still; `stop` ends the wait
            try:
                frame = source.read()
            except SourceError as error:
                if self._stop.is_set():
                    return None
                if not source.reopens:
                    return error.message
                self._reopen(source, error)
                continue
            # One that comes after `stop` belongs to nobody: another loop may have taken over.
            if frame is None or self._stop.is_set():
                return None
            self._count(frame)
            if not self.paused:
                self._inbox.put(frame)
        return None

    def _count(self, frame: Frame) -> None:
        if self.last_frame_s is not None:
            self._intervals.append(max(0.0, frame.captured_s - self.last_frame_s))
            self.usual_s = statistics.median(self._intervals)
        self.last_frame_s = frame.captured_s
        self.frames_in += 1

    def _reopen(self, source: Source, error: SourceError) -> None:
        """Returns once the source is back or the loop is to stop."""
        reason = error.message
        source.close()
        self._tell(_broke(error))
        while not self._stop.wait(self._reopen_s):
            try:
                source.open()
            except SourceError as error:
                source.close()
                if error.message != reason:  # a window that was covered is now minimised
                    reason = error.message
                    logger.info("Still lost: %s", error)
                    self._tell(_broke(error))
            else:
                self._tell(SourceOpened())
                return


def _broke(error: SourceError) -> SourceBroke:
    match error:
        case HiddenError():
            unseen = Unseen.HIDDEN
        case OwnWindowError():
            unseen = Unseen.OURS
        case CoveredError():
            unseen = Unseen.COVERED
        case _:
            return SourceBroke(error.message)
    return SourceBroke(error.message, State.COVERED, unseen)
