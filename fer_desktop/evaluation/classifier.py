"""What a network is worth on labelled faces, measured through the runtime that will use it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.readings.probabilities import Labels, Probabilities
from fer_desktop.core.types import Image
from fer_desktop.datasets.labelled_faces import LabelledFaces
from fer_desktop.evaluation.degradations import CONDITIONS, FULL_HEIGHT_PX, HEIGHTS_PX, at_height, whole_square
from fer_desktop.evaluation.metrics import (
    Counts,
    accuracy,
    confusion,
    ece,
    f1_by_class,
    macro_f1,
    precision_by_class,
    recall_by_class,
    reliability,
)
from fer_desktop.pipeline.ports import CropCutter, ExpressionClassifier

ORIGINAL, CROWD = "fer2013", "crowd"
HEADS: Final = (ORIGINAL, CROWD)
CONFIDENCE_BINS: Final = 10
# So many faces are enough to see, in a second, whether a file is the one that was measured.
CHECK_ROWS: Final = 500
# Crops of so many faces are in memory at once.
_AT_ONCE: Final = 490
_SEED: Final = 2013

OnProgress = Callable[[int, int], None]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The answers of one head and what they are held against, of the faces of which that is known."""

    probabilities: Probabilities  # (N, 7)
    truth: Labels  # (N,)


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one set of faces; None where the set does not hold what they need.

    Those without a prefix hold the `fer2013` head against the labels, those with `ferplus_` the `crowd` head against
    the winner among FER+'s voters. In the tables `crowd` is held against what `crowd_against` says. A network with one
    output stands for both heads.
    """

    outputs: list[str]  # the network's own names of what was measured
    n: int
    accuracy: float
    accuracy_distinct: float | None  # without the pictures that have an identical copy in the training split
    macro_f1: float  # mean over the classes that occur
    ece: float
    confusion: list[list[int]]  # rows by label, columns by answer
    ferplus_n: int  # faces on which FER+'s voters had one winner among the seven
    ferplus_agreement: float | None
    ferplus_agreement_distinct: float | None
    ferplus_macro_f1: float | None
    ferplus_ece: float | None
    ferplus_confusion: list[list[int]] | None
    crowd_on_labels: Row  # accuracy, macro_f1, ece, confusion of the `crowd` head against the labels
    crowd_against: str  # "plurality", or "labels" where there are no votes
    by_class: dict[str, dict[str, Row]]  # by head, by expression: n, precision, recall, f1
    by_height: dict[str, Row]  # by true face height in px: n, and the share of right answers by head
    by_condition: dict[str, Row]  # by conditions.CONDITIONS' names: words, n, share by head; faces of 48 px
    by_confidence: list[Row]  # `crowd` by its top probability: from, to, n, said, right
    check: Row  # right answers by head on the first faces, to see whether a file is the one that was measured


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The figures, and the answers that they were made of."""

    scores: Scores
    judged: Mapping[str, Judged]  # by head


def evaluate(
    heads: Mapping[str, ExpressionClassifier],
    cut: CropCutter,
    faces: LabelledFaces,
    on_progress: OnProgress = lambda _done, _of: None,
    thorough: bool = True,
) -> Evaluation:
    """The scores of a network whose `fer2013` and `crowd` outputs are given; a single one stands for both.

    Without `thorough` heights and conditions are left out: a tenth of the time. `on_progress` is told how many faces
    were read, and of how many; what it raises ends the evaluation.
    """
    only = next(iter(heads.values()))
    reader = _Reader({name: heads.get(name, only) for name in HEADS}, cut, on_progress)
    reader.expected = len(faces) * (1 + (len(HEIGHTS_PX) + len(CONDITIONS) if thorough else 0))
    truth = {ORIGINAL: faces.labels, CROWD: faces.labels if faces.plurality is None else faces.plurality}
    answers = reader.read(faces.pictures)
    heights = _by_height(reader, faces.pictures, truth, answers) if thorough else {}
    conditions = _by_condition(reader, faces.pictures, truth) if thorough else {}
    judged = {name: Judged(answers[name][truth[name] >= 0], truth[name][truth[name] >= 0]) for name in HEADS}
    return Evaluation(_scores(list(heads), faces, answers, truth, judged, heights, conditions), judged)


class _Reader:
    """Both heads' answers, and how far it is."""

    def __init__(self, heads: Mapping[str, ExpressionClassifier], cut: CropCutter, on_progress: OnProgress) -> None:
        self._heads, self._cut, self._heard = heads, cut, on_progress
        self._done = self.expected = 0

    def read(self, pictures: Sequence[Image]) -> dict[str, Probabilities]:
        """(N, 7) by head."""
        parts = [self._read(pictures[start : start + _AT_ONCE]) for start in range(0, len(pictures), _AT_ONCE)]
        empty = np.empty((0, len(EXPRESSIONS)), np.float32)
        return {name: np.concatenate([empty, *(part[name] for part in parts)]) for name in HEADS}

    def skip(self, faces: int) -> None:
        """So many faces need not be read after all."""
        self._done += faces
        self._heard(self._done, self.expected)

    def _read(self, pictures: Sequence[Image]) -> dict[str, Probabilities]:
        # A single output that stands for both heads is asked once.
        classifiers = {id(one): one for one in self._heads.values()}
        by_spec = {
            spec: np.concatenate([self._cut(picture, whole_square(picture), spec) for picture in pictures])
            for spec in {one.spec for one in classifiers.values()}
        }
        answers = {key: one.classify(by_spec[one.spec]) for key, one in classifiers.items()}
        self.skip(len(pictures))
        return {name: answers[id(one)] for name, one in self._heads.items()}


