import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.core.readings.pose import MOST_USUAL_DEG, Poses, UsualPitch, poses

FloatArray = npt.NDArray[np.float32]


def shown(down: float = 0.0, roll_deg: float = 0.0) -> Poses:
    """The pose of a face whose points are lower in its box than a level one's, by a share of its height."""
    level = np.array([[0.27, 0.38], [0.73, 0.38], [0.5, 0.58], [0.3, 0.725], [0.7, 0.725]])
    points = (level + np.array([0, down])) * (75, 100) - (37.5, 50)
    cos, sin = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    turned = points @ np.array([[cos, sin], [-sin, cos]]) + (37.5, 50)
    return poses(turned[None].astype(np.float32), np.array([[0, 0, 75, 100]], np.float32))


def test_a_face_that_sinks_in_its_box_looks_down_and_one_that_rises_up() -> None:
    assert shown().pitch[0] == pytest.approx(0, abs=5)
    assert shown(down=0.08).pitch[0] < -25
    assert shown(down=-0.08).pitch[0] > 25
    assert shown(down=0.08).yaw[0] == pytest.approx(0, abs=1)


def test_of_a_tilted_head_no_pitch_is_told_and_of_one_without_landmarks_nothing() -> None:
    assert np.isnan(shown(roll_deg=30).pitch[0])
    assert not np.isnan(shown(roll_deg=30).roll[0])
    none = poses(np.zeros((1, 5, 2), np.float32), np.array([[0, 0, 75, 100]], np.float32))
    assert np.isnan([none.yaw[0], none.pitch[0], none.roll[0]]).all()


def followed(usual: UsualPitch, pitches: dict[int, float], seconds: range) -> FloatArray:
    """What is usual of the seats after some seconds of holding their heads so."""
    told = np.zeros(len(pitches), np.float32)
    for second in seconds:
        told = usual.update(list(pitches), np.array(list(pitches.values()), np.float32), float(second))
    return told


def test_after_a_minute_or_so_what_a_seat_holds_is_its_level() -> None:
    usual = UsualPitch()
    followed(usual, {1: -8.0, 2: 5.0}, range(90))
    assert followed(usual, {1: -8.0, 2: 5.0}, range(90, 91)).tolist() == [-8.0, 5.0]
    assert followed(usual, {2: 5.0, 1: -40.0}, range(90, 120)).tolist() == [5.0, -8.0]  # for a while it looks down


def test_as_long_as_the_level_is_not_known_the_camera_may_be_off_by_as_much_as_cameras_are() -> None:
    assert followed(UsualPitch(), {1: -8.0, 2: 20.0, 3: -40.0}, range(30)).tolist() == [
        -8.0,
        MOST_USUAL_DEG,
        -MOST_USUAL_DEG,
    ]


def test_whoever_looks_at_the_desk_all_lesson_does_not_make_that_level() -> None:
    assert followed(UsualPitch(), {1: -40.0}, range(300)).tolist() == [-MOST_USUAL_DEG]


def test_a_seat_that_comes_later_begins_anew_and_one_that_is_gone_is_forgotten() -> None:
    usual = UsualPitch()
    followed(usual, {1: -8.0}, range(90))
    assert followed(usual, {1: -8.0, 7: -9.0}, range(90, 100)).tolist() == [-8.0, -9.0]
    followed(usual, {7: -9.0}, range(100, 800))
    assert followed(usual, {1: 3.0}, range(800, 805)).tolist() == [3.0]


def test_a_pitch_that_is_not_known_is_not_remembered() -> None:
    usual = UsualPitch()
    followed(usual, {1: np.nan, 2: 4.0}, range(200))
    assert followed(usual, {1: -8.0, 2: 9.0}, range(200, 230)).tolist() == [-8.0, 4.0]
