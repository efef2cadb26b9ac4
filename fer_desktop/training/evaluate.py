"""What a network is worth on one split of FER-2013, measured through the runtime that will use it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fer_desktop.pipeline.ports import CropCutter, ExpressionClassifier
from fer_desktop.training.dataset import SIDE_PX, Split
from fer_desktop.training.measures import Probabilities, accuracy, confusion, ece, f1_by_class


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one split; those of the original labels first, those of FER+'s crowd after."""

    n: int
    accuracy: float
    accuracy_distinct: float  # without the pictures that have an identical copy in the training split
    macro_f1: float
    ece: float
    confusion: list[list[int]]  # rows by original label, columns by answer
    ferplus_n: int  # rows on which FER+'s voters had one winner among the seven
    ferplus_agreement: float
    ferplus_agreement_distinct: float
    ferplus_macro_f1: float
    ferplus_ece: float
    ferplus_confusion: list[list[int]]


def evaluate(heads: Mapping[str, ExpressionClassifier], cut: CropCutter, split: Split) -> Scores:
    """The scores of a network whose `fer2013` and `crowd` outputs are given; a single one stands for both."""
    answers = {name: _answers(classifier, cut, split) for name, classifier in heads.items()}
    only = next(iter(answers.values()))
    original, crowd = answers.get("fer2013", only), answers.get("crowd", only)
    voted = split.plurality >= 0
    counts = confusion(original, split.labels)
    crowd_counts = confusion(crowd[voted], split.plurality[voted])
    apart = voted & ~split.identical
    return Scores(
        n=len(split),
        accuracy=accuracy(original, split.labels),
        accuracy_distinct=accuracy(original[~split.identical], split.labels[~split.identical]),
        macro_f1=float(f1_by_class(counts).mean()),
        ece=ece(original, split.labels),
        confusion=counts.tolist(),
        ferplus_n=int(voted.sum()),
        ferplus_agreement=accuracy(crowd[voted], split.plurality[voted]),
        ferplus_agreement_distinct=accuracy(crowd[apart], split.plurality[apart]),
        ferplus_macro_f1=float(f1_by_class(crowd_counts).mean()),
        ferplus_ece=ece(crowd[voted], split.plurality[voted]),
        ferplus_confusion=crowd_counts.tolist(),
    )


def _answers(classifier: ExpressionClassifier, cut: CropCutter, split: Split) -> Probabilities:
    whole = np.array([[0, 0, SIDE_PX, SIDE_PX]], dtype=np.float32)
    pictures = np.repeat(split.images[..., None], 3, axis=3)
    crops = np.concatenate([cut(picture, whole, classifier.spec) for picture in pictures])
    return classifier.classify(crops)
