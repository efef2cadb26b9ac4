"""A cluster reads what one computer reads, whatever happens to its workers."""

import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest
from distributed import Client, LocalCluster
from support.command_line import environment, run, settings_file
from support.inputs.clips import write_call
from support.inputs.one_face import RecordingWatcher, write_clip
from support.tables import read_table

from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.app.recordings.cluster.connection import check_workers, connected
from fer_desktop.app.recordings.cluster.reading import done_on_cluster
from fer_desktop.app.recordings.cluster.worker import Mandate, Order, Refused, Unseen, mandate_of, read_order, refusal
from fer_desktop.app.recordings.jobs import Outcome, Task
from fer_desktop.app.recordings.reading import PartLengths
from fer_desktop.app.recordings.recording import analyze_recording
from fer_desktop.app.recordings.run import Options
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core import policy
from fer_desktop.core.errors import SourceError
from fer_desktop.core.settings import Context, Jurisdiction, Settings, save_settings

OPTIONS = Options(with_faces=True, every_s=0.5)
LENGTHS = PartLengths(part_s=12.0, warm_up_s=4.0)
LENGTH_S = 48


class Watching:
    """Counts what is told of all recordings, and stops once told to."""

    def __init__(self) -> None:
        self.stopped = False
        self.stop_at_s = float("inf")
        self.told: list[tuple[int, float, float | None]] = []
        self.over: list[int] = []

    def update(self, number: int, done: float, of: float | None) -> None:
        self.told.append((number, done, of))
        self.stopped = done >= self.stop_at_s

    def finish(self, number: int) -> None:
        self.over.append(number)


@pytest.fixture(scope="module")
def models() -> LoadedModels:
    return load_models(Settings())


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_call(tmp_path_factory.mktemp("call") / "class.mp4", people=4, frames=LENGTH_S * 4, rate_hz=4)


