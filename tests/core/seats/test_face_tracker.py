import itertools

import numpy as np
import pytest

from fer_desktop.core.seats.face_tracker import MEMORY_S, NO_SEAT, FaceTracker
from fer_desktop.core.types import Face


def face(x: float, y: float = 0.0, side: float = 50.0, width: float | None = None, score: float = 0.9) -> Face:
    xyxy = np.array([x, y, x + (side if width is None else width), y + side], np.float32)
    return Face(xyxy, score, np.zeros((5, 2), np.float32))


def test_a_seat_follows_its_face_while_it_sways() -> None:
    seats = FaceTracker()
    first = seats.assign([face(0), face(200)], 0.0)
    assert seats.assign([face(212), face(14)], 0.5) == [first[1], first[0]]


def test_a_seat_survives_a_look_away() -> None:
    seats = FaceTracker()
    first = seats.assign([face(0), face(200)], 0.0)
    seats.assign([face(0), face(200)], 1.0)
    seats.assign([face(200)], 2.0)
    assert len(seats) == 2
    assert seats.assign([face(5), face(200)], 3.5) == first


@pytest.mark.parametrize(
    "turning",
    [
        # By frame: where the detector sees the head while it turns away and back; a face is 50 px.
        [face(12, width=34), face(24, width=30), None, None, face(22, width=30), face(8, width=40)],  # in profile
        [*[None] * 20, face(30)],  # lost for ten seconds, and leant aside when back
        [None, face(10, y=-28, side=32, score=0.45), None, face(30, y=12, side=36, score=0.42), None],  # hair, ear
        [face(5, y=5, side=22, score=0.45)] * 3,  # a far smaller box on the head
        [None, face(5, y=5, side=22, score=0.45), None, face(3, side=52)],
    ],
)
def test_a_head_that_turns_away_and_back_is_one_seat_throughout(turning: list[Face | None]) -> None:
    seats, now_s = FaceTracker(), 0.0
    neighbour = face(70, side=48)
    for seen in [face(0)] * 24 + turning + [face(2)] * 10:
        now_s += 0.5
        numbers = seats.assign([neighbour] if seen is None else [seen, neighbour], now_s)
        assert numbers[-1] == seats.assign([neighbour], now_s)[0]
        assert len(set(numbers) | set(seats.numbers)) == 2
        if seen is not None:
            assert numbers[0] == 1


def test_neighbours_are_not_swapped_while_one_of_them_is_turned_away() -> None:
    seats = FaceTracker()
    for at_s in range(3):
        left, right = seats.assign([face(0), face(55)], at_s)
    for at_s, x in ((3, 50), (4, 30), (5, 22), (6, 40), (7, 60)):  # the other leans over and back
        assert seats.assign([face(x)], at_s) == [right]
    assert seats.assign([face(3), face(55)], 8.0) == [left, right]
    # One step that is as far from either: it is whoever was in sight.
    seats.assign([face(55)], 9.0)
    assert seats.assign([face(28, y=20)], 10.0) == [right]


def test_who_leans_towards_the_camera_for_good_keeps_the_seat() -> None:
    seats = FaceTracker()
    for at_s, side in enumerate((50.0, 50.0, 90.0, 95.0, 95.0, 140.0, 150.0)):
        assert seats.assign([face(50 - side / 2, y=50 - side / 2, side=side)], at_s) == [1]


def test_a_face_of_a_cut_in_a_film_does_not_count_once_it_is_gone() -> None:
    seats = FaceTracker()
    for cut in range(6):
        seats.assign([face(300 * cut)], cut / 2)
        assert len(seats) == 1


def test_who_was_there_for_a_moment_counts_for_no_longer_when_gone() -> None:
    seats = FaceTracker()
    for at_s in (0.0, 1.0, 2.0):
        seats.assign([face(0)], at_s)
    for at_s, occupied in ((3.0, 2), (4.0, 2), (4.5, 1), (8.0, 1)):
        seats.assign([face(300)], at_s)
        assert len(seats) == occupied
    assert seats.assign([face(0), face(300)], 9.0) == [1, 2]


def test_a_seat_that_stays_empty_is_forgotten_and_its_number_never_given_again() -> None:
    seats = FaceTracker()
    seats.assign([face(0)], 0.0)
    first = seats.assign([face(0)], 2.0)
    later = seats.assign([face(0)], 2.0 + MEMORY_S + 1.0)
    assert later != first
    assert len(seats) == 1


def test_two_faces_never_share_a_seat() -> None:
    seats = FaceTracker()
    seats.assign([face(0)], 0.0)
    numbers = seats.assign([face(2), face(40)], 0.2)
    assert len(set(numbers)) == 2
    assert NO_SEAT not in numbers


@pytest.mark.parametrize(
    "second",
    [
        face(4, y=3, side=20, score=0.5),  # within the other box
        face(20, score=0.5),  # beside its centre by less than half a face
        face(10, y=-12, side=56, score=0.5),
    ],
)
def test_a_second_box_on_a_head_is_no_face_whatever_the_order(second: Face) -> None:
    seats = FaceTracker()
    assert seats.assign([face(0), second], 0.0) == [1, NO_SEAT]
    assert seats.assign([second, face(0)], 0.5) == [NO_SEAT, 1]
    assert len(seats) == 1


def test_faces_cheek_to_cheek_are_two() -> None:
    seats = FaceTracker()
    assert seats.assign([face(0), face(40), face(30, y=-40, side=40)], 0.0) == [1, 2, 3]


def test_an_excluded_seat_is_never_forgotten_and_counts_for_no_longer_than_another() -> None:
    seats, excluded = FaceTracker(), frozenset({1})
    for at_s in range(20):
        seats.assign([face(0), face(200)], at_s, excluded)
    for at_s in range(20, 4000, 4):
        seats.assign([face(200)], at_s, excluded)
    assert seats.numbers == [2]
    assert seats.assign([face(24, y=10), face(200)], 4000.0, excluded) == [1, 2]
    # Nor is one that was excluded as soon as it was seen.
    assert seats.assign([face(400)], 4001.0, excluded) == [3]
    for at_s in (4050, 4100):
        seats.assign([], at_s, frozenset({3}))
    assert seats.assign([face(400)], 4200.0, frozenset({3})) == [3]


def test_once_included_again_an_empty_seat_is_forgotten_as_any_other() -> None:
    seats = FaceTracker()
    seats.assign([face(0)], 0.0)
    seats.assign([], 100.0, frozenset({1}))
    seats.assign([], 101.0)
    assert seats.assign([face(0)], 102.0, frozenset({1})) == [2]


def test_a_seat_is_taken_over_from_a_tile_and_given_back() -> None:
    numbers = itertools.count(7)
    seats = FaceTracker(numbers)
    seats.adopt(3, face(100), 5.0)
    assert seats.numbers == [3]
    assert seats.assign([face(102), face(0)], 5.0) == [3, 7]
    seats.assign([face(0)], 7.0)
    seats.assign([face(0)], 14.0)  # turned away: as established as it was on its tile
    assert 3 in seats.numbers
    seats.adopt(3, face(300), 15.0)
    assert seats.assign([face(100), face(300)], 15.0) == [8, 3]
    seats.release(3)
    seats.release(99)
    assert seats.assign([face(300), face(0)], 16.0) == [9, 7]
