"""How each network is trained."""

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fer_desktop.core.errors import TrainingError

_NOT_A_CHOICE: Final = ("network", "started_from", "taught_by")  # said by other options
_LEAST: Final = {"batch": 1, "epochs": 2, "side_px": 32, "learning_rate": 1e-7}  # 0 for all others
_AT_MOST_ONE: Final = frozenset(
    ("averaging", "degraded", "erased", "kept", "label_smoothing", "learning_rate", "teaching", "voters")
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained; part of its card."""

    network: str = "compact"
    epochs: int = 26
    frozen_epochs: int = 0  # the first ones, in which a pretrained trunk stays as it came
    batch: int = 128
    learning_rate: float = 2e-3  # peak; one warm-up epoch, then a cosine to 1 % of it
    weight_decay: float = 5e-4
    label_smoothing: float = 0.1  # of the original labels only; the crowd's votes are soft already
    rarity: float = 0.0  # original labels weigh (mean class size / class size) to this power
    rows: str = "faces"  # which of the training pictures, by the names of dataset.ROWS
    side_px: int = 48  # of the square that the network enlarges a face to; `compact` takes it as it is
    excitation: int = 0  # squeeze-excitation: by how much its middle layer is narrower; 0: none
    degraded: float = 0.35  # share of the faces that go through few pixels and JPEG
    erased: float = 0.33  # share of the faces with a rectangle erased
    mixup: float = 0.0  # faces are laid over each other by shares from Beta(mixup, mixup); 0: not at all
    cutmix: float = 0.0  # a rectangle of another face is laid in, of a share from Beta(cutmix, cutmix); 0: not at all
    averaging: float = 0.0  # what a step keeps of the mean of all weights so far, which is what is kept; 0: no mean
    voters: float = 0.0  # how much the original label that FER+'s votes suggest counts beside the one given, 0-1
    seed: int = 1
    kept: float = 0.0  # how much of the weights that it started from is in those that are exported, 0-1
    started_from: str = ""  # SHA-256 of the .keras file whose weights it started from
    teaching: float = 0.0  # how much teachers' answers count beside the labels, 0-1
    taught_by: tuple[str, ...] = ()  # SHA-256 of the teachers' .keras files


RECIPES = {
    "compact": Recipe(),
    "mobilenet": Recipe(
        network="mobilenet",
        epochs=14,
        frozen_epochs=1,
        learning_rate=1e-3,
        weight_decay=0.02,
        rarity=0.25,
        side_px=80,
    ),
}


def changed(recipe: Recipe, changes: Sequence[str]) -> Recipe:
    """The recipe with each of `changes`, as in `rarity=0`. Raises TrainingError where one says nothing that fits."""
    fields = [field.name for field in dataclasses.fields(Recipe) if field.name not in _NOT_A_CHOICE]
    for change in changes:
        name, _, words = change.partition("=")
        if name not in fields:
            raise TrainingError(f"A recipe has no {name!r} to set: it has {', '.join(fields)}.")
        value = _read(words, getattr(recipe, name))
        if value is None or not _within(name, value):
            raise TrainingError(f"{change!r} sets nothing that fits: write it as in {name}={getattr(recipe, name)}.")
        recipe = dataclasses.replace(recipe, **{name: value})
    if recipe.frozen_epochs >= recipe.epochs:
        raise TrainingError(f"Of {recipe.epochs} epochs {recipe.frozen_epochs} are frozen: give more --epochs.")
    return recipe


def _read(words: str, like: Any) -> Any:
    """What the words say, of the type of `like`; None where they do not."""
    if isinstance(like, str):
        return words or None
    try:
        value = type(like)(words)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _within(name: str, value: Any) -> bool:
    return isinstance(value, str) or (value >= _LEAST.get(name, 0) and (value <= 1 or name not in _AT_MOST_ONE))
