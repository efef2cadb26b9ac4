import dataclasses
from pathlib import Path

import numpy as np
import pytest
from support.tiny_runs import SHORT, PowerCutError, cut_after, log_of

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import Split, TrainingData
from fer_desktop.training.batches import Batches, suggested_by_votes
from fer_desktop.training.export import export
from fer_desktop.training.mixing import cut_into_each_other, mixed
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


def test_a_rectangle_of_another_face_answers_for_as_much_as_it_covers() -> None:
    faces = np.repeat(np.array([0, 100, 200, 250], np.uint8), 48 * 48).reshape(4, 48, 48, 1)
    answers, worth = np.eye(7, dtype=np.float32)[:4], np.array([1, 1, 1, 0], np.float32)
    cut = 0
    for seed in range(40):
        both, targets, weights = cut_into_each_other(
            (faces, {"crowd": answers}, {"crowd": worth}), 1.0, np.random.default_rng(seed)
        )
        for row in range(4):
            shows = {int(value): float((both[row] == value).mean()) for value in np.unique(both[row])}
            expected = np.array([shows.get(value, 0.0) for value in (0, 100, 200, 250)]) * worth
            assert weights["crowd"][row] == pytest.approx(expected.sum(), abs=1e-4)
            if expected.any():
                assert targets["crowd"][row, :4] == pytest.approx(expected / expected.sum(), abs=1e-4)
            cut += len(shows) == 2
    assert cut > 40  # in half of the batches most faces have another's rectangle


def test_a_share_of_the_faces_loses_detail_or_a_rectangle(data: TrainingData) -> None:
    as_they_are = dataclasses.replace(SHORT, degraded=0.0, erased=0.0)
    erased = Batches(data.training, dataclasses.replace(as_they_are, erased=1.0), 0)[0][0]
    degraded = Batches(data.training, dataclasses.replace(as_they_are, degraded=1.0), 0)[0][0]
    detail = [np.abs(np.diff(faces.astype(np.float32), axis=2)).mean() for faces in (erased, degraded)]
    assert detail[1] < 0.7 * detail[0]
    plain = Batches(data.training, as_they_are, 0)[0][0]
    flat = [(np.diff(faces.astype(np.int64), axis=2) == 0).mean() for faces in (plain, erased)]
    assert flat[1] > flat[0] + 0.01


def test_what_the_votes_suggest_is_how_labels_were_given_to_faces_voted_on_alike() -> None:
    rng = np.random.default_rng(0)
    seen = rng.integers(0, 3, 900)
    labels = np.where(rng.random(900) < 0.25, 6, seen)  # a quarter was labelled as neutral whatever it showed
    votes = np.eye(10, dtype=np.int64)[seen] * 10
    split = Split(np.zeros((900, 48, 48), np.uint8), labels, votes, np.zeros(900, np.bool_))
    suggested = suggested_by_votes(split)
    assert suggested.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    for expression in range(3):
        assert suggested[seen == expression][0][[expression, 6]] == pytest.approx([0.75, 0.25], abs=0.06)

    recipe = dataclasses.replace(SHORT, voters=0.5)
    batches = Batches(split, recipe, 0)
    order = np.random.default_rng((recipe.seed, 0)).permutation(900)[: recipe.batch]
    expected = 0.5 * np.eye(7)[labels[order]] + 0.5 * suggested[order]
    assert batches[0][1]["fer2013"] == pytest.approx(expected, abs=1e-5)
