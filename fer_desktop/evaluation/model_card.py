"""A network's card: figures are written into its sidecar, and a page to read is made from that."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import write_whole
from fer_desktop.core.model_card import CardContent, SplitFigures
from fer_desktop.evaluation.classifier import Scores
from fer_desktop.evaluation.facts import facts_of
from fer_desktop.evaluation.model_card_page import card
from fer_desktop.training.recipes import with_current_names

__all__ = ["add_figures", "card"]

_SHIPPED: Final = "expression.tflite"


def add_figures(model: Path, split: str, scores: Scores) -> Path:
    """Adds the split's scores to the sidecar and rewrites the card; returns the card's Markdown file.

    Figures of an older file with the same name are dropped. Raises StoreError where they cannot be written.
    """
    sidecar = model.with_suffix(".json")
    content = json.loads(sidecar.read_text(encoding="utf-8"))
    files = _files(model)
    before, hashes = CardContent.model_validate(content), {file["sha256"] for file in files.values()}
    held = [name for name, split in before.figures.items() if _still_holds(split, before, hashes)]
    figures = {name: content["figures"][name] for name in held}  # with all that is unknown here
    figures[split] = _without_none(_rounded(asdict(scores))) | {
        "command": _command(model, split),
        "measured": {"file": model.name, "sha256": files[model.name]["sha256"]},
    }
    content["figures"] = {name: figures[name] for name in sorted(figures, reverse=True)}
    main = files.get(model.with_suffix(".tflite").name) or files[model.name]
    content |= {"sha256": main["sha256"], "bytes": main["bytes"], "files": files}
    if isinstance(content.get("recipe"), dict):
        content["recipe"] = with_current_names(content["recipe"])
    content |= facts_of(before)
    page = model.with_suffix(".md")
    try:
        write_whole(sidecar, json.dumps(content, indent=2) + "\n")
        write_whole(page, card(CardContent.model_validate(content)))
    except OSError as error:
        raise StoreError(
            "The card cannot be written to {parent}: make the folder writable, or copy the network elsewhere.",
            parent=model.parent,
        ) from error
    return page


def _files(model: Path) -> dict[str, dict[str, Any]]:
    """Hash and size of the network's files, by name."""
    found = (model.with_suffix(suffix) for suffix in (".tflite", ".keras"))
    return {
        file.name: {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "bytes": file.stat().st_size}
        for file in found
        if file.is_file()
    }


def _still_holds(figures: SplitFigures, card: CardContent, hashes: Collection[str]) -> bool:
    # Older sidecars have one hash for all of their figures.
    return figures != SplitFigures() and (figures.measured.sha256 or card.sha256) in hashes


def _command(model: Path, split: str) -> str:
    named = "" if model.name == _SHIPPED else f" --model {model.name}"
    return f"python main.py evaluate{named} --split {split} --data DIR"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(found) for name, found in value.items()}
    return [_rounded(found) for found in value] if isinstance(value, list) else value


def _without_none(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures that were not measured are left out, so that no reader takes them for values."""
    return {name: value for name, value in figures.items() if value is not None}
