"""One call of `analyze`: from the paths given to the results."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fer_desktop.app import paths
from fer_desktop.app.compose import load_models
from fer_desktop.app.runs import FAULT_IN_FILE, Options, Run, analyze_pictures, analyze_recording
from fer_desktop.app.terminal.cancellable import CancellableProgress
from fer_desktop.app.terminal.inputs import Input, collect_inputs
from fer_desktop.app.terminal.outputs import check_writable
from fer_desktop.core import policy
from fer_desktop.core.errors import FerError, SourceError
from fer_desktop.core.messages import message
from fer_desktop.core.settings import Settings, load_settings

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    """The runs of one call, and what could not be read."""

    runs: list[Run] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)  # by path of what could not be read: why, in a sentence
    stopped: bool = False  # by the user
    note: str = ""  # what stands in for a shipped file that is damaged

    def as_text(self) -> str:
        """One line per run."""
        return "\n".join(map(_line, self.runs))

    def as_json(self) -> str:
        """The same as JSON."""
        failed = [{"source": source, "problem": sentence} for source, sentence in self.problems.items()]
        runs = [_entry(run) for run in self.runs]
        return json.dumps({"runs": runs, "failed": failed, "stopped": self.stopped}, indent=2)


def analyze_all(
    given: Sequence[Path], out: Path, options: Options, progress: CancellableProgress, of_oneself: bool = False
) -> Batch:
    """Reads all recordings and pictures; one that cannot be read becomes a problem of the batch, and the rest go on.

    `of_oneself`: nobody but the user is seen in them. Raises SourceError where they may not be opened, StoreError where
    results cannot be written, SettingsError, ModelError.
    """
    settings = load_settings(paths.settings_file())
    _ask_policy(settings, of_oneself)
    inputs = collect_inputs(given)
    batch = Batch(problems=dict(inputs.problems))
    if not inputs.recordings and not inputs.pictures:
        return batch
    check_writable(out)
    models = load_models(settings)
    batch.note = str(models.note or "")
    folders = folders_of(inputs.recordings, out, alone=len(inputs.recordings) == 1 and not inputs.pictures)
    for recording, folder in zip(inputs.recordings, folders, strict=True):
        if not progress.stopped:
            progress.begin(recording.name)
            try:
                _add(batch, analyze_recording(recording, models, folder, options, progress))
            except SourceError as error:
                batch.problems[str(recording.path)] = str(error)
            except FerError:
                raise
            except Exception:  # a fault of ours, which one file brings to light: the others are still to be read
                logger.exception("Fault while reading a recording")
                batch.problems[str(recording.path)] = str(message(FAULT_IN_FILE, path=recording.path))
    if inputs.pictures and not progress.stopped:
        progress.begin("pictures")
        _add(batch, analyze_pictures(inputs.pictures, models, out, options, progress))
    batch.stopped = progress.stopped
    return batch


def _ask_policy(settings: Settings, of_oneself: bool) -> None:
    """Raises SourceError where recordings may not be opened with the answers of the settings."""
    opening = policy.Opening.OWN_RECORDING if of_oneself else policy.Opening.RECORDING
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
    return f"{run.name}: {amount}, {work}{note}; saved in {run.session}"


def _entry(run: Run) -> dict[str, Any]:
    return {
        "name": run.name,
        "session": str(run.session),
        "faces_file": str(run.faces_file) if run.faces_file else None,
        "tiles_file": str(run.tiles_file) if run.tiles_file else None,
        "note": run.note,
        "frames": run.frames,
        "faces": run.faces,
        "length_s": None if run.length_s is None else round(run.length_s, 3),
        "took_s": round(run.took_s, 3),
    }
