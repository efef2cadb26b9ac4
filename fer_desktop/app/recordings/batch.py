"""One call of `analyze`: from the paths given to the results."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fer_desktop.app import paths
from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.app.recordings.cluster.connection import check_workers, connected
from fer_desktop.app.recordings.cluster.reading import done_on_cluster
from fer_desktop.app.recordings.cluster.worker import mandate_of
from fer_desktop.app.recordings.jobs import Outcome, Task, done_here, done_in_processes
from fer_desktop.app.recordings.over_all import OverAll
from fer_desktop.app.recordings.pictures import analyze_pictures
from fer_desktop.app.recordings.run import Options, Run
from fer_desktop.app.terminal.cancellable import CancellableProgress
from fer_desktop.app.terminal.inputs import Input, collect_inputs
from fer_desktop.app.terminal.outputs import check_writable
from fer_desktop.core import policy
from fer_desktop.core.errors import SourceError
from fer_desktop.core.settings import Settings, load_settings


@dataclass(slots=True)
class Batch:
    """The runs of one call, and what could not be read."""

    runs: list[Run] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)  # by path of what could not be read: why, in a sentence
    stopped: bool = False  # by the user
    begun: list[str] = field(default_factory=list)  # names of those of which parts were read when it was stopped
    left: list[str] = field(default_factory=list)  # names of recordings that were not begun when it was stopped
    note: str = ""  # what stands in for a shipped file that is damaged

    def as_text(self) -> str:
        """One line per run."""
        return "\n".join(map(_line, self.runs))

    def as_json(self) -> str:
        """The same as JSON."""
        failed = [{"source": source, "problem": sentence} for source, sentence in self.problems.items()]
        runs = [_entry(run) for run in self.runs]
        left = {"stopped": self.stopped, "not_finished": self.begun, "not_begun": self.left}
        told = {"runs": runs, "failed": failed} | left
        return json.dumps(told, indent=2)

    def where_it_stopped(self) -> str:
        """What is done and what is not, after Ctrl+C."""
        done = sum(not run.stopped for run in self.runs)
        begun = [*(run.name for run in self.runs if run.stopped), *self.begun]
        parts = [f"{done} done", *(f"{name} is not" for name in begun)]
        if self.left:
            parts.append(f"{len(self.left)} not begun")
        return f"Stopped before the end ({', '.join(parts)}): the same command goes on from here."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted beside the rows."""

    out: Path
    options: Options
    of_oneself: bool = False  # nobody but the user is seen in them
    stores: bool = True  # a lesson of each recording
    jobs: int = 1  # processes
    scheduler: str = ""  # the address of a cluster that reads the recordings in place of this computer

    @property
    def opening(self) -> policy.Opening:
        """What they are to the law."""
        return policy.Opening.OWN_RECORDING if self.of_oneself else policy.Opening.RECORDING


def analyze_all(given: Sequence[Path], wanted: Wanted, progress: CancellableProgress) -> Batch:
    """Reads all recordings and pictures; one that cannot be read becomes a problem of the batch, and the rest go on.

    Raises SourceError where they may not be opened, StoreError where results cannot be written, SettingsError,
    ModelError.
    """
    settings = load_settings(paths.settings_file())
    _ask_policy(settings, wanted.opening)
    inputs = collect_inputs(given)
    batch = Batch(problems=dict(inputs.problems))
    if not inputs.recordings and not inputs.pictures:
        return batch
    check_writable(wanted.out)
    alone = len(inputs.recordings) == 1 and not inputs.pictures
    folders = folders_of(inputs.recordings, wanted.out, alone)
    store = paths.store_file() if wanted.stores else None
    tasks = [
        Task(recording, folder, wanted.options, store)
        for recording, folder in zip(inputs.recordings, folders, strict=True)
    ]
    models = load_models(settings)  # here too where others read: what is wrong with them is told once
    batch.note = str(models.note or "")
    watcher = OverAll(tasks, progress)
    _gather(batch, tasks, _outcomes(tasks, models, wanted, watcher))
    if inputs.pictures and not progress.stopped:
        progress.begin("pictures")
        _add(batch, analyze_pictures(inputs.pictures, models, wanted.out, wanted.options, progress))
    batch.stopped = progress.stopped
    return batch


