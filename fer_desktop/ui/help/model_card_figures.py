"""What was measured of the output in use, read out of a network's card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from fer_desktop.core.model_card import CrowdOnLabels, OutputShares, SplitFigures
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.look.words import expression_word

# The first that was measured is what the page speaks of: private_test was used for nothing else.
_SPLITS: Final = ("private_test", "public_test")
_CROWD, _ORIGINAL = "crowd", "fer2013"  # the names of the outputs that are measured
_CONDITIONS: Final = {
    "blur_1": QT_TRANSLATE_NOOP("ModelCard", "slightly blurred"),
    "blur_2": QT_TRANSLATE_NOOP("ModelCard", "very blurred"),
    "jpeg_30": QT_TRANSLATE_NOOP("ModelCard", "blocky"),
    "jpeg_10": QT_TRANSLATE_NOOP("ModelCard", "very blocky"),
    "dim_30": QT_TRANSLATE_NOOP("ModelCard", "in dim light"),
    "dim_10": QT_TRANSLATE_NOOP("ModelCard", "almost dark"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of the output in use."""

    split: str
    sha256: str  # of the file that was measured; empty where the card does not say
    by_people: bool  # compared with what most of FER+'s voters saw, else with the original labels
    rate: float | None  # 0-1; None where nothing was measured
    faces: int | None
    ece: float | None
    by_expression: dict[str, float]  # 0-1, by its word in the user's language
    by_height: dict[str, float]  # by px
    by_condition: dict[str, float]  # by what spoils the picture, in words


def figures_of(card: ModelCard) -> Figures:
    """All that is read out of the card's figures; what does not hold counts as not measured."""
    head = _ORIGINAL if card.head == _ORIGINAL else _CROWD
    splits = {name: split for name, split in card.content.figures.items() if split != SplitFigures()}
    ordered = {name: splits[name] for name in (*_SPLITS, *splits) if name in splits}
    split, found = next(iter(ordered.items()), ("", SplitFigures()))
    by_people = head == _CROWD and found.ferplus_agreement is not None
    # Faces without votes have the labels alone to compare the crowd's output with.
    on_labels = found.crowd_on_labels if head == _CROWD and found.crowd_on_labels != CrowdOnLabels() else found
    heights = next((one.by_height for one in ordered.values() if one.by_height), {})
    conditions = next((one.by_condition for one in ordered.values() if one.by_condition), {})
    return Figures(
        split=split,
        sha256=found.measured.sha256 or card.content.sha256,
        by_people=by_people,
        rate=found.ferplus_agreement if by_people else on_labels.accuracy,
        faces=found.ferplus_n if by_people else found.n,
        ece=found.ferplus_ece if by_people else on_labels.ece,
        by_expression=_recalls(found.ferplus_confusion if by_people else on_labels.confusion),
        by_height={
            QCoreApplication.translate("ModelCard", "{height} px").format(height=px): share
            for px, row in heights.items()
            if (share := _share(row, head))
        },
        by_condition={
            QCoreApplication.translate("ModelCard", str(_CONDITIONS.get(name, name))): share
            for name, row in conditions.items()
            if (share := _share(row, head))
        },
    )


def _share(row: OutputShares, head: str) -> float | None:
    return row.fer2013 if head == _ORIGINAL else row.crowd


def _recalls(confusion: Sequence[Sequence[int]] | None) -> dict[str, float]:
    """The share of each expression's faces that are read as such, out of a confusion matrix (7, 7)."""
    rows = enumerate(confusion or ())
    return {expression_word(index): row[index] / sum(row) for index, row in rows if sum(row)}
