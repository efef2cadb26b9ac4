"""Soaks the program in this process, in a folder of its own."""

import os
from collections.abc import Callable
from pathlib import Path

from fer_desktop.app.soak.figures import SoakFigures, theil_sen_per_h
from fer_desktop.app.soak.services import STORE, SoakServices
from fer_desktop.app.soak.sources import soak_sources
from fer_desktop.app.soak.written import rows_in_file, rows_in_store
from fer_desktop.app.terminal.display import draw_offscreen
from fer_desktop.core.files import temporary_folder
from fer_desktop.ui.automation.soaked_run import SoakPlan, SoakRun, soak


def soak_figures(minutes: float, changes: int, on_progress: Callable[[float, float], None]) -> SoakFigures | None:
    """The figures of so long a run, the sources changed that often in its first half; None where it was stopped.

    Raises SourceError where a session could not begin or end.
    """
    if not os.environ.get("QT_QPA_PLATFORM"):
        draw_offscreen()
    with temporary_folder() as folder:
        services = SoakServices(folder)
        with soak_sources(folder) as sources:
            plan = SoakPlan(sources.demo, sources.others, changes, 60 * minutes)
            run = soak(services, plan, on_progress)
        return _figures(run, plan, folder / STORE) if run is not None else None


def _figures(run: SoakRun, plan: SoakPlan, store: Path) -> SoakFigures:
    assert run.start is not None
    assert run.changed is not None
    assert run.end is not None
    files = [played.file for played in run.played]
    written = [rows_in_file(file) for file in files]
    rows_stored, markers_stored = rows_in_store(store, files)
    return SoakFigures(
        minutes=plan.seconds / 60,
        changes=plan.changes,
        rss_start_mb=round(run.start.rss_mb, 1),
        rss_changed_mb=round(run.changed.rss_mb, 1),
        rss_end_mb=round(run.end.rss_mb, 1),
        rss_peak_mb=round(max((mb for _, mb in run.rss), default=run.end.rss_mb), 1),
        slope_mb_per_h=round(theil_sen_per_h(run.rss), 1),
        fds=(run.start.fds, run.end.fds),
        threads=(run.start.threads, run.end.threads),
        longest_stall_ms=round(1000 * run.longest_stall_s, 1),
        longest_steady_stall_ms=round(1000 * run.longest_steady_stall_s, 1),
        rows_expected=sum(played.rows for played in run.played),
        rows_written=sum(rows for rows, _ in written),
        rows_stored=rows_stored,
        markers=(
            sum(len(played.markers) for played in run.played),
            sum(len(markers) for _, markers in written),
            len(markers_stored),
        ),
        drops=run.drops,
    )
