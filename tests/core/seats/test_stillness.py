import numpy as np
import pytest

from fer_desktop.core.seats.stillness import FROZEN_S, STILL_S, Motion, Stillness
from fer_desktop.core.seats.surroundings import SurroundingBoxes
from fer_desktop.core.types import FloatArray

MOVING, STILL, FROZEN = Motion.MOVING, Motion.STILL, Motion.FROZEN
PICTURES = np.random.default_rng(4).uniform(30, 220, (9, 144)).astype(np.float32)
PLACES = np.array([(100 * k, 0, 100 * k + 96, 60) for k in range(9)], np.float32)


def video(one: int, at_s: float) -> FloatArray:
    """A camera's picture: a head that sways in front of a room that does not move."""
    picture: FloatArray = PICTURES[one].copy()
    picture[40:70] += 12 * np.sin(at_s * (1.1 + one / 10) + np.linspace(0, 3, 30))
    return picture


def noisy(picture: FloatArray, at_s: float) -> FloatArray:
    """The picture as another encoding shows it: a level off, here and there three."""
    rng = np.random.default_rng(int(at_s * 100))
    noise = rng.normal(0, 0.4, picture.shape) + 3 * (rng.random(picture.shape) < 0.01)
    return np.asarray(np.rint(picture + noise), np.float32)


class Call:
    """Participant 0 moves always; the rest is as `shown` says."""

    def __init__(self, still_after_s: float = STILL_S, every_s: float = 0.5) -> None:
        self.stillness, self.now_s, self.every_s = Stillness(still_after_s), 0.0, every_s
        self.others_move = True

    def watch(self, seconds: float, *shown: FloatArray | None, places: FloatArray | None = None) -> list[Motion]:
        """What is known at the end of those seconds of the participants from 1 on; None: a camera that moves."""
        for _ in range(round(seconds / self.every_s)):
            self.now_s += self.every_s
            first = video(0, self.now_s if self.others_move else 0.0)
            pictures = [first, *(video(k, self.now_s) if one is None else one for k, one in enumerate(shown, 1))]
            thumbs = np.stack([noisy(one, self.now_s + k) for k, one in enumerate(pictures)])
            at = None if places is None else places[: len(pictures)]
            motions = self.stillness.update(range(len(pictures)), thumbs, self.now_s, at)
        return [motions[k] for k in range(1, len(pictures))]


@pytest.mark.parametrize("every_s", [0.1, 0.5, 1.0])
def test_a_photo_that_never_moves_is_still_once_others_have_moved_for_long_enough(every_s: float) -> None:
    call = Call(every_s=every_s)
    assert call.watch(STILL_S - 1.0, PICTURES[1], None) == [MOVING, MOVING]
    assert call.watch(2.0, PICTURES[1], None) == [STILL, MOVING]
    assert call.watch(60.0, PICTURES[1], None) == [STILL, MOVING]


@pytest.mark.parametrize("every_s", [0.1, 0.5, 1.0])
def test_a_camera_that_stops_in_the_middle_of_a_movement_is_frozen_until_it_goes_on(every_s: float) -> None:
    call = Call(every_s=every_s)
    assert call.watch(20.0, None, None) == [MOVING, MOVING]
    last = video(1, call.now_s)
    assert call.watch(FROZEN_S - 1.0, last, None) == [MOVING, MOVING]
    assert call.watch(3.0, last, None) == [FROZEN, MOVING]
    assert call.watch(90.0, last, None) == [FROZEN, MOVING]
    assert call.watch(3.0, None, None) == [MOVING, MOVING]


def test_a_camera_that_is_switched_off_to_a_photo_is_not_frozen() -> None:
    call = Call(still_after_s=4.0)
    call.watch(20.0, None)
    assert call.watch(3.0, PICTURES[5]) == [MOVING]
    assert call.watch(2.0, PICTURES[5]) == [STILL]
    assert call.watch(60.0, PICTURES[5]) == [STILL]
    assert call.watch(20.0, None) == [MOVING]
    assert call.watch(30.0, video(1, call.now_s)) == [FROZEN]


