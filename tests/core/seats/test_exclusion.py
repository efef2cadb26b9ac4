from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.seats.succession import SeatSuccession


def test_seats_are_left_out_and_brought_back() -> None:
    out = Exclusion().excluding(3).excluding(5)
    assert out.seats == {3, 5}
    assert out.including(3).seats == {5}
    assert out.including(3).including(5) == Exclusion()


def test_only_one_seat_is_the_teachers() -> None:
    out = Exclusion().excluding(3).with_you(5)
    assert out == Exclusion(frozenset({3, 5}), 5)
    # The first was taken for it by mistake, and is back.
    assert out.with_you(7) == Exclusion(frozenset({3, 7}), 7)
    assert out.with_you(3) == Exclusion(frozenset({3}), 3)
    assert out.with_you(5) == out
    assert out.including(5) == Exclusion(frozenset({3}))
    assert out.including(3) == Exclusion(frozenset({5}), 5)


def test_who_is_left_out_stays_so_on_the_seat_that_theirs_was_merged_into() -> None:
    merges = {5: 3, 9: 4}
    out = Exclusion(scene=2).excluding(1).with_you(5).resolved(lambda seat: merges.get(seat, seat))
    assert out == Exclusion(frozenset({1, 3}), 3, scene=2)
    # Both were left out: bringing back once brings back what is one tile.
    assert Exclusion(frozenset({3, 5}), 3).resolved(lambda seat: merges.get(seat, seat)).including(3) == Exclusion()


def test_in_another_scene_nobody_is_left_out() -> None:
    out = Exclusion(scene=2).excluding(1)
    assert out.of(2) is out
    assert out.of(3) == Exclusion(scene=3)


def test_every_merge_is_followed_however_many_there_are() -> None:
    succession = SeatSuccession()
    for seat in range(1000, 1, -1):
        succession.merge(seat, seat - 1)
    assert succession.current(1000) == 1
    assert succession.current(500) == 1
    assert succession.current(2000) == 2000
    succession.merge(1, 0)
    assert succession.current(1000) == 0
