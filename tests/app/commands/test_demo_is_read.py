"""What ships reads the demo class as its script says: detector, crops and network together."""

import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.app import compose, paths
from fer_desktop.core.expressions import FEAR, N_EXPRESSIONS, SAD
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.settings import Settings
from fer_desktop.simulation.demo_class import DemoClass

Counts = npt.NDArray[np.int64]


@pytest.fixture(scope="module")
def read() -> dict[float, Counts]:
    """By script second: (7, 7) how often a found face scripted as the row is read as the column; none on their way."""
    models = compose.load_models(Settings())
    demo = DemoClass(paths.resources(), realtime=False)
    return {
        float(second): read_at(models, demo, second) for second in (10, 35, 60, 75, 93, 98, 110, 118, 126, 140, 160)
    }


def read_at(models: compose.LoadedModels, demo: DemoClass, script_s: float) -> Counts:
    counts = np.zeros((N_EXPRESSIONS, N_EXPRESSIONS), np.int64)
    truth = [tile for tile in demo.truth_at(script_s).tiles if tile.face_xyxy is not None]
    readings = models.analyzer().analyze(demo.frame_at(script_s)).readings
    boxes = np.array([tile.face_xyxy for tile in truth], np.float32)
    overlap = iou_matrix(boxes, np.array([reading.face.xyxy for reading in readings], np.float32))
    for place, found in match_greedily(overlap, 0.4):
        tile, seen = truth[place], readings[found].expression
        if tile.expression is not None and seen is not None and not tile.changing:
            counts[tile.expression, seen] += 1
    return counts


def test_found_faces_are_read_as_scripted(read: dict[float, Counts]) -> None:
    counts = sum(read.values(), np.zeros((N_EXPRESSIONS, N_EXPRESSIONS), np.int64))
    assert counts.sum() >= 200
    assert counts.trace() / counts.sum() >= 0.8, counts


WORRIED = (93.0, 98.0, 110.0, 118.0, 126.0)


# Most scripted faces are neutral or happy, so the share above says nothing of the others. The default output was
# trained on votes, and voters seldom say fear: of these mild faces it sees two sad ones in five and one fearful in
# seven, and calls most others neutral.
def test_a_third_of_the_sad_and_fearful_faces_is_read_as_one_of_the_two(read: dict[float, Counts]) -> None:
    counts = sum((read[second] for second in WORRIED), np.zeros((N_EXPRESSIONS, N_EXPRESSIONS), np.int64))
    worried = counts[[FEAR, SAD]]
    assert worried[:, [FEAR, SAD]].sum() / worried.sum() >= 0.33, worried
    assert counts[SAD, SAD] / counts[SAD].sum() >= 0.33, worried


def test_the_output_of_the_original_labels_tells_sad_and_fearful_apart() -> None:
    models = compose.load_models(Settings(output="fer2013"))
    demo = DemoClass(paths.resources(), realtime=False)
    worried = sum(
        (read_at(models, demo, second) for second in WORRIED), np.zeros((N_EXPRESSIONS, N_EXPRESSIONS), np.int64)
    )[[FEAR, SAD]]
    assert (worried[0, FEAR] + worried[1, SAD]) / worried.sum() >= 0.5, worried
