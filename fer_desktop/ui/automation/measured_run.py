"""How the window keeps up on a source: what a user would notice, measured inside the running program."""

import statistics
import time
from dataclasses import dataclass
from typing import Final

import psutil
from PySide6.QtCore import QObject, QSettings, Qt

from fer_desktop.core.errors import SourceError
from fer_desktop.core.files import temporary_folder
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.status import Counters, SessionEnd
from fer_desktop.ui.application import end_threads, make_application, signals_close
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.toolkit.timers import repeating_timer

_BEAT_MS: Final = 5
_MB: Final = 1e6
# Memory is called settled from here on: all pages are made, all batch sizes loaded.
_SETTLED_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """What a user would notice. Times from the start of the process where not said otherwise."""

    first_paint_s: float
    first_reading_s: float
    updates_per_s: float  # median over the seconds of the session
    latency_ms: float  # capture to reading, median
    latency_p95_ms: float
    dropped: int
    longest_stall_ms: float  # of the window's thread while a session is live, beyond the beat of its timer
    longest_stall_at_start_ms: float  # the same from the first paint to the first reading
    cpu_percent: float  # of all cores, median
    rss_settled_mb: float  # half a minute after the first reading
    rss_end_mb: float
    rss_peak_mb: float
    session_s: float


def measure(services: Services, choice: SourceChoice, seconds: float, started_at_s: float) -> WindowFigures:
    """The figures of a session of `seconds`; `started_at_s` is when the process was started, in `time.time()`.

    Raises SourceError where the session could not begin.
    """
    app = make_application(services)
    with temporary_folder() as folder:
        store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(services, store, choice)
        measurement = _Measurement(window, seconds, started_at_s)
        with signals_close(window):
            window.show()
            app.exec()
    end_threads(window)
    return measurement.figures()


class _Measurement(QObject):
    def __init__(self, window: MainWindow, seconds: float, started_at_s: float) -> None:
        super().__init__(window)
        self._window, self._seconds, self._started_at_s = window, seconds, started_at_s
        self._process = psutil.Process()
        self._paint_s: float | None = None
        self._reading_s: float | None = None
        self._beat_s: float | None = None
        self._settled = False  # whether a second of counters lies behind the first reading
        self._stalls = {False: 0.0, True: 0.0}  # s, by whether the session was live
        self._counters: list[Counters] = []
        self._rss: list[tuple[float, float]] = []  # s of the session, MB
        self._reason: Message | None = None
        window.painted.connect(self._on_painted)
        window.ready.connect(self._on_ready)
        self._beat = repeating_timer(self, _BEAT_MS)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)

    def _since_start_s(self) -> float:
        return time.time() - self._started_at_s

    def _on_painted(self) -> None:
        self._paint_s = self._since_start_s()
        self._beat.start()

    def _on_ready(self) -> None:
        self._window.model.counters.connect(self._on_counters)
        self._window.model.summary.connect(self._on_summary)
        self._window.model.ended.connect(self._on_ended)

    def _on_beat(self) -> None:
        now_s = time.monotonic()
        if self._beat_s is not None:
            live = self._reading_s is not None
            self._stalls[live] = max(self._stalls[live], now_s - self._beat_s - _BEAT_MS / 1000)
        self._beat_s = now_s
        # Seen here: the counters come once a second, up to one too late.
        if self._reading_s is None and self._window.session.updates:
            self._reading_s = self._since_start_s()

    def _on_counters(self, counters: Counters) -> None:
        # The first ones count a second that began before the first reading.
        if counters.latency_s is not None and self._settled:
            self._counters.append(counters)
        self._settled = counters.latency_s is not None

    def _on_summary(self, summary: Summary) -> None:
        self._rss.append((summary.elapsed_s, self._process.memory_info().rss / _MB))
        if summary.elapsed_s >= self._seconds:
            self._window.session.stop()

    def _on_ended(self, end: SessionEnd) -> None:
        self._beat.stop()
        self._reason = end.reason
        self._window.close()

    def figures(self) -> WindowFigures:
        if self._paint_s is None or self._reading_s is None or not self._counters:
            raise SourceError(self._reason or "The run was too short to be measured: give it 10 seconds or more.")
        latencies = [1000 * counters.latency_s for counters in self._counters if counters.latency_s is not None]
        settled = [rss for at_s, rss in self._rss if at_s >= min(_SETTLED_S, self._seconds / 2)]
        return WindowFigures(
            first_paint_s=self._paint_s,
            first_reading_s=self._reading_s,
            updates_per_s=statistics.median(counters.updates_hz for counters in self._counters),
            latency_ms=statistics.median(latencies),
            latency_p95_ms=sorted(latencies)[int(0.95 * (len(latencies) - 1))],
            dropped=self._counters[-1].dropped,
            longest_stall_ms=1000 * self._stalls[True],
            longest_stall_at_start_ms=1000 * self._stalls[False],
            cpu_percent=statistics.median(counters.cpu_percent for counters in self._counters),
            rss_settled_mb=settled[0],
            rss_end_mb=settled[-1],
            rss_peak_mb=max(rss for _, rss in self._rss),
            session_s=self._rss[-1][0],
        )
