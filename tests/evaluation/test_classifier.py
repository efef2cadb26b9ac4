import dataclasses
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.inputs.made_up_readers import AlwaysSays, ReadsBrightness, ReadsSharpness
from support.inputs.small_data import small_data

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import ANGRY, EXPRESSIONS, HAPPY, NEUTRAL, SAD
from fer_desktop.core.types import Image
from fer_desktop.datasets.fer2013 import load_split
from fer_desktop.datasets.labelled_faces import LabelledFaces, faces_of_folder, faces_of_split, is_class_folder
from fer_desktop.evaluation.classifier import evaluate
from fer_desktop.evaluation.degradations import CONDITIONS, HEIGHTS_PX, at_height, whole_square
from fer_desktop.vision.crop import cut_crops


def noise(count: int, side: int = 48) -> list[Image]:
    grey = np.random.default_rng(5).integers(0, 256, (count, side, side, 1), dtype=np.uint8)
    return list(np.repeat(grey, 3, axis=3))


def flat(values: list[int], side: int = 48) -> list[Image]:
    return [np.full((side, side, 3), value, np.uint8) for value in values]


@pytest.fixture
def small(tmp_path: Path) -> LabelledFaces:
    return faces_of_split(load_split(small_data(tmp_path, faces=28), "public_test"))


def test_two_heads_are_each_held_against_their_own_labels(small: LabelledFaces) -> None:
    scores = evaluate(
        {"crowd": AlwaysSays(HAPPY), "fer2013": ReadsBrightness()}, cut_crops, small, thorough=False
    ).scores
    assert (scores.n, scores.accuracy, scores.macro_f1) == (28, 1.0, 1.0)
    assert scores.ece == pytest.approx(0.1)
    assert np.array_equal(scores.confusion, 4 * np.eye(7))
    assert scores.ferplus_n == 28
    assert scores.ferplus_agreement == pytest.approx(1 / 7)
    assert scores.ferplus_ece == pytest.approx(0.6 - 1 / 7)
    assert (scores.by_height, scores.by_condition) == ({}, {})


def test_a_single_output_stands_for_both_heads_and_is_asked_once(small: LabelledFaces) -> None:
    reader = ReadsBrightness()
    scores = evaluate({"own": reader}, cut_crops, small, thorough=False).scores
    assert (scores.accuracy, scores.ferplus_agreement) == (1.0, 1.0)
    assert scores.outputs == ["own"]
    assert reader.seen == 28


def test_rows_without_a_winner_and_known_pictures_are_left_out_where_they_should() -> None:
    faces = LabelledFaces(
        flat([30, 30, 62, 62]),
        labels=np.array([0, 1, 1, 1]),
        plurality=np.array([0, -1, 1, 2]),
        identical=np.array([True, False, False, False]),
    )
    on_progress: list[tuple[float, float]] = []
    scores = evaluate({"": ReadsBrightness()}, cut_crops, faces, lambda done, of: on_progress.append((done, of))).scores
    assert on_progress[-1] == (44, 44)
    assert scores.accuracy == 0.75
    assert scores.accuracy_distinct == pytest.approx(2 / 3)
    assert scores.ferplus_n == 3
    assert scores.ferplus_agreement == pytest.approx(2 / 3)
    assert scores.ferplus_agreement_distinct == 0.5
    assert scores.check == {"rows": 4, "fer2013": 3, "crowd": 2}
    assert scores.by_height["24"] == {"n": 4, "fer2013": 0.75, "crowd": pytest.approx(2 / 3)}
    assert sum(row["n"] for row in scores.by_confidence) == 3
    assert sum(row["n"] for row in scores.by_class["crowd"].values()) == 3


def test_without_votes_there_are_no_figures_against_them(small: LabelledFaces) -> None:
    without = dataclasses.replace(small, plurality=None)
    scores = evaluate({"crowd": AlwaysSays(SAD), "fer2013": ReadsBrightness()}, cut_crops, without).scores
    against_votes = [value for name, value in dataclasses.asdict(scores).items() if name.startswith("ferplus_")]
    assert against_votes == [0, None, None, None, None, None]
    assert scores.crowd_against == "labels"
    assert scores.crowd_on_labels["accuracy"] == pytest.approx(1 / 7)
    assert scores.by_height["48"] == {"n": 28, "fer2013": 1.0, "crowd": pytest.approx(1 / 7)}


