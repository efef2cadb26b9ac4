"""How many seconds of sessions were written, read back from their files and from the store."""

import csv
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Gap, Marker
from fer_desktop.sessions.store import reader

_ROUNDING_S = 0.01


def rows_in_file(file: Path) -> tuple[int, list[str]]:
    """The seconds that the rows of a session's CSV stand for, and its markers.

    A row is one second; that of a long gap as many as it says. One that does not follow the row before counts nothing.
    """
    rows, covered_s, markers = 0, 0.0, []
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            end_s, gap_s = float(row["elapsed_s"]), row["gap_s"]
            start_s = end_s - float(gap_s) if gap_s else math.ceil(end_s - _ROUNDING_S) - 1
            if abs(start_s - covered_s) <= _ROUNDING_S:
                rows += _seconds(start_s, end_s)
            covered_s = end_s
            markers += [name for name in row["marker"].split("; ") if name]
    return rows, markers


def rows_in_store(store: Path, files: Sequence[Path]) -> tuple[int, list[str]]:
    """The same of the sessions that the store has with those files."""
    wanted, rows, markers = Counter(files), 0, []
    for session in reader.sessions(store):
        if session.csv_file not in wanted:
            continue
        for event in reader.events(store, session.id):
            match event:
                case Summary():
                    rows += 1
                case Gap(start_s, end_s):
                    rows += _seconds(start_s, end_s)
                case Marker(text=text):
                    markers.append(text)
                case _:
                    pass
    return rows, markers


def _seconds(start_s: float, end_s: float) -> int:
    return math.ceil(end_s - start_s - _ROUNDING_S)
