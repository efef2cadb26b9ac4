import numpy as np
import pytest

from fer_desktop.core.readings.smoothing import Smoother

CALM = np.array([0, 0, 0, 0, 0, 0, 1], np.float32)
GLAD = np.array([0, 0, 0, 1, 0, 0, 0], np.float32)


@pytest.mark.parametrize("steps", [1, 7, 50])
def test_a_step_shows_by_two_thirds_after_the_time_constant_however_often_frames_come(steps: int) -> None:
    smoother = Smoother(2.0)
    smoother.smooth(1, CALM, 0.0)
    for step in range(1, steps + 1):
        shown = smoother.smooth(1, GLAD, 2.0 * step / steps)
    assert shown[3] == pytest.approx(1 - np.exp(-1), abs=1e-5)
    assert shown.sum() == pytest.approx(1.0)


def test_seats_do_not_mix() -> None:
    smoother = Smoother(2.0)
    smoother.smooth(1, CALM, 0.0)
    assert smoother.smooth(2, GLAD, 0.1).tolist() == GLAD.tolist()


def test_after_a_long_absence_a_seat_starts_anew() -> None:
    smoother = Smoother(2.0, memory_s=10.0)
    smoother.smooth(1, CALM, 0.0)
    assert smoother.smooth(1, GLAD, 11.0).tolist() == GLAD.tolist()


def test_seats_that_left_are_dropped() -> None:
    smoother = Smoother(2.0, memory_s=1e9)
    smoother.smooth(1, CALM, 0.0)
    smoother.forget_before(5.0)
    assert smoother.smooth(1, GLAD, 6.0).tolist() == GLAD.tolist()
