"""The page of a model card, made from the sidecar alone: what that lacks is left out."""

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.datasets.facts import facts_of

_WIDTH: Final = 118
_SAYS: Final = {
    "crowd": "what most people would see in the face, learnt from FER+'s ten voters",
    "fer2013": "FER-2013's original label, for comparison with papers",
}
_FIGURES: Final = {
    "n": "faces",
    "accuracy": "accuracy, original labels",
    "accuracy_distinct": "the same without pictures identical to a training picture",
    "macro_f1": "macro-F1, original labels",
    "ece": "ECE (15 bins), original labels",
    "ferplus_n": "faces on which FER+'s voters had one winner",
    "ferplus_agreement": "agreement with that winner",
    "ferplus_agreement_distinct": "the same without pictures identical to a training picture",
    "ferplus_macro_f1": "macro-F1 against that winner",
    "ferplus_ece": "ECE (15 bins) against that winner",
}
_Cell = str | float | int | None


def card(content: Mapping[str, Any]) -> str:
    """The card as Markdown from the sidecar's content; older sidecars, which hold less, give a shorter card."""
    facts = {**facts_of(content), **content}
    figures = content.get("figures", {})
    parts = [
        ["# The expression network", ""],
        _what_it_is(content),
        _section("What it must not be used for", _bullets(facts["not_for"])),
        _section("Figures", _figures(figures)) if figures else [],
        list(_tables(figures)),
        _section("Data", _bullets(facts["data"])),
        _section("Licences", _bullets(facts["licence"])),
        _section("Known biases", _bullets(facts["known_biases"])),
        _section("Recipe", _recipe(content)),
    ]
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def _section(title: str, lines: Iterator[str] | Sequence[str]) -> list[str]:
    found = list(lines)
    return [f"## {title}", "", *found, ""] if found else []


def _bullets(sentences: Sequence[str]) -> list[str]:
    return [textwrap.fill(one, _WIDTH, initial_indent="- ", subsequent_indent="  ") for one in sentences]


def _what_it_is(content: Mapping[str, Any]) -> list[str]:
    recipe, parameters, given = content.get("recipe") or {}, content.get("parameters"), content["input"]
    side, kind = given.get("side_px"), {1: "grey", 3: "colour (RGB)"}[given["channels"]]
    black, white = given.get("value_range", (0, 255))
    size = f" of {side}x{side} px" if side else ""
    words = [
        f"`{recipe['network']}`" if recipe.get("network") else "",
        f"{parameters:,} parameters" if parameters else "",
    ]
    lines = [", ".join(filter(None, words)) + ".", ""] if any(words) else []
    lines += _bullets(
        [
            (
                f"Input: one face a crop, {kind}{size}, black {black}, white {white}. The face fills the crop as in "
                "FER-2013: a square of 0.97 times the longer side of the face's box."
            ),
            f"Classes: {', '.join(content['classes'])}.",
            *(f"Output `{name}`: {_SAYS.get(name, 'its own')}." for name in content.get("outputs", ())),
            "An output is seven probabilities that add up to 1" + _calibrated_by(content),
        ]
    )
    return [*lines, "", *_files(content), ""]


def _calibrated_by(content: Mapping[str, Any]) -> str:
    if not content.get("temperature"):
        return "."
    chance = ", and less the share of chance that smoothed labels left in" if content.get("chance_taken_off") else ""
    return f", calibrated by a temperature fitted on public_test{chance}."


def _files(content: Mapping[str, Any]) -> list[str]:
    files = content.get("files") or {}
    if not files and content.get("sha256"):
        files = {"the measured file": {"sha256": content["sha256"], "bytes": content.get("bytes", 0)}}
    rows = [(name, f"{file['bytes'] / 1e6:.1f} MB", f"`{file['sha256']}`") for name, file in files.items()]
    return _table(("file", "size", "SHA-256"), rows, "lrl") if rows else []