def _by_height(
    reader: _Reader, pictures: Sequence[Image], truth: Mapping[str, Labels], plain: Mapping[str, Probabilities]
) -> dict[str, Row]:
    table = {}
    for height in HEIGHTS_PX:
        shrunk = [at_height(picture, height) for picture in pictures]
        if all(small is picture for small, picture in zip(shrunk, pictures, strict=True)):
            reader.skip(len(pictures))
            table[str(height)] = _row(plain, truth)
        else:
            table[str(height)] = _of_those_that_are_there(reader, shrunk, truth)
    return table


def _by_condition(reader: _Reader, pictures: Sequence[Image], truth: Mapping[str, Labels]) -> dict[str, Row]:
    table = {}
    full = [at_height(picture, FULL_HEIGHT_PX) for picture in pictures]
    for condition in CONDITIONS:
        rng = np.random.default_rng(_SEED)
        changed = [None if picture is None else condition.change(picture, rng) for picture in full]
        row = _of_those_that_are_there(reader, changed, truth)
        table[condition.name] = {"words": condition.words, **row}
    return table


def _of_those_that_are_there(reader: _Reader, pictures: Sequence[Image | None], truth: Mapping[str, Labels]) -> Row:
    there = np.array([picture is not None for picture in pictures], dtype=np.bool_)
    reader.skip(int((~there).sum()))
    answers = reader.read([picture for picture in pictures if picture is not None])
    return _row(answers, {name: labels[there] for name, labels in truth.items()})


def _row(answers: Mapping[str, Probabilities], truth: Mapping[str, Labels]) -> Row:
    return {
        "n": len(truth[ORIGINAL]),
        **{name: _share(answers[name], truth[name], truth[name] >= 0) for name in HEADS},
    }


def _share(probabilities: Probabilities, labels: Labels, rows: npt.NDArray[np.bool_]) -> float | None:
    return accuracy(probabilities[rows], labels[rows]) if rows.any() else None


def _scores(
    outputs: list[str],
    faces: LabelledFaces,
    answers: Mapping[str, Probabilities],
    truth: Mapping[str, Labels],
    judged: Mapping[str, Judged],
    heights: dict[str, Row],
    conditions: dict[str, Row],
) -> Scores:
    original, crowd = (_figures(answers[name], truth[name], faces.identical) for name in HEADS)
    voted = faces.plurality is not None
    if not voted:
        crowd = dict.fromkeys(crowd)
    return Scores(
        outputs=outputs,
        n=len(faces),
        accuracy=original["accuracy"],
        accuracy_distinct=original["distinct"],
        macro_f1=original["macro_f1"],
        ece=original["ece"],
        confusion=original["confusion"],
        ferplus_n=len(judged[CROWD].truth) if voted else 0,
        ferplus_agreement=crowd["accuracy"],
        ferplus_agreement_distinct=crowd["distinct"],
        ferplus_macro_f1=crowd["macro_f1"],
        ferplus_ece=crowd["ece"],
        ferplus_confusion=crowd["confusion"],
        crowd_on_labels=_figures(answers[CROWD], faces.labels, faces.identical),
        crowd_against="plurality" if voted else "labels",
        by_class={name: _by_class(confusion(one.probabilities, one.truth)) for name, one in judged.items()},
        by_height=heights,
        by_condition=conditions,
        by_confidence=by_confidence(judged[CROWD]),
        check=_check(answers, truth),
    )


def _figures(probabilities: Probabilities, labels: Labels, identical: npt.NDArray[np.bool_] | None) -> Row:
    known = labels >= 0
    found, right = probabilities[known], labels[known]
    if not len(right):
        return dict.fromkeys(("accuracy", "distinct", "macro_f1", "ece", "confusion"))
    counts = confusion(found, right)
    return {
        "accuracy": accuracy(found, right),
        "distinct": None if identical is None else _share(probabilities, labels, known & ~identical),
        "macro_f1": macro_f1(counts),
        "ece": ece(found, right),
        "confusion": counts.tolist(),
    }


def _by_class(counts: Counts) -> dict[str, Row]:
    """Precision is None for a class that is never answered, recall and F1 for one that never occurs."""
    n, answered = counts.sum(axis=1).tolist(), counts.sum(axis=0).tolist()
    figures = (precision_by_class(counts), recall_by_class(counts), f1_by_class(counts))
    return {
        name: {
            "n": n[index],
            "precision": float(figures[0][index]) if answered[index] else None,
            "recall": float(figures[1][index]) if n[index] else None,
            "f1": float(figures[2][index]) if n[index] else None,
        }
        for index, name in enumerate(EXPRESSIONS)
    }


def by_confidence(judged: Judged, bins: int = CONFIDENCE_BINS) -> list[Row]:
    """How often the answer is right by the probability that it is given, in equal bins from 0 to 1.

    A row has `from`, `to`, the number `n` of faces, the mean probability `said` and the share `right`, both None in an
    empty bin. A threshold for "not sure" is read off it.
    """
    found = reliability(judged.probabilities, judged.truth, bins)
    return [
        {
            "from": round(index / bins, 4),
            "to": round((index + 1) / bins, 4),
            "n": int(found.n[index]),
            "said": float(found.said[index]) if found.n[index] else None,
            "right": float(found.right[index]) if found.n[index] else None,
        }
        for index in range(bins)
    ]


def _check(answers: Mapping[str, Probabilities], truth: Mapping[str, Labels]) -> Row:
    rows = min(CHECK_ROWS, len(truth[ORIGINAL]))
    return {"rows": rows} | {
        name: int((answers[name][:rows].argmax(axis=1) == truth[name][:rows]).sum()) for name in HEADS
    }
