"""A long run of the window on one source after another, with all that a teacher does: what it takes and keeps."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

import psutil
from PySide6.QtCore import QObject, QSettings

from fer_desktop.core.errors import FerError, SourceError
from fer_desktop.core.files import temporary_folder
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, IncludeEverybody
from fer_desktop.pipeline.session_engine.channel.status import Counters, SessionEnd
from fer_desktop.ui.application import end_threads, excepthooks_installed, make_application, signals_close
from fer_desktop.ui.automation.stall_meter import StallMeter
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.toolkit.timers import repeating_timer

_STEP_MS: Final = 20
_GIVE_UP_S: Final = 120.0  # for whatever the script waits
_SETTLES_S: Final = 10.0  # threads and files of the last session have so long to be gone
_WARM_UP_S: Final = 8.0  # a session of each source before anything is counted: libraries start their threads once
_LONGEST_S: Final = 14.0  # of a session between two changes; recordings and folders of pictures last longer
_SHORTEST_S: Final = 1.0
_CYCLE_S: Final = 60.0  # in which everything is done once, in the long session
_LONG_PAUSE_S: Final = 75.0  # one row of the CSV
_WITH_LONG_PAUSE_S: Final = 400.0
# A session is stopped in mid-second, so that the clock says without a doubt how many rows it has.
_STOPS_AT_S: Final = (0.25, 0.45)
_ROW_S: Final = 0.05  # a rest of a second that is shorter has no row
_MB: Final = 1e6


class SoakedServices(Services, Protocol):
    """The program behind the window, whose source can be looked at and lost."""

    @property
    def first_frame_s(self) -> float | None:
        """When the source of the running session gave its first frame, in monotonic time."""

    @property
    def over_s(self) -> float | None:
        """When it said that no more comes."""

    def forget(self) -> None:
        """The next source is another one."""

    def lose(self, seconds: float) -> None:
        """The source is lost for so long, where it can be."""


@dataclass(frozen=True, slots=True)
class SoakPlan:
    """What is played."""

    steady: SourceChoice  # of the second half
    others: tuple[SourceChoice, ...]  # in turn, in the first half
    changes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What the process holds while no session runs."""

    rss_mb: float
    fds: int  # handles under Windows
    threads: int


@dataclass(frozen=True, slots=True)
class Played:
    """A session that was played."""

    file: Path
    rows: int  # seconds it lasted by the clock, the last one in part
    markers: tuple[str, ...]


@dataclass(slots=True)
class SoakRun:
    """What was seen."""

    start: Usage | None = None  # after a session of each source
    changed: Usage | None = None  # after all changes
    end: Usage | None = None
    played: list[Played] = field(default_factory=list)
    rss: list[tuple[float, float]] = field(default_factory=list)  # s, MB; of the second half
    drops: int = 0
    longest_stall_s: float = 0.0  # changes of source included
    longest_steady_stall_s: float = 0.0  # in the second half