def test_nothing_is_concluded_where_nobody_moves() -> None:
    call = Call()
    call.watch(10.0, None, PICTURES[2])
    call.others_move = False
    assert call.watch(90.0, video(1, call.now_s), PICTURES[2]) == [MOVING, MOVING]
    alone = Stillness(4.0)
    for at_s in range(60):
        assert alone.update([1], PICTURES[:1], at_s) == {1: MOVING}


def test_a_photo_over_which_something_flies_is_the_same_photo_afterwards() -> None:
    call = Call()
    assert call.watch(STILL_S + 2.0, PICTURES[1]) == [STILL]
    for at_s in range(8):
        reaction = PICTURES[1].copy()
        reaction[10 * at_s : 10 * at_s + 20] += 80
        call.watch(0.5, reaction)
    assert call.watch(4.0, PICTURES[1]) == [STILL]


def test_one_glitch_makes_no_video_of_a_photo() -> None:
    call = Call()
    for _ in range(3):
        call.watch(9.0, PICTURES[1])
        call.watch(0.5, PICTURES[1] + 9)
    assert call.watch(STILL_S + 2.0, PICTURES[1]) == [STILL]


def test_a_picture_that_is_drawn_elsewhere_or_larger_has_not_moved() -> None:
    call, moved = Call(still_after_s=4.0), PLACES + np.float32(50)
    call.watch(3.0, PICTURES[1], places=PLACES)
    assert call.watch(2.0, PICTURES[7], places=moved) == [STILL]  # sampled at other points
    assert not call.stillness.moved_within(1, 5.0)
    assert call.stillness.moved_within(0, 5.0)


def test_a_poster_whose_face_is_missed_now_and_then_is_still_nevertheless() -> None:
    call = Call()
    for _ in range(8):
        call.watch(5.0, PICTURES[1])
        call.watch(6.0)
    assert call.watch(1.0, PICTURES[1]) == [STILL]


def test_who_comes_back_as_another_picture_was_not_seen_to_move() -> None:
    call = Call()
    call.watch(STILL_S + 2.0, PICTURES[1])
    call.watch(8.0)
    assert call.watch(1.0, PICTURES[3]) == [MOVING]
    assert not call.stillness.moved_within(1, 5.0)


def test_a_seat_that_replaces_another_knows_what_was_last_seen_and_others_are_forgotten() -> None:
    call = Call()
    call.watch(STILL_S + 2.0, PICTURES[1])
    call.stillness.merge(1, 7)
    thumbs = np.stack([video(0, call.now_s + 1), PICTURES[1]])
    assert call.stillness.update([0, 7], thumbs, call.now_s + 1)[7] is STILL
    call.stillness.keep([0])
    assert call.stillness.update([0, 7], thumbs, call.now_s + 2)[7] is MOVING


def test_the_box_around_a_face_stays_while_it_sways_and_follows_when_it_leaves() -> None:
    boxes = SurroundingBoxes()

    def around(x: float, side: float = 50.0) -> list[float]:
        other = np.array([300, 0, 340, 40])
        faces = np.stack([np.array([x, 10, x + side, 10 + side]), other]).astype(np.float32)
        return [float(edge) for edge in boxes.update([4, 2], faces)[0]]

    first = around(100.0)
    assert first == [75.0, -15.0, 175.0, 85.0]
    assert around(112.0) == around(90.0) == around(100.0, side=58.0) == first
    assert around(125.0) == [100.0, -15.0, 200.0, 85.0]
    assert around(125.0, side=80.0)[2:] == [245.0, 130.0]
    assert boxes.update([], np.empty((0, 4), np.float32)).shape == (0, 4)
    assert around(112.0) == [87.0, -15.0, 187.0, 85.0]
