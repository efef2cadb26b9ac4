"""The effect of comparing each face with its usual look, measured on generated people with known expressions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import EXPRESSIONS, HAPPY, N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.geometry import face_squares
from fer_desktop.core.readings.baseline import WARM_UP_S, Baseline
from fer_desktop.core.types import FloatArray, Image, PeopleSplit
from fer_desktop.pipeline.ports import CropCutter, ExpressionClassifier
from fer_desktop.simulation.cast.generated_people import count_people, load_people

STRENGTHS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
# How much a detector's box varies from frame to frame, as a share of its size; light varies too.
_JITTER: Final = 0.05
_LIGHT: Final = 0.12
VARIANTS: Final = 8
_STEP_S: Final = 0.5
_SEED: Final = 1
_WALL: Final = 90  # grey behind a bust


@dataclass(frozen=True, slots=True)
class Person:
    """One generated person."""

    pictures: Sequence[Image]  # by expression, (H, W, 3) BGR
    faces: FloatArray  # (7, 4) xyxy px


@dataclass(frozen=True, slots=True)
class SingleLook:
    """The result for faces with one known look, which was also their usual one."""

    expression: str
    n: int
    strength: float
    right: float  # share of right answers


@dataclass(frozen=True, slots=True)
class Outcome:
    """The effect of one strength on a class that started in one way."""

    beginning: str  # how the class started
    strength: float
    right: float  # share of all answers, each expression shown as often
    neutral_right: float  # the same of neutral faces
    misread: float  # share of people whose neutral face is mostly read as something else


def generated_people(resources: Path, split: PeopleSplit) -> list[Person]:
    """The shipped generated people of a split before a grey wall. Raises SourceError where they are damaged."""
    wanted = [(number, range(N_EXPRESSIONS)) for number in range(count_people(resources, split))]
    return [
        Person(
            [
                np.rint(bust[..., :3] + _WALL * (1 - bust[..., 3:] / 255.0)).astype(np.uint8)
                for bust in (person.busts[expression] for expression in range(N_EXPRESSIONS))
            ],
            person.faces,
        )
        for person in load_people(resources, split, wanted)
    ]


def read_people(people: Sequence[Person], cut: CropCutter, classifier: ExpressionClassifier) -> FloatArray:
    """(P, 7, VARIANTS, 7) the network's answers to each person's expressions, in varied framing and light."""
    rng = np.random.default_rng(_SEED)
    answers = np.empty((len(people), N_EXPRESSIONS, VARIANTS, N_EXPRESSIONS), np.float32)
    for place, person in enumerate(people):
        for expression in range(N_EXPRESSIONS):
            square = face_squares(person.faces[expression][None])[0]
            side = square[2] - square[0]
            shifts = np.tile(rng.uniform(-_JITTER, _JITTER, (VARIANTS, 2)) * side, 2)
            grow = rng.uniform(-_JITTER, _JITTER, (VARIANTS, 1)) * side * np.array([-1, -1, 1, 1])
            squares = (square + shifts + grow).astype(np.float32)
            crops = cut(person.pictures[expression], squares, classifier.spec)
            lights = rng.uniform(1 - _LIGHT, 1 + _LIGHT, (VARIANTS, 1, 1, 1))
            lit = np.clip(np.rint(crops * lights), 0, 255).astype(np.uint8)
            answers[place, expression] = classifier.classify(lit)
    return answers


def study(answers: FloatArray) -> Iterator[Outcome]:
    """The outcome for each way in which a class can start and each strength; `answers` as from read_people."""
    people = len(answers)
    beginnings = {
        "all neutral": np.full(people, NEUTRAL),
        "every third smiles": np.where(np.arange(people) % 3 == 0, HAPPY, NEUTRAL),
        "any expression": np.arange(people) % N_EXPRESSIONS,
    }
    for name, shown in beginnings.items():
        for strength in STRENGTHS:
            yield _outcome(answers, name, shown, strength)


def study_of_usual_looks(answers: FloatArray, truth: npt.NDArray[np.int64]) -> Iterator[SingleLook]:
    """By expression and strength, the share of answers (N, 7) that are right after a minute of that same look.

    For neutral faces that is what the comparison gains; for all others it is what it costs if a student looked that way
    for the whole first minute.
    """
    for strength in STRENGTHS:
        baseline, seats = Baseline(strength), list(range(len(answers)))
        for now_s in np.arange(0.0, WARM_UP_S + 2 * _STEP_S, _STEP_S):
            adjusted = baseline.adjust(seats, answers, float(now_s))
        for expression, name in enumerate(EXPRESSIONS):
            shown = truth == expression
            if shown.any():
                right = float((adjusted[shown].argmax(axis=1) == expression).mean())
                yield SingleLook(name, int(shown.sum()), strength, right)


def _outcome(answers: FloatArray, name: str, shown: npt.NDArray[np.int64], strength: float) -> Outcome:
    baseline, seats = Baseline(strength), list(range(len(answers)))
    everybody = np.arange(len(answers))
    warm_up = np.arange(0.0, WARM_UP_S + 2 * _STEP_S, _STEP_S)
    for step, now_s in enumerate(warm_up):
        baseline.adjust(seats, answers[everybody, shown, step % VARIANTS], float(now_s))
    right = np.zeros((len(answers), N_EXPRESSIONS))
    for expression in range(N_EXPRESSIONS):
        for variant in range(VARIANTS):
            # At the exact end of the warm-up, so that the usual look does not adapt during the trial.
            adjusted = baseline.adjust(seats, answers[:, expression, variant], float(warm_up[-1]))
            right[:, expression] += adjusted.argmax(axis=1) == expression
    right /= VARIANTS
    neutral = right[:, NEUTRAL]
    return Outcome(name, strength, float(right.mean()), float(neutral.mean()), float((neutral < 0.5).mean()))
