"""How each network is trained."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fer_desktop.core.errors import TrainingError

_SET_BY_OPTIONS: Final = ("network", "started_from", "teacher_hashes")  # of the command, not by --set
_MINIMUM: Final = {"batch": 1, "epochs": 2, "side_px": 32, "learning_rate": 1e-7}  # 0 for all others
_AT_MOST_ONE: Final = frozenset(
    (
        "cutmix",
        "degradation_probability",
        "distillation_weight",
        "ema_decay",
        "erasing_probability",
        "label_smoothing",
        "learning_rate",
        "vote_label_mix",
        "weight_interpolation",
    )
)
# Fields that have been renamed: run folders and model cards written before still hold the former names.
_FORMER_NAMES: Final = {
    "averaging": "ema_decay",
    "degraded": "degradation_probability",
    "erased": "erasing_probability",
    "excitation": "se_ratio",
    "kept": "weight_interpolation",
    "rarity": "class_weight_power",
    "rows": "subset",
    "taught_by": "teacher_hashes",
    "teaching": "distillation_weight",
    "voters": "vote_label_mix",
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained; part of its card."""

    network: str = "compact"
    epochs: int = 26
    frozen_epochs: int = 0  # the first epochs, during which a pretrained trunk is not trained
    batch: int = 128
    learning_rate: float = 2e-3  # peak; one warm-up epoch, then cosine decay to 1 % of it
    weight_decay: float = 5e-4
    label_smoothing: float = 0.1  # of the original labels only; the crowd's votes are soft already
    class_weight_power: float = 0.0  # original labels are weighted by (mean class size / class size) to this power
    subset: str = "faces"  # which training pictures are used: one of fer2013.SUBSETS
    side_px: int = 48  # of the square that the network resizes a face to; `compact` takes it at 48
    se_ratio: int = 0  # squeeze-excitation: reduction ratio of its bottleneck; 0: none
    degradation_probability: float = 0.35  # of a face being downsampled and, in half of the cases, JPEG-compressed
    erasing_probability: float = 0.33  # of a rectangle of a face being erased
    mixup: float = 0.0  # faces are blended with weights drawn from Beta(mixup, mixup); 0: off
    cutmix: float = 0.0  # a rectangle of another face is pasted in, its area drawn from Beta(cutmix, cutmix); 0: off
    ema_decay: float = 0.0  # of the exponential moving average of the weights, which is what is kept; 0: no average
    vote_label_mix: float = 0.0  # weight of the label that FER+'s votes predict against the given one, 0-1
    seed: int = 1
    weight_interpolation: float = 0.0  # share of the starting weights in the exported ones, 0-1
    started_from: str = ""  # SHA-256 of the .keras file whose weights the run started from
    distillation_weight: float = 0.0  # weight of the teachers' answers against the labels, 0-1
    teacher_hashes: tuple[str, ...] = ()  # SHA-256 of the teachers' .keras files


RECIPES = {
    "compact": Recipe(),
    "mobilenet": Recipe(
        network="mobilenet",
        epochs=14,
        frozen_epochs=1,
        learning_rate=1e-3,
        weight_decay=0.02,
        class_weight_power=0.25,
        side_px=80,
    ),
}


def with_current_names(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """A recipe read from a file, with fields that have been renamed since it was written under their current names."""
    return {_FORMER_NAMES.get(name, name): value for name, value in recipe.items()}


def with_changes(recipe: Recipe, changes: Sequence[str]) -> Recipe:
    """The recipe with each of `changes`, such as `class_weight_power=0`. Raises TrainingError where one is invalid."""
    fields = [field.name for field in dataclasses.fields(Recipe) if field.name not in _SET_BY_OPTIONS]
    for change in changes:
        name, _, text = change.partition("=")
        if _FORMER_NAMES.get(name) in fields:
            raise TrainingError(
                "The recipe field {name!r} is now called {current!r}: use that with --set.",
                name=name,
                current=_FORMER_NAMES[name],
            )
        if name not in fields:
            raise TrainingError(
                "A recipe has no field {name!r} to set: choose one of {fields}.", name=name, fields=", ".join(fields)
            )
        value = _parsed(text, getattr(recipe, name))
        if value is None or not _in_bounds(name, value):
            raise TrainingError(
                "{change!r} is not valid: write it like {name}={example}.",
                change=change,
                name=name,
                example=getattr(recipe, name),
            )
        recipe = dataclasses.replace(recipe, **{name: value})
    if recipe.frozen_epochs >= recipe.epochs:
        raise TrainingError(
            "{frozen_epochs} of {epochs} epochs are frozen, so nothing would be trained: raise --epochs above that.",
            frozen_epochs=recipe.frozen_epochs,
            epochs=recipe.epochs,
        )
    return recipe


def _parsed(text: str, like: Any) -> Any:
    """The value that the text stands for, of the type of `like`; None where there is none."""
    if isinstance(like, str):
        return text or None
    try:
        value = type(like)(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _in_bounds(name: str, value: Any) -> bool:
    return isinstance(value, str) or (value >= _MINIMUM.get(name, 0) and (value <= 1 or name not in _AT_MOST_ONE))
