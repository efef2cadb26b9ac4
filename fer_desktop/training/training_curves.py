"""A picture of a run: loss and accuracy by epoch."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.files import write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TEXT, _QUIET, _GRID = "#1B1B1F", "#5F6068", "#E3E4E8"
# Dark enough on white and distinct for colour-blind readers; each line is also labelled at its end.
_COLOURS: Final = {"loss": "#3B6FE0", "crowd": "#B34E00", "fer2013": "#0072B2"}
_NAMES: Final = {"loss": "", "crowd": "FER+ crowd", "fer2013": "original labels"}
_LABEL_SPACING: Final = 0.065  # of the panel's height: the least distance between two labels


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str  # a key of _COLOURS
    test: bool  # of the public test, else of training
    values: list[float]  # one per epoch

    @property
    def name(self) -> str:
        return " · ".join(part for part in (_NAMES[self.kind], "public test" if self.test else "training") if part)


def draw_curves(log: Path, picture: Path, title: str) -> None:
    """Writes a PNG of the losses and accuracies in the run's log; nothing while that is empty.

    Raises TrainingError where the picture cannot be written.
    """
    epochs, columns = _read(log)
    if not epochs:
        return
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.ticker import PercentFormatter

    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.12, wspace=0.06)
    figure = Figure(figsize=(12, 5), dpi=120, facecolor="white", layout=layout)
    figure.suptitle(_headline(title, epochs, columns), x=0.015, ha="left", fontsize=13, color=_TEXT)
    left, right = figure.subplots(1, 2)
    _panel(left, "Loss", epochs, _lines(columns, ("loss",), "{}"))
    _panel(right, "Accuracy", epochs, _lines(columns, ("crowd", "fer2013"), "{}_accuracy"))
    right.yaxis.set_major_formatter(PercentFormatter(xmax=1))
    content = io.BytesIO()
    figure.savefig(content, format="png")
    try:
        write_whole(picture, content.getvalue())
    except OSError as error:
        raise TrainingError(
            "{picture} cannot be written: make room there, then use --resume.", picture=picture
        ) from error


def _read(log: Path) -> tuple[list[int], dict[str, list[float]]]:
    """The epochs and, by column, their figures."""
    try:
        with log.open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        columns = {name: [float(row[name]) for row in rows] for name in (rows[0] if rows else ())}
    except (OSError, ValueError, TypeError, csv.Error):
        return [], {}
    return [int(epoch) for epoch in columns.pop("epoch", [])], columns


def _lines(columns: dict[str, list[float]], kinds: tuple[str, ...], column: str) -> list[_Line]:
    found = [(kind, test, ("val_" if test else "") + column.format(kind)) for kind in kinds for test in (True, False)]
    return [_Line(kind, test, columns[name]) for kind, test, name in found if name in columns]


def _headline(title: str, epochs: list[int], columns: dict[str, list[float]]) -> str:
    best = []
    for kind in ("crowd", "fer2013"):
        values = columns.get(f"val_{kind}_accuracy")
        if values:
            top = max(values)
            best.append(f"{_NAMES[kind]} {top:.1%} in epoch {epochs[values.index(top)]}")
    return f"{title}, best on the public test: {', '.join(best)}" if best else title


def _panel(axes: "Axes", name: str, epochs: list[int], lines: list[_Line]) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_title(name, loc="left", fontsize=11, color=_TEXT)
    axes.set_xlabel("epoch", color=_QUIET)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_QUIET, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)
    for line in lines:
        # The public test matters most: a solid line, drawn over a dashed one for training.
        style = {"linewidth": 2.2, "zorder": 3} if line.test else {"linewidth": 1.6, "linestyle": (0, (4, 2))}
        marker = "o" if len(epochs) == 1 else None
        axes.plot(epochs, line.values, color=_COLOURS[line.kind], marker=marker, markersize=5, clip_on=False, **style)
    if len(epochs) == 1:
        axes.set_xticks(epochs)
    else:
        axes.set_xlim(epochs[0], epochs[-1])
    _label_ends(axes, lines)


def _label_ends(axes: "Axes", lines: list[_Line]) -> None:
    """Each line's name at its end; names that would overlap are moved apart."""
    low, high = axes.get_ylim()
    lines = sorted(lines, key=lambda line: line.values[-1])
    places = _spread([(line.values[-1] - low) / (high - low) for line in lines])
    for line, place in zip(lines, places, strict=True):
        axes.annotate(
            line.name,
            (1.0, place),
            xycoords="axes fraction",
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            color=_COLOURS[line.kind],
            annotation_clip=False,
        )


def _spread(places: list[float]) -> list[float]:
    """Ascending places, moved until neighbours are far enough apart to be read."""
    moved = list(places)
    for _ in range(50):
        for below in range(len(moved) - 1):
            overlap = _LABEL_SPACING - (moved[below + 1] - moved[below])
            if overlap > 0:
                moved[below] -= overlap / 2
                moved[below + 1] += overlap / 2
    return moved
