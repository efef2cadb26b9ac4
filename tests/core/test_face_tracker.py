import numpy as np

from fer_desktop.core.seats.face_tracker import MEMORY_S, FaceTracker
from fer_desktop.core.types import Face


def face(x: float, y: float = 0.0, side: float = 50.0) -> Face:
    return Face(np.array([x, y, x + side, y + side], np.float32), 0.9, np.zeros((5, 2), np.float32))


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
    assert seats.assign([face(5), face(200)], MEMORY_S + 0.5) == first


def test_a_face_of_a_cut_in_a_film_does_not_count_once_it_is_gone() -> None:
    seats = FaceTracker()
    for cut in range(6):
        seats.assign([face(300 * cut)], cut / 2)
        assert len(seats) == 1


def test_a_seat_that_stays_empty_is_forgotten_and_its_number_never_given_again() -> None:
    seats = FaceTracker()
    first = seats.assign([face(0)], 0.0)
    later = seats.assign([face(0)], MEMORY_S + 1.0)
    assert later != first
    assert len(seats) == 1


def test_two_faces_never_share_a_seat() -> None:
    seats = FaceTracker()
    seats.assign([face(0)], 0.0)
    numbers = seats.assign([face(2), face(10)], 0.2)
    assert len(set(numbers)) == 2
