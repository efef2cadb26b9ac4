import dataclasses
from pathlib import Path

import numpy as np
import pytest
from training.tiny_runs import SHORT, PowerCutError, cut_after, log_of

from fer_desktop.core.errors import TrainingError
from fer_desktop.training.batches import Batches, mixed
from fer_desktop.training.dataset import TrainingData
from fer_desktop.training.export import export
from fer_desktop.training.networks import HEADS
from fer_desktop.training.teachers import taught
from fer_desktop.training.train import train


def test_a_network_learns_from_its_teachers_and_goes_on_after_an_interruption(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    export(finished, data.public_test, tmp_path / "teacher", SHORT)
    teacher, out = tmp_path / "teacher" / "expression.keras", tmp_path / "run"
    recipe = dataclasses.replace(SHORT, teaching=0.5, taught_by=("0" * 64,))
    with pytest.raises(PowerCutError):
        train(data, out, recipe, report=cut_after(1), teachers=[teacher])
    train(data, out, recipe, resume=True, teachers=[teacher])
    assert [row["epoch"] for row in log_of(out)] == ["1", "2"]

    soft = taught(data.training, [teacher], HEADS)
    assert soft["crowd"].sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    alone, helped = Batches(data.training, SHORT, 0), Batches(data.training, recipe, 0, HEADS, soft)
    expected = 0.5 * (0.9 * alone[0][1]["fer2013"] + 0.1 / 7)
    order = np.random.default_rng((recipe.seed, 0)).permutation(len(data.training))[: recipe.batch]
    assert helped[0][1]["fer2013"] == pytest.approx(expected + 0.5 * soft["fer2013"][order], abs=1e-5)


def test_a_network_that_cannot_teach_is_told_in_one_sentence(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    with pytest.raises(TrainingError, match="cannot teach"):  # its answers are no probabilities
        taught(data.training, [finished], HEADS)
    with pytest.raises(TrainingError, match="cannot teach"):
        taught(data.training, [tmp_path / "missing.keras"], HEADS)


def test_a_mixed_face_answers_for_both_as_far_as_each_shows_and_is_worth_anything() -> None:
    faces = np.array([0, 100, 200], np.uint8).reshape(3, 1, 1, 1)
    answers = np.eye(7, dtype=np.float32)[:3]
    shares, partners = np.array([0.75, 0.5, 1.0], np.float32), np.array([1, 2, 0])

    both, targets, worth = mixed(
        (faces, {"crowd": answers}, {"crowd": np.array([1, 1, 0], np.float32)}), shares, partners
    )

    assert both.dtype == np.uint8
    assert both.ravel().tolist() == [25, 150, 200]
    assert targets["crowd"][0] == pytest.approx([0.75, 0.25, 0, 0, 0, 0, 0])
    assert targets["crowd"][1] == pytest.approx([0, 1, 0, 0, 0, 0, 0])  # its partner is worth nothing
    assert worth["crowd"] == pytest.approx([1.0, 0.5, 0.0])


def test_batches_are_mixed_where_the_recipe_says_so_and_alike_each_time(data: TrainingData) -> None:
    recipe = dataclasses.replace(SHORT, mixup=0.3)
    plain, one, two = (Batches(data.training, each, 0)[1] for each in (SHORT, recipe, recipe))
    assert np.array_equal(one[0], two[0])
    assert not np.array_equal(one[0], plain[0])
    assert set(np.unique(plain[1]["fer2013"])) == {0.0, 1.0}
    of_two = ((one[1]["fer2013"] > 0) & (one[1]["fer2013"] < 1)).any(axis=1)
    assert of_two.sum() > 4
    assert one[1]["fer2013"].sum(axis=1) == pytest.approx(1.0, abs=1e-5)
