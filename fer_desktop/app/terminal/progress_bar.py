"""The bar that long commands draw: what is done, how much of it, the time left."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


def progress_bar(console: Console, speed_over_s: float = 30.0) -> Progress:
    """A bar that is drawn only where somebody looks; its time left goes by the speed of the last `speed_over_s`."""
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
