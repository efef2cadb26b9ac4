"""How good a network is on labelled faces, measured through the runtime that will use it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.readings.probabilities import Labels, Probabilities
from fer_desktop.core.types import Image, OnProgress
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
# Enough faces to check in a second whether a file is the one that was measured.
CHECK_ROWS: Final = 500
# Faces whose crops are in memory at once.
_BATCH: Final = 490
_SEED: Final = 2013

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class HeadAnswers:
    """The answers of one head and the labels they are compared with, of the faces that have one."""

    probabilities: Probabilities  # (N, 7)
    truth: Labels  # (N,)


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one set of faces; None where the set does not hold what they need.

    Those without a prefix compare the `fer2013` head with the labels, those with `ferplus_` the `crowd` head with the
    winner of FER+'s vote. In the tables `crowd` is compared with what `crowd_against` says. The single output of a
    network with one stands for both heads.
    """

    outputs: list[str]  # the network's own names of its outputs
    n: int
    accuracy: float
    accuracy_distinct: float | None  # without pictures that have an identical copy in the training split
    macro_f1: float  # mean over the classes that occur
    ece: float
    confusion: list[list[int]]  # rows by label, columns by prediction
    ferplus_n: int  # faces with one winner among the seven in FER+'s vote
    ferplus_agreement: float | None
    ferplus_agreement_distinct: float | None
    ferplus_macro_f1: float | None
    ferplus_ece: float | None
    ferplus_confusion: list[list[int]] | None
    crowd_on_labels: Row  # accuracy, macro_f1, ece, confusion of the `crowd` head against the labels
    crowd_against: str  # "plurality", or "labels" where there are no votes
    by_class: dict[str, dict[str, Row]]  # by head, by expression: n, precision, recall, f1
    by_height: dict[str, Row]  # by true face height in px: n, and the share of right answers by head
    by_condition: dict[str, Row]  # by the names of degradations.CONDITIONS: words, n, share by head; faces of 48 px
    by_confidence: list[Row]  # `crowd` by its top probability: from, to, n, said, right
    check: Row  # right answers by head on the first faces, to check whether a file is the one that was measured


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The figures, and the answers behind them."""

    scores: Scores
    answers: Mapping[str, HeadAnswers]  # by head


def evaluate(
    heads: Mapping[str, ExpressionClassifier],
    cut: CropCutter,
    faces: LabelledFaces,
    on_progress: OnProgress = lambda _done, _of: None,
    thorough: bool = True,
) -> Evaluation:
    """The scores of a network whose `fer2013` and `crowd` outputs are given; a single output stands for both.

    Without `thorough` heights and conditions are left out, which takes a tenth of the time. `on_progress` gets the
    number of faces read and of all; what it raises ends the evaluation.
    """
    only = next(iter(heads.values()))
    reader = _Predictor({name: heads.get(name, only) for name in HEADS}, cut, on_progress)
    reader.expected = len(faces) * (1 + (len(HEIGHTS_PX) + len(CONDITIONS) if thorough else 0))
    truth = {ORIGINAL: faces.labels, CROWD: faces.labels if faces.plurality is None else faces.plurality}
    answers = reader.read(faces.pictures)
    heights = _by_height(reader, faces.pictures, truth, answers) if thorough else {}
    conditions = _by_condition(reader, faces.pictures, truth) if thorough else {}
    compared = {name: HeadAnswers(answers[name][truth[name] >= 0], truth[name][truth[name] >= 0]) for name in HEADS}
    return Evaluation(_scores(list(heads), faces, answers, truth, compared, heights, conditions), compared)


class _Predictor:
    """Reads both heads' answers and reports progress."""

    def __init__(self, heads: Mapping[str, ExpressionClassifier], cut: CropCutter, on_progress: OnProgress) -> None:
        self._heads, self._cut, self._on_progress = heads, cut, on_progress
        self._done = self.expected = 0

    def read(self, pictures: Sequence[Image]) -> dict[str, Probabilities]:
        """(N, 7) by head."""
        parts = [self._read(pictures[start : start + _BATCH]) for start in range(0, len(pictures), _BATCH)]
        empty = np.empty((0, len(EXPRESSIONS)), np.float32)
        return {name: np.concatenate([empty, *(part[name] for part in parts)]) for name in HEADS}

    def skip(self, faces: int) -> None:
        """Counts faces as done that need not be read."""
        self._done += faces
        self._on_progress(self._done, self.expected)

    def _read(self, pictures: Sequence[Image]) -> dict[str, Probabilities]:
        # A single output that stands for both heads runs once.
        classifiers = {id(one): one for one in self._heads.values()}
        by_spec = {
            spec: np.concatenate([self._cut(picture, whole_square(picture), spec) for picture in pictures])
            for spec in {one.spec for one in classifiers.values()}
        }
        answers = {key: one.classify(by_spec[one.spec]) for key, one in classifiers.items()}
        self.skip(len(pictures))
        return {name: answers[id(one)] for name, one in self._heads.items()}


