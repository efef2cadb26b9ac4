"""Recordings one after the other here, or several at once in processes of their own."""

import contextlib
import logging
import multiprocessing
import queue
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from fer_desktop.app import privacy
from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.app.recordings.recording import analyze_recording
from fer_desktop.app.recordings.run import FAULT_IN_FILE, Options, Run, Watcher
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.errors import FerError, SourceError, StoreError
from fer_desktop.core.messages import message
from fer_desktop.core.settings import Settings

if TYPE_CHECKING:
    Told = multiprocessing.Queue[tuple[int, float, float | None]]

logger = logging.getLogger(__name__)

_TOLD_EVERY_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Task:
    """A recording that is to be read."""

    recording: Input
    folder: Path
    options: Options
    store: Path | None  # where its lesson goes; None: there is to be none


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task came to: a run, or why there is none."""

    number: int  # of the task, from 0
    run: Run | None
    problem: str = ""
    stopped: bool = False  # some of it is read, and the next call goes on


class WatcherOfAll(Protocol):
    """As Watcher, of recordings by their number."""

    @property
    def stopped(self) -> bool:
        """Whether the user has asked to stop."""

    def update(self, number: int, done: float, of: float | None) -> None:
        """How far that recording is, in seconds."""

    def finish(self, number: int) -> None:
        """That recording is read, or cannot be."""


class _OfOne:
    """The watcher of one of them."""

    def __init__(self, watcher: WatcherOfAll, number: int) -> None:
        self._watcher, self._number = watcher, number

    @property
    def stopped(self) -> bool:
        return self._watcher.stopped

    def update(self, done: float, of: float | None) -> None:
        self._watcher.update(self._number, done, of)


def done_here(tasks: Sequence[Task], models: LoadedModels, watcher: WatcherOfAll) -> Iterator[Outcome]:
    """Reads them one after the other, until it is to stop. Raises StoreError, and whatever concerns all of them."""
    for number, task in enumerate(tasks):
        if watcher.stopped:
            return
        outcome = _done(number, task, models, _OfOne(watcher, number))
        watcher.finish(number)
        yield outcome


def done_in_processes(tasks: Sequence[Task], settings: Settings, jobs: int, watcher: WatcherOfAll) -> Iterator[Outcome]:
    """Reads so many at once, each in a process of its own, until it is to stop.

    Raises StoreError, and whatever concerns all of them.
    """
    context = multiprocessing.get_context("spawn")
    told: Told = context.Queue()
    stop = context.Event()
    with ProcessPoolExecutor(jobs, context, _begin_process, (told, stop, settings)) as pool:
        running: dict[Future[Outcome | None], int] = {
            pool.submit(_done_in_process, number, task): number for number, task in enumerate(tasks)
        }
        try:
            while running:
                over, _ = wait_for(running, timeout=_TOLD_EVERY_S, return_when="FIRST_COMPLETED")
                _pass_on(told, watcher)
                if watcher.stopped and not stop.is_set():
                    stop.set()
                    for future in running:
                        future.cancel()
                for future in over:
                    number = running.pop(future)
                    outcome = None if future.cancelled() else future.result()
                    if outcome is not None:
                        watcher.finish(number)
                        yield outcome
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def _pass_on(told: "Told", watcher: WatcherOfAll) -> None:
    with contextlib.suppress(queue.Empty):
        while True:
            watcher.update(*told.get_nowait())


def _done(number: int, task: Task, models: LoadedModels, watcher: Watcher) -> Outcome:
    """Raises what concerns the others too."""
    try:
        run = analyze_recording(task.recording, models, task.folder, task.options, watcher, task.store)
        return Outcome(number, run)
    except SourceError as error:
        return Outcome(number, None, str(error))
    except FerError:
        raise
    except Exception:  # a fault of ours, which one file brings to light: the others are still to be read
        logger.exception("Fault while reading a recording")
        return Outcome(number, None, str(message(FAULT_IN_FILE.text, path=task.recording.path)))


class _Process:
    """What a process of its own has."""

    told: Any
    stop: Event
    models: LoadedModels


def _begin_process(told: "Told", stop: Event, settings: Settings) -> None:
    # Ctrl+C reaches all processes of a terminal: the first one tells the others what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    privacy.guard()
    _Process.told, _Process.stop, _Process.models = told, stop, load_models(settings)


def _done_in_process(number: int, task: Task) -> Outcome | None:
    """None where it was to stop before it began."""
    watcher = _Telling(number)
    if watcher.stopped:
        return None
    try:
        return _done(number, task, _Process.models, watcher)
    except FerError as error:  # its message does not come through as it is
        raise StoreError(str(error).replace("{", "{{").replace("}", "}}")) from None


class _Telling:
    """Tells the first process, now and then."""

    def __init__(self, number: int) -> None:
        self._number, self._told_s = number, 0.0

    @property
    def stopped(self) -> bool:
        parent = multiprocessing.parent_process()
        return _Process.stop.is_set() or (parent is not None and not parent.is_alive())

    def update(self, done: float, of: float | None) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TOLD_EVERY_S:
            self._told_s = now_s
            _Process.told.put((self._number, done, of))