@pytest.fixture(scope="module")
def whole(models: LoadedModels, clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its results, read on this computer in one part."""
    out = tmp_path_factory.mktemp("whole")
    analyze_recording(Input(clip, clip.name), models, out, OPTIONS, RecordingWatcher())
    return out


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    before = dict(os.environ)
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        yield cluster
    for name in os.environ.keys() - before.keys():  # what it set for its workers stays here, as MALLOC_TRIM_THRESHOLD_
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(scope="module")
def client(cluster: LocalCluster) -> Iterator[Client]:
    with connected(cluster.scheduler_address) as client:
        yield client


@pytest.fixture
def mandate(models: LoadedModels) -> Mandate:
    return mandate_of(models.settings, policy.Opening.RECORDING)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a worker's user, without answers."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    return tmp_path


def task(clip: Path, folder: Path) -> Task:
    return Task(Input(clip, clip.name), folder, OPTIONS, None)


def read(
    client: Client, models: LoadedModels, mandate: Mandate, *tasks: Task, watching: Watching | None = None
) -> dict[int, Outcome]:
    outcomes = done_on_cluster(tasks, models, client, mandate, watching or Watching(), LENGTHS)
    return {outcome.number: outcome for outcome in outcomes}


def assert_as_on_one_computer(out: Path, whole: Path) -> None:
    ours, theirs = read_table(out / "session.csv"), read_table(whole / "session.csv")
    assert list(ours.elapsed_s) == list(theirs.elapsed_s)
    counts = [name for name in ("faces", "readable", "seats", "cameras_on") if name in ours.columns]
    assert "readable" in counts
    assert (ours[counts] == theirs[counts]).all(axis=1).mean() >= 0.99
    means = [name for name in ours.columns if name.startswith("mean_")]
    assert (ours[means] - theirs[means]).abs().max(axis=None) <= 0.01
    seats, known = (pd.DataFrame(read_table(folder / "faces.csv")) for folder in (out, whole))
    assert sorted(seats.seat.unique()) == sorted(known.seat.unique())


def test_the_rows_are_those_of_one_computer_and_progress_is_told(
    client: Client, models: LoadedModels, mandate: Mandate, clip: Path, whole: Path, tmp_path: Path
) -> None:
    check_workers(client, mandate)
    watching = Watching()
    [outcome] = read(client, models, mandate, task(clip, tmp_path / "out"), watching=watching).values()
    assert outcome.run is not None
    assert outcome.run.length_s == pytest.approx(LENGTH_S, abs=0.3)
    assert_as_on_one_computer(tmp_path / "out", whole)
    done = [done for _, done, _ in watching.told]
    assert done == sorted(done)
    assert len(done) >= LENGTH_S / LENGTHS.part_s
    assert watching.over == [0]
    assert not (tmp_path / "out" / ".unfinished").exists()


def test_a_worker_that_is_killed_costs_its_part_again_and_no_other(
    client: Client, models: LoadedModels, mandate: Mandate, clip: Path, whole: Path, tmp_path: Path
) -> None:
    pids: dict[str, int] = client.run(os.getpid)
    killed: list[str] = []

    class KillingWatch(Watching):
        def update(self, number: int, done: float, of: float | None) -> None:
            super().update(number, done, of)
            if not killed:  # a part is done, and there are more
                killed.append(next(worker for worker, keys in client.processing().items() if keys))
                psutil.Process(pids[killed[0]]).kill()

    watching = KillingWatch()
    [outcome] = read(client, models, mandate, task(clip, tmp_path / "out"), watching=watching).values()
    assert killed
    assert outcome.run is not None
    assert not outcome.run.problems
    assert_as_on_one_computer(tmp_path / "out", whole)
    assert len(watching.told) == LENGTH_S / LENGTHS.part_s  # each part came once


def test_a_file_that_is_damaged_is_named_and_the_others_are_read(
    client: Client, models: LoadedModels, mandate: Mandate, clip: Path, whole: Path, tmp_path: Path
) -> None:
    half, notes = tmp_path / "half.avi", tmp_path / "notes.mp4"
    write_clip(half, 300)
    data = half.read_bytes()
    half.write_bytes(data[: len(data) // 2])  # claims 30 s, and has 15
    notes.write_text("Slide 7\n" * 100, encoding="utf-8")
    given = [task(half, tmp_path / "half"), task(notes, tmp_path / "notes"), task(clip, tmp_path / "class")]
    outcomes = read(client, models, mandate, *given)
    broken, none, good = outcomes[0], outcomes[1], outcomes[2]
    assert none.run is None
    assert "notes.mp4" in none.problem
    assert broken.run is not None
    assert broken.run.problems.keys() == {str(half)}
    alone = analyze_recording(Input(half, "half.avi"), models, tmp_path / "alone", OPTIONS, RecordingWatcher())
    assert (broken.run.frames, broken.run.length_s) == (alone.frames, alone.length_s)
    assert broken.run.problems == alone.problems
    assert good.run is not None
    assert not good.run.problems
    assert_as_on_one_computer(tmp_path / "class", whole)


def test_a_reading_that_was_stopped_goes_on_with_what_the_cluster_had_read(
    client: Client, models: LoadedModels, mandate: Mandate, clip: Path, whole: Path, tmp_path: Path
) -> None:
    older = tmp_path / "out" / "session.csv"
    older.parent.mkdir()
    older.write_text("of another recording", encoding="utf-8")
    first, second = Watching(), Watching()
    first.stop_at_s = LENGTHS.part_s
    [stopped] = read(client, models, mandate, task(clip, tmp_path / "out"), watching=first).values()
    assert stopped == Outcome(0, None, stopped=True)
    parts = len(list((tmp_path / "out" / ".unfinished").glob("part-*")))
    assert 0 < parts < LENGTH_S / LENGTHS.part_s
    [outcome] = read(client, models, mandate, task(clip, tmp_path / "out"), watching=second).values()
    assert outcome.run is not None
    assert len(second.told) == LENGTH_S / LENGTHS.part_s - parts
    assert_as_on_one_computer(tmp_path / "out", whole)
    assert (tmp_path / "out" / "session-1.csv").read_text(encoding="utf-8") == "of another recording"
    [again] = read(client, models, mandate, task(clip, tmp_path / "out")).values()
    assert again.run is not None
    assert again.run.read_before


@pytest.mark.parametrize(
    ("mandate_of", "why"),
    [
        ({"program": "0.0.1"}, "install the same"),
        ({"text": policy.TEXT_VERSION + 1}, "install the same"),
        ({"networks": "0" * 64}, "other networks"),
        ({"settings": Settings(jurisdiction=Jurisdiction.EU, context=Context.WORK)}, "the law forbids"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
@pytest.mark.usefixtures("home")
def test_a_worker_that_differs_refuses(mandate: Mandate, clip: Path, mandate_of: dict[str, Any], why: str) -> None:
    order = Order(mandate, clip, clip.stat().st_size, LENGTHS.part(0), OPTIONS.every_s, from_start=False)
    said = read_order(replace(order, mandate=replace(mandate, **mandate_of)))
    assert isinstance(said, Refused)
    assert why in str(said.why)
    assert str(said.why).endswith(".")


def test_a_worker_refuses_by_the_answers_given_on_it(mandate: Mandate, home: Path) -> None:
    assert refusal(mandate) is None
    answers = Settings(jurisdiction=Jurisdiction.EU, context=Context.EDUCATION)
    settings_file(home).parent.mkdir(parents=True)
    save_settings(answers, settings_file(home))
    assert "the law forbids" in str(refusal(mandate))
    assert refusal(replace(mandate, opening=policy.Opening.OWN_RECORDING)) is None


@pytest.mark.parametrize("what", ["gone", "another one"])
@pytest.mark.usefixtures("home")
def test_a_worker_that_does_not_see_the_file_says_so(mandate: Mandate, tmp_path: Path, what: str) -> None:
    clip = write_clip(tmp_path / "local.avi", 10)
    bytes_ = clip.stat().st_size
    if what == "gone":
        clip.unlink()
    else:
        clip.write_bytes(b"shorter")
    order = Order(mandate, clip, bytes_, LENGTHS.part(0), OPTIONS.every_s, from_start=False)
    assert isinstance(read_order(order), Unseen)


def test_a_file_that_fails_everywhere_is_named_and_the_rest_goes_on(
    cluster: LocalCluster,
    client: Client,
    models: LoadedModels,
    mandate: Mandate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ("deadly", "faulty", "good")
    given = [task(write_clip(tmp_path / f"{name}.avi", 50 + at), tmp_path / name) for at, name in enumerate(names)]

    def read_or_fail(order: Order) -> object:
        if order.path.stem == "deadly":
            psutil.Process().kill()
        if order.path.stem == "faulty":
            raise ZeroDivisionError
        return read_order(order)

    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    done = done_on_cluster(given, models, client, mandate, Watching(), LENGTHS, read_or_fail)
    outcomes = {outcome.number: outcome for outcome in done}
    assert "deadly.avi was left out" in outcomes[0].problem
    assert "faulty.avi met a fault" in outcomes[1].problem
    run_of_good = outcomes[2].run
    assert run_of_good is not None
    assert run_of_good.length_s == pytest.approx(5.2)


@pytest.mark.skipif(
    sys.platform != "linux",
    reason="needs a file that no other process sees: /proc/self",
)
def test_a_file_that_no_worker_sees_is_named_with_the_way_out(
    client: Client, models: LoadedModels, mandate: Mandate, clip: Path, tmp_path: Path
) -> None:
    with write_clip(tmp_path / "local.avi", 50).open("rb") as file:
        of_this_process = Path("/proc/self/fd", str(file.fileno()))  # as if each computer had a disk of its own
        given = [task(of_this_process, tmp_path / "local"), task(clip, tmp_path / "class")]
        outcomes = read(client, models, mandate, *given)
    unseen, good = outcomes[0], outcomes[1]
    assert unseen.run is None
    assert "storage that all of them share" in unseen.problem
    assert good.run is not None


def test_no_scheduler_is_told_in_one_sentence_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        silent = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        wrong = {
            "somewhere": "write it as",
            "http://localhost:8786": "write it as",
            "tcp://localhost:99999": "write it as",
            "tcp://no-such-host.invalid:8786": "no computer called no-such-host.invalid",
            silent: "within 1 s",
        }
        for address, why in wrong.items():
            with pytest.raises(SourceError, match=why), connected(address, within_s=1.0):
                pass


def test_without_the_extra_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SourceError, match=r"pip install 'fer-desktop\[dask\]'"), connected("tcp://localhost:8786"):
        pass


def test_a_cluster_without_a_worker_is_told(mandate: Mandate) -> None:
    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as cluster,
        connected(cluster.scheduler_address) as client,
        pytest.raises(SourceError, match="has no worker"),
    ):
        check_workers(client, mandate, within_s=0.5)


def test_the_command_reads_on_the_cluster(client: Client, clip: Path, whole: Path, tmp_path: Path) -> None:
    address = client.scheduler.address
    done = run(tmp_path, "analyze", clip, "--faces", "--scheduler", address, "--out", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    assert "as lesson 1" in done.out
    assert_as_on_one_computer(tmp_path / "out", whole)


def test_the_command_tells_what_does_not_go_together(clip: Path, tmp_path: Path) -> None:
    both = run(tmp_path, "analyze", clip, "--scheduler", "tcp://localhost:1", "--jobs", "2", "--out", tmp_path / "out")
    assert both.code == 2
    assert "--jobs" in both.err
    nobody = run(tmp_path, "analyze", clip, "--scheduler", "nobody", "--out", tmp_path / "out")
    assert nobody.code == 1
    assert "tcp://host:8786" in nobody.sentence
