"""How each network is trained."""

from dataclasses import dataclass


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
    mixup: float = 0.0  # faces are laid over each other by shares from Beta(mixup, mixup); 0: not at all
    averaging: float = 0.0  # what a step keeps of the mean of all weights so far, which is what is kept; 0: no mean
    seed: int = 1
    started_from: str = ""  # SHA-256 of the .keras file whose weights it started from
    teaching: float = 0.0  # how much teachers' answers count beside the labels, 0-1
    taught_by: tuple[str, ...] = ()  # SHA-256 of the teachers' .keras files


RECIPES = {
    "compact": Recipe(),
    "mobilenet": Recipe(
        network="mobilenet", epochs=14, frozen_epochs=1, learning_rate=1e-3, weight_decay=0.02, rarity=0.25
    ),
}