def test_by_class_says_nothing_of_what_never_occurs() -> None:
    faces = LabelledFaces(flat([30, 30, 62]), np.array([0, 1, 1]))
    table = evaluate({"": ReadsBrightness()}, cut_crops, faces, thorough=False).scores.by_class["fer2013"]
    assert list(table) == list(EXPRESSIONS)
    assert table["angry"] == {"n": 1, "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}
    assert table["disgust"] == {"n": 2, "precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert table["fear"] == {"n": 0, "precision": None, "recall": None, "f1": None}


def test_small_faces_lose_their_detail_and_full_ones_keep_it() -> None:
    faces = LabelledFaces(noise(6), np.full(6, HAPPY), np.full(6, HAPPY))
    sharp = np.abs(np.diff(faces.pictures[0][..., 0].astype(np.float32), axis=1)).mean()
    scores = evaluate({"crowd": ReadsSharpness(sharp / 2), "fer2013": AlwaysSays(HAPPY)}, cut_crops, faces).scores
    assert list(scores.by_height) == ["16", "24", "32", "48"]
    assert scores.by_height["48"] == {"n": 6, "fer2013": 1.0, "crowd": 1.0}
    assert scores.by_height["16"] == {"n": 6, "fer2013": 1.0, "crowd": 0.0}
    assert scores.by_condition["blur_2"]["crowd"] == 0.0
    assert scores.by_condition["jpeg_30"]["crowd"] == 1.0


def test_dim_light_darkens_and_blocks_of_jpeg_do_not(small: LabelledFaces) -> None:
    table = evaluate({"": ReadsBrightness()}, cut_crops, small).scores.by_condition
    assert list(table) == ["blur_1", "blur_2", "jpeg_30", "jpeg_10", "dim_30", "dim_10"]
    # Of 30 + 32 * class only the darkest class is still nearest to itself at 30 % of the light.
    assert table["dim_30"]["fer2013"] == pytest.approx(1 / 7)
    assert table["jpeg_30"] == {"words": "JPEG, quality 30", "n": 28, "fer2013": 1.0, "crowd": 1.0}


@pytest.mark.parametrize(("height_px", "side_px"), [(16, 16), (24, 23), (32, 31)])
def test_a_face_of_some_height_is_framed_as_fer2013_frames_it(height_px: int, side_px: int) -> None:
    picture = noise(1)[0]
    small = at_height(picture, height_px)
    assert small is not None
    assert small.shape == (side_px, side_px, 3)
    assert small.mean() == pytest.approx(picture.mean(), abs=1.5)


def test_the_picture_of_fer2013_is_a_face_of_48_px() -> None:
    picture = noise(1)[0]
    assert at_height(picture, 48) is picture
    large = at_height(noise(1, side=200)[0], 48)
    assert large is not None
    assert large.shape == (47, 47, 3)


def test_what_is_too_small_for_a_row_is_left_out_of_it() -> None:
    faces = LabelledFaces([*flat([30, 30], side=30), *flat([62], side=90)], np.array([0, 1, 1]))
    on_progress: list[tuple[float, float]] = []
    scores = evaluate({"": ReadsBrightness()}, cut_crops, faces, lambda done, of: on_progress.append((done, of))).scores
    assert {height: row["n"] for height, row in scores.by_height.items()} == {"16": 3, "24": 3, "32": 1, "48": 1}
    assert scores.by_height["32"]["fer2013"] == 1.0
    assert {row["n"] for row in scores.by_condition.values()} == {1}
    assert on_progress == sorted(on_progress)
    assert on_progress[-1] == (33, 33)


def test_rows_that_no_face_is_large_enough_for_have_no_figure() -> None:
    scores = evaluate({"": ReadsBrightness()}, cut_crops, LabelledFaces(flat([30], side=20), np.array([0]))).scores
    assert scores.by_height["48"] == {"n": 0, "fer2013": None, "crowd": None}
    json.dumps(dataclasses.asdict(scores), allow_nan=False)


def test_a_picture_that_is_not_square_is_seen_whole() -> None:
    assert whole_square(np.zeros((40, 30, 3), np.uint8)).tolist() == [[-5, 0, 35, 40]]
    small = at_height(np.zeros((200, 150, 3), np.uint8), 24)
    assert small is not None
    assert small.shape == (23, 17, 3)


def test_conditions_keep_the_picture_s_size_and_repeat_exactly() -> None:
    picture = noise(1)[0]
    for condition in CONDITIONS:
        once, again = (condition.change(picture, np.random.default_rng(1)) for _ in range(2))
        assert once.shape == picture.shape
        assert once.dtype == np.uint8
        assert np.array_equal(once, again)
        assert not np.array_equal(once, picture)


def test_by_confidence_says_from_where_on_an_answer_can_be_trusted(small: LabelledFaces) -> None:
    reader = ReadsBrightness(top=0.85)
    table = evaluate(
        {"crowd": reader, "fer2013": AlwaysSays(ANGRY)}, cut_crops, small, thorough=False
    ).scores.by_confidence
    assert [(row["from"], row["to"]) for row in table] == [(index / 10, (index + 1) / 10) for index in range(10)]
    assert table[8] == {"from": 0.8, "to": 0.9, "n": 28, "said": pytest.approx(0.85), "right": 1.0}
    assert all(row["n"] == 0 and row["right"] is None for row in table[:8])


def test_what_the_listener_raises_ends_the_evaluation(small: LabelledFaces) -> None:
    reader = ReadsBrightness()

    def enough(_done: float, _of: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate({"": reader}, cut_crops, small, enough)
    assert reader.seen == 28


def test_a_network_for_coloured_crops_is_measured_as_well(small: LabelledFaces) -> None:
    assert evaluate({"": ReadsBrightness(channels=3)}, cut_crops, small).scores.by_height["24"]["fer2013"] == 1.0


def test_a_folder_of_classes_is_read_whatever_its_pictures_size(tmp_path: Path) -> None:
    for name, value, size in (("angry", 30, (60, 40)), ("Happy", 126, (500, 700)), ("neutral", 222, (48, 48))):
        (tmp_path / name).mkdir()
        cv2.imwrite(str(tmp_path / name / "one.png"), np.full((*size, 3), value, np.uint8))
    (tmp_path / "happy").mkdir(exist_ok=True)
    (tmp_path / "angry" / "broken.jpg").write_bytes(b"no picture")
    assert is_class_folder(tmp_path)
    faces = faces_of_folder(tmp_path)
    assert faces.labels.tolist() == [ANGRY, HAPPY, NEUTRAL]
    assert max(faces.pictures[1].shape) == 256
    assert faces.skipped == (str(Path("angry") / "broken.jpg"),)
    scores = evaluate({"": ReadsBrightness()}, cut_crops, faces).scores
    assert (scores.n, scores.accuracy, scores.accuracy_distinct) == (3, 1.0, None)
    assert [scores.by_height[str(height)]["n"] for height in HEIGHTS_PX] == [3, 3, 3, 3]


def test_fer2013_itself_is_no_folder_of_classes(tmp_path: Path) -> None:
    assert not is_class_folder(small_data(tmp_path, faces=7))
    assert not is_class_folder(tmp_path / "nowhere")
    kaggle = tmp_path / "kaggle"
    (kaggle / "train" / "happy").mkdir(parents=True)
    (kaggle / "test" / "happy").mkdir(parents=True)
    assert not is_class_folder(kaggle)


def test_a_folder_named_after_no_expression_is_told(tmp_path: Path) -> None:
    (tmp_path / "bored").mkdir()
    cv2.imwrite(str(tmp_path / "bored" / "one.png"), np.zeros((48, 48, 3), np.uint8))
    assert is_class_folder(tmp_path)
    with pytest.raises(TrainingError, match="no expression"):
        faces_of_folder(tmp_path)
