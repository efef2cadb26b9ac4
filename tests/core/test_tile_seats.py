import numpy as np
import pytest

from fer_desktop.core.tile_seats import MOST_SEATS, STILL_S, TileSeats, TileViews
from fer_desktop.core.types import FloatArray, Tile

PEOPLE = 9
RNG = np.random.default_rng(5)
PLATES = RNG.normal(size=(PEOPLE, 200)).astype(np.float32)
PLATES /= np.linalg.norm(PLATES, axis=1, keepdims=True)
ROOMS = RNG.uniform(0.1, 0.9, (PEOPLE, 90)).astype(np.float32)
PICTURES = RNG.uniform(30, 220, (PEOPLE, 144)).astype(np.float32)
AVATAR_ROOM, AVATAR_PICTURE = np.full(90, 0.15, np.float32), np.full(144, 38, np.float32)


def boxes(count: int) -> FloatArray:
    return np.array(
        [(100 * (k % 3), 60 * (k // 3), 100 * (k % 3) + 96, 60 * (k // 3) + 54) for k in range(count)], float
    )


def gallery(order: list[int], at_s: float, off: tuple[int, ...] = (), named: bool = True) -> TileViews:
    """The people in that order, their cameras on but for those who are `off`; pictures of cameras move."""
    rng = np.random.default_rng(int(at_s * 10))
    plates = PLATES[order] + rng.normal(0, 0.02, (len(order), 200))
    plates /= np.linalg.norm(plates, axis=1, keepdims=True)
    rooms = [AVATAR_ROOM if person in off else ROOMS[person] + rng.normal(0, 0.01, 90) for person in order]
    thumbs = [AVATAR_PICTURE if person in off else PICTURES[person] + rng.normal(0, 12, 144) for person in order]
    return TileViews(
        boxes(len(order)),
        (plates if named else np.zeros_like(plates)).astype(np.float32),
        np.array(rooms, np.float32),
        np.array(thumbs, np.float32),
    )


def seats_of(tiles: list[Tile]) -> list[int]:
    return [tile.seat for tile in tiles]


@pytest.mark.parametrize("named", [True, False])
def test_seats_follow_their_people_when_the_tiles_are_reordered(named: bool) -> None:
    seats, order = TileSeats(), list(range(PEOPLE))
    first = seats_of(seats.assign(gallery(order, 0.0, named=named), 0.0))
    assert first == list(range(1, PEOPLE + 1))
    turned = order[::-1]
    assert seats_of(seats.assign(gallery(turned, 0.5, named=named), 0.5)) == first[::-1]


def test_a_camera_that_goes_off_where_no_names_are_shown_keeps_its_place() -> None:
    seats, order = TileSeats(), list(range(PEOPLE))
    first = seats_of(seats.assign(gallery(order, 0.0, named=False), 0.0))
    for at_s, off in ((0.5, (4,)), (1.0, (4, 7)), (4.0, (7,)), (4.5, ())):
        assert seats_of(seats.assign(gallery(order, at_s, off, named=False), at_s)) == first


def test_a_camera_that_goes_off_and_on_keeps_its_seat_even_where_others_do_the_same() -> None:
    seats, order = TileSeats(), list(range(PEOPLE))
    first = seats_of(seats.assign(gallery(order, 0.0), 0.0))
    for at_s, off in ((0.5, (2, 3, 4)), (9.0, (2, 3, 4)), (9.5, ()), (10.0, (3,))):
        tiles = seats.assign(gallery([*order[3:], *order[:3]], at_s, off), at_s)
        assert seats_of(tiles) == [*first[3:], *first[:3]]


def test_who_comes_back_after_a_minute_or_a_page_turn_has_the_same_seat() -> None:
    seats, order = TileSeats(), list(range(PEOPLE))
    first = seats_of(seats.assign(gallery(order, 0.0), 0.0))
    assert seats_of(seats.assign(gallery(order[1:], 1.0), 1.0)) == first[1:]
    assert seats_of(seats.assign(gallery(order[5:], 2.0), 2.0)) == first[5:]
    assert seats_of(seats.assign(gallery([4, 0, 8], 70.0), 70.0)) == [first[4], first[0], first[8]]


def test_somebody_new_has_a_new_seat_also_at_the_place_of_another() -> None:
    seats = TileSeats()
    first = seats_of(seats.assign(gallery([0, 1, 2], 0.0), 0.0))
    assert seats_of(seats.assign(gallery([0, 7, 2], 0.5), 0.5)) == [first[0], 4, first[2]]


def test_a_picture_that_never_moves_is_no_camera_after_a_while_and_a_flat_one_never_is() -> None:
    seats = TileSeats()

    def on(at_s: float, views: TileViews) -> list[bool]:
        return [tile.camera_on for tile in seats.assign(views, at_s)]

    def with_portrait(at_s: float) -> TileViews:
        views = gallery([0, 1, 2], at_s, off=(2,))
        views.thumbs[1] = PICTURES[1]  # an avatar that is a photo
        return views

    assert on(0.0, with_portrait(0.0)) == [True, True, False]
    for at_s in np.arange(0.5, STILL_S + 1, 0.5):
        last = on(float(at_s), with_portrait(float(at_s)))
    assert last == [True, False, False]
    assert on(STILL_S + 1.5, gallery([0, 1, 2], STILL_S + 1.5)) == [True, True, True]


def test_memory_stays_bounded_in_a_gallery_that_shows_nobody_twice() -> None:
    seats, rng = TileSeats(), np.random.default_rng(9)
    for second in range(20):
        plates = rng.normal(size=(25, 200)).astype(np.float32)
        plates /= np.linalg.norm(plates, axis=1, keepdims=True)
        looks = rng.uniform(0, 1, (25, 90)).astype(np.float32)
        views = TileViews(
            boxes(25).astype(np.float32), plates, looks, rng.uniform(0, 255, (25, 144)).astype(np.float32)
        )
        seats.assign(views, float(second))
    assert len(seats) == MOST_SEATS
