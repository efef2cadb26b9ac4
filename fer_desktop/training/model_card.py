"""The card of the shipped network: figures into its sidecar, and a page to read out of it."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fer_desktop.core.files import write_whole
from fer_desktop.training.evaluate import Scores

_ORIGIN = """\
Trained on the training split of FER-2013 (ICML 2013 challenge; the pictures carry no licence text: research use), with
its original labels and with the votes of FER+ (Microsoft, MIT). Temperatures were fitted on public_test; private_test
was used for nothing but the figures here. The pictures were collected from the web in 2013: posed and acted faces, few
old people and few dark skins, watermarks, and labels on which the original annotator and FER+'s ten agree on only two
rows in three."""
_NOT_FOR = """\
Not for marking, ranking or watching single persons, not for decisions about anybody, and in the EU and EEA not in
education or at work. It says what a face shows to a stranger, not what somebody feels."""


def add_figures(model: Path, split: str, scores: Scores) -> Path:
    """The card's Markdown file, written anew together with the sidecar that now holds the split's scores."""
    sidecar = model.with_suffix(".json")
    content = json.loads(sidecar.read_text(encoding="utf-8"))
    content.setdefault("figures", {})[split] = {
        name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(scores).items()
    }
    content["sha256"] = hashlib.sha256(model.read_bytes()).hexdigest()
    content["bytes"] = model.stat().st_size
    write_whole(sidecar, json.dumps(content, indent=2) + "\n")
    page = model.with_suffix(".md")
    write_whole(page, card(content))
    return page


def card(content: dict[str, Any]) -> str:
    """The card as Markdown."""
    recipe, figures, side = content["recipe"], content.get("figures", {}), content["input"]["side_px"]
    lines = [
        "# The expression network",
        "",
        (
            f"`{recipe['network']}`, {content['parameters']:,} parameters, {content['bytes'] / 1e6:.1f} MB, "
            f"SHA-256 `{content['sha256']}`."
        ),
        "",
        (
            f"Takes grey faces of {side}x{side}, answers with the probabilities of {', '.join(content['classes'])} on "
            "two outputs: `crowd` (what FER+'s ten voters saw; the app speaks through it) and `fer2013` (the original "
            "labels)."
        ),
        "",
        "## Figures",
        "",
        "Each through the shipped file and runtime: `python main.py evaluate --split SPLIT`.",
        "",
        "| figure | " + " | ".join(figures) + " |",
        "| --- |" + " ---: |" * len(figures),
    ]
    for name, what in _FIGURES.items():
        cells = [f"{split[name]:,}" if name.endswith("n") else f"{split[name]:.4f}" for split in figures.values()]
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    lines += ["", "## Data", "", _ORIGIN, "", "## Not for", "", _NOT_FOR, "", "## Recipe", ""]
    lines += [f"- {name.replace('_', ' ')}: {value}" for name, value in recipe.items()]
    lines += [f"- temperature of `{head}`: {value}" for head, value in content["temperature"].items()]
    return "\n".join(lines) + "\n"


_FIGURES = {
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
