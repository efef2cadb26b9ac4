"""What a soak has shown, and what of it is wrong."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from fer_desktop.core.errors import FerError
from fer_desktop.core.messages import message

_WORDS = {
    "minutes": "minutes",
    "changes": "changes of source",
    "rss_start_mb": "memory after a session of each source, MB",
    "rss_changed_mb": "memory after all changes of source, MB",
    "rss_end_mb": "memory at the end, MB",
    "rss_peak_mb": "memory at most, in the second half, MB",
    "slope_mb_per_h": "memory that comes in an hour, second half, MB",
    "fds": "open files, at the start and at the end",
    "threads": "threads, at the start and at the end",
    "longest_stall_ms": "longest stall of the window, ms",
    "longest_steady_stall_ms": "the same in the second half, ms",
    "rows_expected": "rows that the clock expects",
    "rows_written": "rows in the files",
    "rows_stored": "rows in the store",
    "markers": "markers set, in the files, in the store",
    "drops": "updates missed",
}


@dataclass(frozen=True, slots=True)
class SoakFigures:
    """The figures of a soak. MB are millions of bytes."""

    minutes: float
    changes: int
    rss_start_mb: float
    rss_changed_mb: float
    rss_end_mb: float
    rss_peak_mb: float
    slope_mb_per_h: float
    fds: tuple[int, int]
    threads: tuple[int, int]
    longest_stall_ms: float
    longest_steady_stall_ms: float
    rows_expected: int
    rows_written: int
    rows_stored: int
    markers: tuple[int, int, int]
    drops: int

    def check(self) -> None:
        """Raises FerError where something was lost, or not let go."""
        rows = self.rows_expected, self.rows_written, self.rows_stored
        if len({*rows}) > 1:
            raise FerError(
                message("{expected} rows were expected, {written} are in the files, {stored} in the store.",
                        expected=rows[0], written=rows[1], stored=rows[2])
            )  # fmt: skip
        if len({*self.markers}) > 1:
            raise FerError("Markers are missing in the files or in the store.")
        for what, (start, end) in (("files", self.fds), ("threads", self.threads)):
            if start != end:
                raise FerError(
                    message("{start} {what} were open at the start, and {end} at the end.",
                            start=start, what=what, end=end)
                )  # fmt: skip

    def as_text(self) -> str:
        """The figures, one per line."""
        return "\n".join(f"{_WORDS[name]:<50}{_cell(value):>14}" for name, value in asdict(self).items())


def theil_sen_per_h(samples: Sequence[tuple[float, float]]) -> float:
    """The median slope over all pairs of samples (s, value), by the hour; outliers do not move it. 0 for none."""
    if len(samples) < 2:
        return 0.0
    at_s, value = np.array(samples).T
    first, second = np.triu_indices(len(samples), k=1)
    apart_s = at_s[second] - at_s[first]
    slopes = (value[second] - value[first])[apart_s > 0] / apart_s[apart_s > 0]
    return float(3600 * np.median(slopes))


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:.1f}" if isinstance(value, float) else str(value)
