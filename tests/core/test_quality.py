import numpy as np

from fer_desktop.core.quality import judge
from fer_desktop.core.types import Face, Reason


def face(height: float, score: float) -> Face:
    return Face(np.array([0, 0, 30, height], np.float32), score, np.zeros((5, 2), np.float32))


def test_a_sure_and_tall_face_is_readable() -> None:
    quality = judge(face(40, 0.8), min_score=0.4, min_height_px=24)
    assert quality.readable
    assert quality.reason is Reason.NONE
    assert quality.height_px == 40


def test_a_face_that_is_not_readable_says_why() -> None:
    assert judge(face(20, 0.8), 0.4, 24).reason is Reason.TOO_SMALL
    assert judge(face(40, 0.35), 0.4, 24).reason is Reason.UNCERTAIN
    assert not judge(face(20, 0.8), 0.4, 24).readable
