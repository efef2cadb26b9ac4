"""The technical part of a network's card, as text to copy: 78 characters wide but for names of files."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.help.model_card_text import (
    command,
    counts_of,
    measured,
    measured_hash,
    sentences_of,
    splits_of,
    table_of,
)

_WIDTH: Final = 78
_NAME: Final = 12  # a hash fits in what is left
_OF_A_BIN: Final = ("n", "said", "right")
_FIGURES: Final = {
    "n": "faces",
    "accuracy": "accuracy, original labels",
    "accuracy_distinct": "  without pictures known from training",
    "macro_f1": "  macro-F1",
    "ece": "  ECE, 15 bins",
    "ferplus_n": "faces with a winner among FER+'s voters",
    "ferplus_agreement": "agreement with that winner",
    "ferplus_agreement_distinct": "  without pictures known from training",
    "ferplus_macro_f1": "  macro-F1",
    "ferplus_ece": "  ECE, 15 bins",
}
_PROSE: Final = {"data": "Data", "licence": "Licence", "known_biases": "Known biases", "not_for": "Not for"}


def details(card: ModelCard) -> str:
    """All that the card holds, with the command that measures the network anew."""
    parts = (
        _network(card),
        _figures(card),
        *_tables(card),
        _confusion(card, "ferplus_confusion", "FER+'s voters"),
        _confusion(card, "confusion", "original label"),
        *(_prose(card, part, title) for part, title in _PROSE.items()),
        _measure(card),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _network(card: ModelCard) -> Iterator[str]:
    content = card.content
    recipe = _map(content.get("recipe"))
    parameters = content.get("parameters")
    names = [str(recipe.get("network", "")), f"{parameters:,} parameters" if isinstance(parameters, int) else ""]
    yield from _entry("Network", ", ".join(filter(None, names)))
    size = content.get("bytes")
    yield from _entry("File", f"{card.file.name}, {size / 1e6:.1f} MB" if isinstance(size, int) else card.file.name)
    yield f"{'Folder':<{_NAME}}{card.file.parent}"
    yield from _entry("SHA-256", card.sha256)
    told = measured_hash(card)
    yield from _entry("", "the file that was measured" if told == card.sha256 else _no_match(told))
    yield from _entry("", "" if told == card.sha256 else told)
    yield from _entry("Input", _input(_map(content.get("input"))))
    outputs = content.get("outputs") or ()
    yield from _entry("Outputs", ", ".join(f"{name} (speaks)" if name == card.head else str(name) for name in outputs))
    yield from _entry("Classes", ", ".join(str(name) for name in content.get("classes") or ()))
    fitted = {"temperature": content.get("temperature"), "share of chance taken off": content.get("chance_taken_off")}
    yield from _entry(
        "Calibrated", "; ".join(f"{name} {pairs}" for name, of in fitted.items() if (pairs := _pairs(_map(of))))
    )
    yield from _entry("Recipe", _pairs({name: value for name, value in recipe.items() if name != "network"}))


def _no_match(told: str) -> str:
    return "NOT the file that was measured, which has" if told else "which file was measured is not known"


def _entry(name: str, words: str) -> list[str]:
    indent = " " * _NAME
    return textwrap.wrap(words, _WIDTH, initial_indent=f"{name:<{_NAME}}", subsequent_indent=indent) if words else []


def _input(found: Mapping[str, Any]) -> str:
    side, channels, ends = found.get("side_px"), found.get("channels"), found.get("value_range")
    parts = [f"{side} x {side} px" if side else "", {1: "grey", 3: "RGB"}.get(channels or 0, "")]
    if isinstance(ends, list) and len(ends) == 2:
        parts.append(f"{ends[0]} (black) to {ends[1]} (white)")
    return ", ".join(filter(None, parts))


def _pairs(found: Mapping[str, Any]) -> str:
    return ", ".join(f"{str(name).replace('_', ' ')} {_plain(value)}" for name, value in found.items())


def _plain(value: object) -> str:
    return " and ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _figures(card: ModelCard) -> Iterator[str]:
    splits = splits_of(card)
    if not splits:
        return
    yield _row("Figures", splits)
    known = {name: words for name, words in _FIGURES.items() if any(name in split for split in splits.values())}
    others = {name for split in splits.values() for name, value in split.items() if _is_number(value)} - set(known)
    for name in (*known, *sorted(others)):
        words = known.get(name, name.replace("_", " "))
        yield _row(words, (_cell(split.get(name)) for split in splits.values()))


def _tables(card: ModelCard) -> Iterator[Iterator[str]]:
    split, found = table_of(card, "by_height")
    heights = {f"{name} px": row for name, row in _map(found).items()}
    yield _table(f"Right answers by height of the face, {split}", heights)
    split, found = table_of(card, "by_condition")
    worded = {str(_map(row).get("words", name)): row for name, row in _map(found).items()}
    yield _table(f"Right answers by condition, {split}", worded)
    split, found = table_of(card, "by_class")
    for head, classes in _map(found).items():
        yield _table(f"By expression, {head}, {split}", _map(classes))
    split, found = table_of(card, "by_confidence")
    bins = [_map(row) for row in found] if isinstance(found, list) else []
    ranges = {f"{row.get('from')} to {row.get('to')}": {key: row.get(key) for key in _OF_A_BIN} for row in bins}
    yield _table(f"Right answers by the probability that was said, {split}", ranges)


def _table(title: str, rows: Mapping[str, Any]) -> Iterator[str]:
    """A title, the names of the columns of numbers, a line a row."""
    whole = {name: row for name, row in rows.items() if isinstance(row, Mapping)}
    numbers = dict.fromkeys(key for row in whole.values() for key, value in row.items() if _is_number(value))
    if numbers:
        yield title
        yield _row("", numbers)
    for name, row in whole.items() if numbers else ():
        yield _row(f"  {name}", (_cell(row.get(column)) for column in numbers))


def _confusion(card: ModelCard, name: str, who: str) -> Iterator[str]:
    split, figures = measured(card)
    counts = counts_of(figures.get(name))
    if counts:
        yield f"Answers (columns) by {who} (rows), {split}"
        yield f"{'':<12}" + "".join(f"{word[:3]:>7}" for word in EXPRESSIONS)
        for word, row in zip(EXPRESSIONS, counts, strict=True):
            yield f"  {word:<10}" + "".join(f"{count:>7,}" for count in row)


def _prose(card: ModelCard, part: str, title: str) -> Iterator[str]:
    sentences = sentences_of(card, part)
    if sentences:
        yield title
    for sentence in sentences:
        yield from textwrap.wrap(sentence, _WIDTH, initial_indent="- ", subsequent_indent="  ")


def _measure(card: ModelCard) -> Iterator[str]:
    for split, figures in splits_of(card).items():
        if isinstance(figures.get("command"), str):
            yield f"Figures of {split}"
            yield f"  {figures['command']}"
    yield "Measured anew, DIR being a folder of FER-2013"
    yield f"  {command(card)}"


def _row(words: str, cells: Iterable[object]) -> str:
    right = "".join(f"{cell:>13}" for cell in cells)
    return f"{words:<{_WIDTH - len(right)}}{right}"


def _cell(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
