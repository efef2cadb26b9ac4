"""How often a network errs, by what faces show and by their size, out of its card."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.model_card import CardContent, SplitFigures

# private_test was used for nothing else.
_SPLITS: Final = ("private_test", "public_test")
_ORIGINAL: Final = "fer2013"  # the output taught by the labels; the other is taught by FER+'s voters


class Shown(StrEnum):
    """What faces show, as far as the program tells it apart."""

    SMILING = "smiling"
    SURPRISED = "surprised"
    NEUTRAL = "neutral"
    LOW = "low"  # sad, afraid, angry or disgusted: mix-ups among them cancel in a class


_MEMBERS: Final = {
    Shown.SMILING: (HAPPY,),
    Shown.NEUTRAL: (NEUTRAL,),
    Shown.SURPRISED: (SURPRISE,),
    Shown.LOW: (SAD, FEAR, ANGRY, DISGUST),
}


@dataclass(frozen=True, slots=True)
class CardErrors:
    """Shares, 0-1, of faces that are read as they are; empty where the card does not tell."""

    right: float | None = None  # by the label that came with each picture
    by_shown: dict[Shown, float] = field(default_factory=dict)  # by that label too, best first
    by_height_px: dict[int, float] = field(default_factory=dict)  # smallest first
    height_by_people: bool = False  # whether those by height are against what most of FER+'s voters saw

    @property
    def wrong(self) -> float | None:
        """The share of faces that are misread."""
        return None if self.right is None else 1.0 - self.right

    @property
    def wrong_by_shown(self) -> dict[Shown, float]:
        """The shares of faces that are misread, by what they show, smallest first."""
        return {shown: 1.0 - share for shown, share in self.by_shown.items()}

    @property
    def more_wrong_by_height(self) -> dict[int, float]:
        """How much larger than of the tallest faces the share of misread ones is, by height in px, smallest first."""
        *smaller, tallest = self.by_height_px or (0,)
        return {height: max(0.0, self.by_height_px[tallest] - self.by_height_px[height]) for height in smaller}


def errors_of(content: CardContent, output: str) -> CardErrors:
    """What the card tells of that output; an empty name means the one that voters taught."""
    original = output == _ORIGINAL
    splits = [content.figures[name] for name in _SPLITS if name in content.figures]
    splits += [split for name, split in content.figures.items() if name not in _SPLITS]
    right, confusion = next((found for split in splits if (found := _against_labels(split, original))[0]), (None, None))
    heights = next((split.by_height for split in splits if split.by_height), {})
    shares = {height: row.fer2013 if original else row.crowd for height, row in heights.items() if height.isdecimal()}
    by_height = sorted((int(height), share) for height, share in shares.items() if share is not None)
    by_people = not original and any(split.by_height and split.crowd_against == "plurality" for split in splits)
    return CardErrors(right, _by_shown(confusion), dict(by_height), by_people)


def _against_labels(split: SplitFigures, original: bool) -> tuple[float | None, Sequence[Sequence[int]] | None]:
    """Accuracy and confusion against the labels, which are harder on it than voters who agree."""
    if not original and split.crowd_on_labels.accuracy is not None:
        return split.crowd_on_labels.accuracy, split.crowd_on_labels.confusion
    return split.accuracy, split.confusion


def _by_shown(confusion: Sequence[Sequence[int]] | None) -> dict[Shown, float]:
    shares = {}
    for shown, members in _MEMBERS.items():
        if confusion is None or len(confusion) != N_EXPRESSIONS:
            continue
        of = sum(sum(confusion[row]) for row in members)
        if of:
            shares[shown] = sum(confusion[row][column] for row in members for column in members) / of
    return dict(sorted(shares.items(), key=lambda one: -one[1]))
