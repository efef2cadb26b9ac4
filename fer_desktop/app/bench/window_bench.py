"""How responsive the window is on the demo class, measured in a process of its own."""

import dataclasses
import json
import subprocess
import time

from fer_desktop.app.bench import own_process
from fer_desktop.core.errors import FerError
from fer_desktop.core.files import temporary_folder

_WORDS = {
    "first_paint_s": ("process start to first paint", "s", 2),
    "first_reading_s": ("process start to first reading", "s", 2),
    "updates_per_s": ("updates per second, median", "", 2),
    "latency_ms": ("capture to reading, median", "ms", 0),
    "latency_p95_ms": ("capture to reading, 95th percentile", "ms", 0),
    "dropped": ("updates missed", "", 0),
    "longest_stall_ms": ("longest stall of the window while live", "ms", 0),
    "longest_stall_at_start_ms": ("longest stall of the window before that", "ms", 0),
    "cpu_percent": ("share of all cores, median", "%", 0),
    "rss_settled_mb": ("memory after half a minute", "MB", 0),
    "rss_end_mb": ("memory at the end", "MB", 0),
    "rss_peak_mb": ("peak memory", "MB", 0),
    "session_s": ("length of the session", "s", 0),
}


def window_figures(seconds: float) -> dict[str, float]:
    """The figures of a new process whose window reads the demo class for `seconds`. Raises FerError."""
    command = own_process.command("bench", "--window", "--seconds", str(seconds), "--started-at", str(time.time()))
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=own_process.environment(), check=False)
    if done.returncode != 0:
        raise FerError("The window could not be measured: see the line above.")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def window_text(figures: dict[str, float]) -> str:
    """The figures, one per line."""
    return "\n".join(
        f"{what:<42}{figures[name]:>10.{digits}f} {unit}".rstrip() for name, (what, unit, digits) in _WORDS.items()
    )


def measured_here(seconds: float, started_at_s: float) -> dict[str, float]:
    """The figures of this process, started at `started_at_s` (`time.time()`), which has done nothing else."""
    from fer_desktop.app import paths
    from fer_desktop.app.services import AppServices
    from fer_desktop.app.terminal.display import draw_offscreen, has_display
    from fer_desktop.core.settings import Settings
    from fer_desktop.ui.automation.measured_run import measure

    if not has_display():
        draw_offscreen()
    with temporary_folder() as folder:
        # The defaults, whatever this user has chosen, so that figures can be compared.
        services = AppServices(
            Settings(),
            paths.settings_file(),
            session_file=folder / "session.csv",
            demo_loops=True,
            store_file=folder / "sessions.db",
        )
        return dataclasses.asdict(measure(services, services.demo(), seconds, started_at_s))
