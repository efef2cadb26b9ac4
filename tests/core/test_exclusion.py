from fer_desktop.core.seats.exclusion import LeftOut


def test_a_seat_is_left_out_and_brought_back_by_the_same_means() -> None:
    out = LeftOut().switched(3).switched(5)
    assert out.seats == {3, 5}
    assert out.switched(3).seats == {5}
    assert out.switched(3).switched(5) == LeftOut()


def test_only_one_seat_is_the_teachers() -> None:
    out = LeftOut().switched(3).with_you(5)
    assert out == LeftOut(frozenset({3, 5}), 5)
    # The first was taken for it by mistake, and is back.
    assert out.with_you(7) == LeftOut(frozenset({3, 7}), 7)
    assert out.with_you(3) == LeftOut(frozenset({3}), 3)
    assert out.with_you(5) == out
    assert out.switched(5) == LeftOut(frozenset({3}))
    assert out.switched(3) == LeftOut(frozenset({5}), 5)


def test_who_is_left_out_stays_so_on_the_seat_that_theirs_has_become() -> None:
    out = LeftOut(scene=2).switched(1).with_you(5).resolved({5: 3, 9: 4})
    assert out == LeftOut(frozenset({1, 3}), 3, scene=2)
    assert out.switched(3) == LeftOut(frozenset({1}), scene=2)
    assert out.resolved({5: 3, 9: 4}) == out
    # Both were left out: one click brings back what is one tile.
    assert LeftOut(frozenset({3, 5}), 3).resolved({5: 3}).switched(3) == LeftOut()


def test_in_another_scene_nobody_is_left_out() -> None:
    out = LeftOut(scene=2).switched(1)
    assert out.of(2) is out
    assert out.of(3) == LeftOut(scene=3)
