"""A run's folder: its recipe, the checkpoint of its last finished epoch, its log. Nothing here needs Keras."""

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.files import write_whole
from fer_desktop.training.recipes import Recipe, with_current_names

LOG: Final = "log.csv"
_RECIPE: Final = "recipe.json"
_UNFINISHED: Final = "writing.keras"
_HOLDS_FINISHED: Final = (
    "{path} holds a finished run of {done} epochs: export its network again with --resume, or choose another --out."
)
_HOLDS_UNFINISHED: Final = (
    "{path} holds an unfinished run of {done} epochs: continue it with --resume, or choose another --out."
)


class Savable(Protocol):
    """What a checkpoint is made of; a Keras model is."""

    def save(self, filepath: Path) -> object:
        """Writes the model to a file."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder at `path`, which need not exist yet."""

    path: Path

    @property
    def checkpoint(self) -> Path | None:
        """The model after the last finished epoch."""
        return max(self.path.glob("epoch-*.keras"), key=_epoch, default=None)

    @property
    def epochs_done(self) -> int:
        """How many epochs are finished."""
        last = self.checkpoint
        return _epoch(last) if last else 0

    @property
    def log(self) -> Path:
        """One line per epoch."""
        return self.path / LOG

    def check(self, recipe: Recipe, resume: bool) -> None:
        """Raises TrainingError if the folder holds a run that is not to be resumed, or one with another recipe."""
        done = self.epochs_done
        if done and resume:
            self._check_same_recipe(recipe)
        elif done:
            finished = done >= self._saved_recipe(recipe)["epochs"]
            sentence = _HOLDS_FINISHED if finished else _HOLDS_UNFINISHED
            raise TrainingError(sentence, path=self.path, done=done)

    def _check_same_recipe(self, recipe: Recipe) -> None:
        # Both through JSON, which knows no tuples.
        wanted = json.loads(json.dumps(asdict(recipe)))
        saved = json.loads(json.dumps(self._saved_recipe(recipe)))
        del wanted["weight_interpolation"]  # affects the export alone, which may be repeated with another value
        differences = [f"{name} {saved[name]!r}, not {now!r}" for name, now in wanted.items() if saved[name] != now]
        if differences:
            raise TrainingError(
                "{path} was started with {differences}: continue with the same options, or choose another --out.",
                path=self.path,
                differences="; ".join(differences),
            )

    def _saved_recipe(self, recipe: Recipe) -> dict[str, Any]:
        """The recipe that the run was started with; `recipe` where the folder does not say."""
        try:
            content = with_current_names(json.loads((self.path / _RECIPE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return asdict(recipe)
        # A field that did not exist when the file was written had the effect of its default.
        return asdict(Recipe()) | content

    def start(self, recipe: Recipe) -> None:
        """Makes the folder, saves the recipe in it and drops log lines past the last checkpoint.

        Raises TrainingError where it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            write_whole(self.path / _RECIPE, json.dumps(asdict(recipe), indent=2) + "\n")
            self._trim_log()
        except OSError as error:
            raise TrainingError(
                "{path} cannot be written: make room there, or choose another --out.", path=self.path
            ) from error

    def save(self, model: Savable, epoch: int, figures: Mapping[str, float]) -> None:
        """Saves the model after `epoch` in place of the previous checkpoint, and adds a line to the log.

        If interrupted, the previous checkpoint stays whole. Raises TrainingError where nothing can be written.
        """
        before, unfinished = self.checkpoint, self.path / _UNFINISHED
        try:
            model.save(unfinished)
            self._add_to_log(epoch, figures)
            os.replace(unfinished, self.path / f"epoch-{epoch:03d}.keras")
            if before is not None:
                before.unlink(missing_ok=True)
        except OSError as error:
            raise TrainingError(
                "{path} cannot be written: make room there, then use --resume.", path=self.path
            ) from error

    def _trim_log(self) -> None:
        if not self.log.exists():
            return
        header, *lines = self.log.read_text(encoding="utf-8").splitlines() or [""]
        done, epochs = self.epochs_done, [line.split(",")[0] for line in lines]
        kept = [line for line, epoch in zip(lines, epochs, strict=True) if epoch.isdecimal() and int(epoch) <= done]
        if len(kept) == len(lines):
            return
        if kept:
            write_whole(self.log, "\n".join([header, *kept]) + "\n")
        else:
            self.log.unlink()

    def _add_to_log(self, epoch: int, figures: Mapping[str, float]) -> None:
        new = not self.log.exists()
        with self.log.open("a", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            if new:
                writer.writerow(["epoch", *sorted(figures)])
            writer.writerow([epoch, *(f"{figures[name]:.5f}" for name in sorted(figures))])


def _epoch(checkpoint: Path) -> int:
    number = checkpoint.stem.removeprefix("epoch-")
    return int(number) if number.isdecimal() else 0
