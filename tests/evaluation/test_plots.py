from pathlib import Path

import cv2
import numpy as np
import pytest
from support.inputs.made_up_readers import AlwaysSays, ReadsBrightness
from support.inputs.small_data import small_data

from fer_desktop.core.expressions import HAPPY
from fer_desktop.datasets.fer2013 import load_split
from fer_desktop.datasets.labelled_faces import LabelledFaces, faces_of_split
from fer_desktop.evaluation.classifier import Evaluation, evaluate
from fer_desktop.evaluation.plots import draw
from fer_desktop.vision.crop import cut_crops


@pytest.fixture
def two_heads(tmp_path: Path) -> Evaluation:
    faces = faces_of_split(load_split(small_data(tmp_path, faces=28), "public_test"))
    return evaluate({"crowd": ReadsBrightness(), "fer2013": AlwaysSays(HAPPY)}, cut_crops, faces)


def names(files: list[Path]) -> list[str]:
    return sorted(file.name for file in files)


def test_both_heads_are_drawn_and_nothing_is_left_beside_the_pictures(two_heads: Evaluation, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    files = draw(two_heads, "a network on 28 faces", out)
    assert names(files) == names(list(out.iterdir()))
    assert names(files) == [
        "confusion_crowd.png",
        "confusion_fer2013.png",
        "precision_recall.png",
        "reliability.png",
        "robustness.png",
    ]


def test_nothing_reaches_the_edge_of_a_picture(two_heads: Evaluation, tmp_path: Path) -> None:
    for file in draw(two_heads, "a network with a rather long name.tflite on public_test of FER-2013", tmp_path):
        picture = cv2.imread(str(file))
        assert picture is not None
        edge = np.concatenate([picture[:6].reshape(-1, 3), picture[-6:].reshape(-1, 3), picture[:, :6].reshape(-1, 3)])
        assert (edge == 255).all(), file.name
        assert (picture[:, -6:] == 255).all(), file.name


def test_one_output_on_pictures_of_one_s_own_is_drawn_once(tmp_path: Path) -> None:
    faces = LabelledFaces([np.full((20, 20, 3), 30, np.uint8)] * 3, np.array([0, 0, 1]))
    evaluation = evaluate({"own": ReadsBrightness()}, cut_crops, faces)
    assert names(draw(evaluation, "own.tflite on pictures", tmp_path)) == [
        "confusion_fer2013.png",
        "precision_recall.png",
        "reliability.png",
        "robustness.png",
    ]
