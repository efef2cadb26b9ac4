import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.evaluation.head_pose.bending import Pose, Sitter, bent, sitter
from fer_desktop.evaluation.head_pose.shapes import Family, Head, random_head

EYES_PX = 40.0
MIDDLE = (128.0, 118.0)
GREY = 120
FAR = 1e4  # so far away that nothing is foreshortened


def marked(at: tuple[float, float]) -> Sitter:
    """A plain picture with one bright dot, its place in distances between the eyes."""
    picture = np.full((256, 256, 3), GREY, np.uint8)
    ys, xs = np.mgrid[:256, :256]
    x, y = MIDDLE[0] + at[0] * EYES_PX, MIDDLE[1] + at[1] * EYES_PX
    dot = 130 * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / 8)
    picture = np.clip(picture + dot[..., None], 0, 255).astype(np.uint8)
    headless = np.full_like(picture, GREY)
    return Sitter(picture, headless, MIDDLE, EYES_PX)


def found(picture: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """Where the dot is, in distances between the eyes."""
    weight = np.clip(picture[..., 0].astype(float) - GREY - 10, 0, None)
    ys, xs = np.mgrid[:256, :256]
    x, y = (xs * weight).sum() / weight.sum(), (ys * weight).sum() / weight.sum()
    return (x - MIDDLE[0]) / EYES_PX, (y - MIDDLE[1]) / EYES_PX


@pytest.fixture(params=list(Family))
def head(request: pytest.FixtureRequest) -> Head:
    return random_head(request.param, np.random.default_rng(3))


def test_a_head_that_looks_straight_is_the_picture(head: Head) -> None:
    who = marked((0.0, 0.5))
    assert np.abs(bent(who, head, Pose(0, 0), FAR).astype(int) - who.skin).max() <= 12


def test_the_tip_of_the_nose_goes_where_the_head_looks(head: Head) -> None:
    who = marked((0.0, 0.5))
    x, y = found(bent(who, head, Pose(0, 0), FAR))
    right, level = found(bent(who, head, Pose(25, 0), FAR))
    assert right > x + 0.3
    assert level == pytest.approx(y, abs=0.05)
    assert found(bent(who, head, Pose(-25, 0), FAR))[0] < x - 0.3
    assert found(bent(who, head, Pose(0, -20), FAR))[1] > y + 0.2
    assert found(bent(who, head, Pose(0, 20), FAR))[1] < y - 0.2


def test_the_nose_stands_out_of_the_face_as_people_s_do(head: Head) -> None:
    def moved(at: tuple[float, float]) -> float:
        """How far a place of the face goes to the right of its eyes as the head turns."""
        middle = found(bent(marked((0.0, 0.0)), head, Pose(20, 0), FAR))[0]
        return found(bent(marked(at), head, Pose(20, 0), FAR))[0] - middle

    assert 0.08 < moved((0.0, 0.5)) < 0.3
    assert moved((0.0, 0.5)) > moved((0.0, 1.1)) + 0.04


def test_no_two_heads_are_alike_and_the_same_seed_gives_the_same() -> None:
    one, again, other = (random_head(Family.PROFILE, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one.front, again.front)
    assert not np.array_equal(one.front, other.front)


def test_the_wall_beside_a_head_is_no_part_of_it() -> None:
    picture = np.full((256, 256, 3), GREY, np.uint8)
    alpha = np.full((256, 256), 255, np.uint8)
    alpha[:, :95] = 0  # the wall reaches over the cheek
    picture[:, :95] = 250
    eyes = np.array([[108, 118], [148, 118], [128, 138], [114, 160], [142, 160]], np.float32)
    assert sitter(picture, eyes, alpha).skin[118, 80].max() < 150
    assert sitter(picture, eyes).skin[118, 80].min() == 250
