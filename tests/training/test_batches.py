import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.inputs.tiny_runs import SHORT, PowerCutError, cut_after, log_of

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import Split, TrainingData
from fer_desktop.training.batches import Batches, labels_predicted_by_votes
from fer_desktop.training.export import export
from fer_desktop.training.mixing import Batch, Mixing
from fer_desktop.training.networks import HEADS
from fer_desktop.training.teachers import teacher_answers
from fer_desktop.training.train import train


def test_a_network_learns_from_its_teachers_and_goes_on_after_an_interruption(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    export(finished, data.public_test, tmp_path / "teacher", SHORT)
    teacher, out = tmp_path / "teacher" / "expression.keras", tmp_path / "run"
    recipe = dataclasses.replace(SHORT, distillation_weight=0.5, teacher_hashes=("0" * 64,))
    with pytest.raises(PowerCutError):
        train(data, out, recipe, on_epoch=cut_after(1), teachers=[teacher])
    train(data, out, recipe, resume=True, teachers=[teacher])
    assert [row["epoch"] for row in log_of(out)] == ["1", "2"]

    soft = teacher_answers(data.training, [teacher], HEADS)
    assert soft["crowd"].sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    alone, helped = Batches(data.training, SHORT, 0), Batches(data.training, recipe, 0, HEADS, soft)
    expected = 0.5 * (0.9 * alone[0][1]["fer2013"] + 0.1 / 7)
    order = np.random.default_rng((recipe.seed, 0)).permutation(len(data.training))[: recipe.batch]
    assert helped[0][1]["fer2013"] == pytest.approx(expected + 0.5 * soft["fer2013"][order], abs=1e-5)


def test_a_network_that_cannot_be_a_teacher_is_reported_in_one_sentence(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    with pytest.raises(TrainingError, match="cannot be a teacher"):  # its answers are logits
        teacher_answers(data.training, [finished], HEADS)
    with pytest.raises(TrainingError, match="cannot be a teacher"):
        teacher_answers(data.training, [tmp_path / "missing.keras"], HEADS)


GREYS = (0, 100, 200, 250)


def four_flat_faces() -> Batch:
    """Each of one grey, with a label of its own; the last counts for nothing."""
    faces = np.repeat(np.array(GREYS, np.uint8), 48 * 48).reshape(4, 48, 48, 1)
    targets = {head: np.eye(7, dtype=np.float32)[first : first + 4] for head, first in (("crowd", 0), ("fer2013", 2))}
    weights = {"crowd": np.array([1, 1, 1, 0], np.float32), "fer2013": np.array([1, 1, 0.5, 0], np.float32)}
    return faces, targets, weights


def assert_answers_for(shares: np.ndarray, row: int, mixed: Batch, batch: Batch) -> None:
    """That a face's targets are those of the four faces by their shares in it (4,), and their weights."""
    for head, weights in batch[2].items():
        expected = shares * weights
        assert mixed[2][head][row] == pytest.approx(expected.sum(), abs=0.07)
        if expected.sum() > 0.2:
            target = expected / expected.sum() @ batch[1][head]
            assert mixed[1][head][row] == pytest.approx(target, abs=0.07)
            assert mixed[1][head][row].sum() == pytest.approx(1.0, abs=1e-5)


def test_a_blended_face_answers_for_both_as_far_as_each_shows_and_counts() -> None:
    batch = four_flat_faces()
    mixing = Mixing(dataclasses.replace(SHORT, mixup=0.8))
    blended = 0
    for seed in range(20):
        mixed = mixing.apply(batch, np.random.default_rng(seed))
        assert mixed[0].dtype == np.uint8
        for row, own in enumerate(GREYS):
            grey, label = float(mixed[0][row].mean()), mixed[1]["crowd"][row]
            others = [other for other in range(3) if other != row and label[other] > 0.05]
            if row < 3 and others:
                other = others[0]
                share = (grey - GREYS[other]) / (own - GREYS[other])
                assert_answers_for(np.eye(4)[row] * share + np.eye(4)[other] * (1 - share), row, mixed, batch)
                blended += 1
    assert blended > 10


def test_a_rectangle_of_another_face_answers_for_as_much_as_it_covers() -> None:
    batch = four_flat_faces()
    mixing = Mixing(dataclasses.replace(SHORT, cutmix=1.0))
    cut = 0
    for seed in range(40):
        mixed = mixing.apply(batch, np.random.default_rng(seed))
        for row in range(4):
            shares = np.array([float((mixed[0][row] == grey).mean()) for grey in GREYS])
            assert shares.sum() == pytest.approx(1.0)
            assert_answers_for(shares, row, mixed, batch)
            cut += shares.max() < 1
    assert cut > 40  # in half of the batches most faces have another's rectangle


@pytest.mark.parametrize("change", [{"mixup": 0.3}, {"cutmix": 1.0}])
def test_batches_are_mixed_where_the_recipe_says_so_and_alike_each_time(
    data: TrainingData, change: dict[str, Any]
) -> None:
    epochs = [Batches(data.training, each, 0) for each in (SHORT, *[dataclasses.replace(SHORT, **change)] * 2)]
    differs = False
    for index in range(len(epochs[0])):
        plain, one, two = (epoch[index] for epoch in epochs)
        assert np.array_equal(one[0], two[0])
        assert all(np.array_equal(one[1][head], two[1][head]) for head in HEADS)
        differs = differs or not np.array_equal(one[0], plain[0])
        assert set(np.unique(plain[1]["fer2013"])) == {0.0, 1.0}
        assert one[1]["fer2013"].sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert differs


def test_a_share_of_the_faces_loses_detail_or_a_rectangle(data: TrainingData) -> None:
    none = dataclasses.replace(SHORT, degradation_probability=0.0, erasing_probability=0.0)
    erased = Batches(data.training, dataclasses.replace(none, erasing_probability=1.0), 0)[0][0]
    degraded = Batches(data.training, dataclasses.replace(none, degradation_probability=1.0), 0)[0][0]
    detail = [np.abs(np.diff(faces.astype(np.float32), axis=2)).mean() for faces in (erased, degraded)]
    assert detail[1] < 0.7 * detail[0]
    plain = Batches(data.training, none, 0)[0][0]
    flat = [(np.diff(faces.astype(np.int64), axis=2) == 0).mean() for faces in (plain, erased)]
    assert flat[1] > flat[0] + 0.01


def test_votes_predict_the_labels_that_faces_with_the_same_votes_were_given() -> None:
    rng = np.random.default_rng(0)
    seen = rng.integers(0, 3, 900)
    labels = np.where(rng.random(900) < 0.25, 6, seen)  # a quarter was labelled as neutral whatever it showed
    votes = np.eye(10, dtype=np.int64)[seen] * 10
    split = Split(np.zeros((900, 48, 48), np.uint8), labels, votes, np.zeros(900, np.bool_))
    suggested = labels_predicted_by_votes(split)
    assert suggested.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    for expression in range(3):
        assert suggested[seen == expression][0][[expression, 6]] == pytest.approx([0.75, 0.25], abs=0.06)

    recipe = dataclasses.replace(SHORT, vote_label_mix=0.5)
    batches = Batches(split, recipe, 0)
    order = np.random.default_rng((recipe.seed, 0)).permutation(900)[: recipe.batch]
    expected = 0.5 * np.eye(7)[labels[order]] + 0.5 * suggested[order]
    assert batches[0][1]["fer2013"] == pytest.approx(expected, abs=1e-5)
