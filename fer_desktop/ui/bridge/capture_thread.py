"""The thread of a session that reads its source."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

from fer_desktop.core.errors import SourceError
from fer_desktop.core.types import Frame
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.ports import Source
from fer_desktop.pipeline.session.status import FAULT

logger = logging.getLogger(__name__)

REOPEN_S: Final = 2.0


class CaptureThread(QThread):
    """Reads a source into a slot until it ends, and opens it again where that is worth trying."""

    opened = Signal(str)  # its name; once more each time after it was lost
    failed = Signal(str)  # it could not be had at all
    lost = Signal(str)  # it broke off and is being opened again; once more where that fails for another reason
    ended = Signal(str)  # it is over; a sentence where it broke off for good

    def __init__(
        self,
        make: Callable[[], Source],
        frames: Latest[Frame],
        parent: QObject | None = None,
        reopen_s: float = REOPEN_S,
    ) -> None:
        """`make` gives the source; called in the thread, since it may load libraries. It may raise SourceError."""
        super().__init__(parent)
        self._make, self._frames, self._reopen_s = make, frames, reopen_s
        self._source: Source | None = None
        self._lock = threading.Lock()
        self._stop, self._going = threading.Event(), threading.Event()
        self._going.set()
        self.frames_in = 0  # frames read so far; only this thread writes it

    def stop(self) -> None:
        """Makes `run` return soon; from any thread."""
        self._stop.set()
        self._going.set()
        self.requestInterruption()
        with self._lock:
            if self._source is not None:
                self._source.cancel()

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
        except Exception:  # a bug: what leaves `run` would end the thread without a word to the window
            logger.exception("Fault while capturing")
            self.ended.emit(FAULT)

    def _capture(self) -> None:
        try:
            source = self._open()
            if source is not None:
                self.ended.emit(self._read_on(source))
        finally:
            if self._source is not None:
                self._source.close()

    def _open(self) -> Source | None:
        """The source, open; None where it cannot be had, which is told, or where the thread is to stop."""
        try:
            source = self._make()
            with self._lock:
                self._source = source
            # Asked after `stop` can reach the source: one that came before then cancelled nothing.
            if self._stop.is_set():
                return None
            source.open()
        except SourceError as error:
            if not self._stop.is_set():
                self.failed.emit(str(error))
            return None
        self.opened.emit(source.name)
        return source

    def _read_on(self, source: Source) -> str:
        """Why the source is over; empty where it simply ended or was stopped."""
        while not self._stop.is_set():
            if not source.reopens:
                self._going.wait()  # a recording stands still; `stop` ends the wait
            try:
                frame = source.read()
            except SourceError as error:
                if self._stop.is_set():
                    return ""
                if not source.reopens:
                    return str(error)
                self._reopen(source, str(error))
                continue
            if frame is None:
                return ""
            self.frames_in += 1
            if not self.paused:
                self._frames.put(frame)
        return ""

    def _reopen(self, source: Source, sentence: str) -> None:
        """Returns once the source is back or the thread is to stop."""
        source.close()
        self.lost.emit(sentence)
        while not self._stop.wait(self._reopen_s):
            try:
                source.open()
            except SourceError as error:
                source.close()
                logger.info("Still lost: %s", error)
                if str(error) != sentence:  # a window that was covered is now minimised
                    sentence = str(error)
                    self.lost.emit(sentence)
            else:
                self.opened.emit(source.name)
                return
