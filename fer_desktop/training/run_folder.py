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
from fer_desktop.training.recipes import Recipe

LOG: Final = "log.csv"
_RECIPE: Final = "recipe.json"
_HALF: Final = "writing.keras"


class Savable(Protocol):
    """What a checkpoint is made of; a Keras model is."""

    def save(self, filepath: Path) -> object:
        """Writes the model into a file."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder at `path`, which may not be there yet."""

    path: Path

    @property
    def checkpoint(self) -> Path | None:
        """The model after the last finished epoch."""
        return max(self.path.glob("epoch-*.keras"), key=_epoch, default=None)

    @property
    def done(self) -> int:
        """How many epochs are finished."""
        last = self.checkpoint
        return _epoch(last) if last else 0

    @property
    def log(self) -> Path:
        """A line an epoch."""
        return self.path / LOG

    def check(self, recipe: Recipe, resume: bool) -> None:
        """Raises TrainingError where a run is there already and was not asked to go on, or is not this recipe's."""
        done = self.done
        if done and resume:
            self._refuse_another(recipe)
        elif done:
            finished = done >= self._begun(recipe)["epochs"]
            way = "export its network once more with --resume" if finished else "go on with --resume"
            raise TrainingError(
                f"{self.path} holds {'a finished' if finished else 'an unfinished'} run of {done} epochs: {way}, "
                "or give another --out."
            )

    def _refuse_another(self, recipe: Recipe) -> None:
        begun = self._begun(recipe)
        # Through JSON like the other, since JSON knows no tuples.
        wanted = json.loads(json.dumps(asdict(recipe)))
        del wanted["kept"]  # it matters to the export alone, which may be done anew with another share
        begun = json.loads(json.dumps(begun))
        others = [f"{name} {begun[name]!r}, not {now!r}" for name, now in wanted.items() if begun[name] != now]
        if others:
            raise TrainingError(
                f"{self.path} was begun with {'; '.join(others)}: go on with the same options, or give another --out."
            )

    def _begun(self, recipe: Recipe) -> dict[str, Any]:
        """The recipe that the run was begun with; `recipe` where the folder does not say."""
        try:
            content = json.loads((self.path / _RECIPE).read_text(encoding="utf-8"))
            # A field that the file does not know yet had then what is its default now.
            return asdict(Recipe()) | dict(content)
        except (OSError, ValueError, TypeError):
            return asdict(recipe)

    def begin(self, recipe: Recipe) -> None:
        """Makes the folder, keeps the recipe in it and drops from the log what no checkpoint stands for.

        Raises TrainingError where it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            write_whole(self.path / _RECIPE, json.dumps(asdict(recipe), indent=2) + "\n")
            self._trim_log()
        except OSError as error:
            raise TrainingError(f"{self.path} cannot be written: make room there, or give another --out.") from error

    def keep(self, model: Savable, epoch: int, figures: Mapping[str, float]) -> None:
        """Keeps the model after `epoch` in place of the one before, and adds a line to the log.

        An interruption leaves the older checkpoint whole. Raises TrainingError where nothing can be written.
        """
        before, half = self.checkpoint, self.path / _HALF
        try:
            model.save(half)
            self._add_to_log(epoch, figures)
            os.replace(half, self.path / f"epoch-{epoch:03d}.keras")
            if before is not None:
                before.unlink(missing_ok=True)
        except OSError as error:
            raise TrainingError(f"{self.path} cannot be written: make room there, then go on with --resume.") from error

    def _trim_log(self) -> None:
        if not self.log.exists():
            return
        header, *rows = self.log.read_text(encoding="utf-8").splitlines() or [""]
        done, numbers = self.done, [row.split(",")[0] for row in rows]
        kept = [row for row, number in zip(rows, numbers, strict=True) if number.isdecimal() and int(number) <= done]
        if len(kept) == len(rows):
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
