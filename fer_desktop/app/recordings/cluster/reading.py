"""Recordings on a cluster: parts handed out, taken back as they are done, and joined here."""

import contextlib
import logging
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.cluster.file_in_parts import FileInParts
from fer_desktop.app.recordings.cluster.worker import Mandate, Order, PartRead, Refused, Unseen, read_order
from fer_desktop.app.recordings.jobs import Outcome, Task, WatcherOfAll
from fer_desktop.app.recordings.reading import PartLengths
from fer_desktop.app.recordings.recording import Begun, begin_recording, finish_recording
from fer_desktop.app.recordings.results import FILES
from fer_desktop.app.recordings.run import FAULT_IN_FILE, Run
from fer_desktop.app.recordings.unit import claimed_length
from fer_desktop.app.terminal.outputs import rotate_existing
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message

if TYPE_CHECKING:
    from distributed import Client, Future

logger = logging.getLogger(__name__)

_LOOKS_EVERY_S: Final = 0.2
_ASKS_FOR_WORKERS_EVERY_S: Final = 5.0
_WAITS_FOR_WORKERS_S: Final = 60.0
_PARTS_AHEAD: Final = 2  # for each thread of the cluster: none waits for this computer
_DEFAULT: Final = PartLengths()


def done_on_cluster(
    tasks: Sequence[Task],
    models: LoadedModels,
    client: "Client",
    mandate: Mandate,
    watcher: WatcherOfAll,
    lengths: PartLengths = _DEFAULT,
    read: Callable[[Order], object] = read_order,
) -> Iterator[Outcome]:
    """Reads them all there, each told as it is done, until it is to stop; what is read by then waits for the next call.

    `read` is what a worker does. Raises StoreError, and SourceError where the cluster is gone or a worker refuses.
    """
    cluster = _Cluster(client, mandate, lengths, read)
    waiting = deque(enumerate(tasks))
    files: list[_File] = []
    try:
        while (waiting or files) and not watcher.stopped:
            for file in files:
                cluster.ask_for(file)
            while waiting and cluster.has_room:
                number, task = waiting.popleft()
                begun = _begun(number, task, models, lengths)
                if isinstance(begun, _File):
                    files.append(begun)
                    cluster.ask_for(begun)
                else:
                    watcher.finish(number)
                    yield begun
                if watcher.stopped:
                    break
            changed = cluster.take()
            if changed is not None:
                watcher.update(changed.number, changed.parts.done_s, changed.claimed_s)
            for file in [file for file in files if file.is_over]:
                files.remove(file)
                cluster.drop(file)
                outcome = _joined(file, watcher, lengths)
                watcher.finish(file.number)
                yield outcome
    finally:
        cluster.close()
    for file in files:
        yield Outcome(file.number, None, stopped=True)


@dataclass(slots=True)
class _File:
    """A recording of which parts are read."""

    number: int
    task: Task
    begun: Begun
    bytes_: int
    claimed_s: float | None
    parts: FileInParts
    blind: set[str] = field(default_factory=set)  # workers that do not see it
    problem: Message | None = None  # why it is given up

    @property
    def is_over(self) -> bool:
        return self.problem is not None or self.parts.is_complete


def _begun(number: int, task: Task, models: LoadedModels, lengths: PartLengths) -> _File | Outcome:
    path = task.recording.path
    try:
        begun = begin_recording(task.recording, models, task.folder, task.options, task.store)
        if isinstance(begun, Run):
            return Outcome(number, begun)
        claimed_s = claimed_length(path)
        bytes_ = path.stat().st_size
    except SourceError as error:
        return Outcome(number, None, str(error))
    except OSError:
        sentence = message("The recording {path} cannot be opened: check that you may read it.", path=path)
        return Outcome(number, None, str(sentence))
    if not begun.unfinished.goes_on:
        # Its results are begun when all parts are there: by then this would seem to be this reading's own.
        for name in FILES:
            rotate_existing(task.folder / name)
    return _File(number, task, begun, bytes_, claimed_s, FileInParts(begun, claimed_s, lengths))


class _Joining:
    """The watcher of what is joined: it is read already, so nothing is shown."""

    def __init__(self, watcher: WatcherOfAll) -> None:
        self._watcher = watcher

    @property
    def stopped(self) -> bool:
        return self._watcher.stopped

    def update(self, done: float, of: float | None) -> None:
        pass


def _joined(file: _File, watcher: WatcherOfAll, lengths: PartLengths) -> Outcome:
    if file.problem is not None:
        return Outcome(file.number, None, str(file.problem))
    try:
        run = finish_recording(file.begun, _Joining(watcher), lengths, file.parts.read_rest)
    except SourceError as error:
        return Outcome(file.number, None, str(error))
    run.took_s += file.parts.took_s
    return Outcome(file.number, run)


@dataclass(slots=True)
class _Asked:
    file: _File
    part: int
    future: "Future[Any]"
    suspect: bool  # workers have ended while they had it


