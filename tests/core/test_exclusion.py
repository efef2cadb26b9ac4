from fer_desktop.core.seats.exclusion import Exclusion


def test_a_seat_is_left_out_and_brought_back_by_the_same_means() -> None:
    out = Exclusion().toggled(3).toggled(5)
    assert out.seats == {3, 5}
    assert out.toggled(3).seats == {5}
    assert out.toggled(3).toggled(5) == Exclusion()


def test_only_one_seat_is_the_teachers() -> None:
    out = Exclusion().toggled(3).with_you(5)
    assert out == Exclusion(frozenset({3, 5}), 5)
    # The first was taken for it by mistake, and is back.
    assert out.with_you(7) == Exclusion(frozenset({3, 7}), 7)
    assert out.with_you(3) == Exclusion(frozenset({3}), 3)
    assert out.with_you(5) == out
    assert out.toggled(5) == Exclusion(frozenset({3}))
    assert out.toggled(3) == Exclusion(frozenset({5}), 5)


def test_who_is_left_out_stays_so_on_the_seat_that_theirs_has_become() -> None:
    out = Exclusion(scene=2).toggled(1).with_you(5).resolved({5: 3, 9: 4})
    assert out == Exclusion(frozenset({1, 3}), 3, scene=2)
    assert out.toggled(3) == Exclusion(frozenset({1}), scene=2)
    assert out.resolved({5: 3, 9: 4}) == out
    # Both were left out: one click brings back what is one tile.
    assert Exclusion(frozenset({3, 5}), 3).resolved({5: 3}).toggled(3) == Exclusion()


def test_in_another_scene_nobody_is_left_out() -> None:
    out = Exclusion(scene=2).toggled(1)
    assert out.of(2) is out
    assert out.of(3) == Exclusion(scene=3)