def _figures(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, split in figures.items():
        if split.get("command"):
            measured = split.get("measured", {}).get("file", "")
            yield f"- {name}: `{split['command']}`" + (f" (on {measured})" if measured else "")
    if not any(split.get("command") for split in figures.values()):
        yield "Each through the file itself: `python main.py evaluate --split SPLIT --data DIR`."
    yield ""
    rows = [
        (words, *(split.get(key) for split in figures.values()))
        for key, words in _FIGURES.items()
        if any(key in split for split in figures.values())
    ]
    yield from _table(("figure", *figures), rows)
    smallest = min(split["n"] for split in figures.values())
    yield ""
    yield (
        f"With {smallest:,} faces chance alone moves a share near 70 % by "
        f"± {196 * math.sqrt(0.7 * 0.3 / smallest):.1f} points (95 %)."
    )


def _tables(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for head, prefix in (("crowd", "ferplus_"), ("fer2013", "")):
        name, split = _shown(figures, "by_class")
        words = _against(split) if head == "crowd" else "original labels"
        rows = [
            (one, row["n"], row["precision"], row["recall"], row["f1"])
            for one, row in split.get("by_class", {}).get(head, {}).items()
        ]
        table = _table(("expression", "faces", "precision", "recall", "F1"), rows)
        yield from _section(f"By expression, {name}, {words}", table if rows else [])
        name, split = _shown(figures, f"{prefix}confusion")
        rows = [(one, *row) for one, row in zip(EXPRESSIONS, split.get(f"{prefix}confusion", ()), strict=False)]
        title = f"Answers (columns) by {words} (rows), {name}"
        yield from _section(title, _table(("", *EXPRESSIONS), rows) if rows else [])
    yield from _robustness(*_shown(figures, "by_height"))
    yield from _confidence(*_shown(figures, "by_confidence"))


def _shown(figures: Mapping[str, Mapping[str, Any]], key: str) -> tuple[str, Mapping[str, Any]]:
    """The split on which nothing was chosen, if that was measured, else another."""
    names = [name for name in figures if figures[name].get(key)]
    name = "private_test" if "private_test" in names else next(iter(names), "")
    return name, figures.get(name, {})


def _against(split: Mapping[str, Any]) -> str:
    return "FER+ majority" if split.get("crowd_against", "plurality") == "plurality" else "labels, output crowd"


def _robustness(name: str, split: Mapping[str, Any]) -> list[str]:
    if not split:
        return []
    heights = [(f"{height} px", row["crowd"], row["fer2013"]) for height, row in split["by_height"].items()]
    conditions = [(row["words"], row["crowd"], row["fer2013"]) for row in split.get("by_condition", {}).values()]
    text = (
        "Share of right answers. A picture of FER-2013 shows a face of 49.5 px, here called 48. For a smaller one "
        "it is shrunk by averaging to the pixels that such a face has in a frame, and enlarged again as the app "
        "enlarges it. Blur, compression and light change the picture of 48 px. In dim light the noise of the "
        "sensor stays (standard deviation 3 of 255)."
    )
    table = _table(("faces", _against(split), "original labels"), [*heights, *conditions])
    return _section(f"Small faces and bad pictures, {name}", [textwrap.fill(text, _WIDTH), "", *table])


def _confidence(name: str, split: Mapping[str, Any]) -> list[str]:
    rows = [
        (f"{row['from']:.0%} to {row['to']:.0%}".replace("%", " %"), row["n"], row["said"], row["right"])
        for row in split.get("by_confidence", ())
        if row["n"]
    ]
    table = _table(("probability of the answer", "faces", "mean probability", "share that is right"), rows)
    return _section(f"How far its percentages hold, {name}, {_against(split)}", table) if rows else []


def _table(header: Sequence[str], rows: Sequence[Sequence[_Cell]], align: str = "") -> list[str]:
    align = align or "l" + "r" * (len(header) - 1)
    marks = {"l": "---", "r": "---:"}
    return [
        f"| {' | '.join(header)} |",
        f"| {' | '.join(marks[one] for one in align)} |",
        *(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows),
    ]


def _cell(value: _Cell) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:,}" if isinstance(value, int) else f"{value:.4f}"


def _recipe(content: Mapping[str, Any]) -> Iterator[str]:
    yield from _nested(content.get("recipe") or {}, "")
    for head, value in content.get("temperature", {}).items():
        yield f"- temperature of `{head}`: {value}"
    for head, value in content.get("chance_taken_off", {}).items():
        yield f"- share of chance taken off `{head}`: {value}"


def _nested(found: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A list of fields; a recipe may contain others, such as those of its stages or teachers."""
    for name, value in found.items():
        words = str(name).replace("_", " ")
        if isinstance(value, Mapping):
            yield f"{indent}- {words}:"
            yield from _nested(value, indent + "  ")
        elif (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and any(isinstance(one, Mapping) for one in value)
        ):
            yield f"{indent}- {words}:"
            for number, one in enumerate(value, start=1):
                yield f"{indent}  {number}. " + (_flat(one) if isinstance(one, Mapping) else _plain(one))
        else:
            yield f"{indent}- {words}: {_plain(value)}"


def _flat(found: Mapping[str, Any]) -> str:
    return ", ".join(f"{str(name).replace('_', ' ')} {_plain(value)}" for name, value in found.items())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"({_flat(value)})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(one) for one in value) or "none"
    if value is None or value == "":
        return "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