def _by_height(
    reader: _Predictor, pictures: Sequence[Image], truth: Mapping[str, Labels], plain: Mapping[str, Probabilities]
) -> dict[str, Row]:
    table = {}
    for height in HEIGHTS_PX:
        shrunk = [at_height(picture, height) for picture in pictures]
        if all(small is picture for small, picture in zip(shrunk, pictures, strict=True)):
            reader.skip(len(pictures))
            table[str(height)] = _row(plain, truth)
        else:
            table[str(height)] = _row_of_available(reader, shrunk, truth)
    return table


def _by_condition(reader: _Predictor, pictures: Sequence[Image], truth: Mapping[str, Labels]) -> dict[str, Row]:
    table = {}
    full = [at_height(picture, FULL_HEIGHT_PX) for picture in pictures]
    for condition in CONDITIONS:
        rng = np.random.default_rng(_SEED)
        changed = [None if picture is None else condition.change(picture, rng) for picture in full]
        row = _row_of_available(reader, changed, truth)
        table[condition.name] = {"words": condition.words, **row}
    return table


def _row_of_available(reader: _Predictor, pictures: Sequence[Image | None], truth: Mapping[str, Labels]) -> Row:
    available = np.array([picture is not None for picture in pictures], dtype=np.bool_)
    reader.skip(int((~available).sum()))
    answers = reader.read([picture for picture in pictures if picture is not None])
    return _row(answers, {name: labels[available] for name, labels in truth.items()})


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
    compared: Mapping[str, HeadAnswers],
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
        ferplus_n=len(compared[CROWD].truth) if voted else 0,
        ferplus_agreement=crowd["accuracy"],
        ferplus_agreement_distinct=crowd["distinct"],
        ferplus_macro_f1=crowd["macro_f1"],
        ferplus_ece=crowd["ece"],
        ferplus_confusion=crowd["confusion"],
        crowd_on_labels=_figures(answers[CROWD], faces.labels, faces.identical),
        crowd_against="plurality" if voted else "labels",
        by_class={name: _by_class(confusion(one.probabilities, one.truth)) for name, one in compared.items()},
        by_height=heights,
        by_condition=conditions,
        by_confidence=by_confidence(compared[CROWD]),
        check=_check(answers, truth),
    )


def _figures(probabilities: Probabilities, labels: Labels, identical: npt.NDArray[np.bool_] | None) -> Row:
    known = labels >= 0
    found, truth = probabilities[known], labels[known]
    if not len(truth):
        return dict.fromkeys(("accuracy", "distinct", "macro_f1", "ece", "confusion"))
    counts = confusion(found, truth)
    return {
        "accuracy": accuracy(found, truth),
        "distinct": None if identical is None else _share(probabilities, labels, known & ~identical),
        "macro_f1": macro_f1(counts),
        "ece": ece(found, truth),
        "confusion": counts.tolist(),
    }


def _by_class(counts: Counts) -> dict[str, Row]:
    """Precision is None for a class that is never predicted, recall and F1 for one that never occurs."""
    n, predicted = counts.sum(axis=1).tolist(), counts.sum(axis=0).tolist()
    figures = (precision_by_class(counts), recall_by_class(counts), f1_by_class(counts))
    return {
        name: {
            "n": n[index],
            "precision": float(figures[0][index]) if predicted[index] else None,
            "recall": float(figures[1][index]) if n[index] else None,
            "f1": float(figures[2][index]) if n[index] else None,
        }
        for index, name in enumerate(EXPRESSIONS)
    }


def by_confidence(answers: HeadAnswers, bins: int = CONFIDENCE_BINS) -> list[Row]:
    """Accuracy by the probability of the answer, in equal bins from 0 to 1.

    A row has `from`, `to`, the number `n` of faces, the mean probability `said` and the share `right`, both None in an
    empty bin. The threshold for "not sure" is read from it.
    """
    found = reliability(answers.probabilities, answers.truth, bins)
    return [
        {
            "from": round(index / bins, 4),
            "to": round((index + 1) / bins, 4),
            "n": int(found.n[index]),
            "said": float(found.confidence[index]) if found.n[index] else None,
            "right": float(found.accuracy[index]) if found.n[index] else None,
        }
        for index in range(bins)
    ]


def _check(answers: Mapping[str, Probabilities], truth: Mapping[str, Labels]) -> Row:
    rows = min(CHECK_ROWS, len(truth[ORIGINAL]))
    return {"rows": rows} | {
        name: int((answers[name][:rows].argmax(axis=1) == truth[name][:rows]).sum()) for name in HEADS
    }