def soak(services: SoakedServices, plan: SoakPlan, on_progress: Callable[[float, float], None]) -> SoakRun | None:
    """What was seen of the plan, which takes half a minute more than it says; None where the window was closed before.

    Raises SourceError where a session could not begin or end.
    """
    app = make_application(services)
    with temporary_folder() as folder:
        window = MainWindow(services, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        driver = _Driver(window, services, plan, on_progress)
        with excepthooks_installed(window), signals_close(window):
            window.show()
            app.exec()
    end_threads(window)
    return driver.outcome()


_Steps = Iterator[Callable[[], bool]]  # each a condition that is waited for


class _Driver(QObject):
    """Plays the script step by step, whenever what a step waits for has come."""

    def __init__(
        self, window: MainWindow, services: SoakedServices, plan: SoakPlan, on_progress: Callable[[float, float], None]
    ) -> None:
        super().__init__(window)
        self._window, self._services, self._plan, self._on_progress = window, services, plan, on_progress
        self._run = SoakRun()
        self._process = psutil.Process()
        self._stalls = StallMeter(self)
        self._end: SessionEnd | None = None
        self._dropped = 0
        self._markers: list[str] = []
        self._began_s = math.inf
        self._error: FerError | None = None
        self._over = False
        self._steps = self._script()
        self._condition: Callable[[], bool] = lambda: True
        self._waits_until_s = math.inf
        self._clock = repeating_timer(self, _STEP_MS)
        self._clock.timeout.connect(self._on_clock)
        window.ready.connect(self._on_ready)

    def outcome(self) -> SoakRun | None:
        if self._error is not None:
            raise self._error
        return self._run if self._over else None

    def _on_ready(self) -> None:
        self._window.model.ended.connect(self._on_ended)
        self._window.model.counters.connect(self._on_counters)
        self._clock.start()

    @property
    def _ended(self) -> SessionEnd | None:
        """The end of the session, where it has come."""
        return self._end

    def _on_ended(self, end: SessionEnd) -> None:
        self._end = end

    def _on_counters(self, counters: Counters) -> None:
        self._dropped = counters.dropped

    def _on_clock(self) -> None:
        try:
            if self._condition():
                self._condition = next(self._steps)
                self._waits_until_s = time.monotonic() + _GIVE_UP_S
            elif time.monotonic() > self._waits_until_s:
                raise SourceError("The soak stands still: see the log file.")
        except StopIteration:
            self._over = True
        except FerError as error:
            self._error = error
        if self._over or self._error is not None:
            self._clock.stop()
            self._window.close()

    def _script(self) -> _Steps:
        plan, run = self._plan, self._run
        for choice in dict.fromkeys((plan.steady, *plan.others)):
            yield from self._session(choice, min(_WARM_UP_S, plan.seconds / 2))
        yield from self._settle(None)
        run.start, run.played[:], run.drops = self._usage(), [], 0
        self._stalls.start()
        self._began_s = time.monotonic()
        share_s = plan.seconds / 2 / plan.changes
        for number in range(plan.changes):
            yield from self._session(plan.others[number % len(plan.others)], min(_LONGEST_S, share_s))
            yield self._until(self._began_s + (number + 1) * share_s)
        run.longest_stall_s = self._stalls.longest_s
        self._window.session.forget_stopped()
        yield from self._settle(run.start)
        run.changed = self._usage()
        self._stalls.start()
        self._window.model.summary.connect(self._on_summary)
        yield from self._session(plan.steady, plan.seconds / 2, _CYCLE_S)
        run.longest_steady_stall_s = self._stalls.longest_s
        run.longest_stall_s = max(run.longest_stall_s, run.longest_steady_stall_s)
        self._window.session.forget_stopped()  # until then its network stays, for it may go on
        yield from self._settle(run.start)
        run.end = self._usage()

    def _session(self, choice: SourceChoice, seconds: float, cycle_s: float = math.inf) -> _Steps:
        """From home to the saved file."""
        self._end, self._dropped, self._markers = None, 0, []
        self._services.forget()
        self._window.new_session()
        self._window.flow.request(choice)
        yield lambda: self._window.session.status.recording or self._ended is not None
        first_s = self._services.first_frame_s
        if first_s is None:
            raise SourceError(self._reason or "A session of the soak did not begin.")
        until_s = first_s + max(_SHORTEST_S, seconds)
        if seconds >= _WITH_LONG_PAUSE_S:
            yield from self._pause(_LONG_PAUSE_S)
        while self._ended is None and time.monotonic() < until_s:
            yield from self._do_everything(min(cycle_s, seconds))
        yield lambda: self._ended is not None or self._in_mid_second(first_s, until_s)
        stopped_s = time.monotonic()
        self._window.session.stop()
        yield lambda: self._ended is not None
        self._keep(first_s, self._services.over_s or stopped_s)

    @property
    def _reason(self) -> Message | None:
        return self._end.reason if self._end is not None else None

    def _keep(self, first_s: float, over_s: float) -> None:
        path = self._ended.path if self._ended is not None else None
        if path is None:
            raise SourceError(self._reason or "A session of the soak was not saved.")
        whole, rest_s = divmod(over_s - first_s, 1.0)
        rows = int(whole) + int(rest_s > _ROW_S)
        self._run.played.append(Played(path, rows, tuple(self._markers)))
        self._run.drops += self._dropped

    def _do_everything(self, seconds: float) -> _Steps:
        """All that a teacher does and a source suffers, once, within so long."""
        window, began_s = self._window, time.monotonic()

        def at(share: float) -> Callable[[], bool]:
            return lambda: self._ended is not None or time.monotonic() >= began_s + share * seconds

        yield at(0.15)
        self._mark()
        yield at(0.2)
        window.session.change_exclusion(Exclude(1, window.model.exclusion.scene))
        yield at(0.3)
        yield from self._pause(0.1 * seconds)
        yield at(0.5)
        self._mark()
        window.session.change_exclusion(IncludeEverybody())
        yield at(0.55)
        window.fold_or_unfold()
        yield at(0.6)
        window.fold_or_unfold()
        self._services.lose(0.1 * seconds)
        yield at(1.0)

    def _pause(self, seconds: float) -> _Steps:
        until_s = time.monotonic() + seconds
        self._window.session.pause()
        yield lambda: self._ended is not None or time.monotonic() >= until_s
        self._window.session.resume()

    def _mark(self) -> None:
        name = f"marker {len(self._run.played)}.{len(self._markers)}"
        if self._window.session.status.can_mark and self._end is None:
            self._window.mark(name)
            self._markers.append(name)

    def _in_mid_second(self, first_s: float, until_s: float) -> bool:
        now_s = time.monotonic()
        return now_s >= until_s and _STOPS_AT_S[0] <= (now_s - first_s) % 1.0 <= _STOPS_AT_S[1]

    def _until(self, at_s: float) -> Callable[[], bool]:
        return lambda: time.monotonic() >= at_s

    def _settle(self, before: Usage | None) -> _Steps:
        """Waits at home for what the last session has left; as many as `before` are enough."""
        self._window.new_session()
        until_s = time.monotonic() + _SETTLES_S

        def settled() -> bool:
            if before is None or time.monotonic() >= until_s:
                return time.monotonic() >= until_s
            now = self._usage()
            return (now.fds, now.threads) == (before.fds, before.threads)

        yield settled

    def _usage(self) -> Usage:
        process = self._process
        return Usage(process.memory_info().rss / _MB, _open_files(process), process.num_threads())

    def _on_summary(self, _summary: Summary) -> None:
        now_s = time.monotonic() - self._began_s
        self._run.rss.append((now_s, self._process.memory_info().rss / _MB))
        self._on_progress(now_s, self._plan.seconds)


def _open_files(process: psutil.Process) -> int:
    if sys.platform == "win32":
        return process.num_handles()
    return process.num_fds()
