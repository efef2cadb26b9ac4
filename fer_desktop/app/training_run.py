"""Training as the command line shows it: a bar that moves with each step, a line per epoch, a plot of the run."""

import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console

from fer_desktop.app.logs import native_chatter_silenced
from fer_desktop.app.terminal.progress_bar import progress_bar
from fer_desktop.datasets.fer2013 import TrainingData
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.run_folder import RunFolder

if TYPE_CHECKING:
    from rich.progress import TaskID

_SPEED_OVER_S = 300.0  # long, so that the pause for each epoch's test does not disturb the time left


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """What is to be trained, checked as far as is possible without TensorFlow."""

    data: TrainingData
    out: Path
    recipe: Recipe
    resume: bool
    weights: Path | None = None
    start_from: Path | None = None
    teachers: tuple[Path, ...] = ()


def trained(request: TrainingRequest) -> Path:
    """The last checkpoint of the finished run. Raises TrainingError where something does not fit."""
    with native_chatter_silenced():
        from fer_desktop.training.train import train
    with _Bar(request) as bar:
        return train(
            request.data,
            request.out,
            request.recipe,
            resume=request.resume,
            on_epoch=bar.on_epoch,
            on_step=bar.on_step,
            weights=request.weights,
            start_from=request.start_from,
            teachers=request.teachers,
        )


class _Bar:
    """Draws a bar on a terminal, and lines anywhere. Ctrl+C ends the run after the current step."""

    def __init__(self, request: TrainingRequest) -> None:
        self._recipe, self._run = request.recipe, RunFolder(request.out)
        self._console = Console()
        self._progress = progress_bar(self._console, _SPEED_OVER_S)
        self._task: TaskID | None = None
        self._asked_to_stop = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._progress.start()
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        # TensorFlow swallows exceptions raised inside its own code: in a run the next step raises this one instead.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._asked_to_stop = True
        if self._task is None:
            raise KeyboardInterrupt

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        self._progress.stop()

    def on_step(self, done: int, of: int) -> None:
        """Moves the bar to the number of steps done; a resumed run starts in the middle."""
        if self._task is None:
            self._task = self._progress.add_task(self._recipe.network, completed=done, total=of)
        self._progress.update(self._task, completed=done)
        if self._asked_to_stop:
            raise KeyboardInterrupt

    def on_epoch(self, epoch: int, figures: dict[str, float]) -> None:
        """Prints the epoch's line and redraws the plot of the run."""
        from fer_desktop.training.training_curves import draw_curves

        crowd = figures.get("val_crowd_accuracy")
        also = "" if crowd is None else f", {crowd:.1%} of the crowd's"
        line = (
            f"epoch {epoch} of {self._recipe.epochs}: loss {figures['loss']:.3f}, "
            f"public test {figures['val_fer2013_accuracy']:.1%} of the original labels{also}"
        )
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        draw_curves(self._run.log, self._run.path / "training.png", self._recipe.network)
