import numpy as np
import pytest

from fer_desktop.core.seats.stillness import FROZEN_S
from fer_desktop.core.seats.tile_cameras import STILL_S
from fer_desktop.core.seats.tile_evidence import LINE_PX, TileFeatures, line_similarity, unit
from fer_desktop.core.seats.tile_memory import SeatMemory
from fer_desktop.core.seats.tile_seats import MOST_SEATS, TileSeats
from fer_desktop.core.types import FloatArray, Tile

PEOPLE = 9
RNG = np.random.default_rng(5)
# Lines of letters: strokes that are a few pixels wide.
LETTERS: FloatArray = np.kron(RNG.normal(size=(PEOPLE, LINE_PX[1] // 2, LINE_PX[0] // 4)), np.ones((2, 4))).astype(
    np.float32
)
SIGN = np.kron(RNG.normal(size=(LINE_PX[1] // 2, 3)), np.ones((2, 4)))
ROOMS = RNG.uniform(0.1, 0.9, (PEOPLE, 90)).astype(np.float32)
PICTURES = RNG.uniform(30, 220, (PEOPLE, 144)).astype(np.float32)
AVATARS = RNG.uniform(0.1, 0.9, (PEOPLE, 60)).astype(np.float32)
AVATAR_ROOM, AVATAR_PICTURE = np.full(90, 0.15, np.float32), np.full(144, 38, np.float32)
LARGE, SMALL = (100, 60), (60, 36)


def boxes(count: int, tile: tuple[int, int] = LARGE) -> FloatArray:
    width, height = tile
    return np.array(
        [(width * (k % 3), height * (k // 3), width * (k % 3) + width - 4, height * (k // 3) + height - 6)
         for k in range(count)], np.float32,
    )  # fmt: skip


def lines(letters: FloatArray, at_s: float, off_px: int = 0, noise: float = 0.1) -> FloatArray:
    """Fingerprints (N, 2, P) of lines (N, H, W), a little off, never twice the same, with no sign beside them."""
    drawn = np.roll(letters, off_px, axis=2).reshape(len(letters), -1)
    pixels = (drawn + np.random.default_rng(int(at_s * 10)).normal(0, noise, drawn.shape)).astype(np.float32)
    return np.stack([unit(pixels), np.zeros_like(pixels)], axis=1)


def with_sign(letters: FloatArray) -> FloatArray:
    """Lines (N, H, W) with a sign before them, which has not been told from the letters."""
    width = LINE_PX[0]
    whole = np.concatenate([np.broadcast_to(SIGN, (len(letters), *SIGN.shape)), letters], axis=2)
    return np.asarray(whole[:, :, np.linspace(0, whole.shape[2] - 1, width).round().astype(int)], np.float32)


def gallery(
    order: list[int],
    at_s: float,
    off: tuple[int, ...] = (),
    named: bool = True,
    tile: tuple[int, int] = LARGE,
    plates: FloatArray | None = None,
    avatars: FloatArray = AVATARS,
) -> TileFeatures:
    """The people in that order, their cameras on but for those who are `off`; pictures of cameras move."""
    rng = np.random.default_rng(int(at_s * 10))
    if plates is None:
        # In a tile of another size a line is drawn with other pixels, and begins and ends a little elsewhere.
        plates = lines(LETTERS[order], at_s) if tile == LARGE else lines(LETTERS[order], at_s, off_px=3, noise=0.5)
    rooms = [AVATAR_ROOM if person in off else ROOMS[person] + rng.normal(0, 0.01, 90) for person in order]
    shown = [avatars[person] if person in off else np.zeros(60) for person in order]
    thumbs = [AVATAR_PICTURE if person in off else PICTURES[person] + rng.normal(0, 12, 144) for person in order]
    return TileFeatures(
        boxes(len(order), tile),
        plates if named else np.zeros_like(plates),
        np.array(rooms, np.float32),
        np.array(shown, np.float32),
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


def test_avatars_keep_their_seats_over_a_page_turn_that_changes_size_and_place_at_once() -> None:
    seats, everybody = TileSeats(), tuple(range(PEOPLE))
    alike = np.tile(AVATARS[:1], (PEOPLE, 1))  # the names are all that is left
    first = seats_of(seats.assign(gallery([*everybody], 0.0, everybody, avatars=alike), 0.0))
    turned = [7, 2, 8, 0]
    tiles = seats.assign(gallery(turned, 9.0, everybody, tile=SMALL, avatars=alike), 9.0)
    assert seats_of(tiles) == [first[person] for person in turned]


def test_avatars_without_names_are_known_by_what_they_show() -> None:
    seats, everybody = TileSeats(), tuple(range(PEOPLE))
    first = seats_of(seats.assign(gallery([*everybody], 0.0, everybody, named=False), 0.0))
    turned = [3, 1, 6]
    tiles = seats.assign(gallery(turned, 9.0, everybody, named=False, tile=SMALL), 9.0)
    assert seats_of(tiles) == [first[person] for person in turned]


def test_two_avatars_that_look_alike_change_places_with_their_seats() -> None:
    seats, everybody = TileSeats(), tuple(range(PEOPLE))
    twins = AVATARS.copy()
    twins[4] = twins[3]
    first = seats_of(seats.assign(gallery([3, 4, 5], 0.0, everybody, avatars=twins), 0.0))
    tiles = seats.assign(gallery([4, 3, 5], 0.5, everybody, avatars=twins), 0.5)
    assert seats_of(tiles) == [first[1], first[0], first[2]]


def test_a_microphone_that_is_switched_off_and_on_makes_nobody_new() -> None:
    seats, order, everybody = TileSeats(), [0, 1, 2, 3], tuple(range(PEOPLE))
    alike = np.tile(AVATARS[:1], (PEOPLE, 1))
    plain, signed = lines(LETTERS[order], 0.0), lines(with_sign(LETTERS[order]), 0.5)
    # Here the sign is told from the letters, below it is taken for one of them.
    told = np.stack([plain[:, 0], signed[:, 0]], axis=1)
    first = seats_of(seats.assign(gallery(order, 0.0, everybody, plates=told, avatars=alike), 0.0))
    for at_s, plates in ((10.0, signed), (20.0, plain), (30.0, signed)):
        turned = gallery(order, at_s, everybody, plates=plates, avatars=alike).only([2, 0, 3, 1])
        assert seats_of(seats.assign(turned, at_s)) == [first[2], first[0], first[3], first[1]]


def test_who_shares_most_of_a_name_with_somebody_who_is_away_is_somebody_new() -> None:
    seats, everybody = TileSeats(), tuple(range(PEOPLE))
    alike = np.tile(AVATARS[:1], (PEOPLE, 1))
    assert seats_of(seats.assign(gallery([0, 1], 0.0, everybody, avatars=alike), 0.0)) == [1, 2]
    cousin = LETTERS[[2]].copy()
    cousin[:, :, 24:] = LETTERS[[1]][:, :, 24:]
    for at_s, tile in ((9.0, LARGE), (20.0, SMALL)):
        off_px = 0 if tile == LARGE else 3
        plates = lines(np.concatenate([LETTERS[[0]], cousin]), at_s, off_px)
        tiles = seats.assign(gallery([0, 2], at_s, everybody, tile=tile, plates=plates, avatars=alike), at_s)
        assert seats_of(tiles) == [1, 3]


def test_who_may_as_well_be_one_as_another_is_neither() -> None:
    seats, everybody = TileSeats(), tuple(range(PEOPLE))
    alike = np.tile(AVATARS[:1], (PEOPLE, 1))
    namesakes = lines(LETTERS[[0, 0]], 0.0)
    assert seats_of(seats.assign(gallery([0, 1], 0.0, everybody, plates=namesakes, avatars=alike), 0.0)) == [1, 2]
    tiles = seats.assign(gallery([0], 9.0, everybody, tile=SMALL, avatars=alike), 9.0)
    assert seats_of(tiles) == [3]


def test_a_seat_that_was_given_by_mistake_is_given_up_once_the_name_can_be_seen() -> None:
    seats, everybody = TileSeats(), tuple(range(PEOPLE))
    alike = np.tile(AVATARS[:1], (PEOPLE, 1))

    def at(second: float, tile: tuple[int, int], line: FloatArray) -> list[int]:
        plates = np.stack([lines(LETTERS[[5]], second)[0], np.stack([line, np.zeros_like(line)])])
        features = gallery([5, 6], second, everybody, tile=tile, plates=plates, avatars=alike)
        return seats_of(seats.assign(features, second))

    clear, unclear = lines(LETTERS[[6]], 3.0)[0, 0], lines(LETTERS[[6]], 3.0, noise=1.7)[0, 0]
    assert at(0.0, LARGE, clear) == [1, 2]
    assert at(10.0, SMALL, unclear) == [1, 3]
    assert not seats.merged
    assert at(20.0, LARGE, unit((clear + unclear)[None])[0]) == [1, 2]
    assert seats.merged == ((3, 2),)
    assert seats.succession.current(3) == 2
    assert at(30.0, SMALL, unclear) == [1, 2]


def test_a_seat_that_was_given_up_in_this_frame_is_given_to_nobody_else() -> None:
    seats, off = TileSeats(), tuple(range(PEOPLE))
    alike = np.tile(AVATARS[:1], (PEOPLE, 1))
    clear, unclear = lines(LETTERS[[6]], 3.0)[0, 0], lines(LETTERS[[6]], 3.0, noise=2.0)[0, 0]

    def at(second: float, order: list[int], line: FloatArray, nameless: int = -1) -> list[int]:
        plates = lines(LETTERS[order], second)
        plates[order.index(6), 0] = line
        if nameless >= 0:
            plates[nameless] = 0.0
        return seats_of(seats.assign(gallery(order, second, off, plates=plates, avatars=alike), second))

    assert at(0.0, [5, 6, 4, 7, 8, 3], clear) == [1, 2, 3, 4, 5, 6]
    assert at(10.0, [5, 6, 4, 7, 8, 3, 2], unclear) == [1, 7, 3, 4, 5, 6, 8]
    # Somebody new is where the younger seat was.
    assert at(11.0, [5, 0, 6, 7, 8, 3], unit((clear + unclear)[None])[0], nameless=1) == [1, 9, 2, 4, 5, 6]
    # Who was beside the younger seat alone knows now that this was the older.
    assert {seat.number: seat.seen_with for seat in seats._seats}[8] == {1, 2, 3, 4, 5, 6, 8}
    assert at(12.0, [5, 0, 6, 7, 8, 3], clear, nameless=1) == [1, 9, 2, 4, 5, 6]


def test_what_was_seen_of_a_seat_that_is_given_up_outlasts_what_was_seen_before() -> None:
    def seat(number: int, plates: int, seen_s: float) -> SeatMemory:
        lines_seen = [(number + share / 10, LETTERS[:1]) for share in range(plates)]
        memory = SeatMemory(number, boxes(1)[0], 0, AVATAR_PICTURE, seen_s, plates=lines_seen, seen_with={number, 5})
        memory.border_colours = [np.full(90, number + share / 10, np.float32) for share in range(4)]
        return memory

    def taken_over(*of: tuple[int, int, float]) -> list[float]:
        older, younger = (seat(*one) for one in of)
        older.take_over(younger)
        assert older.seen_with == {1, 5}
        assert older.seen_s == max(seen_s for _, _, seen_s in of)
        assert len(older.border_colours) == 4
        return [height for height, _ in older.plates]

    assert taken_over((1, 6, 0.0), (2, 6, 9.0)) == [1.3, 1.4, 1.5, 2.3, 2.4, 2.5]
    assert taken_over((1, 6, 0.0), (2, 1, 9.0)) == [1.1, 1.2, 1.3, 1.4, 1.5, 2.0]
    assert taken_over((1, 1, 0.0), (2, 6, 9.0)) == [1.0, 2.1, 2.2, 2.3, 2.4, 2.5]
    assert taken_over((1, 0, 0.0), (2, 2, 9.0)) == [2.0, 2.1]
    assert taken_over((1, 2, 9.0), (2, 2, 0.0)) == [2.0, 2.1, 1.0, 1.1]


def test_a_swap_that_could_not_be_seen_is_put_right_as_soon_as_the_names_are_back() -> None:
    seats = TileSeats()

    def shown(order: list[int], at_s: float, named: bool = True) -> TileFeatures:
        features = gallery(order, at_s, named=named)
        features.border_colours[[order.index(0), order.index(1)]] = ROOMS[0]  # two have the same background
        return features

    first = seats_of(seats.assign(shown([0, 1, 2, 3, 4], 0.0), 0.0))
    assert seats_of(seats.assign(shown([1, 0, 2, 3, 4], 0.5, named=False), 0.5)) == first
    assert seats_of(seats.assign(shown([1, 0, 2, 3, 4], 1.0), 1.0)) == [first[1], first[0], *first[2:]]


def test_lines_are_alike_whatever_the_size_and_only_those_of_one_person() -> None:
    large, small = lines(LETTERS, 0.0), lines(LETTERS, 1.0, off_px=-4, noise=0.4)
    alike = line_similarity(large, small)
    assert np.diag(alike).min() > 0.75
    assert (alike - 2 * np.eye(PEOPLE)).max() < 0.5


def test_somebody_new_has_a_new_seat_also_at_the_place_of_another() -> None:
    seats = TileSeats()
    first = seats_of(seats.assign(gallery([0, 1, 2], 0.0), 0.0))
    assert seats_of(seats.assign(gallery([0, 7, 2], 0.5), 0.5)) == [first[0], 4, first[2]]


def test_a_picture_that_never_moves_is_no_camera_after_a_while_and_a_flat_one_never_is() -> None:
    seats = TileSeats()

    def on(at_s: float, features: TileFeatures) -> list[bool]:
        return [tile.camera_on for tile in seats.assign(features, at_s)]

    def with_portrait(at_s: float) -> TileFeatures:
        features = gallery([0, 1, 2], at_s, off=(2,))
        features.thumbs[1] = PICTURES[1]  # an avatar that is a photo
        return features

    assert on(0.0, with_portrait(0.0)) == [True, True, False]
    for at_s in np.arange(0.5, STILL_S + 1, 0.5):
        last = on(float(at_s), with_portrait(float(at_s)))
    assert last == [True, False, False]
    assert on(STILL_S + 1.5, gallery([0, 1, 2], STILL_S + 1.5)) == [True, True, True]


def test_a_camera_that_froze_is_on_and_one_that_was_switched_off_to_a_photo_is_not() -> None:
    seats = TileSeats()
    froze = gallery([0, 1, 2], 9.5).thumbs[1]

    def told(at_s: float) -> list[tuple[bool, bool]]:
        features = gallery([0, 1, 2], at_s)
        if at_s >= 10.0:
            features.thumbs[1], features.thumbs[2] = froze, PICTURES[6]
        return [(tile.camera_on, tile.frozen) for tile in seats.assign(features, at_s)]

    at = {at_s: told(at_s) for at_s in map(float, np.arange(0.0, 60.0, 0.5))}
    assert at[9.5] == at[13.0] == [(True, False)] * 3
    assert at[15.0] == [(True, False), (True, False), (False, False)]
    assert at[11.0 + FROZEN_S] == at[59.0] == [(True, False), (True, True), (False, False)]


def test_where_no_picture_moves_all_cameras_that_may_be_on_are_believed_to_be() -> None:
    seats = TileSeats()
    features = gallery([0, 1, 2], 0.0, off=(2,))
    for at_s in np.arange(0.0, 60.0, 0.5):
        tiles = seats.assign(features, float(at_s))
        assert [(tile.camera_on, tile.frozen) for tile in tiles] == [(True, False), (True, False), (False, False)]


def test_where_the_layout_never_rests_cameras_are_believed_and_a_picture_once_seen_to_be_still_is_not() -> None:
    seats = TileSeats()

    def on(at_s: float, moved_px: float) -> list[bool]:
        features = gallery([0, 1, 2], at_s, off=(2,))
        features.thumbs[1] = PICTURES[1]  # an avatar that is a photo
        features.xyxy[:] += moved_px
        return [tile.camera_on for tile in seats.assign(features, at_s)]

    restless = [on(float(at_s), moved_px=at_s) for at_s in np.arange(0.0, 3 * STILL_S)]
    assert restless == [[True, True, False]] * len(restless)
    rests_s = 3 * STILL_S + np.arange(STILL_S + 1)
    assert [on(float(at_s), moved_px=0.0) for at_s in rests_s][-1] == [True, False, False]
    assert on(4 * STILL_S + 1.0, moved_px=5.0) == [True, False, False]


def test_memory_stays_bounded_in_a_gallery_that_shows_nobody_twice() -> None:
    seats, rng = TileSeats(), np.random.default_rng(9)
    for second in range(20):
        plates = unit(rng.normal(size=(25, LINE_PX[0] * LINE_PX[1])).astype(np.float32))[:, None]
        border_colours = rng.uniform(0, 1, (25, 90)).astype(np.float32)
        thumbs = rng.uniform(0, 255, (25, 144)).astype(np.float32)
        seats.assign(
            TileFeatures(boxes(25), plates, border_colours, np.zeros((25, 60), np.float32), thumbs), float(second)
        )
    assert len(seats) == MOST_SEATS


def test_nobody_in_sight_is_forgotten_however_many_there_are() -> None:
    seats, rng, many = TileSeats(), np.random.default_rng(9), MOST_SEATS + 100
    plates = unit(rng.normal(size=(many, LINE_PX[0] * LINE_PX[1])).astype(np.float32))[:, None]
    border_colours = rng.uniform(0, 1, (many, 90)).astype(np.float32)
    thumbs = rng.uniform(0, 255, (many, 144)).astype(np.float32)
    features = TileFeatures(boxes(many), plates, border_colours, np.zeros((many, 60), np.float32), thumbs)
    for second in range(3):
        assert seats_of(seats.assign(features, float(second))) == list(range(1, many + 1))
    assert len(seats) == many
    seats.assign(features.only([0, 1, 2]), 3.0)
    assert len(seats) == MOST_SEATS