def _outcomes(tasks: Sequence[Task], models: LoadedModels, wanted: Wanted, watcher: OverAll) -> Iterator[Outcome]:
    """Of each recording as it is done. Raises SourceError, StoreError."""
    jobs = min(wanted.jobs, len(tasks))
    if wanted.scheduler and tasks:
        mandate = mandate_of(models.settings, wanted.opening)
        with connected(wanted.scheduler) as client:
            check_workers(client, mandate)
            yield from done_on_cluster(tasks, models, client, mandate, watcher)
    elif jobs > 1:
        yield from done_in_processes(tasks, models.settings, jobs, watcher)
    else:
        yield from done_here(tasks, models, watcher)


def _gather(batch: Batch, tasks: Sequence[Task], outcomes: Iterator[Outcome]) -> None:
    """The outcomes, in the order in which the recordings were given."""
    found = {outcome.number: outcome for outcome in outcomes}
    for number, task in enumerate(tasks):
        outcome = found.get(number)
        if outcome is None:
            batch.left.append(task.recording.name)
        elif outcome.stopped:
            batch.begun.append(task.recording.name)
        elif outcome.run is not None:
            _add(batch, outcome.run)
        else:
            batch.problems[str(task.recording.path)] = outcome.problem


def _ask_policy(settings: Settings, opening: policy.Opening) -> None:
    """Raises SourceError where recordings may not be opened with the answers of the settings."""
    verdict = policy.verdict(settings, opening, attended=False)
    if verdict.asks:
        raise SourceError(verdict.refusal or "")
    if verdict.refusal is not None:
        raise SourceError(
            "{refusal} If you alone are seen in these, add --recording-of-myself.", refusal=verdict.refusal
        )


def _add(batch: Batch, run: Run) -> None:
    batch.runs.append(run)
    batch.problems.update(run.problems)


def folders_of(recordings: Sequence[Input], out: Path, alone: bool) -> list[Path]:
    """Where the results of each recording go: one folder each within `out`, or `out` itself for one that is alone."""
    if alone:
        return [out]
    taken = {"session.csv", "faces.csv", "tiles.csv"}  # the files of pictures stand beside the folders
    folders = []
    for recording in recordings:
        # Without dots at its end, of which Windows drops one, and ".." is another folder altogether.
        stem = recording.path.stem.rstrip(". ") or "recording"
        name, count = stem, 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem} ({count})"
        taken.add(name.casefold())
        folders.append(out / name)
    return folders


def _line(run: Run) -> str:
    amount = f"{run.frames} pictures" if run.length_s is None else f"{run.length_s:.1f} s"
    work = f"{run.faces} faces in {run.frames} frames, {run.took_s:.1f} s of work"
    note = f"; {run.note}" if run.note else ""
    lesson = f", as lesson {run.lesson}" if run.lesson is not None else ""
    if run.read_before:
        return f"{run.name}: {amount}, read before{note}; saved in {run.session}{lesson}"
    return f"{run.name}: {amount}, {work}{note}; saved in {run.session}{lesson}"


def _entry(run: Run) -> dict[str, Any]:
    return {
        "name": run.name,
        "session": str(run.session),
        "faces_file": str(run.faces_file) if run.faces_file else None,
        "tiles_file": str(run.tiles_file) if run.tiles_file else None,
        "note": run.note,
        "lesson": run.lesson,
        "read_before": run.read_before,
        "stopped": run.stopped,
        "frames": run.frames,
        "faces": run.faces,
        "length_s": None if run.length_s is None else round(run.length_s, 3),
        "took_s": round(run.took_s, 3),
    }
