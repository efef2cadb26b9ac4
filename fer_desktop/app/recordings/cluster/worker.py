"""What runs on a worker: a part of a recording, to numbers without a picture. It asks its own policy first."""

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fer_desktop import __version__
from fer_desktop.app import paths, privacy
from fer_desktop.app.compose import LoadedModels, load_models, network_in_use
from fer_desktop.app.recordings.unfinished import end_told
from fer_desktop.app.recordings.unit import read_recording_part
from fer_desktop.core import policy
from fer_desktop.core.errors import FerError, ModelError, SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.settings import Settings, load_settings
from fer_desktop.pipeline.parts import Part
from fer_desktop.sessions.part_file import PackedPart


@dataclass(frozen=True, slots=True)
class Mandate:
    """What the coordinator was allowed, and with which program and networks; a worker that differs refuses."""

    settings: Settings  # the answers among them
    opening: policy.Opening
    networks: str  # the hashes of what finds faces and what reads them; see `mandate_of`
    text: int = policy.TEXT_VERSION  # of what was read before the answers were accepted
    program: str = __version__


@dataclass(frozen=True, slots=True)
class Order:
    """A part that is to be read."""

    mandate: Mandate
    path: Path
    bytes_: int  # of the file: another one of that name is not read
    part: Part
    every_s: float
    from_start: bool  # the file is decoded from its first frame on


@dataclass(frozen=True, slots=True)
class PartRead:
    """What a part shows, as bytes of a part file; with a problem where the recording breaks off in it."""

    data: bytes
    took_s: float
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """This worker may not read, or would read otherwise."""

    why: Message


@dataclass(frozen=True, slots=True)
class Unseen:
    """The file is not there for this worker."""

    worker: str  # its address


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody waits for it any more."""


def mandate_of(settings: Settings, opening: policy.Opening) -> Mandate:
    """That of this computer, with its settings. Raises ModelError."""
    return Mandate(settings, opening, _networks(settings))


def read_order(order: Order) -> PartRead | Refused | Unseen | Dropped:
    """Reads a part on the worker that this is called on."""
    refused = refusal(order.mandate)
    if refused is not None:
        return Refused(refused)
    worker = _this_worker()
    try:
        seen = order.path.stat().st_size == order.bytes_
    except OSError:
        seen = False
    if not seen:
        return Unseen(worker.address if worker is not None else "")
    return _read(order, _models(order.mandate.settings), _is_dropped(worker))


def refusal(mandate: Mandate) -> Message | None:
    """Why this worker must not read for that coordinator; None where it may."""
    host = socket.gethostname()
    if mandate.program != __version__:
        return message(
            "The worker on {host} has version {theirs} of this program, and this computer {ours}: install the same.",
            host=host,
            theirs=__version__,
            ours=mandate.program,
        )
    if mandate.text != policy.TEXT_VERSION:
        return message("The worker on {host} asks for other answers: install the same program on it.", host=host)
    try:
        own = load_settings(paths.settings_file())
        for settings in (mandate.settings, own):
            verdict = policy.verdict(settings, mandate.opening, attended=False)
            if verdict.refusal is not None:
                return message("The worker on {host} refuses. {refusal}", host=host, refusal=verdict.refusal)
        if _networks(mandate.settings) != mandate.networks:
            return message("The worker on {host} has other networks: set up the same files on both.", host=host)
    except FerError as error:
        return message("The worker on {host} cannot read. {why}", host=host, why=error)
    return None


def _read(order: Order, models: LoadedModels, is_dropped: Callable[[], bool]) -> PartRead | Dropped:
    packed, began_s = PackedPart(), time.monotonic()
    told = read_recording_part(order.path, order.part, order.every_s, models, order.from_start)
    with contextlib.closing(told):
        try:
            while True:
                packed.add(next(told))
                if is_dropped():
                    return Dropped()
        except StopIteration as over:
            packed.finish(end_told(over.value))
        except SourceError as error:
            return PartRead(packed.data(), time.monotonic() - began_s, error.message)
    return PartRead(packed.data(), time.monotonic() - began_s)


# Networks are for one thread each. One entry a thread, the latest: a worker serves one coordinator at a time.
_loaded: Final = threading.local()


def _models(settings: Settings) -> LoadedModels:
    if getattr(_loaded, "settings", None) != settings:
        privacy.guard()
        _loaded.models = load_models(settings)
        _loaded.settings = settings
    models: LoadedModels = _loaded.models
    return models


def _networks(settings: Settings) -> str:
    """The hash of the network that would be read with here, and of the detector that is no shipped one."""
    files = [network_in_use(settings)[0]]
    if settings.detector_file:
        files.append(paths.at_home(settings.detector_file, "detector"))
    try:
        return " ".join(_hash_of(file, file.stat().st_mtime_ns) for file in files)
    except OSError as error:
        raise ModelError("The file {name} cannot be read: check that it is there.", name=error.filename) from error


@functools.lru_cache(maxsize=4)
def _hash_of(file: Path, _changed_ns: int) -> str:
    from fer_desktop.vision.model_files import model_hash

    return model_hash(file)


def _this_worker() -> Any:
    """The worker that this thread works for; None where it is called elsewhere."""
    from distributed import get_worker

    try:
        return get_worker()
    except ValueError:
        return None


def _is_dropped(worker: Any) -> Callable[[], bool]:
    """Tells whether the coordinator has given up the part that is being read: a thread cannot be ended from without."""
    if worker is None:
        return lambda: False
    key = worker.get_current_task()

    def is_dropped() -> bool:
        task = worker.state.tasks.get(key)
        return task is None or task.state != "executing"

    return is_dropped