class _Cluster:
    """What is asked of the cluster, and what it says."""

    def __init__(
        self, client: "Client", mandate: Mandate, lengths: PartLengths, read: Callable[[Order], object]
    ) -> None:
        self._client, self._mandate, self._lengths, self._read = client, mandate, lengths, read
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._asked: dict[str, _Asked] = {}
        # Dask suspects all that a worker had when it ended, also what only waited there: suspects are read one at a
        # time, so that the one that does it is known from those beside it.
        self._suspects: deque[tuple[_File, int]] = deque()
        self._threads: dict[str, int] = {}
        self._looked_s = self._seen_s = 0.0
        self._look()

    @property
    def has_room(self) -> bool:
        """Whether more parts may be asked for."""
        return len(self._asked) < max(1, _PARTS_AHEAD * sum(self._threads.values()))

    def ask_for(self, file: _File) -> None:
        """Asks for its parts, as many as there is room for."""
        missing = file.parts.missing()
        while self.has_room and file.problem is None and (number := next(missing, None)) is not None:
            self._ask(file, number)

    def _ask_for_suspect(self) -> None:
        if self._suspects and not any(asked.suspect for asked in self._asked.values()):
            self._ask(*self._suspects.popleft(), suspect=True)

    def _ask(self, file: _File, number: int, suspect: bool = False) -> None:
        seeing = [worker for worker in self._threads if worker not in file.blind]
        if file.blind and not seeing:
            file.problem = message(
                "No worker of the cluster sees {path}: recordings have to lie on storage that all of them share, "
                "under the same path.",
                path=file.task.recording.path,
            )
            return
        from_start = file.parts.ask(number)
        part, every_s = self._lengths.part(number), file.task.options.every_s
        path = file.task.recording.path.absolute()
        order = Order(self._mandate, path, file.bytes_, part, every_s, from_start)
        future = self._client.submit(self._read, order, pure=False, workers=seeing if file.blind else None)
        self._asked[future.key] = _Asked(file, number, future, suspect)
        future.add_done_callback(lambda over: self._done.put(over.key))

    def take(self) -> _File | None:
        """The file of which a part has come; None where none has, after a moment. Raises SourceError, StoreError."""
        self._look()
        self._ask_for_suspect()
        try:
            asked = self._asked.pop(self._done.get(timeout=_LOOKS_EVERY_S), None)
        except queue.Empty:
            return None
        if asked is None:
            return None
        self._judge(asked)
        self._drop_unwanted(asked.file)
        return asked.file

    def _judge(self, asked: _Asked) -> None:
        from distributed import KilledWorker

        file, path = asked.file, asked.file.task.recording.path
        if asked.future.status == "cancelled":
            file.parts.give_up(asked.part)
            return
        try:
            said = asked.future.result()
        except KilledWorker:
            if not asked.suspect:
                self._suspects.append((file, asked.part))
                return
            file.problem = message(
                "{path} was left out: the workers that read it ended one after the other; what is read of it is kept.",
                path=path,
            )
        except Exception:  # a fault of ours over there, which one file brings to light: the others are still to be read
            logger.exception("Fault while a worker read a recording")
            file.problem = message(FAULT_IN_FILE.text, path=path)
        else:
            self._heed(asked, said)

    def _heed(self, asked: _Asked, said: object) -> None:
        if isinstance(said, Refused):
            raise SourceError(said.why)
        if isinstance(said, PartRead):
            asked.file.parts.take(asked.part, said)
            return
        asked.file.parts.give_up(asked.part)
        if isinstance(said, Unseen):
            asked.file.blind.add(said.worker)

    def _drop_unwanted(self, file: _File) -> None:
        for key, asked in list(self._asked.items()):
            if asked.file is file and not file.parts.is_wanted(asked.part):
                self._give_up(key)
        self._suspects = deque(one for one in self._suspects if one[0] is not file or file.parts.is_wanted(one[1]))

    def drop(self, file: _File) -> None:
        """Nothing more is wanted of it."""
        self._suspects = deque(one for one in self._suspects if one[0] is not file)
        for key, asked in list(self._asked.items()):
            if asked.file is file:
                self._give_up(key)

    def _give_up(self, key: str) -> None:
        asked = self._asked.pop(key)
        asked.file.parts.give_up(asked.part)
        asked.future.cancel()

    def close(self) -> None:
        """Gives up what is still asked for."""
        with contextlib.suppress(OSError):  # the cluster is gone
            for key in list(self._asked):
                self._give_up(key)

    def _look(self) -> None:
        """Who is there, now and then. Raises SourceError where nobody is."""
        now_s = time.monotonic()
        if self._client.status != "running":
            raise SourceError("The scheduler is gone: start the cluster again; the same command goes on from here.")
        if self._looked_s and now_s - self._looked_s < _ASKS_FOR_WORKERS_EVERY_S:
            return
        with contextlib.suppress(OSError):  # told by the status above, once it is known
            self._threads = dict(self._client.nthreads())
        self._looked_s = now_s
        if self._threads or not self._seen_s:
            self._seen_s = now_s
        elif now_s - self._seen_s > _WAITS_FOR_WORKERS_S:
            raise SourceError(
                "The cluster has had no worker for a minute: start some; the same command goes on from here."
            )
