"""The bar that long commands draw: the task, how much is done, the time left."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


def progress_bar(console: Console, speed_over_s: float = 30.0) -> Progress:
    """A bar that is drawn on terminals only; its time left is estimated from the last `speed_over_s`."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console,
        disable=not console.is_terminal,
        speed_estimate_period=speed_over_s,
    )
