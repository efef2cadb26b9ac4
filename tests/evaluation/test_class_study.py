"""Classes of known mixtures: drawn as told, judged as told, and a rule that is chosen on them serves on others."""

import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.core.types import FloatArray, Image, SharesRule
from fer_desktop.evaluation.class_study.choosing import choose
from fer_desktop.evaluation.class_study.classes import READ, SIZES, Classes, Mixture, minutes
from fer_desktop.evaluation.class_study.faces import (
    CHOSEN_UNDER,
    HOME,
    Pool,
    pool_of_people,
    read_pools,
    reported_under,
)
from fer_desktop.evaluation.class_study.figures import figures, plain
from fer_desktop.pipeline.ports import CropSpec
from fer_desktop.vision.crop import cut_crops

USUAL = np.array([0.1, 0.02, 0.05, 0.28, 0.12, 0.13, 0.3])


def perfect(faces: int = 350) -> Pool:
    truth = np.arange(faces, dtype=np.int64) % N_EXPRESSIONS
    return Pool(np.eye(N_EXPRESSIONS, dtype=np.float32)[truth], truth)


def calibrated(seed: int, faces: int = 3000) -> Pool:
    """Answers as sure as they are right, of faces that are mixed as usual."""
    rng = np.random.default_rng(seed)
    answers = np.stack([rng.dirichlet(1.2 * USUAL) for _ in range(faces)])
    truth = np.array([rng.choice(N_EXPRESSIONS, p=row) for row in answers], np.int64)
    return Pool(np.maximum(answers, 1e-6).astype(np.float32), truth)


def test_faces_that_are_read_without_an_error_make_classes_without_one_where_all_are_read() -> None:
    pool = perfect()
    drawing = Classes(pool.truth, 1)
    first, then, _ = drawing.draw(25, Mixture.ONE)
    for minute in minutes(pool, (first, then, np.ones(25, np.bool_))):
        shares, low, high = plain(minute, SharesRule())
        assert shares == pytest.approx(minute.truth, abs=1e-6)
        assert (low <= high).all()


def test_classes_are_mixed_as_told_and_change() -> None:
    drawing = Classes(perfect().truth, 1)
    turned: list[float] = []
    read: list[float] = []
    neutral: dict[Mixture, list[float]] = {}
    for number in range(600):
        mixture = list(Mixture)[number % 3]
        first, then, some = drawing.draw(25, mixture)
        turned.append(float(np.mean(first != then)))
        read.append(float(some.mean()))
        neutral.setdefault(mixture, []).append(float(np.mean(first % N_EXPRESSIONS == NEUTRAL)))
    assert 0.2 < np.mean(turned) < 0.4
    assert np.mean(read) == pytest.approx(READ + (1 - READ) * 3 / 25, abs=0.02)
    assert np.mean(neutral[Mixture.NEUTRAL]) > 0.5
    assert np.mean(neutral[Mixture.FACES]) == pytest.approx(1 / 7, abs=0.05)


def test_the_same_seed_draws_the_same_classes_whatever_is_read_in_the_faces() -> None:
    one, other = (figures({HOME: perfect()}, SharesRule(), 6, seed) for seed in (3, 3))
    assert one == other
    assert one != figures({HOME: perfect()}, SharesRule(), 6, 4)


def test_an_expression_that_no_face_shows_is_in_no_class() -> None:
    truth = np.array([HAPPY, NEUTRAL, SAD] * 20, np.int64)
    pool = Pool(np.eye(N_EXPRESSIONS, dtype=np.float32)[truth], truth)
    told = figures({HOME: pool}, SharesRule(), 9, 1)
    assert told["share_error"]["25"][HOME] < 0.03


def test_figures_are_told_by_size_and_pool() -> None:
    told = figures({HOME: perfect(), "other": perfect()}, SharesRule(), 6, 1)
    for figure in ("share_error", "change_error", "interval_coverage", "interval_width", "coverage_of_some"):
        assert list(told[figure]) == list(told["plain"][figure]) == [str(size) for size in SIZES]
        assert all(list(row) == [HOME, "other"] for row in told[figure].values())
    assert set(told["by_mixture"]["10"][HOME]) == {mixture.value for mixture in Mixture}
    assert len(told["coverage_by_expression"]) == N_EXPRESSIONS


def test_a_rule_chosen_on_some_faces_lowers_the_error_and_holds_the_truth_on_others() -> None:
    chosen_on, others = calibrated(1), calibrated(2)
    rule = choose({HOME: chosen_on}, chosen_on.answers.mean(axis=0), 12, 1000)
    told = figures({HOME: others}, rule, 60, 1)
    for size in ("25", "49"):
        assert told["share_error"][size][HOME] < 0.8 * told["plain"]["share_error"][size][HOME]
        assert told["change_error"][size][HOME] < told["plain"]["change_error"][size][HOME]
        assert told["interval_coverage"][size][HOME] > 0.88
        assert told["plain"]["interval_coverage"][size][HOME] < told["interval_coverage"][size][HOME]


def test_generated_people_keep_their_expressions() -> None:
    answers = np.zeros((2, N_EXPRESSIONS, 3, N_EXPRESSIONS), np.float32)
    for expression in range(N_EXPRESSIONS):
        answers[:, expression, :, expression] = 1.0
    pool = pool_of_people(answers)
    assert len(pool.truth) == 2 * N_EXPRESSIONS * 3
    assert (pool.answers.argmax(axis=1) == pool.truth).all()


def test_nothing_is_chosen_and_reported_under_the_same_degradation() -> None:
    assert set(CHOSEN_UNDER) & set(reported_under()) == {HOME}


class TellsBrightness:
    """Happy where a face is bright, else neutral."""

    spec = CropSpec(48, 1)

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        bright = crops.reshape(len(crops), -1).mean(axis=1) > 128
        return np.asarray(np.eye(N_EXPRESSIONS, dtype=np.float32)[np.where(bright, HAPPY, NEUTRAL)])


def test_each_face_keeps_its_place_through_every_degradation() -> None:
    truth = np.array([HAPPY, NEUTRAL, NEUTRAL, HAPPY, NEUTRAL] * 21, np.int64)  # two pictures of 49, and some
    faces: list[Image] = [np.full((48, 48, 3), 220 if one == HAPPY else 40, np.uint8) for one in truth]
    seen: list[float] = []
    changes = reported_under()
    pools = read_pools(faces, truth, changes, TellsBrightness(), cut_crops, lambda done, _of: seen.append(done))
    assert list(pools) == list(changes)
    for pool in pools.values():
        assert (pool.answers.argmax(axis=1) == truth).all()
    assert seen[-1] == len(faces) * len(changes)
