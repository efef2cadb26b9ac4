"""The page of a model card, out of its sidecar alone: what that does not hold, or not as it should, is left out."""

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.model_card import CardContent, CardInput, ConfidenceBin, SplitFigures
from fer_desktop.evaluation.facts import facts_of

_WIDTH: Final = 118
_OUTPUTS: Final = {
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
_ROBUSTNESS: Final = (
    "Accuracy. A picture of FER-2013 shows a face of 49.5 px, here called 48. For a smaller one it is shrunk by "
    "averaging to the pixels that such a face has in a frame, and enlarged again as the app enlarges it. Blur, "
    "compression and light change the picture of 48 px. In dim light the noise of the sensor stays (standard "
    "deviation 3 of 255)."
)


def card(content: CardContent) -> str:
    """The card as Markdown, out of the sidecar's content; older sidecars, which hold less, make a shorter card."""
    facts, splits = facts_of(content), content.figures
    told = {name: getattr(content, name) for name in facts}
    facts |= {name: sentences for name, sentences in told.items() if sentences is not None}
    parts = (
        "# The expression network",
        *_network(content),
        _section("What it must not be used for", _bullets(facts["not_for"])),
        _section("Figures", *_figures(splits)),
        *_by_expression(splits),
        _robustness(*_shown(splits, "by_height")),
        _calibration(*_shown(splits, "by_confidence")),
        _section("Data", _bullets(facts["data"])),
        _section("Licences", _bullets(facts["licence"])),
        _section("Known biases", _bullets(facts["known_biases"])),
        _section("Recipe", "\n".join(_recipe(content))),
    )
    return "\n\n".join(filter(None, parts)) + "\n"


def _network(content: CardContent) -> Iterator[str]:
    name, parameters = content.recipe.get("network"), content.parameters
    count = f"{parameters:,} parameters" if parameters is not None else ""
    yield ", ".join(filter(None, (f"`{name}`" if name else "", count)))
    outputs = [f"Output `{one}`: {_OUTPUTS.get(one, 'its own')}." for one in content.outputs]
    sums = f"An output is seven probabilities that add up to 1{_calibrated_by(content)}."
    yield _bullets([_input(content.input), f"Classes: {', '.join(content.classes)}.", *outputs, sums])
    files = {name: (file.bytes, file.sha256) for name, file in content.files.items()}
    if not files and content.sha256:
        files = {"the measured file": (content.bytes or 0, content.sha256)}
    rows = [(name, f"{size / 1e6:.1f} MB", f"`{digest}`") for name, (size, digest) in files.items()]
    yield _table(("file", "size", "SHA-256"), rows, right=(1,))


def _input(given: CardInput) -> str:
    side, ends = given.side_px, given.value_range
    colours = {1: "grey", 3: "colour (RGB)"}.get(given.channels or 0, "")
    parts = [colours, f"{side}x{side} px" if side else "", f"black {ends[0]}, white {ends[-1]}" if ends else ""]
    framing = "The face fills the crop as in FER-2013: a square of 0.97 times the longer side of the face's box."
    return f"Input: {', '.join(filter(None, ('one face per crop', *parts)))}. {framing}"


def _calibrated_by(content: CardContent) -> str:
    if not content.temperature:
        return ""
    chance = ", less the share of chance that smoothed labels left in" if content.chance_taken_off else ""
    return f", calibrated by a temperature fitted on public_test{chance}"


def _figures(splits: Mapping[str, SplitFigures]) -> Iterator[str]:
    commands = []
    for name, split in splits.items():
        if split.command:
            measured = split.measured.file
            commands.append(f"- {name}: `{split.command}`" + (f" (on {measured})" if measured else ""))
    if splits:
        yield "\n".join(commands) or "Measured by `python main.py evaluate --split SPLIT --data DIR`."
    found = ((words, [getattr(split, key) for split in splits.values()]) for key, words in _FIGURES.items())
    rows = [(words, *cells) for words, cells in found if any(cell is not None for cell in cells)]
    yield _table(("figure", *splits), rows)
    counts = [split.n for split in splits.values() if split.n]
    if counts:
        points = 196 * math.sqrt(0.7 * 0.3 / min(counts))
        yield f"With {min(counts):,} faces chance alone moves a share near 70 % by ± {points:.1f} points (95 %)."


def _by_expression(splits: Mapping[str, SplitFigures]) -> Iterator[str]:
    for head, prefix in (("crowd", "ferplus_"), ("fer2013", "")):
        name, split = _shown(splits, "by_class")
        labels = _against(split) if head == "crowd" else "original labels"
        classes = split.by_class.get(head, {}).items()
        rows = [(one, row.n, row.precision, row.recall, row.f1) for one, row in classes]
        table = _table(("expression", "faces", "precision", "recall", "F1"), rows)
        yield _section(f"By expression, {name}, {labels}", table)
        name, split = _shown(splits, f"{prefix}confusion")
        counts = getattr(split, f"{prefix}confusion") or []
        matrix = [(one, *row) for one, row in zip(EXPRESSIONS, counts, strict=False)]
        yield _section(f"Confusion matrix, {name}: rows {labels}, columns answers", _table(("", *EXPRESSIONS), matrix))


def _robustness(name: str, split: SplitFigures) -> str:
    heights = {f"{height} px": row for height, row in split.by_height.items()}
    conditions = {row.words or one: row for one, row in split.by_condition.items()}
    rows = [(one, row.crowd, row.fer2013) for one, row in (heights | conditions).items()]
    table = _table(("faces", _against(split), "original labels"), rows)
    return _section(f"Small faces and bad pictures, {name}", textwrap.fill(_ROBUSTNESS, _WIDTH), table) if rows else ""


def _calibration(name: str, split: SplitFigures) -> str:
    rows = [(_range(row), row.n, row.said, row.right) for row in split.by_confidence if row.n]
    table = _table(("confidence", "faces", "mean confidence", "accuracy"), rows)
    return _section(f"Calibration, {name}, {_against(split)}", table)


def _range(row: ConfidenceBin) -> str:
    return f"{100 * row.low:.0f} % to {100 * row.high:.0f} %"


def _shown(splits: Mapping[str, SplitFigures], key: str) -> tuple[str, SplitFigures]:
    """The split that nothing was chosen on, if that was measured, else another."""
    names = [name for name in splits if getattr(splits[name], key)]
    name = "private_test" if "private_test" in names else next(iter(names), "")
    return name, splits.get(name) or SplitFigures()


def _against(split: SplitFigures) -> str:
    return "FER+ majority" if split.crowd_against == "plurality" else "labels, output crowd"


def _recipe(content: CardContent) -> Iterator[str]:
    yield from _nested(content.recipe, "")
    for head, value in content.temperature.items():
        yield f"- temperature of `{head}`: {value}"
    for head, value in content.chance_taken_off.items():
        yield f"- share of chance taken off `{head}`: {value}"
    for head, rule in content.class_shares.items():
        usual = ", ".join(f"{name} {share:.3f}" for name, share in rule.usual.items())
        yield f"- usual mix of `{head}`, from which the shares of a class are read: {usual}"
        yield f"- faces of that mix beside those of a class: {rule.weight:g}"
        common = f"{rule.common:g}, and {rule.common_unclear:g} by unclear answers"
        yield f"- variance of misreadings that faces share: {common}"
        if rule.recipe:
            yield f"- chosen by: {rule.recipe}"


def _nested(found: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A list of fields; a recipe may contain others, such as those of its stages or teachers."""
    for name, value in found.items():
        words = str(name).replace("_", " ")
        if isinstance(value, Mapping):
            yield f"{indent}- {words}:"
            yield from _nested(value, indent + "  ")
        elif any(isinstance(one, Mapping) for one in _rows(value)):
            yield f"{indent}- {words}:"
            yield from (f"{indent}  {number}. {_plain(one)}" for number, one in enumerate(value, start=1))
        else:
            yield f"{indent}- {words}: {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{str(name).replace('_', ' ')} {_plain(one)}" for name, one in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value)) or "none"
    return "none" if value is None or value == "" else str(value)


def _section(title: str, *parts: str) -> str:
    return "\n\n".join([f"## {title}", *filled]) if (filled := list(filter(None, parts))) else ""


def _bullets(sentences: Sequence[str]) -> str:
    return "\n".join(textwrap.fill(one, _WIDTH, initial_indent="- ", subsequent_indent="  ") for one in sentences)


def _table(header: Sequence[str], rows: Sequence[Sequence[Any]], right: Sequence[int] | None = None) -> str:
    """A table with the columns of numbers, all but the first unless `right` names them, to the right."""
    if not rows:
        return ""
    columns = range(1, len(header)) if right is None else right
    marks = ["---:" if index in columns else "---" for index in range(len(header))]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in (header, marks, *rows))


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("|", "/")
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}" if isinstance(value, float) else "–"


def _rows(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
