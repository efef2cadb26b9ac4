"""Sees when a part of a session no longer does anything."""

import faulthandler
import tempfile
from typing import Final

from fer_desktop.core.types import State
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop
from fer_desktop.pipeline.session_engine.recording.recorder import STALE_S

PATIENCE_S: Final = 10.0  # without a frame, or with one frame that is being read
DISK_PATIENCE_S: Final = 5.0  # before it is said
RECORD_PATIENCE_S: Final = 2.0  # at the end of a session, which has no more to wait for than its disk
LOAD_PATIENCE_S: Final = 120.0  # a network of a user's own may take long to be read
USUAL_TIMES: Final = 3.0  # a source may be silent for so many of its own intervals
IN_A_ROW: Final = 3  # a part that fails so often without having worked in between is not started again
# The most that a look at the watch counts for: while the computer slept, or the program was stopped, nothing hung.
_STEP_S: Final = 2.0


class Patience:
    """How long something has not changed, in time in which it could have."""

    def __init__(self) -> None:
        self._value: object = None
        self._seen_s: float | None = None
        self.waited_s = 0.0

    def forget(self) -> None:
        """Begins anew."""
        self._seen_s, self.waited_s = None, 0.0

    def watch(self, value: object, now_s: float) -> float:
        """Takes the value as it is now; for how many seconds it has been this one."""
        if self._seen_s is None or value != self._value:
            self.waited_s = 0.0
        else:
            self.waited_s += min(now_s - self._seen_s, _STEP_S)
        self._value, self._seen_s = value, now_s
        return self.waited_s


class Watchdogs:
    """One for each part of a session; each is asked about once a second."""

    def __init__(self) -> None:
        self._frames, self._reading, self._record = Patience(), Patience(), Patience()

    def silent_s(self, capture: CaptureLoop, now_s: float) -> float | None:
        """For how long the source has given no frame, where that is too long. A paused recording stands still."""
        if capture.paused and not capture.reopens:
            self._frames.forget()
            return None
        waited_s = self._frames.watch((id(capture), capture.frames_in), now_s)
        return waited_s if waited_s >= max(PATIENCE_S, USUAL_TIMES * capture.usual_s) else None

    def source_is_lost(self) -> None:
        """No frame is expected now."""
        self._frames.forget()

    def hangs_s(self, analysis: AnalysisLoop, now_s: float) -> float | None:
        """For how long a frame has been read, or detector and network have been loaded again, where that is too long.

        Loading for the first time has no limit: it may wait for a slow disk, and the user can stop it.
        """
        progress = analysis.progress
        if progress.loaded and not progress.busy:
            self._reading.forget()
            return None
        limit_s = PATIENCE_S if progress.loaded else LOAD_PATIENCE_S
        waited_s = self._reading.watch((analysis.number, progress.begun), now_s)
        return waited_s if waited_s >= limit_s and (progress.loaded or analysis.number) else None

    def record_stuck_s(self, record: RecordLoop, now_s: float) -> float:
        """For how long the record has not made a step, which it does once a second."""
        return self._record.watch((id(record), record.progress.beats), now_s)


def why_missing(capture: CaptureLoop | None, now_s: float) -> State:
    """Why no frame was read of late: the source gives none, or it or the reading is slow."""
    if capture is None or capture.last_frame_s is None:
        return State.NO_SOURCE
    silent_s = now_s - capture.last_frame_s
    return State.SLOW if silent_s <= max(STALE_S, USUAL_TIMES * capture.usual_s) else State.NO_SOURCE


def where_threads_are() -> str:
    """What every thread of the program is doing, for a report: files, lines and functions, no values."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        return file.read()
