"""Prints what a cluster of Dask makes of recordings, on this computer.

`PYTHONPATH=.:tests python benchmarks/cluster.py read class25.mp4 2 4 600` (file, workers, how often, seconds of a
part): recorded seconds in a second, with workers that read.

`PYTHONPATH=.:tests python benchmarks/cluster.py stand-in 8 4 2` (workers, recordings of 2 h, seconds of a part): the
same with workers that wait in place of reading and give what a part of 25 faces gives, to see what the rest costs.
"""

import functools
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import psutil
from distributed import Client, LocalCluster

from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.app.recordings.cluster.reading import done_on_cluster
from fer_desktop.app.recordings.cluster.worker import Order, PartRead, mandate_of, read_order
from fer_desktop.app.recordings.jobs import Task
from fer_desktop.app.recordings.over_all import OverAll
from fer_desktop.app.recordings.reading import PartLengths
from fer_desktop.app.recordings.run import Options
from fer_desktop.app.recordings.unfinished import end_told
from fer_desktop.app.terminal.cancellable import CancellableProgress
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core import policy
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Analysis, Face, Frame, Quality, Reading, Reason, Tile
from fer_desktop.pipeline.parts import PART_S, PartEnd
from fer_desktop.sessions.part_file import PackedPart

_READ_AT_S: Final[list[float]] = []  # when each part of the stand-in was done
_FACES, _EVERY_S, _LONG_S = 25, 0.5, 7200


def read(file: Path, workers: int, times: int, part_s: float) -> None:
    """Real workers, each a process with one thread."""
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        models = load_models(Settings())
        tasks = [_task(file, Path(folder, str(number))) for number in range(times)]
        warm_up = [_task(file, Path(folder, f"warm-up {number}")) for number in range(workers)]
        _through(client, models, warm_up, part_s)  # each worker loads its networks
        before_s = _processor_s()
        took_s, recorded_s = _through(client, models, tasks, part_s)
        sys.stdout.write(
            f"{workers} workers: {recorded_s:.0f} s in {took_s:.1f} s, {recorded_s / took_s:.2f} in 1 s; "
            f"{_processor_s() - before_s:.1f} s of processor time\n"
        )


def stand_in(workers: int, recordings: int, part_takes_s: float) -> None:
    """Many workers in this process, which wait."""
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=workers, threads_per_worker=1, processes=False, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        file = _write_long(Path(folder, "long.avi"))
        tasks = [_task(file, Path(folder, str(number))) for number in range(recordings)]
        parts = recordings * math.ceil(_LONG_S / PART_S)
        for number in range(parts // recordings):
            _packed(number)
        waiting = functools.partial(_wait, part_takes_s)
        models, before_s = load_models(Settings()), time.process_time()
        began_s = time.monotonic()
        took_s, _ = _through(client, models, tasks, PART_S, waiting)
        alone_s = math.ceil(parts / workers) * part_takes_s
        read_s, taken_s = max(_READ_AT_S) - began_s, time.process_time() - before_s
        sys.stdout.write(
            f"{workers} workers: {parts} parts of {part_takes_s:g} s in {read_s:.1f} s, where waiting alone takes "
            f"{alone_s:.1f} s; {took_s:.1f} s until all are joined; {taken_s:.1f} s of processor time\n"
        )


def _processor_s() -> float:
    """What the workers have taken so far, those that still run."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return sum(each.user + each.system for each in times)


def _through(
    client: Client,
    models: LoadedModels,
    tasks: list[Task],
    part_s: float,
    how: Callable[[Order], object] = read_order,
) -> tuple[float, float]:
    """How long it took, and the seconds that were read."""
    mandate = mandate_of(models.settings, policy.Opening.RECORDING)
    began_s, recorded_s = time.monotonic(), 0.0
    with CancellableProgress() as progress:
        lengths = PartLengths(part_s)
        for outcome in done_on_cluster(tasks, models, client, mandate, OverAll(tasks, progress), lengths, how):
            if outcome.run is None:
                raise SystemExit(outcome.problem)
            recorded_s += outcome.run.length_s or 0.0
    return time.monotonic() - began_s, recorded_s


def _task(file: Path, folder: Path) -> Task:
    return Task(Input(file, file.name), folder, Options(with_faces=False, every_s=_EVERY_S), None)


def _wait(seconds: float, order: Order) -> PartRead:
    time.sleep(seconds)  # a stand-in of known length for reading: what is measured is the scheduling
    _READ_AT_S.append(time.monotonic())
    return PartRead(_packed(order.part.number), seconds)


@functools.cache
def _packed(number: int) -> bytes:
    """What a part of a class shows."""
    rng, packed = np.random.default_rng(number), PackedPart()
    for index in range(round(PART_S / _EVERY_S)):
        at_s = number * PART_S + index * _EVERY_S
        packed.add(_analysis(round(at_s / _EVERY_S), at_s, rng.dirichlet(np.ones(7), _FACES).astype(np.float32)))
    is_last = (number + 1) * PART_S >= _LONG_S
    packed.finish(end_told(PartEnd(is_last, (number + 1) * PART_S, float(_LONG_S), plain=True)))
    return packed.data()


def _analysis(index: int, at_s: float, shares: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> Analysis:
    seen = Quality(readable=True, reason=Reason.NONE, height_px=40.0)
    boxes = [np.array([seat * 50, 0, seat * 50 + 40, 40], np.float32) for seat in range(_FACES)]
    readings = tuple(
        Reading(seat + 1, Face(box, 0.9, np.zeros((5, 2), np.float32)), seen, shares[seat])
        for seat, box in enumerate(boxes)
    )
    tiles = tuple(Tile(box, seat + 1, True) for seat, box in enumerate(boxes))
    return Analysis(Frame(index, at_s, np.zeros((0, 0, 3), np.uint8)), readings, 0.1, _FACES, _FACES, tiles)


def _write_long(path: Path) -> Path:
    """A recording of 2 h in which nothing is to be seen: it is opened, and never read."""
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), 1, (64, 48))
    for _ in range(_LONG_S):
        writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    return path


def main(what: str, arguments: list[str]) -> None:
    """What was asked for."""
    if what == "read":
        read(Path(arguments[0]), int(arguments[1]), int(arguments[2]), float(arguments[3]))
    else:
        stand_in(int(arguments[0]), int(arguments[1]), float(arguments[2]))


if __name__ == "__main__":
    from benchmarks import cluster  # what workers are given is found by its name there; of a script's they get copies

    cluster.main(sys.argv[1], sys.argv[2:])
