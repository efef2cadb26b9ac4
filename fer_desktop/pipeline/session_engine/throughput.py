"""How a running session keeps up with its source."""

import os

from fer_desktop.pipeline.clock import Clock
from fer_desktop.pipeline.session_engine.channel.status import Counters
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop
from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop
from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop


class ThroughputMeter:
    """Turns what the loops have counted into rates since the last reading."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._before = (clock.monotonic_s(), clock.process_s(), 0, 0)

    def read(self, analysis: AnalysisLoop, capture: CaptureLoop | None, record: RecordLoop | None) -> Counters | None:
        """The rates; None where no time has passed."""
        progress = analysis.progress
        frames_in = capture.frames_in if capture is not None else 0
        now = (self._clock.monotonic_s(), self._clock.process_s(), frames_in, progress.updates)
        wall_s, cpu_s, frames, updates = (new - old for new, old in zip(now, self._before, strict=True))
        if wall_s <= 0:
            return None
        self._before = now
        return Counters(
            frames_hz=max(0.0, frames / wall_s),
            updates_hz=max(0.0, updates / wall_s),
            dropped=progress.dropped,
            latency_s=progress.latency_s if progress.updates else None,
            cpu_percent=100.0 * cpu_s / wall_s / (os.cpu_count() or 1),
            elapsed_s=record.progress.elapsed_s if record is not None else 0.0,
            throttled=progress.throttled,
        )
