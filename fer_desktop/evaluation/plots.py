"""Plots of an evaluation: confusion, reliability, robustness, precision against recall. Needs matplotlib."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator, PercentFormatter

from fer_desktop.core.expressions import EXPRESSIONS, STACK_ORDER
from fer_desktop.core.files import write_whole
from fer_desktop.core.readings.probabilities import Labels, Probabilities
from fer_desktop.evaluation.classifier import CROWD, ORIGINAL, Evaluation, HeadAnswers, Scores
from fer_desktop.evaluation.degradations import FULL_HEIGHT_PX
from fer_desktop.evaluation.metrics import confusion, ece, precision_recall, reliability

TEXT: Final = "#1B1B1F"
QUIET: Final = "#62646C"
GRID: Final = "#E4E5E9"
ACCENT: Final = "#3B6FE0"
# Heads have other colours than expressions: the accent and a dark grey, with different markers too.
HEAD_COLOURS: Final = {CROWD: ACCENT, ORIGINAL: "#55575F"}
HEAD_MARKS: Final = {CROWD: "o", ORIGINAL: "s"}
# In EXPRESSIONS' order, as everywhere in the program.
COLOURS: Final = ("#D55E00", "#009E73", "#CC79A7", "#E69F00", "#0072B2", "#56B4E9", "#8C8C8C")
_DASHES: Final = ((0, (4, 1.5)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)), "-", "-", (0, (6, 2)), "-")
_PALE: Final = "#DCE5F9"
_DPI: Final = 144
# A bin with fewer faces is not part of the line.
_MIN_FACES: Final = 10


def draw(evaluation: Evaluation, name: str, folder: Path) -> list[Path]:
    """The plots written to `folder`: confusion_<head>, reliability, precision_recall, and robustness if measured.

    `name` is the network and the faces, for the headings. Raises OSError where they cannot be written.
    """
    words = head_words(evaluation.scores)
    figures = {f"confusion_{head}": _confusion(one, words[head], name) for head, one in _heads(evaluation).items()}
    figures["reliability"] = _reliability(_heads(evaluation), words, name)
    figures["precision_recall"] = _precision_recall(_heads(evaluation), words, name)
    if evaluation.scores.by_height:
        figures["robustness"] = _robustness(evaluation.scores, words, name)
    files = []
    for stem, figure in figures.items():
        file = folder / f"{stem}.png"
        picture = io.BytesIO()
        FigureCanvasAgg(figure).print_png(picture)
        write_whole(file, picture.getvalue())
        files.append(file)
    return files


def head_words(scores: Scores) -> dict[str, str]:
    """By head, what its answers are compared with; by output where that is always the labels."""
    if scores.crowd_against == "plurality":
        return {ORIGINAL: "Original labels", CROWD: "FER+ majority"}
    if len(scores.outputs) == 1:
        return {ORIGINAL: "All answers"}
    return {ORIGINAL: "Output fer2013", CROWD: "Output crowd"}


def _heads(evaluation: Evaluation) -> dict[str, HeadAnswers]:
    shown = head_words(evaluation.scores)
    return {head: one for head, one in evaluation.answers.items() if head in shown and len(one.truth)}


def _figure(width: float, height: float, title: str, subtitle: str) -> Figure:
    below = ConstrainedLayoutEngine(rect=(0.01, 0.01, 0.98, 1 - 0.86 / height), w_pad=0.1, h_pad=0.06)
    figure = Figure(figsize=(width, height), dpi=_DPI, facecolor="white", layout=below)
    left = 0.3 / width
    figure.text(left, 1 - 0.24 / height, title, size=15, weight="bold", color=TEXT, va="top")
    figure.text(left, 1 - 0.57 / height, subtitle, size=10.5, color=QUIET, va="top")
    return figure


def _tidy(axes: Axes, title: str = "") -> None:
    axes.set_title(title, size=12, color=TEXT, loc="left", pad=10)
    axes.tick_params(colors=QUIET, labelsize=10, length=0, pad=6)
    axes.xaxis.label.set(color=TEXT, size=10.5)
    axes.yaxis.label.set(color=TEXT, size=10.5)
    axes.grid(visible=True, color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _percent(*axes: Any) -> None:
    for axis in axes:
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))


def _confusion(answers: HeadAnswers, words: str, name: str) -> Figure:
    counts = confusion(answers.probabilities, answers.truth)
    counts = counts[np.ix_(STACK_ORDER, STACK_ORDER)]
    names = [EXPRESSIONS[index] for index in STACK_ORDER]
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = _figure(7.8, 7.6, f"{words}: confusion matrix", name)
    axes = figure.add_subplot()
    axes.imshow(
        shares, cmap=LinearSegmentedColormap.from_list("accent", ["#FFFFFF", ACCENT, "#1D3F8F"]), vmin=0, vmax=1
    )
    for row, column in np.ndindex(*counts.shape):
        ink = "white" if shares[row, column] > 0.42 else TEXT if counts[row, column] else "#B4B6BD"
        bold = "bold" if row == column else "normal"
        share = f"{shares[row, column]:.0%}".replace("%", " %")
        axes.text(column, row - 0.1, share, ha="center", va="center", color=ink, size=11.5, weight=bold)
        axes.text(column, row + 0.22, f"{counts[row, column]:,}", ha="center", va="center", color=ink, size=8.5)
    _tidy(axes)
    axes.grid(visible=False)
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(
        range(len(names)), [f"{name}\n{total:,} faces" for name, total in zip(names, counts.sum(axis=1), strict=True)]
    )
    axes.tick_params(colors=TEXT)
    axes.set_xticks(np.arange(0.5, len(names) - 1), minor=True)
    axes.set_yticks(np.arange(0.5, len(names) - 1), minor=True)
    axes.grid(visible=True, which="minor", color="white", linewidth=2)
    axes.tick_params(which="minor", length=0)
    axes.set_xlabel("answer", labelpad=10)
    axes.set_ylabel(words, labelpad=10)
    return figure


def _reliability(heads: Mapping[str, HeadAnswers], words: Mapping[str, str], name: str) -> Figure:
    figure = _figure(5.4 * len(heads) + 0.4, 6.8, "Reliability: accuracy by confidence", name)
    grid = figure.add_gridspec(2, len(heads), height_ratios=[3.4, 1])
    most = max(
        float((one.n / one.n.sum()).max()) for one in (reliability(*_pair(answers)) for answers in heads.values())
    )
    for column, (head, answers) in enumerate(heads.items()):
        found = reliability(*_pair(answers))
        lefts = np.arange(len(found.n)) / len(found.n)
        axes = figure.add_subplot(grid[0, column])
        _tidy(axes, f"{words[head]}, ECE {ece(*_pair(answers)):.3f}")
        axes.bar(lefts, np.nan_to_num(found.accuracy), 1 / len(lefts), align="edge", color=_PALE, edgecolor="white")
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=3)
        enough = found.n >= _MIN_FACES
        axes.plot(
            found.confidence[enough],
            found.accuracy[enough],
            color=ACCENT,
            lw=2,
            marker="o",
            ms=5,
            zorder=4,
            clip_on=False,
        )
        axes.text(0.03, 0.965, "dashed: perfectly calibrated", color=QUIET, size=9.5, va="top")
        axes.set(xlim=(0, 1), ylim=(0, 1), ylabel="accuracy" if column == 0 else "")
        axes.tick_params(labelbottom=False)
        _percent(axes.xaxis, axes.yaxis)
        below = figure.add_subplot(grid[1, column], sharex=axes)
        _tidy(below)
        below.bar(lefts, found.n / found.n.sum(), 1 / len(lefts), align="edge", color="#B9BBC3", edgecolor="white")
        below.set(
            xlabel="probability of the answer", ylabel="share of faces" if column == 0 else "", ylim=(0, most * 1.1)
        )
        below.grid(visible=False, axis="x")
        below.yaxis.set_major_locator(MaxNLocator(3))
        _percent(below.yaxis)
    return figure


def _pair(answers: HeadAnswers) -> tuple[Probabilities, Labels]:
    return answers.probabilities, answers.truth


def _precision_recall(heads: Mapping[str, HeadAnswers], words: Mapping[str, str], name: str) -> Figure:
    figure = _figure(6.6 * len(heads) + 0.4, 6.0, "Precision and recall by expression", name)
    for column, (head, answers) in enumerate(heads.items()):
        axes = figure.add_subplot(1, len(heads), column + 1)
        _tidy(axes, words[head])
        curves = {index: precision_recall(*_pair(answers), index) for index in STACK_ORDER}
        known = [index for index in curves if len(curves[index].recall)]
        for index in sorted(known, key=lambda one: -curves[one].average_precision):
            curve = curves[index]
            shown = curve.answers >= _MIN_FACES
            label = f"{EXPRESSIONS[index]}  {curve.average_precision:.2f}"
            axes.plot(
                curve.recall[shown], curve.precision[shown], color=COLOURS[index], ls=_DASHES[index], lw=2, label=label
            )
        axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="recall: share of its faces found")
        axes.set_ylabel("precision: share of its answers that are right" if column == 0 else "")
        _percent(axes.xaxis, axes.yaxis)
        legend = axes.legend(
            title="average precision", loc="center left", bbox_to_anchor=(1.03, 0.5), fontsize=10, handlelength=3.0,
            labelspacing=0.8, frameon=False, labelcolor=TEXT, alignment="left",
        )  # fmt: skip
        legend.get_title().set(color=QUIET, size=10)
    return figure


def _robustness(scores: Scores, words: Mapping[str, str], name: str) -> Figure:
    figure = _figure(11.6, 6.0, "Accuracy on small and degraded pictures", name)
    grid = figure.add_gridspec(1, 2, width_ratios=[1, 1.25])
    small, bad = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    heads = [head for head in (CROWD, ORIGINAL) if head in words]
    _heights(small, scores, heads, words)
    _conditions(bad, scores, heads, words)
    return figure


def _heights(axes: Axes, scores: Scores, heads: Sequence[str], words: Mapping[str, str]) -> None:
    _tidy(axes, "By the height of the face")
    heights = [int(height) for height in scores.by_height]
    for head in heads:
        shares = [row[head] if row[head] is not None else np.nan for row in scores.by_height.values()]
        above = head == CROWD
        axes.plot(
            heights,
            shares,
            color=HEAD_COLOURS[head],
            marker=HEAD_MARKS[head],
            linewidth=2,
            markersize=7,
            label=words[head],
        )
        for height, share in zip(heights, shares, strict=True):
            if not np.isnan(share):
                axes.annotate(
                    f"{share:.0%}".replace("%", " %"),
                    (height, share),
                    xytext=(0, 10 if above else -18),
                    textcoords="offset points",
                    ha="center",
                    color=HEAD_COLOURS[head],
                    size=10,
                    weight="bold",
                )
    axes.set(ylim=(0, 1), xlim=(12, 52), xlabel="true height of the face, px", ylabel="accuracy")
    axes.set_xticks(heights)
    axes.grid(visible=False, axis="x")
    _percent(axes.yaxis)
    axes.legend(loc="lower right", frameon=False, fontsize=10, labelcolor=TEXT)


def _conditions(axes: Axes, scores: Scores, heads: Sequence[str], words: Mapping[str, str]) -> None:
    _tidy(axes, "Degraded pictures, faces of 48 px")
    rows = {
        "as it is": scores.by_height[str(FULL_HEIGHT_PX)],
        **{row["words"]: row for row in scores.by_condition.values()},
    }
    places = np.arange(len(rows), dtype=float)
    thickness = 0.78 / len(heads)
    for number, head in enumerate(heads):
        shares = [row[head] if row[head] is not None else 0.0 for row in rows.values()]
        at = places + (number - (len(heads) - 1) / 2) * thickness
        axes.barh(at, shares, thickness * 0.9, color=HEAD_COLOURS[head], label=words[head])
        for place, share in zip(at, shares, strict=True):
            text = f"{share:.0%}".replace("%", " %")
            axes.text(share + 0.012, place, text, va="center", color=TEXT, size=9.5)
    axes.set_yticks(places, list(rows))
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.0), xlabel="accuracy")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", colors=TEXT)
    _percent(axes.xaxis)
