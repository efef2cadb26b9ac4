"""`bench`: how fast frames are read, how the window keeps up, what a killed program loses, or what a long run takes."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fer_desktop.app.terminal.cancellable import EXIT_INTERRUPTED, CancellableProgress, StoppedError

if TYPE_CHECKING:
    from fer_desktop.app.bench.frame_bench import Timings

_FORCED_SHARE: Final = 3  # one frame in three is enough where the detector runs on all of it
_WINDOW_S: Final = 60.0
_KILLS: Final = 50
_MINUTES: Final = 30.0
_CHANGES: Final = 60


class Subject(StrEnum):
    """What else can be measured."""

    KILLS = "kills"
    SOAK = "soak"


def bench(
    subject: Annotated[
        Subject | None,
        typer.Argument(
            help="kills: what is lost of a session whose program is killed. soak: what a long run takes and keeps."
        ),
    ] = None,
    *,
    frames: Annotated[int, typer.Option(min=6, help="Frames per case.")] = 60,
    window: Annotated[
        bool, typer.Option("--window", help="Measure the window on the demo class instead: start-up, stalls, memory.")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="S", min=10.0, help="With --window: length of the session.")
    ] = _WINDOW_S,
    kills: Annotated[int, typer.Option("--kills", metavar="N", min=1, help="With kills: how many.")] = _KILLS,
    minutes: Annotated[
        float, typer.Option("--minutes", metavar="M", min=0.1, help="With soak: how long it takes.")
    ] = _MINUTES,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    changes: Annotated[int, typer.Option("--changes", min=1, hidden=True)] = _CHANGES,
    started_at: Annotated[float | None, typer.Option("--started-at", hidden=True)] = None,
    record_into: Annotated[Path | None, typer.Option("--record-into", hidden=True)] = None,
) -> None:
    """Measure how many frames of a video call are read per second, and how long each stage takes.

    The calls are simulated, with 1, 25 and 49 faces; it takes a minute or two. With --window the whole program runs on
    the demo class; without a display it is drawn in memory. `bench kills` starts that program again and again, kills it
    at random moments, and looks at what its store has kept; it takes some ten seconds a kill. `bench soak` plays the
    demo class through the whole program, changes the source 60 times, loses it, pauses, marks and leaves out; it ends
    with 1 where a row, an open file or a thread is not accounted for.

    Example: fer-desktop bench --json
    """
    if subject is Subject.KILLS:
        _bench_kills(kills, as_json, record_into)
        return
    if subject is Subject.SOAK:
        _bench_soak(minutes, changes, as_json)
        return
    if window:
        _bench_window(seconds, as_json, started_at)
        return
    try:
        figures = _frame_figures(frames)
    except StoppedError:
        typer.echo("Stopped before the end: there are no figures.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    typer.echo(json.dumps(figures) if as_json else _as_text(figures))


def _bench_window(seconds: float, as_json: bool, started_at: float | None) -> None:
    from fer_desktop.app.bench.window_bench import measured_here, window_figures, window_text

    if started_at is not None:  # the process that is measured
        typer.echo(json.dumps(measured_here(seconds, started_at)))
        return
    figures = window_figures(seconds)
    typer.echo(json.dumps(figures) if as_json else window_text(figures))


def _bench_kills(kills: int, as_json: bool, record_into: Path | None) -> None:
    from fer_desktop.app.bench.kill_bench import kill_figures, kill_text, record_until_killed

    if record_into is not None:  # the process that is killed
        record_until_killed(record_into)
        return
    try:
        with CancellableProgress() as progress:
            progress.begin("kills")
            figures = kill_figures(kills, progress.update_or_stop)
    except StoppedError:
        typer.echo("Stopped before the end: there are no figures.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    typer.echo(json.dumps(figures) if as_json else kill_text(figures))


def _bench_soak(minutes: float, changes: int, as_json: bool) -> None:
    from fer_desktop.app.soak.bench import soak_figures

    with CancellableProgress() as progress:
        progress.begin("soak")
        figures = soak_figures(minutes, changes, progress.update)
    if figures is None:
        typer.echo("Stopped before the end: there are no figures.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED)
    typer.echo(json.dumps(asdict(figures)) if as_json else figures.as_text())
    figures.check()


def _frame_figures(frames: int) -> dict[str, Any]:
    from fer_desktop.app.bench.frame_bench import CASES, OVERHEAD_CASE, measured, peak_rss_mb, real_screen
    from fer_desktop.app.compose import load_models
    from fer_desktop.core.settings import Settings

    timings: dict[str, Timings] = {}
    with CancellableProgress() as progress, real_screen() as grab:
        progress.begin("simulated calls")
        models = load_models(Settings())  # the defaults, whatever this user has chosen
        for number, case in enumerate(CASES):
            progress.update_or_stop(number, len(CASES) + 1)
            timings[case.name] = measured(case, models, grab, frames)
        progress.update_or_stop(len(CASES), len(CASES) + 1)
        forced = measured(OVERHEAD_CASE, models, grab, max(4, frames // _FORCED_SHARE), detect_every_s=0.0)
        progress.update_or_stop(len(CASES) + 1, len(CASES) + 1)
    return {
        "updates_per_s": {name: round(one.updates_per_s, 2) for name, one in timings.items()},
        "overhead_ratio": round(forced.overhead_ratio, 3),
        "stages_ms": {name: _stages(one) for name, one in timings.items()},
        "bare_ms": {name: _bare(one) for name, one in timings.items()},
        "frame_ms": {name: _spread(one.frame_ms) for name, one in timings.items()},
        "faces": {name: sorted(one.faces)[len(one.faces) // 2] for name, one in timings.items()},
        "peak_rss_mb": round(peak_rss_mb(), 1),
    }


def _stages(timings: "Timings") -> dict[str, dict[str, float] | None]:
    """By stage; None where it could not be measured."""
    return {str(stage): _spread(ms) if ms else None for stage, ms in timings.stages_ms.items()}


def _bare(timings: "Timings") -> dict[str, dict[str, float]]:
    return {"detector": _spread(timings.detector_ms), "classifier": _spread(timings.classifier_ms)}


def _spread(ms: list[float]) -> dict[str, float]:
    import numpy as np

    median, p95 = np.percentile(ms, [50, 95])
    return {"median": round(float(median), 2), "p95": round(float(p95), 2)}


def _as_text(figures: dict[str, Any]) -> str:
    names = list(figures["updates_per_s"])
    lines = [_row("", names), _row("updates per second", [f"{figures['updates_per_s'][name]:.1f}" for name in names])]
    lines += [
        _row("faces found, median", [str(figures["faces"][name]) for name in names]),
        "",
        "ms, median (95th percentile)",
    ]
    stages = list(figures["stages_ms"][names[0]])
    lines += [_row(f"  {stage}", [_cell(figures["stages_ms"][name][stage]) for name in names]) for stage in stages]
    lines.append(_row("  whole frame", [_cell(figures["frame_ms"][name]) for name in names]))
    for part in ("detector", "classifier"):
        lines.append(_row(f"  of which bare {part}", [_cell(figures["bare_ms"][name][part]) for name in names]))
    lines += [
        "",
        f"With the detector on every frame: {figures['overhead_ratio']:.2f} times the bare detector and network",
        f"Peak memory: {figures['peak_rss_mb']:.0f} MB, including the simulated call's own",
    ]
    return "\n".join(lines)


def _row(words: str, cells: list[str]) -> str:
    return f"{words:<28}{''.join(f'{cell:>16}' for cell in cells)}"


def _cell(spread: dict[str, float] | None) -> str:
    return "no screen" if spread is None else f"{spread['median']:.1f} ({spread['p95']:.1f})"
